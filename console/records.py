"""Commands about the record itself: verify, rebuild, erase, rotate, the access log, sweep."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from temporalio.service import RPCError

from console.options import CASELOAD, By, Decision, Ground, Json, Language, Yes
from console.output import REFUSED, Out
from console.running import carry_out
from console.telling import identifier
from engine.asking import actor
from engine.erasing import Eraser, Erasure
from eventstore.access import Look, Looked, looks
from eventstore.rotating import rotate_citizen, rotate_kek
from eventstore.verifying import Verified, verify
from projections.rebuilding import rebuild
from runtime.settings import Settings
from runtime.temporal import connect
from runtime.wiring import NotRunning, Trinvis
from workflows.generation import generation

erase_app = typer.Typer(help="Erase by destroying keys; the hash chain stays whole.", no_args_is_help=True)
rotate_app = typer.Typer(help="Replace keys; no fact is touched.", no_args_is_help=True)


def _telling(out: Out, what: str) -> "_Progress":
    return _Progress(out, out.say(what))


class _Progress:
    """Tells how far a long command has come, at every tenth."""

    def __init__(self, out: Out, what: str) -> None:
        self._out = out
        self._what = what
        self._told = 0

    def __call__(self, done: int, of: int) -> None:
        tenth = 10 * done // max(of, 1)
        if tenth > self._told:
            self._told = tenth
            self._out.progress(self._out.say("working", what=self._what, done=done, of=of))


def verify_(
    pathway: Annotated[str | None, typer.Argument(help="One pathway; without it, every one.")] = None,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Check the hash chains; names the first fact of each pathway that is not as it was written.

    Example: trinvis verify --json
    """
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> Verified:
        stream = identifier("pathway", pathway) if pathway else None
        return await verify(trinvis.database, _telling(out, "verifying"), stream)

    found = carry_out(out, work)
    if out.as_json:
        out.data({"pathways": found.streams, "facts": found.facts, "faults": found.faults})
    elif not found.faults:
        out.line(out.say("verified", facts=found.facts, streams=found.streams))
    else:
        out.line(out.say("faults", count=len(found.faults)))
        for fault in found.faults:
            out.line("  " + out.say("fault", stream=fault.stream, version=fault.version, code=fault.code))
    if found.faults:
        raise typer.Exit(REFUSED)


def rebuild_(json: Json = False, lang: Language = None) -> None:
    """Make the read models anew from the facts.

    Example: trinvis rebuild
    """
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> int:
        return await rebuild(trinvis.database, trinvis.engine.folded, _telling(out, "rebuilding"))

    count = carry_out(out, work)
    _count(out, "rebuilt", count)


def _count(out: Out, key: str, count: int) -> None:
    if out.as_json:
        out.data({"count": count})
    else:
        out.line(out.say(key, count=count))


@erase_app.command("fact")
def erase_fact(
    pathway: Annotated[str, typer.Argument(help="The pathway's id.")],
    version: Annotated[int, typer.Argument(help="The fact's number in the history.", min=1)],
    by: By,
    decision: Decision,
    yes: Yes = False,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Erase what one fact says, because it should never have been written here.

    Example: trinvis erase fact PATHWAY 17 --by records_manager:arkiv-1 --decision "2026-1234" --yes
    """
    out = Out(lang, as_json=json)
    _confirmed(out, out.say("erase_fact", version=version), yes=yes)

    async def work(trinvis: Trinvis) -> Erasure:
        stream = identifier("pathway", pathway)
        return await Eraser(trinvis.engine).erase_fact(stream, version, actor(by), decision)

    _erased(out, carry_out(out, work, role="records"))


@erase_app.command("citizen")
def erase_citizen(
    citizen: Annotated[str, typer.Argument(help="The citizen's id.")],
    by: By,
    decision: Decision,
    yes: Yes = False,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Erase everything about a citizen: every pathway ends, every key is destroyed.

    Example: trinvis erase citizen CITIZEN --by records_manager:arkiv-1 --decision "2026-1234" --yes
    """
    out = Out(lang, as_json=json)
    _confirmed(out, out.say("erase_citizen", citizen=citizen), yes=yes)

    async def work(trinvis: Trinvis) -> Erasure:
        return await Eraser(trinvis.engine).erase_citizen(identifier("citizen", citizen), actor(by), decision)

    _erased(out, carry_out(out, work, role="records"))


def _confirmed(out: Out, question: str, *, yes: bool) -> None:
    if not yes and not typer.confirm(question, err=True):
        out.fail("not_erased", out.say("not_erased"))


def _erased(out: Out, erasure: Erasure) -> None:
    letters = _without_letters(erasure)
    if out.as_json:
        out.data({"citizen": erasure.citizen, "facts": len(erasure.facts), "letters": letters})
    else:
        out.line(out.say("erased", count=len(erasure.facts), letters=letters))


def _without_letters(erasure: Erasure) -> int:
    """Takes the letters about erased facts out of the outbox; how many there were."""
    gone = 0
    for fact in erasure.fact_ids:
        for letter in Path(Settings().outbox).glob(f"{fact}-*.eml"):
            letter.unlink()
            gone += 1
    return gone


@rotate_app.command("kek")
def rotate_kek_(json: Json = False, lang: Language = None) -> None:
    """Wrap every citizen's key by a new key-encryption key, and drop the old one.

    Example: trinvis rotate kek
    """
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> int:
        return await rotate_kek(trinvis.database, trinvis.keys, _telling(out, "rotating"))

    _count(out, "rotated", carry_out(out, work, role="records"))


@rotate_app.command("citizen")
def rotate_citizen_(
    citizen: Annotated[str, typer.Argument(help="The citizen's id.")], json: Json = False, lang: Language = None
) -> None:
    """Give a citizen a new key, and drop the old one.

    Example: trinvis rotate citizen CITIZEN
    """
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> int:
        ring = trinvis.engine.store.ring
        return await rotate_citizen(trinvis.database, ring, identifier("citizen", citizen), _telling(out, "rotating"))

    _count(out, "rotated", carry_out(out, work, role="records"))


def access_log(
    citizen: Annotated[str, typer.Argument(help="The citizen's id.")],
    by: By,
    ground: Ground = CASELOAD,
    most: Annotated[int, typer.Option(help="How many at the most.", min=1, max=10_000)] = 100,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Show who looked at a citizen, when, at what and on which ground; this look is logged too.

    Example: trinvis access-log CITIZEN --by auditor:rev-1 --ground "stikprøve november"
    """
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> list[Looked]:
        who: UUID = identifier("citizen", citizen)
        async with trinvis.database.connection() as connection:
            return await looks(connection, who, Look(actor(by), ground, trinvis.now()), most)

    rows = carry_out(out, work)
    if out.as_json:
        out.data({"looks": rows})
        return
    for row in rows:
        out.line(f"{row.at:%Y-%m-%d %H:%M}  {out.wording.naming.who(row.actor)}  {row.what}  ({row.ground})")


def sweep(json: Json = False, lang: Language = None) -> None:
    """Nudge every pathway whose workflow is behind, as the worker does every 30 seconds.

    Example: trinvis sweep
    """
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> int:
        settings = trinvis.settings
        if settings.temporal_address is None:
            raise NotRunning
        try:
            client = await connect(settings.temporal_address, settings.temporal_namespace, trinvis.keys)
            return await trinvis.sweep(client).run(await generation(client))
        except (RPCError, RuntimeError):
            out.fail("temporal_away", out.say("temporal_away"))

    _count(out, "swept", carry_out(out, work))

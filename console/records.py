"""Commands about the record itself: verify, rebuild, erase, rotate, the access log, sweep."""

from pathlib import Path
from typing import Annotated

import typer
from temporalio.service import RPCError

from activities.letters import HALF_WRITTEN
from console.answers.records import Checked, Counted, ErasedThings, Fault
from console.fields import identifier, line
from console.help import Command
from console.listing import show_looks
from console.options import CASELOAD, By, Citizen, Decision, Ground, Json, Language, Pathway, Yes
from console.output import REFUSED, Out
from console.pathways import look_of
from console.running import carry_out
from console.usage import Group
from engine.asking import actor
from engine.erasing import Eraser, Erasure
from eventstore.access import Looked, looks
from eventstore.rotating import rotate_citizen, rotate_kek
from eventstore.verifying import Verified, verify
from projections.rebuilding import rebuild
from runtime.settings import Settings
from runtime.temporal import client_of
from runtime.verifying import verify_all
from runtime.wiring import Trinvis
from workflows.generation import generation

ID_LENGTH = 36
"""How long an id is as text; a letter's file begins with the id of the fact that it is about."""

AGREED = {"j", "ja", "y", "yes"}

erase_app = typer.Typer(cls=Group, no_args_is_help=True)
rotate_app = typer.Typer(cls=Group, no_args_is_help=True)


class Telling:
    """Tells how far a long command has come, at every tenth."""

    def __init__(self, out: Out, what: str) -> None:
        self._out = out
        self._what = what
        self._told = 0

    def __call__(self, done: int, of: int) -> None:
        """So many of so many are done."""
        tenth = 10 * done // max(of, 1)
        if tenth > self._told:
            self._told = tenth
            self._out.progress(self._out.say("working", what=self._what, done=done, of=of))


def verify_(
    pathway: Annotated[str | None, typer.Argument(metavar="PATHWAY")] = None,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Checks the hash chains; names the first fact of each pathway that is not as it was written."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> Verified:
        stream = identifier("pathway", pathway) if pathway else None
        telling = Telling(out, out.say("verifying"))
        return await verify(trinvis.database, telling, stream) if stream else await verify_all(trinvis, telling)

    found = carry_out(out, work)
    if out.as_json:
        faults = [Fault(each.stream, each.version, each.code) for each in found.faults]
        out.data(Checked(found.streams, found.facts, faults))
    elif not found.faults:
        out.line(out.say("verified", facts=found.facts, streams=found.streams))
    else:
        out.line(out.say("faults", count=len(found.faults)))
        for fault in found.faults:
            what = out.wording.say("fault", fault.code)
            out.line("  " + out.say("fault", stream=fault.stream, version=fault.version, what=what))
    if found.faults:
        raise typer.Exit(REFUSED)


def rebuild_(json: Json = False, lang: Language = None) -> None:
    """Makes the read models anew from the facts."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> int:
        return await rebuild(trinvis.database, trinvis.engine.folded, Telling(out, out.say("rebuilding")))

    count = carry_out(out, work)
    _count(out, "rebuilt", count)


def _count(out: Out, key: str, count: int) -> None:
    if out.as_json:
        out.data(Counted(count))
    else:
        out.line(out.say(key, count=count))


@erase_app.command("fact", cls=Command)
def erase_fact(
    pathway: Pathway,
    version: Annotated[int, typer.Argument(min=1, metavar="VERSION")],
    by: By,
    decision: Decision,
    yes: Yes = False,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Erases what one fact says, because it should never have been written here."""
    out = Out(lang, as_json=json)
    _confirmed(out, out.say("erase_fact", version=version), yes=yes)

    async def work(trinvis: Trinvis) -> Erasure:
        stream, ruling = identifier("pathway", pathway), line("decision", decision)
        return await Eraser(trinvis.engine).erase_fact(stream, version, actor(by), ruling)

    _erased(out, carry_out(out, work, role="records"))


@erase_app.command("citizen", cls=Command)
def erase_citizen(
    citizen: Citizen,
    by: By,
    decision: Decision,
    yes: Yes = False,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Erases everything about a citizen: every pathway ends, every key is destroyed."""
    out = Out(lang, as_json=json)
    _confirmed(out, out.say("erase_citizen", citizen=citizen), yes=yes)

    async def work(trinvis: Trinvis) -> Erasure:
        who, ruling = identifier("citizen", citizen), line("decision", decision)
        return await Eraser(trinvis.engine).erase_citizen(who, actor(by), ruling)

    _erased(out, carry_out(out, work, role="records"))


def _confirmed(out: Out, question: str, *, yes: bool) -> None:
    if not yes and not agreed(out, question):
        out.fail("not_erased", out.told("error", "not_erased"))


def agreed(out: Out, question: str) -> bool:
    """Whether somebody says yes, in either language; whoever says nothing has not."""
    asked = f"{question} {out.say('yes_or_no')}"
    said: str = typer.prompt(asked, default="", show_default=False, prompt_suffix=" ", err=True)
    return said.strip().lower() in AGREED


def _erased(out: Out, erasure: Erasure) -> None:
    letters = _without_letters(erasure)
    if out.as_json:
        out.data(ErasedThings(erasure.citizen, len(erasure.facts), letters, erasure.repeated))
    else:
        key = "erased_before" if erasure.repeated else "erased"
        out.line(out.say(key, count=len(erasure.facts), letters=letters))


def _without_letters(erasure: Erasure) -> int:
    """Takes the letters about erased facts out of the outbox, half-written ones too; how many there were."""
    about = {str(fact) for fact in erasure.fact_ids}
    letters = Path(Settings().outbox).glob("*.eml")
    gone = [letter for letter in letters if letter.name.removeprefix(HALF_WRITTEN)[:ID_LENGTH] in about]
    for letter in gone:
        letter.unlink(missing_ok=True)
    return len(gone)


@rotate_app.command("kek", cls=Command)
def rotate_kek_(json: Json = False, lang: Language = None) -> None:
    """Wraps every citizen's key by a new key-encryption key, and drops the old one."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> int:
        return await rotate_kek(trinvis.database, trinvis.keys, Telling(out, out.say("rotating")))

    _count(out, "rotated", carry_out(out, work, role="records"))


@rotate_app.command("citizen", cls=Command)
def rotate_citizen_(citizen: Citizen, json: Json = False, lang: Language = None) -> None:
    """Gives a citizen a new key, and drops the old one."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> int:
        ring = trinvis.engine.store.ring
        return await rotate_citizen(
            trinvis.database, ring, identifier("citizen", citizen), Telling(out, out.say("rotating"))
        )

    _count(out, "rotated", carry_out(out, work, role="records"))


def access_log(
    citizen: Citizen,
    by: By,
    ground: Ground = CASELOAD,
    most: Annotated[int, typer.Option(min=1, max=10_000, metavar="number")] = 100,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Shows who looked at a citizen, when, at what and on which ground; this look is logged too."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> list[Looked]:
        who, looking = identifier("citizen", citizen), look_of(trinvis, by, ground)
        async with trinvis.database.connection() as connection:
            return await looks(connection, who, looking, most)

    show_looks(out, carry_out(out, work))


def sweep(json: Json = False, lang: Language = None) -> None:
    """Nudges every pathway whose workflow is behind, as the worker does every 30 seconds."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> int:
        try:
            client = await client_of(trinvis.settings, trinvis.keys)
            return await trinvis.sweep(client).run(await generation(client))
        except (RPCError, RuntimeError):
            out.fail("temporal_away", out.told("error", "temporal_away"))

    _count(out, "swept", carry_out(out, work))

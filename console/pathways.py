"""Commands about pathways: refer, look, history, worklist."""

import json
import sys
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import typer
from pydantic import ValidationError

from console.options import CASELOAD, By, Ground, Json, Language
from console.output import Out, plain
from console.running import SECONDS, carry_out
from console.showing import show_history, show_pathway, show_worklist
from console.telling import answer, fields_from, identifier
from domain.actor import Actor
from domain.pathway.commands.referrals import ReferCitizen
from domain.pathway.history import Event
from domain.programme.shape import Programme
from domain.refusal import Invalid
from domain.text import is_cpr
from engine.asking import actor, command_from, invalid
from engine.looking import Seen, look
from engine.transact import Outcome
from eventstore.access import Look
from eventstore.citizens import Identity
from eventstore.store import Entry
from projections import worklist
from runtime.wiring import Trinvis

Pathway = Annotated[str, typer.Argument(help="The pathway's id.", metavar="PATHWAY")]


def refer(
    programme: Annotated[str, typer.Argument(help="The programme, or a version of it, such as sundere-sammen@2.")],
    by: By,
    reason: Annotated[str, typer.Option(help="Why the citizen is referred.")],
    basis: Annotated[str, typer.Option(help="The consent that was given, or the legal basis.")],
    citizen: Annotated[str | None, typer.Option(help="The id of a citizen who is known already.")] = None,
    person: Annotated[
        str | None,
        typer.Option(
            help="A JSON file with name, cpr, email, address, language; - for standard input.", metavar="FILE"
        ),
    ] = None,
    consent: Annotated[bool, typer.Option("--consent", help="Whether the basis is the citizen's consent.")] = False,
    expected_benefit: Annotated[str | None, typer.Option(help="What is hoped for.")] = None,
    circumstances: Annotated[
        list[str] | None, typer.Option("--circumstance", help="What the programme asks about.", metavar="NAME=VALUE")
    ] = None,
    contraindications: Annotated[
        list[str] | None, typer.Option("--contraindication", help="What calls for a judgement.")
    ] = None,
    mandatory: Annotated[list[str] | None, typer.Option(help="An element that is mandatory here.")] = None,
    earlier: Annotated[str | None, typer.Option(help="The earlier pathway that this one follows.")] = None,
    command_id: Annotated[
        str | None, typer.Option(help="An id of one's own, so that a repetition counts once.")
    ] = None,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Refer a citizen into a programme; the pathway begins.

    Name and CPR number are asked for, or read from a file; never given as options.

    Example: trinvis refer sundere-sammen --by caseworker:sb-12 --reason "Vil i gang igen" --basis "Samtykke 2. marts"
    --consent --circumstance benefit=ressourceforloeb --person -
    """
    out = Out(lang, as_json=json)
    given = {
        "reason": reason,
        "basis": basis,
        "consent": consent,
        "expected_benefit": expected_benefit,
        "circumstances": circumstances or [],
        "contraindications": contraindications or [],
        "mandatory": mandatory or [],
        "earlier": earlier,
    }
    identity = None if citizen else _identity(out, person)

    async def work(trinvis: Trinvis) -> tuple[UUID, Outcome]:
        known = identifier("citizen", citizen) if citizen else None
        fields = fields_from(ReferCitizen, given)
        checked = command_from("refer_citizen", {**fields, "citizen": str(known or uuid4())}, by, trinvis.now())
        ref = await _version(trinvis, programme)
        out.programme = await trinvis.engine.programme(ref)
        who = known or await trinvis.vault.register(_valid(identity))
        command = checked.model_copy(update={"citizen": who})
        new = identifier("command_id", command_id) if command_id else uuid4()
        return who, await trinvis.refer(ref, command, new)  # type: ignore[arg-type]  # a ReferCitizen, by its kind

    who, outcome = carry_out(out, work, seconds=SECONDS)
    if not out.as_json:
        out.line(out.say("citizen", citizen=who))
    answer(out, outcome, citizen=who)


def _identity(out: Out, person: str | None) -> dict[str, object]:
    """Who it is, from a file, from standard input, or asked for."""
    if person is None:
        name = typer.prompt(out.say("person_name"), err=True)
        cpr = typer.prompt(out.say("person_cpr"), default="", show_default=False, err=True)
        return {"name": name, "cpr": cpr or None, "language": out.language}
    try:
        text = sys.stdin.read() if person == "-" else Path(person).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        out.fail("no_file", out.say("no_file", file=person))
    try:
        content = json.loads(text)
    except ValueError:
        out.misunderstand(Invalid("person", "not_json", example='{"name": "Anna Prøve", "cpr": "610180-1234"}'))
    if not isinstance(content, dict):
        out.misunderstand(Invalid("person", "dict_type"))
    return content


def _valid(identity: dict[str, object] | None) -> Identity:
    try:
        known = Identity.model_validate(identity)
    except ValidationError as error:
        raise invalid(error, "person") from None
    if known.cpr is not None and not is_cpr(known.cpr):
        raise Invalid("cpr", "not_a_cpr")
    return known


async def _version(trinvis: Trinvis, programme: str) -> str:
    if "@" in programme:
        return programme
    latest = await trinvis.catalogue.latest(programme)
    if latest is None:
        raise Invalid("programme", "unknown_programme", value=programme)
    return latest


def pathway(pathway: Pathway, by: By, ground: Ground = CASELOAD, json: Json = False, lang: Language = None) -> None:
    """Show where a pathway stands: what is owed, what is due next, what may be decided now and what not, and why.

    Example: trinvis pathway PATHWAY --by caseworker:sb-12
    """
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> Seen:
        who = actor(by)
        return await look(trinvis.engine, identifier("pathway", pathway), Look(who, ground, trinvis.now()))

    show_pathway(out, carry_out(out, work, seconds=SECONDS))


def history(pathway: Pathway, by: By, ground: Ground = CASELOAD, json: Json = False, lang: Language = None) -> None:
    """Show everything that happened on a pathway: when it was true, when it was learnt, by whom.

    Example: trinvis history PATHWAY --by auditor:rev-1 --ground "ledelsestilsyn 2026-4"
    """
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> list[Entry[Event]]:
        own = identifier("pathway", pathway)
        out.programme = await trinvis.programme_of(own)
        return await trinvis.engine.store.history(own, Look(actor(by), ground, trinvis.now()))

    show_history(out, carry_out(out, work, seconds=SECONDS))


def worklist_(
    by: By,
    everybody: Annotated[bool, typer.Option("--all", help="What everybody must see to, not only this role.")] = False,
    most: Annotated[int, typer.Option(help="How many at the most.", min=1, max=1000)] = 50,
    ground: Ground = CASELOAD,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Show what must be seen to, most urgent first.

    Example: trinvis worklist --by contact_person:kp-3
    """
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> tuple[list[worklist.Listed], dict[str, Programme]]:
        who: Actor = actor(by)
        owner, person = (None, None) if everybody else (who.role.value, who.person)
        async with trinvis.database.connection() as connection:
            rows = await worklist.read(connection, Look(who, ground, trinvis.now()), owner, person, None, most)
        return rows, {ref: await trinvis.engine.programme(ref) for ref in {row.programme for row in rows}}

    rows, programmes = carry_out(out, work, seconds=SECONDS)
    if out.as_json:
        out.data({"items": plain(rows)})
    else:
        show_worklist(out, rows, programmes)

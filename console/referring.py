"""`trinvis refer`: a citizen is referred into a programme, and the pathway begins."""

import json
import sys
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import typer
from pydantic import ValidationError

from console.fields import fields_from, identifier, spelled
from console.misuse import require_apart
from console.options import REFERRAL, By, CommandId, Json, Language
from console.output import Out
from console.running import SECONDS, carry_out
from console.telling import answer
from domain.calendar import local_date
from domain.misfits import invalid
from domain.pathway.binding import Binding
from domain.pathway.commands.referrals import ReferCitizen
from domain.pathway.decide import decide
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from domain.refusal import Invalid
from domain.text import is_cpr
from engine.alarms import alarm_of
from engine.asked import Outcome, pathway_id
from engine.asking import command_from
from eventstore.access import Look
from eventstore.citizens import Identity
from eventstore.errors import NoSuchStream
from projections import pathway_now
from runtime.wiring import Trinvis

MOST_KB = 64
"""How large a file about a person may be."""

Text = typer.Option(metavar="text")


def refer(
    programme: Annotated[str, typer.Argument(metavar="PROGRAMME")],
    by: By,
    reason: Annotated[str, Text],
    basis: Annotated[str, Text],
    citizen: Annotated[str | None, typer.Option(metavar="id")] = None,
    person: Annotated[str | None, typer.Option(metavar="file")] = None,
    consent: Annotated[bool, typer.Option("--consent")] = False,
    expected_benefit: Annotated[str | None, Text] = None,
    circumstances: Annotated[list[str] | None, typer.Option("--circumstance", metavar="pair")] = None,
    contraindications: Annotated[list[str] | None, typer.Option("--contraindication", metavar="many")] = None,
    mandatory: Annotated[list[str] | None, typer.Option(metavar="many")] = None,
    earlier: Annotated[str | None, typer.Option(metavar="id")] = None,
    command_id: CommandId = None,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Refer a citizen into a programme; the pathway begins."""
    out = Out(lang, as_json=json)
    out.options = {
        **out.options,
        **spelled(ReferCitizen),
        "circumstances": "--circumstance",
        "contraindications": "--contraindication",
        "command_id": "--command-id",
        "person": "--person",
    }
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
    if citizen:
        require_apart("--citizen", {"--person": person})
    identity = None if citizen else _identity(out, person)

    async def work(trinvis: Trinvis) -> tuple[Outcome, UUID, UUID, list[UUID]]:
        somebody = None if identity is None else _valid(identity)
        new = identifier("command_id", command_id) if command_id else uuid4()
        known = identifier("citizen", citizen) if citizen else await _referred(trinvis, pathway_id(new))
        fields = {**fields_from(ReferCitizen, given), "citizen": known or uuid4()}
        checked = command_from(ReferCitizen.kind, fields, by, trinvis.now())
        ref = await _version(trinvis, programme)
        out.programme = await trinvis.engine.programme(ref)
        decide(Binding(out.programme), Pathway(), checked)  # turned down before anybody is registered
        looking = Look(checked.by, REFERRAL, checked.at)
        who = known or await _registered(trinvis, somebody, looking)
        others = await _open_already(trinvis, who, out.programme, looking)
        out.command_id = new
        command = checked.model_copy(update={"citizen": who})
        outcome = await trinvis.refer(ref, command, new)  # type: ignore[arg-type]  # a ReferCitizen, by its kind
        return outcome, new, who, [each for each in others if each != outcome.stream]

    outcome, new, who, others = carry_out(out, work, seconds=SECONDS)
    answer(out, outcome, new, citizen=who, also_open=others)
    for other in others:
        out.progress(out.say("also_open", pathway=other))


async def _open_already(trinvis: Trinvis, citizen: UUID, programme: Programme, looking: Look) -> list[UUID]:
    """The citizen's open pathways in the programme, whichever its version."""
    async with trinvis.database.connection() as connection:
        rows = await pathway_now.of_citizen(connection, citizen, looking)
    return [row.pathway for row in rows if row.is_open and row.programme.partition("@")[0] == programme.programme]


async def _referred(trinvis: Trinvis, pathway: UUID) -> UUID | None:
    """The citizen of a referral that has been carried out before, so that nobody is registered twice."""
    try:
        async with trinvis.database.connection() as connection:
            return (await alarm_of(connection, pathway)).subject
    except NoSuchStream:
        return None


async def _registered(trinvis: Trinvis, somebody: Identity | None, looking: Look) -> UUID:
    if somebody is None:
        raise Invalid("person", "missing")
    return await trinvis.vault.register(somebody, looking)


def _identity(out: Out, person: str | None) -> dict[str, object]:
    """Who it is, from a file, from standard input, or asked for."""
    if person is None:
        name = typer.prompt(out.say("person_name"), err=True)
        cpr = typer.prompt(out.say("person_cpr"), default="", show_default=False, err=True)
        return {"name": name, "cpr": cpr or None}
    text = text_of(out, person)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        out.misunderstand(Invalid("person", "not_a_person"))
    if not isinstance(content, dict):
        out.misunderstand(Invalid("person", "dict_type"))
    return content


def text_of(out: Out, person: str) -> str:
    """What stands in a file about a person, or on standard input; a file that cannot be read ends the command."""
    most = MOST_KB * 1024
    try:
        content = sys.stdin.buffer.read(most + 1) if person == "-" else _beginning(Path(person), most + 1)
        text = content.decode("utf-8")
    except (OSError, ValueError):
        out.fail("no_file", out.told("error", "no_file", file=person))
    if len(content) > most:
        out.misunderstand(Invalid("person", "too_much", most=MOST_KB))
    return text


def _beginning(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _valid(identity: dict[str, object]) -> Identity:
    try:
        known = Identity.model_validate(identity)
    except ValidationError as error:
        raise invalid(error, "person") from None
    if known.cpr is not None and not is_cpr(known.cpr):
        raise Invalid("cpr", "not_a_cpr")
    return known


async def _version(trinvis: Trinvis, programme: str) -> str:
    """The version that is named, or the newest one in force. Raises: Invalid."""
    if "@" in programme:
        return programme
    ref = await trinvis.catalogue.in_force(programme, local_date(trinvis.now()))
    if ref:
        return ref
    refs = [each.ref for each in await trinvis.catalogue.listed() if each.programme == programme]
    if not refs:
        raise Invalid("programme", "unknown_programme", value=programme)
    begins = [(await trinvis.engine.programme(each)).effective_from for each in refs]
    raise Invalid("programme", "not_in_force", value=programme, begins=str(min(begins)))

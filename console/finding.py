"""`trinvis find`: a citizen by the CPR number, which no option takes, and the citizen's pathways."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

import typer

from console.answers.finding import FoundCitizen, FoundPathway
from console.options import CASELOAD, By, Ground, Json, Language
from console.output import Out
from console.pathways import look_of
from console.referring import text_of
from console.running import SECONDS, carry_out
from domain.programme.shape import Programme
from domain.refusal import Invalid
from domain.text import is_cpr
from projections import pathway_now
from projections.pathway_now import Stands
from runtime.wiring import Trinvis
from texts.catalogue import Wording


def find(
    by: By,
    person: Annotated[str | None, typer.Option(metavar="file")] = None,
    ground: Ground = CASELOAD,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Finds a citizen by the CPR number, with the citizen's pathways."""
    out = Out(lang, as_json=json)
    out.options = {**out.options, "person": "--person"}
    cpr = _number(out, person)

    async def work(trinvis: Trinvis) -> tuple[UUID, list[Stands], Mapping[str, Programme]]:
        looking = look_of(trinvis, by, ground)
        if not is_cpr(cpr):
            raise Invalid("person", "not_a_cpr")
        citizen = await trinvis.vault.find(cpr, looking)
        async with trinvis.database.connection() as connection:
            rows = await pathway_now.of_citizen(connection, citizen, looking)
        return citizen, rows, {row.programme: await trinvis.engine.programme(row.programme) for row in rows}

    citizen, rows, programmes = carry_out(out, work, seconds=SECONDS)
    if out.as_json:
        out.data(FoundCitizen(citizen, [_found(out, row, programmes[row.programme]) for row in rows]))
        return
    out.line(out.say("citizen", citizen=citizen))
    for row in rows:
        wording = Wording(out.language, programmes[row.programme])
        out.line(out.say("pathway", pathway=row.pathway))
        out.line(f"  {wording.say('console', 'stands', programme=row.programme, stage=row.stage, phase=row.phase)}")


def _number(out: Out, person: str | None) -> str:
    """The CPR number, asked for or from a file."""
    if person is None:
        asked: str = typer.prompt(out.say("find_cpr"), err=True)
        return asked
    return text_of(out, person).strip()


def _found(out: Out, row: Stands, programme: Programme) -> FoundPathway:
    title = programme.title.in_language(out.language)
    return FoundPathway(row.pathway, row.programme, title, row.stage, row.phase)

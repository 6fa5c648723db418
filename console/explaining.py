"""Commands that explain: why, forecast."""

from collections import Counter
from functools import partial
from typing import Annotated

import typer

from console.fields import identifier, instant
from console.foreseeing import Foreseen, forecast_shown, show_forecast, show_workload
from console.misuse import Missing, require_apart, require_beside
from console.options import CASELOAD, By, Ground, Json, Language, Pathway
from console.output import Out
from console.pathways import look_of
from console.reasons import show_why
from console.records import Telling
from console.running import SECONDS, carry_out
from domain.explaining.answering import Explanation, explained, without
from domain.explaining.forecasting import forecast as foresee
from domain.explaining.workload import Cell
from domain.pathway.binding import Binding
from domain.pathway.evolve import fold
from domain.pathway.history import as_corrected
from domain.pathway.seeing import may_see
from engine.foreseeing import workloads
from engine.looking import record_of
from runtime.wiring import Trinvis

WEEKS = 12
"""How far one looks ahead on all pathways where nobody says."""
Step = Annotated[str, typer.Argument(metavar="STEP")]


def why(
    pathway: Pathway, step: Step, by: By, ground: Ground = CASELOAD, json: Json = False, lang: Language = None
) -> None:
    """Shows why a step is open or closed, and what would open it."""
    out = Out(lang, as_json=json)
    out.options = {**out.options, "step": "STEP"}

    async def work(trinvis: Trinvis) -> Explanation:
        looking, own = look_of(trinvis, by, ground), identifier("pathway", pathway)
        record = await record_of(trinvis.engine, own, looking, "why")
        out.programme = record.programme
        explanation = explained(record.binding, step.replace("-", "_"), looking.at)
        return without(explanation, record.hidden_from(looking.by.role))

    found = carry_out(out, work, seconds=SECONDS)
    show_why(out, identifier("pathway", pathway), found)


def forecast(
    by: By,
    pathway: Annotated[str | None, typer.Argument(metavar="PATHWAY")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="instant")] = None,
    everybody: Annotated[bool, typer.Option("--all")] = False,
    weeks: Annotated[int | None, typer.Option(min=1, max=104, metavar="number")] = None,
    ground: Ground = CASELOAD,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Shows what happens by itself if nobody acts, on one pathway or on all."""
    out = Out(lang, as_json=json)
    out.options = {**out.options, "until": "--until"}
    if everybody:
        require_apart("--all", {"PATHWAY": pathway, "--until": until})
        show_workload(out, carry_out(out, partial(_of_all, out, by, ground, weeks or WEEKS)))
        return
    require_beside("--all", {"--weeks": weeks})
    if pathway is None:
        raise Missing(["PATHWAY"])

    async def work(trinvis: Trinvis) -> Foreseen:
        looking, own = look_of(trinvis, by, ground), identifier("pathway", pathway)
        end = instant("until", until) if until else None
        record = await record_of(trinvis.engine, own, looking, "forecast")
        out.programme = record.programme
        standing = fold(as_corrected(record.events))
        found = foresee(Binding(record.programme), standing, looking.at, end)
        shown = [(at, f) for at, f in forecast_shown(found) if may_see(record.programme, looking.by.role, f)]
        return Foreseen(own, found, shown)

    show_forecast(out, carry_out(out, work, seconds=SECONDS))


async def _of_all(out: Out, by: str, ground: str, weeks: int, trinvis: Trinvis) -> Counter[Cell]:
    told = Telling(out, out.say("foreseeing"))
    return await workloads(trinvis.engine, look_of(trinvis, by, ground), weeks, told)

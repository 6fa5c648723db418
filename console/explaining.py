"""Commands that explain: why."""

from typing import Annotated

import typer

from console.fields import identifier
from console.options import CASELOAD, By, Ground, Json, Language, Pathway
from console.output import Out
from console.pathways import look_of
from console.reasons import show_why
from console.running import SECONDS, carry_out
from domain.explaining.answering import Explanation, explained, without
from engine.looking import record_of
from runtime.wiring import Trinvis

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

    show_why(out, identifier("pathway", pathway), carry_out(out, work, seconds=SECONDS))

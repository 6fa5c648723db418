"""The command that lets synthetic citizens walk a programme, and shows what that takes."""

import os
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from console.answers.simulations import Simulated, SimulatedSpan, SimulatedStanding, SimulatedWork
from console.options import Json, Language
from console.output import Out
from console.programmes import read, report
from console.records import Telling
from console.running import carry_out
from domain.calendar import last_day, local_date
from domain.day import Day
from domain.misfits import invalid
from domain.pathway.state import Stage
from domain.refusal import Invalid
from programmes.loader import Unpublishable, loaded, reread
from programmes.shelf import shelf_of
from runtime.wiring import Trinvis
from simulation.assumptions import Assumptions, assumed, defaults
from simulation.figures import Figures, figures
from simulation.pictures import pictures
from simulation.running import Asked, run, setting_of
from simulation.setting import Setting
from simulation.summary import summary
from simulation.survival import FEWEST, Curve
from simulation.tables import tables

MOST_CITIZENS = 100_000
MOST_YEARS = 20
HIGHEST_SEED = 2**31
_DAY: TypeAdapter[date] = TypeAdapter(Day)


def simulate(
    programme: Annotated[str, typer.Argument(metavar="PROGRAMME")],
    citizens: Annotated[int, typer.Option(min=1, max=MOST_CITIZENS, metavar="number")] = 200,
    years: Annotated[int, typer.Option(min=1, max=MOST_YEARS, metavar="number")] = 2,
    seed: Annotated[int, typer.Option(min=0, max=HIGHEST_SEED, metavar="number")] = 1,
    from_day: Annotated[str | None, typer.Option("--from", metavar="date")] = None,
    assumptions: Annotated[str | None, typer.Option(metavar="file")] = None,
    out_folder: Annotated[str | None, typer.Option("--out", metavar="folder")] = None,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Lets synthetic citizens walk a programme."""
    out = Out(lang, as_json=json)
    out.options = {**out.options, "from": "--from"}
    text, weighed = _given(out, programme, assumptions)
    offered = reread(text)
    first_day = _first_day(out, from_day) or _monday_from(offered.effective_from)
    asked = Asked(text, weighed.model_dump_json(), citizens, years, seed, first_day)
    folder = _folder(out, out_folder)
    walks = run(asked, Telling(out, out.say("simulating")), os.cpu_count() or 1)
    setting = setting_of(asked)
    found = figures(setting, walks)
    out.programme = setting.programme
    files = {**tables(found, walks), **pictures(found, setting.programme, out.wording)}
    written = _write(folder, files) if folder else []
    if json:
        out.data(_answer(setting, found, written))
        return
    for line in summary(found, setting, out.wording):
        out.line(line)
    if folder:
        out.line(out.say("simulation_written", folder=folder, files=", ".join(written)))


def _given(out: Out, programme: str, assumptions: str | None) -> tuple[str, Assumptions]:
    """The programme as it is kept, and what is assumed; what is wrong with either ends the command."""
    try:
        weighed = assumed(read(out, assumptions), assumptions) if assumptions else defaults()
        return _bundle(out, programme), weighed
    except Unpublishable as wrong:
        report(out, [], wrong.findings)
        raise


def _bundle(out: Out, programme: str) -> str:
    """What is kept of a programme: of a file, or of a version that is published."""
    if programme.endswith((".yaml", ".yml")) or Path(programme).is_file():
        return loaded(read(out, programme), programme, shelf_of(programme)).bundle

    async def work(trinvis: Trinvis) -> str:
        source = await trinvis.catalogue.source(programme)
        if source is None:
            raise Invalid("programme", "unknown_programme", value=programme)
        return source

    return carry_out(out, work)


def _first_day(out: Out, text: str | None) -> date | None:
    try:
        return _DAY.validate_python(text) if text else None
    except ValidationError as error:
        out.misunderstand(invalid(error, "from"))


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _folder(out: Out, named: str | None) -> Path | None:
    """The folder to write to, made before anything is reckoned; one that cannot be made ends the command."""
    if named is None:
        return None
    try:
        folder = Path(named)
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):
        out.fail("no_folder", out.told("error", "no_folder", folder=named))
    return folder


def _write(folder: Path, files: Mapping[str, str]) -> list[str]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return list(files)


def _answer(setting: Setting, found: Figures, written: Sequence[str]) -> Simulated:
    standing = [SimulatedStanding(stage, None, _told(many)) for stage, many in found.open.items()]
    return Simulated(
        programme=setting.programme.ref,
        first_day=local_date(setting.first_day).isoformat(),
        last_day=last_day(setting.until).isoformat(),
        seed=setting.seed,
        citizens=found.citizens,
        citizen_years=round(found.citizen_years, 2),
        facts=found.facts,
        waiting=_span("waiting", found.waiting),
        phases=[_span(name, each) for name, each in found.phases.items()],
        hours_a_week=None if found.hours_a_week is None else round(found.hours_a_week, 2),
        load=[SimulatedWork(work.role, work.what, round(work.a_week, 2), work.busiest) for work in found.work],
        standing=[*standing, *(SimulatedStanding(Stage.CLOSED, *each) for each in _outcomes(found))],
        reopened=_told(found.reopened),
        files=list(written),
    )


def _outcomes(found: Figures) -> list[tuple[str, int | None]]:
    return [(name, _told(many)) for name, many in found.outcomes.items()]


def _span(what: str, each: Curve) -> SimulatedSpan:
    return SimulatedSpan(what, _told(each.cases), _told(each.ended), _told(each.open), each.median)


def _told(many: int) -> int | None:
    return many if many == 0 or many >= FEWEST else None

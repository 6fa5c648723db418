"""Many citizens, each by themselves, in several processes; merged by number, so that it is the same each time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from multiprocessing import get_context

from domain.calendar import day_after, local
from domain.period import Period
from programmes.loader import reread
from simulation.assumptions import Assumptions
from simulation.citizens import fitting_circumstances
from simulation.living import Life
from simulation.records import Walk
from simulation.setting import Setting

TOGETHER = 8
"""How many citizens are handed to a process at a time."""
WORTH_A_PROCESS = 50
"""Citizen-years below which starting processes takes longer than it saves."""

Progress = Callable[[int, int], None]
"""Told how many citizens of how many are done."""


@dataclass(frozen=True)
class Asked:
    """A simulation to run."""

    text: str
    """The programme, as it was written."""
    assumptions: str
    """What is assumed, as JSON."""
    citizens: int
    years: int
    seed: int
    first_day: date


def run(asked: Asked, told: Progress, processes: int) -> list[Walk]:
    """Every citizen's walk, in the order of their numbers, however many processes take part."""
    walks: list[Walk] = []
    for some in _in_parts(asked, processes):
        walks += some
        told(len(walks), asked.citizens)
    return walks


def _in_parts(asked: Asked, processes: int) -> Iterator[list[Walk]]:
    parts = [
        range(first, min(first + TOGETHER, asked.citizens + 1)) for first in range(1, asked.citizens + 1, TOGETHER)
    ]
    if processes < 2 or asked.citizens * asked.years < WORTH_A_PROCESS:  # noqa: PLR2004 - one is this one
        yield from (_walks(asked, part) for part in parts)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_walks, [asked] * len(parts), parts)


def _walks(asked: Asked, numbers: range) -> list[Walk]:
    setting = setting_of(asked)
    return [Life(setting, number).live() for number in numbers]


@cache
def setting_of(asked: Asked) -> Setting:
    """What every citizen of that simulation has in common."""
    programme = reread(asked.text)
    first_day = local(asked.first_day, time())
    until = local(day_after(asked.first_day, Period(f"P{12 * asked.years}M")), time())
    return Setting(
        programme=programme,
        assumptions=Assumptions.model_validate_json(asked.assumptions),
        fitting=fitting_circumstances(programme, first_day),
        first_day=first_day,
        until=until,
        seed=asked.seed,
    )

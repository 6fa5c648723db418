"""Row n: a thousand synthetic citizens for two years, as `trinvis simulate` runs them."""

import os
from datetime import date
from pathlib import Path
from time import perf_counter

from bench.table import Row
from programmes.loader import loaded
from simulation.assumptions import defaults
from simulation.figures import figures
from simulation.running import Asked, run, setting_of

PROGRAMMES = Path(__file__).parents[1] / "programmes"
PROGRAMME = "sundere-sammen/v3.yaml"
CITIZENS, YEARS = 1_000, 2
MOST_SECONDS = 30


def simulating() -> list[Row]:
    """The whole of it once: starting the processes, every walk, and the figures."""
    text = (PROGRAMMES / PROGRAMME).read_text("utf-8")
    asked = Asked(
        text=loaded(text, PROGRAMME).bundle,
        assumptions=defaults().model_dump_json(),
        citizens=CITIZENS,
        years=YEARS,
        seed=1,
        first_day=date(2026, 1, 5),
    )
    processes = os.cpu_count() or 1
    began = perf_counter()
    walks = run(asked, lambda *_: None, processes)
    found = figures(setting_of(asked), walks)
    took = perf_counter() - began
    commands = sum(walk.commands for walk in walks)
    return [
        Row(
            "n",
            f"simulate {CITIZENS:,} citizens for {YEARS} years on {processes} processes",
            f"{took:.1f} s",
            f"{found.citizen_years / took:,.0f} citizen-years/s, {commands / took:,.0f} commands/s"
            f" (aim: under {MOST_SECONDS} s)",
            took < MOST_SECONDS,
        )
    ]

"""The table: each row with its figure, what it is held against, and whether it comes up to the aim."""

import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Row:
    """One figure."""

    letter: str
    what: str
    figure: str
    against: str = ""
    """What it is held against, and how it compares, from the same run."""
    meets: bool | None = None
    """Whether it comes up to its aim; None where it has none."""


def line(row: Row) -> str:
    """A row for the terminal."""
    mark = {True: "ok", False: "SHORT", None: ""}[row.meets]
    return f"{row.letter:<3} {row.what:<66} {row.figure:>28}  {row.against}  {mark}".rstrip()


def machine() -> str:
    """The shape of the machine, without its name."""
    memory = Path("/proc/meminfo")
    total = next((text.split()[1] for text in memory.read_text().splitlines() if text.startswith("MemTotal")), "0")
    processor = next(
        (
            text.partition(":")[2].strip()
            for text in Path("/proc/cpuinfo").read_text().splitlines()
            if text.startswith("model name")
        ),
        platform.machine(),
    )
    cores = len([text for text in Path("/proc/cpuinfo").read_text().splitlines() if text.startswith("processor")])
    size = f"{int(total) // 1024 // 1024} GiB"
    return f"{cores} cores ({processor}), {size}, {platform.system()}, Python {platform.python_version()}"


def document(rows: list[Row]) -> str:
    """The table as a page."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `python -m bench --write`. All rows were measured in one run, on the same embedded servers with",
        "fsync on, as medians over alternating rounds. Read the ratios; the absolute figures belong to the machine.",
        "",
        f"Measured on {datetime.now(UTC):%-d %B %Y}: {machine()};",
        f"temporalio {version('temporalio')}, asyncpg {version('asyncpg')}, eventsourcing {version('eventsourcing')}.",
        "",
        "| | what | figure | held against | aim |",
        "|---|---|---|---|---|",
    ]
    marks = {True: "met", False: "**falls short**", None: ""}
    lines += [f"| {row.letter} | {row.what} | {row.figure} | {row.against} | {marks[row.meets]} |" for row in rows]
    return "\n".join(lines) + "\n"

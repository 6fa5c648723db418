"""Row p: checking each programme that ships as `trinvis programmes check` does, every state of it explored."""

from pathlib import Path
from time import perf_counter

from bench.table import Row
from programmes.checking import check
from programmes.shelf import shelf_of

PROGRAMMES = Path(__file__).parents[1] / "programmes"
ROUNDS = 3
LONGEST = 5.0
"""How long checking one programme may take. Unit: seconds."""


def exploring() -> list[Row]:
    """Row p: the programme that takes longest."""
    took = {str(file.relative_to(PROGRAMMES)): _took(file) for file in sorted(PROGRAMMES.glob("*/v*.yaml"))}
    slowest = max(took, key=lambda file: took[file])
    against = f"the longest of {len(took)}: {slowest} (aim: {LONGEST:.0f} s)"
    what = "check of a programme, every state explored"
    return [Row("o", what, f"{took[slowest]:.2f} s", against, took[slowest] < LONGEST)]


def _took(file: Path) -> float:
    """The best of several rounds. Unit: seconds."""
    text = file.read_text("utf-8")
    rounds = []
    for _ in range(ROUNDS):
        began = perf_counter()
        check(text, str(file), shelf_of(str(file)))
        rounds.append(perf_counter() - began)
    return min(rounds)

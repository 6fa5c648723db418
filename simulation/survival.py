"""How long something lasts where some cases still last: the product-limit estimate of Kaplan and Meier."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

FEWEST = 5
"""Fewer cases than these are not told: a figure of them would speak of somebody rather than of the programme."""


class Spell(NamedTuple):
    """How long one case lasted, as far as it was seen."""

    days: int
    ended: bool
    """False where it still lasted when it was last seen; it then counts up to that day and not as ended."""


@dataclass(frozen=True)
class Curve:
    """The share of cases that still last, day by day."""

    cases: int
    ended: int
    steps: tuple[tuple[int, float], ...]
    """Each day on which a case ended, with the share that lasts beyond it."""
    longest: int
    """How long the longest case was seen. Unit: days."""

    @property
    def median(self) -> int | None:
        """The day by which half had ended; None where more than half still last, or too few have ended to tell.

        Unit: days.
        """
        if self.ended < FEWEST:
            return None
        return next((day for day, share in self.steps if share <= 0.5), None)  # noqa: PLR2004 - half of them

    @property
    def open(self) -> int:
        """How many had not ended when they were last seen."""
        return self.cases - self.ended


def curve(spells: Iterable[Spell]) -> Curve:
    """The curve of those cases.

    Source: Kaplan and Meier, Nonparametric estimation from incomplete observations, 1958.
    """
    known = sorted(spells)
    at_risk, share, steps = len(known), 1.0, []
    for day, group in groupby(known, key=lambda spell: spell.days):
        there = list(group)
        ended = sum(spell.ended for spell in there)
        if ended:
            share *= 1 - ended / at_risk
            steps.append((day, share))
        at_risk -= len(there)
    return Curve(len(known), sum(spell.ended for spell in known), tuple(steps), known[-1].days if known else 0)

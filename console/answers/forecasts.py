"""What `forecast` answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ForeseenFact:
    """Something that will happen by itself, in what `forecast` answers."""

    at: datetime
    kind: str
    says: str
    """The fact as a sentence."""
    stop: str | None
    """What would stop it, as a sentence, where somebody can."""


@dataclass(frozen=True)
class ForeseenRhythm:
    """Something that goes on recurring after the chain, in what `forecast` answers."""

    kind: str
    first: datetime
    every_days: int | None
    says: str


@dataclass(frozen=True)
class Forecasted:
    """What `forecast` answers about one pathway."""

    pathway: UUID
    chain: list[ForeseenFact]
    stable: bool
    """Whether nothing but what recurs happens after the chain, however long nobody acts."""
    recurs: list[ForeseenRhythm]


@dataclass(frozen=True)
class WeeklyLoad:
    """A number of things ahead, in what `forecast --all` answers."""

    week: str
    """The ISO week, such as `2026-W09`."""
    role: str
    load: str
    """`reminders`, `deadlines`, `reviews`, `decisions` or `sessions`."""
    count: int


@dataclass(frozen=True)
class WorkAhead:
    """What `forecast --all` answers."""

    loads: list[WeeklyLoad]

"""What `week` answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ExpectedSession:
    """A session at which the citizen is, or was, expected."""

    pathway: UUID
    programme: str
    session: UUID
    element: str
    starts: datetime
    minutes: int


@dataclass(frozen=True)
class OverlappingSessions:
    """Two sessions that overlap, in what `week` answers, the earlier one first."""

    one: ExpectedSession
    other: ExpectedSession


@dataclass(frozen=True)
class HoursOfWeek:
    """What a week holds, in what `week` answers."""

    planned_minutes: int
    attended_minutes: int
    excused_minutes: int
    """Planned, and not attended with a valid reason."""


@dataclass(frozen=True)
class PathwayWeek:
    """A week of one pathway, in what `week` answers."""

    pathway: UUID
    programme: str
    """The version that it followed in that week."""
    title: str
    """What the programme is called."""
    hours: HoursOfWeek
    expected_minutes: int | None
    """The norm, by what was agreed for the week; null where nothing is asked of it."""
    whole: bool
    """Whether nothing began, rested or ended in the week; of a broken one the norm is not expected."""
    within: UUID | None
    """The pathway above it within whose norm its hours count."""
    towards: HoursOfWeek
    """What counts towards its norm: its own hours, and those of the pathways below it."""


@dataclass(frozen=True)
class WeekOfCitizen:
    """What `week` answers."""

    citizen: UUID
    week: str
    """The ISO week, such as `2026-W48`."""
    pathways: list[PathwayWeek]
    hours: HoursOfWeek
    """All pathways together."""
    expected_minutes: int | None
    """The norms in sum; a pathway whose hours count within the norm above it adds none."""
    clashes: list[OverlappingSessions]

"""What `pathway --as-of` and `pathway --known-on` answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class GlimpsedOwed:
    """Something that was owed, in what `pathway --as-of` and `--known-on` answer."""

    rule: str
    name: str
    due: datetime
    overdue: bool


@dataclass(frozen=True)
class GlimpsedPathway:
    """Where a pathway stood at an instant, in what `pathway --as-of` and `--known-on` answer."""

    what: str
    """`as_of` for what was true then, `known_on` for what was known then, `present`."""
    at: datetime
    programme: str
    """The version that was followed."""
    stage: str
    phase: str | None
    paused_since: datetime | None
    proposal: str | None
    responsible: dict[str, str]
    owed: list[GlimpsedOwed]
    bookings: list[str]
    """The ids of the sessions that were agreed."""
    outcomes: list[str]
    outcome: str | None
    options: list[str]
    """What could be decided, each a command with its step."""


@dataclass(frozen=True)
class Glimpsed:
    """What `pathway` answers with `--as-of` or `--known-on`: two days side by side."""

    pathway: UUID
    left: GlimpsedPathway
    right: GlimpsedPathway
    differences: list[str]
    """The fields in which they differ."""

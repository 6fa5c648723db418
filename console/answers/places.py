"""What `places` answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class QueuedPathway:
    """Somebody who waits for a place, in what `places` answers."""

    pathway: UUID
    programme: str
    """The version that it follows."""
    since: datetime


@dataclass(frozen=True)
class Places:
    """What `places` answers, who waited longest first."""

    programme: str
    places: int | None
    """How many there are in the version in force; null where there is room for everybody."""
    taken: int
    free: int | None
    waiting: list[QueuedPathway]

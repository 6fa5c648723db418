"""What the commands that move pathways answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class BegunMove:
    """What `programmes move`, `programmes moves undo` and `programmes moves again` answer."""

    job: UUID
    pathways: int
    """How many it is about."""


@dataclass(frozen=True)
class MoveJob:
    """A job that moves pathways, in what `programmes moves` answers."""

    job: UUID
    source: str
    target: str
    by: str
    at: datetime
    state: str
    """`moving`, `stopped`, `moved`, `undoing` or `undone`."""
    pathways: int
    waiting: int
    moved: int
    refused: int
    failed: int
    """Those with whom something went wrong that nobody foresaw; `programmes moves again` tries them again."""
    passed_over: int
    """Those who had ended, or followed another version, before their turn came."""
    undone: int
    kept: int
    """Those whose move stands, because somebody has decided something since."""


@dataclass(frozen=True)
class MoveJobs:
    """What `programmes moves` answers, the newest first."""

    jobs: list[MoveJob]


@dataclass(frozen=True)
class MovedPathway:
    """What became of a pathway, in what `programmes moves show` answers."""

    pathway: UUID
    outcome: str
    """`waiting`, `moved`, `refused`, `failed`, `passed_over`, `undone` or `kept`."""
    code: str | None
    """The code of what stood in the way; for `failed`, the name of the error."""
    says: str | None
    """The same in words."""


@dataclass(frozen=True)
class MoveDetails:
    """What `programmes moves show` answers."""

    job: MoveJob
    pathways: list[MovedPathway]

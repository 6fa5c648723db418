"""A job that moves pathways: whom it is about, how far it has come, and what became of each."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from domain.actor import Actor
from domain.pathway.commands.course import MovePathway
from domain.pathway.rehearsing import Turned
from domain.share import Share
from eventstore.database import Connection


@dataclass(frozen=True)
class Job:
    """A job that moves pathways from one version to another."""

    id: UUID
    source: str
    target: str
    phases: Mapping[str, str]
    by: Actor
    reason: str
    at: datetime
    stop: Share | None
    """When more than that are refused or fail, the job stops."""
    state: str = "moving"
    """`moving`, `stopped`, `moved`, `undoing` or `undone`."""
    undone_by: Actor | None = None

    @property
    def command(self) -> MovePathway:
        """What each pathway is told."""
        return MovePathway(
            by=self.by, at=self.at, version=_version(self.target), phases=dict(self.phases), reason=self.reason
        )

    def undoing(self, moved: int) -> MovePathway:
        """What a pathway is told whose move, of that version, is taken back."""
        by = self.undone_by or self.by
        return MovePathway(by=by, at=self.at, version=_version(self.source), undoes=moved, reason=self.reason)


@dataclass(frozen=True)
class Counted:
    """How far a job has come."""

    waiting: int = 0
    moved: int = 0
    refused: int = 0
    failed: int = 0
    passed_over: int = 0
    undone: int = 0
    kept: int = 0

    @property
    def total(self) -> int:
        """How many pathways it is about."""
        return sum(asdict(self).values())

    def of(self, outcomes: Iterable[str]) -> int:
        """How many of them came to one of *outcomes*."""
        counts: dict[str, int] = asdict(self)
        return sum(counts[each] for each in outcomes)


@dataclass(frozen=True)
class Became:
    """What became of one pathway in a job."""

    pathway: UUID
    outcome: str
    """`waiting`, `moved`, `refused`, `failed`, `passed_over`, `undone` or `kept`."""
    turned_down: Turned | None
    """What stood in the way: a refusal or, where it failed, what it failed with."""


async def concerned(connection: Connection, source: str) -> list[UUID]:
    """Everybody under way who follows that version, in an order of chance that is the same every time."""
    rows = await connection.fetch(
        "SELECT s.id FROM stream s JOIN alarm l ON l.stream = s.id"
        " WHERE s.kind = 'pathway' AND NOT l.over AND s.programme = $1 ORDER BY sha256(uuid_send(s.id))",
        source,
    )
    return [row["id"] for row in rows]


def _version(ref: str) -> int:
    return int(ref.rpartition("@")[2])

"""What `worklist` answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class WorkItem:
    """Something to see to, in what `worklist` answers."""

    pathway: UUID
    item: str
    """The rule, the session, or `notice:fact`."""
    kind: str
    """`obligation`, `session` or `notice`."""
    name: str
    owner: str
    person: str | None
    programme: str
    title: str
    """What the programme is called."""
    since: datetime
    due: datetime | None
    overdue: bool


@dataclass(frozen=True)
class Worklist:
    """What `worklist` answers."""

    items: list[WorkItem]

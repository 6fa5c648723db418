"""What the commands that keep the record answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Fault:
    """A broken chain, in what `verify` answers."""

    stream: UUID
    version: int
    """The first fact that is not as it was written."""
    code: str
    """`changed`, `missing`, `without_commit`, `cut_off`, `without_key` or `without_stream`."""


@dataclass(frozen=True)
class Checked:
    """What `verify` answers."""

    pathways: int
    facts: int
    faults: list[Fault]


@dataclass(frozen=True)
class Counted:
    """What `rebuild`, `rotate` and `sweep` answer."""

    count: int


@dataclass(frozen=True)
class ErasedThings:
    """What `erase` answers."""

    citizen: UUID
    facts: int
    letters: int
    repeated: bool
    """Whether the citizen had been erased before, and only letters that were left lying were taken away."""


@dataclass(frozen=True)
class LogEntry:
    """A look, in what `access-log` answers."""

    at: datetime
    actor: str
    ground: str
    what: str


@dataclass(frozen=True)
class AccessLog:
    """What `access-log` answers, newest first."""

    looks: list[LogEntry]

"""What `why` answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class NamedFact:
    """A fact by its place in the history, in what `why` answers."""

    version: int
    kind: str
    at: datetime
    """When it was true."""


@dataclass(frozen=True)
class GivenReason:
    """Something that must hold, in what `why` answers."""

    what: str
    """A kind of requirement, or `condition`."""
    about: str | None
    """The step that it looks at, or the text of a condition."""
    holds: bool | None
    """Null when something about the citizen that it asks for is not known."""
    says: str
    """What must hold, as a sentence."""
    because: list[NamedFact]
    """The facts that made it so; none where it has been so from the beginning."""
    inputs: dict[str, Any]
    """What a condition looked at."""
    operator: str | None
    """`all`, `any` or `not`, where a condition has parts."""
    parts: list["GivenReason"]


@dataclass(frozen=True)
class ProposedMove:
    """Something to do or to wait for, in what `why` answers."""

    times: int
    """How often it is done, the moves together one after the other."""
    command: str | None
    """The command; null where one waits."""
    step: str | None
    """What the command is about, where it is about a step."""
    by: list[str]
    """The roles that may do it."""
    until: datetime | None
    """Until when one waits; null for a command."""
    type: str | None
    """The command as it is typed, with `…` for what people must say; null where one waits."""


@dataclass(frozen=True)
class FoundWay:
    """The shortest lawful way, in what `why` answers."""

    search: str
    """`open`, `found`, `none` when there is none, or `given_up` when too much had to be tried."""
    moves: list[list[ProposedMove]]
    """Each in its turn; several together where they are repeated together."""


@dataclass(frozen=True)
class GivenDoor:
    """One way in which a step is taken, in what `why` answers."""

    command: str | None
    """The command by which it is taken; null where the programme's rule takes or proposes it."""
    how: str
    """`decision`, `proposal` or `automatic`."""
    by: list[str]
    open: bool
    reasons: list[GivenReason]
    way: FoundWay | None
    """The way on which the programme's rule does it; null for commands."""


@dataclass(frozen=True)
class Explained:
    """What `why` answers."""

    pathway: UUID
    step: str
    open: bool
    doors: list[GivenDoor]
    way: FoundWay
    """The shortest way on which somebody may take the step."""

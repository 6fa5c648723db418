"""What `refer` and `tell` answer."""

from dataclasses import dataclass
from uuid import UUID

from console.answers.weeks import ExpectedSession


@dataclass(frozen=True)
class Told:
    """What `refer` and `tell` answer."""

    pathway: UUID
    citizen: UUID | None
    """Who was referred; null for `tell`."""
    session: UUID | None
    """The session that was booked; null for every other command."""
    command_id: UUID
    """Give the same command again under this id, and it counts once."""
    first: int
    """The number of the first fact that the command wrote."""
    last: int
    """The number of the last one; before the first when it asked for what was already so."""
    facts: list[str]
    """The kinds of those facts."""
    repeated: bool
    """Whether the command had been carried out before."""
    also_open: list[UUID]
    """The citizen's other open pathways in the same programme; empty for `tell`."""
    clashes: "list[ExpectedSession]"
    """The citizen's other sessions that overlap with the one that was booked or moved, in any pathway."""

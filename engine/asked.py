"""A command as it is asked, and the answer that it gets."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from domain.pathway.command import Command
from eventstore.errors import StoreAway, StreamConflict
from eventstore.keys import KeyFileUnreadable, KeyFileUnsafe, KeyUnknown

MOMENT = timedelta(microseconds=1)
PASSING = (StoreAway, StreamConflict, KeyUnknown, KeyFileUnsafe, KeyFileUnreadable)
"""What says nothing about a command or its pathway: it passes, or somebody sees to it, and then it is carried out."""


@dataclass(frozen=True)
class Outcome:
    """The answer to a command, the same when it is repeated."""

    stream: UUID
    first: int
    last: int
    """The versions that it wrote; the last before the first when it asked for what was already so."""
    kinds: tuple[str, ...]
    """The kinds of those facts."""
    duplicate: bool
    nudge: bool
    """Whether the pathway's workflow has something to do, or an earlier appointment than before."""


@dataclass(frozen=True)
class Asked:
    """A command with what makes it recognisable."""

    command: Command
    command_id: UUID
    digest: bytes
    programme: str | None
    """The programme version of a referral."""


def pathway_id(command_id: UUID) -> UUID:
    """The id of the pathway that a referring command begins, the same when it is repeated."""
    return uuid5(command_id, "pathway")


def in_its_turn(command: Command, latest: datetime) -> Command:
    """*command* as asked after what was asked before, when the caller's clock is behind.

    A moment after it: at the very same instant, a second plan would look like the first one told again, and be lost.
    """
    return command if command.at >= latest else command.model_copy(update={"at": latest + MOMENT})

"""What workflows and activities say to each other: ids, codes and numbers, nothing about a citizen."""

from dataclasses import dataclass, field

TASK_QUEUE = "trinvis"

CATCH_UP = "catch_up"
TELL = "tell"
SEND_LETTER = "send_letter"
GIVE_NOTICE = "give_notice"
GIVE_UP = "give_up"
CALL_CHILD = "call_child"
TELL_PARENT = "tell_parent"
END_CHILD = "end_child"
GIVE_PLACE = "give_place"
MOVE_SOME = "move_some"


@dataclass(frozen=True)
class CatchUp:
    """Ask how far a pathway has come; first let an instant pass when it has come."""

    pathway: str
    due: str | None = None


@dataclass(frozen=True)
class FollowUpDue:
    """A follow-up that a fact calls for and that has not been carried out."""

    id: str
    """The fact's id and the follow-up's name: carried out once, however often it is tried."""
    pathway: str
    version: int
    name: str
    activity: str
    """Which activity carries it out."""


@dataclass(frozen=True)
class CaughtUp:
    """How far a pathway has come."""

    version: int
    programme: str
    phase: str | None
    next_due: str | None
    over: bool
    follow_ups: list[FollowUpDue] = field(default_factory=list)
    patience_seconds: int = 0
    """How long a follow-up is tried before it is given up."""


@dataclass(frozen=True)
class Told:
    """A command that came to the workflow itself."""

    command_id: str
    by: str
    kind: str
    body: str
    """The command's fields as JSON; the codec encrypts it on its way."""


@dataclass(frozen=True)
class TellPathway:
    """Carry out a command on a pathway."""

    pathway: str
    told: Told


@dataclass(frozen=True)
class GiveUp:
    """Record that a follow-up was given up."""

    follow_up: FollowUpDue
    error: str


@dataclass(frozen=True)
class MoveSome:
    """Move, or move back, the next pathways of a job."""

    job: str


@dataclass(frozen=True)
class MovedSome:
    """How far a job has come."""

    left: int

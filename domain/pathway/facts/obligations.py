"""What happens to what is owed: created, met, excused, overdue, not required, moved."""

from enum import StrEnum

from domain.actor import Actor, Role
from domain.moment import Moment
from domain.pathway.fact import Fact
from domain.programme.relations import InPause
from domain.text import Note
from domain.value import Value
from domain.why import Why


class Rung(Value):
    """When somebody is told of a deadline that passed, unless it has been met by then."""

    at: Moment
    to: Role


class StoppedBy(Value):
    """The steps between which a clock stands still."""

    since: str
    until: str


class Progress(Value):
    """How far something that is owed had come before a move to another version that is taken back."""

    reminded: bool = False
    overdue: bool = False
    level: int = 0
    """The rung of the ladder that had been reached."""
    chosen_at: Moment | None = None
    """When somebody set the deadline, where somebody had."""
    chosen_due: Moment | None = None
    """The deadline that was set then; the clock may have stood still since."""
    question: bool = False
    """Whether its owner had been asked if the deadline still fits, and had not answered."""
    asked: Moment | None = None
    answered: Moment | None = None


class ObligationCreated(Fact):
    """Somebody owes something by an instant."""

    obligation: str
    """The rule's id, or the id of what staff promised by hand."""
    name: str
    """What must happen."""
    owner: Role
    since: Moment
    due: Moment
    remind_at: Moment | None
    in_pause: InPause
    ladder: tuple[Rung, ...] = ()
    stopped_by: tuple[StoppedBy, ...] = ()
    note: Note | None
    """What was promised, where staff created it by hand."""
    progress: Progress | None = None
    """Where it is given back by a move that is taken back."""
    why: Why | None


class ObligationReminded(Fact):
    """The deadline is near."""

    obligation: str
    name: str
    owner: Role
    due: Moment
    why: Why


class ObligationMet(Fact):
    """What was owed has happened."""

    obligation: str
    name: str
    in_time: bool
    registered_late: bool
    """Whether it was registered after the deadline though it happened before."""
    note: Note | None


class ObligationExcused(Fact):
    """A named person let it go this once, with a reason."""

    obligation: str
    name: str
    reason: Note
    covers: Moment
    """The latest call for it that is let go with it; a later one calls anew."""
    again: Moment | None
    """From when something recurring is counted anew, or None where it is asked for only when it is called for."""


class ObligationOverdue(Fact):
    """The deadline passed; it is still owed."""

    obligation: str
    name: str
    owner: Role
    due: Moment
    why: Why


class ObligationEscalated(Fact):
    """It is still owed so long after its deadline that somebody else is told."""

    obligation: str
    name: str
    level: int
    """The rung of the ladder, from 1."""
    to: Role
    due: Moment
    why: Why


class DeadlineQuestioned(Fact):
    """The pathway goes on after a pause, and the owner is asked whether the deadline still fits."""

    obligation: str
    name: str
    owner: Role
    due: Moment
    """What is left of it, counted from where the pathway goes on; it holds until somebody says otherwise."""
    why: Why


class DeadlineSet(Fact):
    """Somebody answered whether a deadline still fits: it stays, or it is another day."""

    obligation: str
    name: str
    due: Moment
    previous: Moment
    set_by: Actor
    reason: Note | None


class Cause(StrEnum):
    """Why something is no longer owed."""

    DECIDED = "decided"
    ENDED = "ended"
    EXCLUDED = "excluded"
    CORRECTED = "corrected"
    VERSION = "version"


class ObligationNotRequired(Fact):
    """It is positively recorded that this need not happen, and why."""

    obligation: str
    name: str
    cause: Cause
    reason: Note | None
    covers: Moment | None
    """The latest call for it that the decision covers, where somebody decided it; a later one calls anew."""
    why: Why | None


class ObligationMoved(Fact):
    """The deadline was computed anew; the old one stays visible here."""

    obligation: str
    name: str
    since: Moment
    due: Moment
    previous: Moment
    remind_at: Moment | None
    ladder: tuple[Rung, ...] = ()
    stopped_by: tuple[StoppedBy, ...] = ()
    progress: Progress | None = None
    """Where the earlier deadline is given back by a move that is taken back."""
    why: Why


class StepExcluded(Fact):
    """A step was put aside by a rule: it can neither be done nor owed."""

    step: str
    why: Why


class StepIncluded(Fact):
    """A step counts again."""

    step: str
    anew: bool = True
    """Whether its clocks start afresh; they do not where a move that put it aside is taken back."""
    why: Why

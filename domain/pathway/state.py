"""Where a pathway stands: everything that the rules and the clocks need, and nothing that only people read."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Self
from uuid import UUID

from domain.actor import Actor, Role
from domain.moment import Moment
from domain.pathway.facts.children import Parent
from domain.pathway.facts.obligations import Cause, Rung, StoppedBy
from domain.pathway.facts.sessions import Attendance
from domain.pathway.proceeding import Hearing, Prepared, Recourse
from domain.programme.relations import InPause
from domain.refusal import Plain

LONGEST_WINDOW = timedelta(weeks=26)
"""How far back conditions may count. Publishing refuses a longer window."""
COUNTED_WEEKS = LONGEST_WINDOW // timedelta(weeks=1)
REMEMBERED = 8
"""How many occurrences of one step are kept, besides those from which something that is still owed counts."""

COMPARED = 2
"""How many answers to one instrument are kept to be shown: the latest, and the one before it."""


class Stage(StrEnum):
    """How far a pathway has come."""

    NEW = "new"
    REFERRED = "referred"
    RETURNED = "returned"
    WAITING = "waiting"
    UNDERWAY = "underway"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


OVER = frozenset({Stage.CLOSED, Stage.REFUSED, Stage.WITHDRAWN, Stage.ERASED})


class _Changing:
    """Values that are copied with changes, faster than dataclasses.replace, which validates what is already known."""

    def but(self, **changes: object) -> Self:
        """The same with *changes*."""
        copy = object.__new__(type(self))
        object.__setattr__(copy, "__dict__", self.__dict__ | changes)
        return copy


class Chosen(NamedTuple):
    """A deadline that somebody set."""

    at: Moment
    due: Moment


@dataclass(frozen=True)
class Obligation(_Changing):
    """Something that is owed now."""

    name: str
    owner: Role
    since: Moment
    due: Moment
    remind_at: Moment | None
    in_pause: InPause
    by_hand: bool = False
    ladder: tuple[Rung, ...] = ()
    level: int = 0
    """The rung of the ladder that was reached."""
    stopped_by: tuple[StoppedBy, ...] = ()
    question: bool = False
    """Whether its owner is asked if the deadline still fits."""
    asked: Moment | None = None
    """The end of the pause after which the owner was last asked."""
    answered: Moment | None = None
    chosen: Chosen | None = None
    """The deadline that somebody set, in place of the one that is reckoned."""
    reminded: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class Ended(_Changing):
    """How something that was owed came to its end, so that it is not asked for again."""

    at: Moment
    cause: Cause | None = None
    """Why it need not happen any more, or None when it was met."""
    covers: Moment | None = None
    """The latest call for it that somebody let go."""
    again: Moment | None = None
    """From when it counts anew, where somebody let something recurring go this once."""


@dataclass(frozen=True)
class Booking:
    """A session that has been agreed and not yet registered."""

    element: str
    starts: Moment
    minutes: int
    site: str | None
    mandatory: bool


@dataclass(frozen=True)
class Attended(_Changing):
    """What became of a session, for as long as conditions may count it."""

    session: UUID | None
    element: str
    at: Moment
    attendance: Attendance
    minutes: int
    planned: int
    mandatory: bool
    parts: frozenset[str] = frozenset()
    evaluated: bool = False
    completed: bool = False


@dataclass(frozen=True)
class Proposal:
    """A step that awaits its answer."""

    to: str
    phase: str
    proposed_by: Actor | None


@dataclass(frozen=True)
class Answer:
    """How the latest proposal was answered."""

    approved: bool
    by: Actor


@dataclass(frozen=True)
class Stop:
    """A stretch in which the clocks stood still."""

    began: Moment
    ended: Moment
    at_rest: bool = False
    """Whether the pathway was closed meanwhile, rather than paused."""


@dataclass(frozen=True)
class Notice:
    """Something staff were told and have not yet read."""

    notice: str
    owner: Role
    at: Moment
    subject: str | None


@dataclass(frozen=True)
class Child(_Changing):
    """A pathway in another programme that an element of this one called for."""

    element: str
    called: Moment
    child: UUID | None = None
    """Its id, as soon as the citizen has been referred."""
    ended: bool = False
    told: Moment | None = None
    """When the latest of what it told was true: what it told earlier may come later."""


class OrderStage(StrEnum):
    """How far an order has come."""

    PLACED = "placed"
    ACCEPTED = "accepted"
    REPORTED = "reported"
    DECLINED = "declined"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


OPEN_ORDERS = frozenset({OrderStage.PLACED, OrderStage.ACCEPTED, OrderStage.REPORTED})


@dataclass(frozen=True)
class Order(_Changing):
    """Something that was ordered, the latest of its kind."""

    provider: str
    elements: tuple[str, ...]
    stage: OrderStage
    placed: Moment
    since: Moment
    """From when the next report counts."""


@dataclass(frozen=True)
class Setting:
    """What was agreed with effect from a day."""

    since: date
    value: float


@dataclass(frozen=True)
class Measured:
    """What somebody answered, for people to compare; no rule looks at it."""

    at: Moment
    answers: tuple[int | None, ...]
    score: float | None


@dataclass(frozen=True)
class Pathway(_Changing):
    """The state of one pathway, folded from its facts."""

    stage: Stage = Stage.NEW
    citizen: UUID | None = None
    programme: str | None = None
    contraindications: tuple[str, ...] = ()
    mandatory: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ()
    """The target groups that the citizen belonged to when referred."""
    circumstances: dict[str, Plain] = field(default_factory=dict)
    intensities: dict[str, tuple[Setting, ...]] = field(default_factory=dict)
    """What is agreed with effect from a day, in order; some of it may lie ahead."""
    parent: Parent | None = None
    """The pathway that called for this one."""
    children: tuple[Child, ...] = ()
    """The pathways that this one called for: those that are open, and the latest that ended."""
    aftercare_declined: bool = False
    orders: dict[str, Order] = field(default_factory=dict)
    """The latest order of each kind."""
    responsible: dict[Role, str] = field(default_factory=dict)
    phase: str | None = None
    phase_since: Moment | None = None
    proposal: Proposal | None = None
    answer: Answer | None = None
    rejected: bool = False
    """Whether the open step was turned down since the last review, so that the rule does not insist."""
    begins: Moment | None = None
    ends: Moment | None = None
    time_up: bool = False
    review_due: Moment | None = None
    week_counted: Moment | None = None
    """When a week is counted next."""
    counted: tuple[str, ...] = ()
    """The latest weeks that have been counted, as far back as sessions are remembered."""
    obligations: dict[str, Obligation] = field(default_factory=dict)
    ended: dict[str, Ended] = field(default_factory=dict)
    happened: dict[str, tuple[Moment, ...]] = field(default_factory=dict)
    """The latest occurrences of each step, in true time."""
    excluded: frozenset[str] = frozenset()
    included: dict[str, Moment] = field(default_factory=dict)
    """When a step that had been put aside counted again; its clocks start afresh from there."""
    bookings: dict[UUID, Booking] = field(default_factory=dict)
    cancelled: tuple[UUID, ...] = ()
    attendance: tuple[Attended, ...] = ()
    clock_reset: Moment | None = None
    """The latest talk that reset the clock; no earlier one may be registered after it."""
    paused_since: Moment | None = None
    resume_due: Moment | None = None
    stops: tuple[Stop, ...] = ()
    plan_version: int = 0
    outcomes: tuple[str, ...] = ()
    measured: dict[str, tuple[Measured, ...]] = field(default_factory=dict)
    """By instrument and rater, such as `who5.citizen`, the latest answers and those before, in true time."""
    notices: dict[str, Notice] = field(default_factory=dict)
    delivered: tuple[str, ...] = ()
    """The latest letters that went out and follow-ups that were given up, by their keys."""
    fresh: dict[str, Moment] = field(default_factory=dict)
    """When rules that a later version or a reopening brought began to count anew."""
    rule_sets: frozenset[str] = frozenset()
    """The rule sets that came into force on the way for what had begun before."""
    next_rules: Moment | None = None
    """When the next one comes into force by itself."""
    at_rest_since: Moment | None = None
    """Since when the clocks of a closed pathway stand still: since it closed, or since the pause in which it did."""
    outcome: str | None = None
    left: dict[str, Moment] = field(default_factory=dict)
    """By the outcome with which it had been closed, when it last went on in spite of it."""
    prepared: dict[str, Prepared] = field(default_factory=dict)
    """By decision, what awaits a second pair of eyes."""
    hearings: dict[str, Hearing] = field(default_factory=dict)
    """By decision to the citizen's detriment, how far its hearing has come."""
    recourses: dict[str, Recourse] = field(default_factory=dict)
    """By such a decision that was made, as `made_as` names it, what may still be done against it."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.stage in OVER

    @property
    def waits_for_a_place(self) -> bool:
        """Whether the citizen was taken in while every place was taken, and has no first day yet."""
        return self.stage is Stage.WAITING and self.begins is None

    def ended_as(self, stage: Stage) -> Self:
        """The pathway at its end: no clock runs any more."""
        return self.but(
            stage=stage,
            begins=None,
            review_due=None,
            week_counted=None,
            resume_due=None,
            paused_since=None,
            prepared={},
            hearings={},
        )

    def without_hearing(self, decision: str) -> Self:
        """The pathway as if nobody had been heard about that decision."""
        left = {name: each for name, each in self.hearings.items() if name != decision}
        calls = frozenset({f"{decision}.hearing_answered", f"{decision}.hearing_expired"})
        return self.but(hearings=left).forgetting(calls)

    def made(self, decision: str) -> tuple[Recourse, ...]:
        """The decisions of that name to the citizen's detriment, in order."""
        return tuple(each for each in self.recourses.values() if each.decision == decision)

    def next_of(self, decision: str) -> int:
        """The number of the next decision of that name to the citizen's detriment."""
        return max((each.number for each in self.made(decision)), default=0) + 1

    def with_recourse(self, recourse: Recourse) -> Self:
        """The pathway where that is how far it has come with such a decision."""
        return self.but(recourses={**self.recourses, recourse.name: recourse})

    def forgetting(self, steps: frozenset[str]) -> Self:
        """The pathway as if none of *steps* had ever called for anything."""
        return self.but(happened={step: at for step, at in self.happened.items() if step not in steps})

    def open_children(self, element: str | None = None) -> tuple[Child, ...]:
        """The child pathways that have not ended, of one element or of all."""
        return tuple(each for each in self.children if not each.ended and element in {None, each.element})

    def phase_at(self, at: datetime) -> str | None:
        """The phase that stood at that instant, as far as it is remembered; None where there was none."""
        if self.phase_since is None or at >= self.phase_since:
            return self.phase
        entered = (
            (since, step.removesuffix(".entered"))
            for step, occurrences in self.happened.items()
            for since in occurrences
            if step.endswith(".entered") and since <= at
        )
        return max(entered, default=(at, None))[1]

    def last(self, step: str) -> datetime | None:
        """When *step* last happened, in true time."""
        occurrences = self.happened.get(step)
        return occurrences[-1] if occurrences else None

    def has_happened(self, step: str, at: datetime) -> bool:
        """Whether *step* happened at that very instant, as far as it is remembered."""
        return at in self.happened.get(step, ())

    def attended_session(self, session: UUID) -> Attended | None:
        """What became of *session*, or None when it is not registered or too long ago."""
        return next((seen for seen in reversed(self.attendance) if seen.session == session), None)

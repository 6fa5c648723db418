"""What following another version would do to one pathway: asked of the rules, and nothing carried out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.actor import Role
from domain.calendar import days_later, week_of
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.commands.course import MovePathway, PausePathway
from domain.pathway.decide import after, decide
from domain.pathway.deciding.referrals import eligibility
from domain.pathway.due import coming
from domain.pathway.facts.obligations import ObligationOverdue
from domain.pathway.facts.phases import ReviewCameDue, TransitionProposed, TransitionTaken
from domain.pathway.options import options
from domain.pathway.settling import settled
from domain.pathway.state import Pathway, Stage
from domain.programme.shape import Programme
from domain.refusal import FollowsAlready, Invalid, IsOver, Plain, Refused

CLOCKS = ("begins", "ends", "review")
"""What comes by itself besides deadlines, and matters to people."""
AHEAD = timedelta(weeks=12)
"""How far the work is looked ahead at."""
STANDING_STILL = frozenset({PausePathway.kind})
"""What may be decided without going anywhere."""

Step = tuple[str, str | None]
"""A command, and the step that it is about, where there is one."""
Work = tuple[str, Role]
"""Something that a role must see to in an ISO week."""


class Fate(StrEnum):
    """What becomes of something that has a date."""

    EARLIER = "earlier"
    LATER = "later"
    CREATED = "created"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Shift:
    """A deadline, a review, a beginning or an end that would come at another time, come new, or go."""

    what: str
    """`deadline`, `review`, `begins` or `ends`."""
    about: str | None
    """What is owed, for deadlines."""
    rule: str | None
    before: datetime | None
    after: datetime | None

    @property
    def fate(self) -> Fate:
        """What becomes of it."""
        if self.before is None or self.after is None:
            return Fate.CREATED if self.before is None else Fate.CANCELLED
        return Fate.EARLIER if self.after < self.before else Fate.LATER


@dataclass(frozen=True)
class Turned:
    """Why a pathway cannot be moved: a refusal, or what is wrong with a field."""

    code: str
    field: str | None
    values: Mapping[str, Plain]

    @classmethod
    def by(cls, answer: Refused | Invalid) -> "Turned":
        """The same as plain values."""
        return cls(answer.code, answer.field if isinstance(answer, Invalid) else None, answer.values)


@dataclass(frozen=True)
class Effects:
    """What moving would do to a pathway, beside that it follows another version."""

    turned_down: Turned | None = None
    is_over: bool = False
    """Whether it no longer concerns the pathway, because that has ended or follows the version already."""
    is_stuck: bool = False
    """Whether nobody could decide anything more, and nothing would come by itself."""
    facts: tuple[str, ...] = ()
    """The kinds of the facts that would be written, in order."""
    shifts: tuple[Shift, ...] = ()
    opened: tuple[Step, ...] = ()
    closed: tuple[Step, ...] = ()
    moves_on_to: str | None = None
    """The phase that would be proposed, or would begin by itself."""
    eligible: tuple[bool, bool] | None = None
    """Whether a referral that awaits its answer fits a target group, before and after."""
    work: tuple[tuple[Work, ...], tuple[Work, ...]] = field(default=((), ()))
    """The deadlines and reviews of the weeks ahead, before and after, as long as nobody acts."""

    @property
    def has_nowhere_to_go(self) -> bool:
        """Whether the citizen could not go on under the new version."""
        return self.is_stuck or (self.turned_down is not None and not self.is_over)

    @property
    def turns_eligible(self) -> bool:
        """Whether the answer to who may take part becomes another."""
        return self.eligible is not None and self.eligible[0] != self.eligible[1]

    @property
    def is_unaffected(self) -> bool:
        """Whether nothing would change but the version."""
        changed = self.shifts or self.opened or self.closed or self.moves_on_to or self.turns_eligible
        return not (self.turned_down or self.is_stuck or changed)


def rehearse(binding: Binding, pathway: Pathway, command: MovePathway) -> Effects:
    """What *command* would do to *pathway*, with everything carried out first that had fallen due by then."""
    try:
        return _rehearsed(binding, _settled(binding.programme, pathway, command.at), command)
    except (Refused, Invalid) as answer:
        return Effects(Turned.by(answer), is_over=isinstance(answer, (IsOver, FollowsAlready)))


def _rehearsed(binding: Binding, before: Pathway, command: MovePathway) -> Effects:
    facts = decide(binding, before, command)
    if binding.target is None or not facts:
        return Effects(is_over=True)
    return replace(
        compared(binding.programme, before, binding.target, after(binding, before, facts), command.at),
        facts=tuple(fact.kind for fact in facts),
        moves_on_to=_moves_on_to(facts),
    )


def _settled(programme: Programme, pathway: Pathway, until: datetime) -> Pathway:
    for passed in settled(Binding(programme), pathway, until):
        pathway = passed.pathway
    return pathway


def compared(old: Programme, before: Pathway, new: Programme, after: Pathway, at: datetime) -> Effects:
    """What is otherwise on a pathway after it has gone from one version to another."""
    was_open, is_open = _open(old, before), _open(new, after)
    ways_on = any(command not in STANDING_STILL for command, _ in is_open)
    return Effects(
        is_stuck=not ways_on and next(coming(after), None) is None,
        shifts=(*_deadlines(before, after), *_clocks(before, after)),
        opened=tuple(sorted(is_open - was_open, key=str)),
        closed=tuple(sorted(was_open - is_open, key=str)),
        eligible=_eligible(old, before, new, after, at),
        work=(tuple(_work(old, before, at)), tuple(_work(new, after, at))),
    )


def _open(programme: Programme, pathway: Pathway) -> set[Step]:
    every = options(Binding(programme), pathway)
    return {(option.command, option.step) for option in every if option.closed_by is None}


def _deadlines(before: Pathway, after: Pathway) -> Iterator[Shift]:
    for rule in dict.fromkeys((*before.obligations, *after.obligations)):
        old, new = before.obligations.get(rule), after.obligations.get(rule)
        due = old.due if old else None, new.due if new else None
        named = old or new
        if named and due[0] != due[1]:
            yield Shift("deadline", named.name, rule, *due)


def _clocks(before: Pathway, after: Pathway) -> Iterator[Shift]:
    old, new = _by_what(before), _by_what(after)
    for what in CLOCKS:
        if old.get(what) != new.get(what):
            yield Shift(what, None, None, old.get(what), new.get(what))


def _by_what(pathway: Pathway) -> dict[str, datetime]:
    return {each.what: each.at for each in coming(pathway)}


def _eligible(
    old: Programme, before: Pathway, new: Programme, after: Pathway, at: datetime
) -> tuple[bool, bool] | None:
    if before.stage not in {Stage.REFERRED, Stage.RETURNED}:
        return None
    was, becomes = (
        eligibility(Binding(programme), pathway.circumstances, at)
        for programme, pathway in ((old, before), (new, after))
    )
    return bool(was.met), bool(becomes.met)


def _moves_on_to(facts: Sequence[PathwayFact]) -> str | None:
    return next((fact.to for fact in facts if isinstance(fact, (TransitionProposed, TransitionTaken))), None)


def _work(programme: Programme, pathway: Pathway, at: datetime) -> Iterator[Work]:
    """The reviews and the deadlines of the weeks ahead if nobody acts, by the week in which they come.

    A review that comes is counted when it does, and not once more by its deadline.
    """
    for passed in settled(Binding(programme), pathway, at + AHEAD):
        for fact in passed.facts:
            phase = programme.phase(fact.phase) if isinstance(fact, ReviewCameDue) else None
            if phase:
                yield str(week_of(fact.at)), phase.review_by
            elif isinstance(fact, ObligationOverdue) and (fact.obligation in pathway.obligations or not _reviews(fact)):
                yield str(week_of(days_later(fact.due, -1))), fact.owner


def _reviews(fact: ObligationOverdue) -> bool:
    return fact.name.endswith(".reviewed")

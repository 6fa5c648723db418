"""The five relations in their smallest form, written from docs/semantics.md: what the engine is held against.

It keeps a marking, as the literature on dynamic condition response graphs does: what has happened, what is put aside,
what is owed. It shares the calendar with the engine and nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.calendar import MORNING, day_after, end_of_day, last_day, local, local_date
from domain.period import Period
from domain.programme.relations import Condition, Exclude, Include, Milestone, Relation, Response

ONE_DAY, SATURDAY = timedelta(days=1), 5


@dataclass(frozen=True)
class Owed:
    """A response that is owed."""

    step: str
    since: datetime
    due: datetime
    overdue: bool = False
    told: int = 0
    """The rung of the ladder that was reached."""


@dataclass(frozen=True)
class Marking:
    """Where a set of steps stands."""

    relations: tuple[Relation, ...]
    happened: tuple[tuple[datetime, str], ...] = ()
    excluded: frozenset[str] = frozenset()
    included: tuple[tuple[str, datetime], ...] = ()
    """When steps that had been put aside were taken up again, the latest last."""
    owed: tuple[tuple[str, Owed], ...] = ()
    """By rule."""


def blocked(marking: Marking, step: str) -> Iterator[str]:
    """Why *step* cannot happen now: itself when it is put aside, otherwise what is missing or owed first."""
    if step in marking.excluded:
        yield step
    for relation in marking.relations:
        match relation:
            case Condition(condition=other, target=target) if target == step and other not in marking.excluded:
                if not times(marking, other):
                    yield other
            case Milestone(milestone=other, target=target) if target == step and other not in marking.excluded:
                if any(each.step == other for _, each in marking.owed):
                    yield other
            case _:
                pass


def executed(marking: Marking, step: str, at: datetime) -> Marking:
    """The marking after *step* happened: what is put aside first, then what is owed."""
    after = replace(marking, happened=tuple(sorted({*marking.happened, (at, step)})))
    return _owing(_put_aside(after, at))


Told = tuple[datetime, str, int]
"""When somebody was told of a rule that was overdue, and on which rung of its ladder, from 1."""


def passed(marking: Marking, until: datetime) -> tuple[Marking, list[tuple[datetime, str]], list[Told]]:
    """The marking after time; the rules that became overdue, each with its instant; and who was told of them."""
    fallen, told, owed = list[tuple[datetime, str]](), list[Told](), list[tuple[str, Owed]]()
    responses = {each.rule: each for each in marking.relations if isinstance(each, Response)}
    for rule, each in marking.owed:
        stands = any(ended is None for _, ended in waits(marking, responses[rule]))
        falls = each.due <= until and not each.overdue and not stands
        fallen += [(each.due, rule)] if falls else []
        rungs = _ladder(responses[rule], each.due) if falls or each.overdue else []
        told += [(at, rule, level) for level, at in enumerate(rungs, start=1) if each.told < level and at <= until]
        reached = max(each.told, sum(at <= until for at in rungs))
        owed.append((rule, replace(each, overdue=each.overdue or falls, told=reached)))
    return replace(marking, owed=tuple(owed)), sorted(fallen), sorted(told)


def _ladder(response: Response, due: datetime) -> list[datetime]:
    """The mornings on which somebody is told while it stays owed."""
    return sorted(local(day_after(last_day(due), Period(each.after)), MORNING) for each in response.escalate)


def waits(marking: Marking, response: Response) -> list[tuple[datetime, datetime | None]]:
    """The stretches in which its clock stands still; None where it still does."""
    return [
        (began, next((end for end in times(marking, stop.until) if end >= began), None))
        for stop in response.stops
        for began in times(marking, stop.since)
    ]


def _due(marking: Marking, response: Response, since: datetime) -> datetime:
    """The end of the last day, counted one by one; a day on which the clock stood still is not counted."""
    period, last = Period(response.within), local_date(since)
    left, ended = period.working_days or period.days, [each for each in waits(marking, response) if each[1]]
    stood = [(local_date(max(began, since)), local_date(end)) for began, end in ended if end and end > since]
    while True:
        while left:
            last += ONE_DAY
            counts = last.weekday() < SATURDAY or not period.working_days
            left -= counts and not any(began < last <= end for began, end in stood)
        stopped = [end for began, end in stood if began <= last < end]
        if not stopped:
            break
        last = max(stopped)
    while period.working_days and last.weekday() >= SATURDAY:
        last += ONE_DAY
    return end_of_day(last)


def times(marking: Marking, step: str) -> list[datetime]:
    """When *step* happened."""
    return [at for at, name in marking.happened if name == step]


def _put_aside(marking: Marking, at: datetime) -> Marking:
    excluded, included = set[str](), list(marking.included)
    for step in {each.exclude for each in marking.relations if isinstance(each, Exclude)}:
        if _latest(marking, step, Exclude) > _latest(marking, step, Include):
            excluded.add(step)
    included += [(step, at) for step in sorted(marking.excluded - excluded)]
    return replace(marking, excluded=frozenset(excluded), included=tuple(included))


def _latest(marking: Marking, step: str, kind: type[Exclude] | type[Include]) -> float:
    """When *step* was last put aside or taken up; at the same instant, taking up prevails."""
    triggers = [
        each.after
        for each in marking.relations
        if isinstance(each, kind) and (each.exclude if isinstance(each, Exclude) else each.include) == step
    ]
    return max((at.timestamp() for trigger in triggers for at in times(marking, trigger)), default=float("-inf"))


def _owing(marking: Marking) -> Marking:
    known = dict(marking.owed)
    owed: dict[str, Owed] = {}
    for relation in marking.relations:
        if isinstance(relation, Response) and relation.respond not in marking.excluded:
            since = _called(marking, relation)
            if since is not None:
                each = Owed(relation.respond, since, _due(marking, relation, since))
                before = known.get(relation.rule)
                same = before is not None and (before.since, before.due) == (each.since, each.due)
                owed[relation.rule] = before if before is not None and same else each
    return replace(marking, owed=tuple(owed.items()))


def _called(marking: Marking, response: Response) -> datetime | None:
    """From when *response* is owed: the first call that stands unanswered, or the last where a call restarts it."""
    answers = times(marking, response.respond)
    standing = [
        at
        for trigger in response.after
        for at in times(marking, trigger)
        if not any(answer > at or (answer == at and trigger != response.respond) for answer in answers)
    ]
    if not standing:
        return None
    taken_up: Sequence[datetime] = [at for step, at in marking.included if step == response.respond]
    return max([max(standing) if response.restart else min(standing), *taken_up])

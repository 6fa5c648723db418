"""Until when something is owed: the period, the calendar, and the stretches in which its clock stood still."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from domain.calendar import MORNING, day_after, days_later, deadline, end_of_day, last_day, local, local_date
from domain.pathway.facts.obligations import Rung, StoppedBy
from domain.pathway.state import Obligation, Pathway, Stop
from domain.period import Period
from domain.programme.relations import InPause, Response
from domain.programme.rules import Case, RuleName, coming_into_force
from domain.programme.shape import Programme
from domain.working_days import Closings

NO_TIME = timedelta(0)
FOR_EVER = datetime.max.replace(tzinfo=UTC)


def due_after(since: datetime, within: Period, closings: Closings, stops: Iterable[Stop]) -> datetime:
    """When something is due that is owed *within* a period from *since*, its clock having stood still in *stops*.

    What was left when the clock stopped is left when it goes on: in working days where the period is of working days,
    otherwise in days. Only at the end does the deadline move from a closed day.
    """
    if not within.is_of_days:
        return with_stops(since, deadline(since, within), stops)
    last = day_after(local_date(since), within, closings)
    return _end(since, last, closings, stops, working=bool(within.working_days))


def _end(since: datetime, last: date, closings: Closings, stops: Iterable[Stop], *, working: bool) -> datetime:
    for stop in stops:
        if since < stop.ended and stop.began < end_of_day(closings.ending(last)):
            began, ended = local_date(max(stop.began, since)), local_date(stop.ended)
            if working:
                last = closings.after(ended, closings.between(began, last))
            else:
                last = ended + max(last - began, NO_TIME)
    return end_of_day(closings.ending(last))


def with_stops(since: datetime, due: datetime, stops: Iterable[Stop]) -> datetime:
    """The instant with the days added for which its clock stood still.

    Unit: whole days in Denmark, as deadlines of days, weeks and months are counted.
    """
    for stop in stops:
        if stop.ended > since and stop.began < due:
            stood = (local_date(stop.ended) - local_date(max(stop.began, since))).days
            due = days_later(due, stood)
    return due


def stops_of(pathway: Pathway, in_pause: InPause, stopped_by: Iterable[StoppedBy]) -> list[Stop]:
    """The stretches in which such a clock stood still and goes on again, in order, none upon another."""
    return [stop for stop in merged(stretches(pathway, in_pause, stopped_by)) if stop.ended != FOR_EVER]


def stands_since(pathway: Pathway, obligation: Obligation) -> datetime | None:
    """Since when the clock of *obligation* stands still now, or None when it runs."""
    stood = merged(stretches(pathway, obligation.in_pause, obligation.stopped_by))
    return stood[-1].began if stood and stood[-1].ended == FOR_EVER else None


def stretches(pathway: Pathway, in_pause: InPause, stopped_by: Iterable[StoppedBy]) -> Iterator[Stop]:
    """Each pause and each wait for which such a clock stands still; one that goes on has no end yet."""
    if in_pause is not InPause.RUN:
        yield from pathway.stops
        if pathway.paused_since:
            yield Stop(pathway.paused_since, FOR_EVER)
    for pair in stopped_by:
        yield from waits(pathway, pair)


def waits(pathway: Pathway, pair: StoppedBy) -> Iterator[Stop]:
    """From each time that the first step happened until the next time that the second did."""
    ends = pathway.happened.get(pair.until, ())
    for began in pathway.happened.get(pair.since, ()):
        yield Stop(began, next((end for end in ends if end >= began), FOR_EVER))


def merged(stops: Iterable[Stop]) -> list[Stop]:
    """The same stretches in order, those that overlap as one."""
    one: list[Stop] = []
    for stop in sorted(stops, key=lambda each: each.began):
        if one and stop.began <= one[-1].ended:
            one[-1] = Stop(one[-1].began, max(one[-1].ended, stop.ended))
        else:
            one.append(stop)
    return one


def stopped_by(response: Response) -> tuple[StoppedBy, ...]:
    """The steps between which the clock of *response* stands still, as facts carry them."""
    return tuple(StoppedBy(since=stop.since, until=stop.until) for stop in response.stops)


def ladder(programme: Programme, response: Response, since: datetime, due: datetime, case: Case) -> tuple[Rung, ...]:
    """When who is told of a deadline that passed: mornings, counted from its last day. No pause stops them."""
    lengths = ((each.to, programme.length_of(each.after, since, case)) for each in response.escalate)
    rungs = (
        Rung(at=local(day_after(last_day(due), after, programme.closings), MORNING), to=to) for to, after in lengths
    )
    return tuple(sorted(rungs, key=lambda rung: rung.at))


def case_of(pathway: Pathway) -> Case:
    """What decides which rule set counts for it."""
    referred = pathway.happened.get("referred")
    return Case(local_date(referred[0]) if referred else date.min, pathway.rule_sets)


def due_within(programme: Programme, pathway: Pathway, since: datetime, within: Period | RuleName) -> datetime:
    """When something is due that may take so long from then, whether the pathway rests or not."""
    reckoned = programme.reckoned(within, local_date(since), case_of(pathway))
    return due_after(since, reckoned.period, programme.closings, ())


def in_force(programme: Programme, case: Case, at: datetime) -> list[str]:
    """The rule sets that count for everybody by then and came after a pathway had begun."""
    coming = coming_into_force(programme.rules, case)
    return [each.rule_set for each in coming if each.valid_from <= local_date(at)]


def next_rules(programme: Programme, case: Case, at: datetime) -> datetime | None:
    """When a rule set next comes into force by itself for a pathway, or None."""
    coming = coming_into_force(programme.rules, case)
    return min((begins(each.valid_from) for each in coming if begins(each.valid_from) > at), default=None)


def begins(day: date) -> datetime:
    """The instant at which *day* begins in Denmark, and with it what is valid from then."""
    return local(day, time())

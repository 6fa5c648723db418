"""Until when something is owed: the period, the calendar, and the stretches in which its clock stood still."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.calendar import day_after, days_later, deadline, end_of_day, local_date
from domain.pathway.state import Pathway, Stop
from domain.period import Period
from domain.programme.rules import Case, RuleName
from domain.programme.shape import Programme
from domain.working_days import Closings

NO_TIME = timedelta(0)


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


def case_of(pathway: Pathway) -> Case:
    """What decides which rule set counts for it."""
    referred = pathway.happened.get("referred")
    return Case(local_date(referred[0])) if referred else Case(date.min)


def due_within(programme: Programme, pathway: Pathway, since: datetime, within: Period | RuleName) -> datetime:
    """When something is due that may take so long from then, whether the pathway rests or not."""
    reckoned = programme.reckoned(within, local_date(since), case_of(pathway))
    return due_after(since, reckoned.period, programme.closings, ())

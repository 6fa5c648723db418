"""Counting a week of sessions against what the programme expects, and anew when it turns out to have been another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.calendar import Week, week_named, week_of
from domain.pathway.binding import Binding
from domain.pathway.facts.phases import WeekCounted
from domain.pathway.facts.sessions import CANCELLED, TOOK_PART, Attendance
from domain.pathway.intensities import expected_minutes
from domain.pathway.state import LONGEST_WINDOW, Attended, Pathway

BREAKS = ("enrolled", "paused", "resumed", "closed", "reopened")
"""A week in which one of these happened is no whole week; nothing is expected of it."""


@dataclass(frozen=True)
class Hours:
    """What a week held. Unit: minutes."""

    planned: int = 0
    attended: int = 0
    excused: int = 0

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(self.planned + other.planned, self.attended + other.attended, self.excused + other.excused)


def hours_of(pathway: Pathway, week: Week) -> Hours:
    """What *week* holds on one pathway: what is agreed or was, what was attended, and what there was an excuse for."""
    seen = [each for each in pathway.attendance if week_of(each.at) == week]
    booked = sum(each.minutes for each in pathway.bookings.values() if week_of(each.starts) == week)
    return Hours(
        planned=booked + sum(each.planned for each in seen if each.attendance not in CANCELLED),
        attended=sum(each.minutes for each in seen if each.attendance in TOOK_PART),
        excused=sum(each.planned for each in seen if each.attendance is Attendance.EXCUSED),
    )


def is_whole(pathway: Pathway, week: Week) -> bool:
    """Whether nothing began, rested or ended in *week*, so that the whole norm may be expected of it."""
    return week not in {week_of(at) for step in BREAKS for at in pathway.happened.get(step, ())}


def week_counted(
    binding: Binding, pathway: Pathway, week: Week, at: datetime, next_count: datetime | None
) -> WeekCounted:
    """What *week* held, against the programme's norm. Source: V27, F19, A2."""
    programme = binding.programme
    seen = [each for each in pathway.attendance if week_of(each.at) == week]
    held = hours_of(pathway, week)
    expected = expected_minutes(programme, pathway, week)
    rhythm = {name: element.per_week for name, element in programme.elements.items() if element.per_week}
    sessions = {name: _held(seen, name, {*TOOK_PART}) for name in rhythm}
    counted = {name: _held(seen, name, {*TOOK_PART, Attendance.EXCUSED}) for name in rhythm}
    short = expected is not None and held.attended + held.excused < expected
    seldom = any(counted[name] < per_week for name, per_week in rhythm.items())
    return WeekCounted(
        at=at,
        week=str(week),
        planned_minutes=held.planned,
        attended_minutes=held.attended,
        excused_minutes=held.excused,
        expected_minutes=expected,
        sessions=sessions,
        below=is_whole(pathway, week) and (short or seldom),
        next_count=next_count,
        why=binding.why("weekly_count", week=str(week)),
    )


def _held(seen: list[Attended], element: str, counting: set[Attendance]) -> int:
    return sum(each.element == element and each.attendance in counting for each in seen)


def recounted(binding: Binding, before: Pathway, after: Pathway, at: datetime) -> Iterator[WeekCounted]:
    """The weeks that had been counted and hold something else by now, as far back as sessions are remembered."""
    is_as_before = before.attendance is after.attendance and before.intensities is after.intensities
    if is_as_before or not binding.programme.counts_weeks:
        return
    for week in sorted(_touched(before, after)):
        if str(week) in after.counted and week > week_of(at - LONGEST_WINDOW):
            before_it = week_counted(binding, before, week, at, after.week_counted)
            after_it = week_counted(binding, after, week, at, after.week_counted)
            if after_it != before_it:
                yield after_it


def _touched(before: Pathway, after: Pathway) -> set[Week]:
    """The weeks of everything that was not registered, or agreed, in the very same way before and after."""
    if before.intensities is not after.intensities:
        return {week_named(week) for week in after.counted}
    other = {*map(id, before.attendance)} ^ {*map(id, after.attendance)}
    return {week_of(seen.at) for seen in (*before.attendance, *after.attendance) if id(seen) in other}

"""Entering a phase, and the clocks that begin with it."""

from collections.abc import Iterable
from datetime import datetime

from domain.calendar import (
    MORNING,
    Week,
    days_later,
    deadline,
    end_of_day,
    local,
    local_date,
    monday_after,
    morning_after,
    week_of,
)
from domain.pathway.binding import Binding
from domain.pathway.clocks import case_of
from domain.pathway.facts.phases import PhaseEntered
from domain.pathway.state import Pathway
from domain.programme.decisions import FixedLength
from domain.programme.rules import Case
from domain.programme.shape import Programme
from domain.text import Note
from domain.why import Why
from domain.working_days import Closings

COUNTED_AFTER_MONDAY = 2
"""A week is counted on the Wednesday after it, so that staff have two working days to register it."""


def enter(
    binding: Binding, pathway: Pathway, phase: str, at: datetime, *, reason: Note | None = None, why: Why | None = None
) -> PhaseEntered:
    """The fact that *phase* begins, with its first review."""
    return PhaseEntered(
        at=at,
        phase=phase,
        previous=pathway.phase,
        review_due=first_review(binding.programme, phase, at, case_of(pathway)),
        reason=reason,
        why=why,
    )


def first_review(programme: Programme, phase: str, at: datetime, case: Case) -> datetime | None:
    """When the first review of a phase that begins now comes due, or None when it has no rhythm."""
    every = programme.phases[phase].review_every
    return morning_after(at, programme.length_of(every, at, case), programme.closings) if every else None


def time_limit(programme: Programme, began: datetime, case: Case, groups: Iterable[str]) -> datetime | None:
    """When the time is up of a pathway that began then, or None when its duration is open."""
    duration = programme.fixed_duration
    if duration is None:
        return None
    if isinstance(duration, FixedLength):
        length = programme.length_of(duration.length_for(groups), began, case)
        return deadline(began, length, Closings(programme.closings.dates))
    return end_of_day(duration.until)


def first_count(programme: Programme, at: datetime) -> datetime | None:
    """When the week of *at* is counted, or None when weeks are not."""
    return count_after(at) if programme.counts_weeks else None


def not_over_yet(limit: datetime | None, at: datetime) -> datetime | None:
    """The time limit; one that has passed already is up at the end of the day, so that somebody is asked what now."""
    return max(limit, end_of_day(local_date(at))) if limit and limit <= at else limit


def counted_at(due: datetime) -> Week:
    """The week that is counted at that instant."""
    return week_of(days_later(due, -7))


def count_after(at: datetime) -> datetime:
    """When the week of *at* is counted."""
    return days_later(local(monday_after(at), MORNING), COUNTED_AFTER_MONDAY)

"""Waiting for an intake, and beginning."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count, pairwise

from domain.calendar import MORNING, day_after, local
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.clocks import case_of
from domain.pathway.entering import enter, first_count, not_over_yet, time_limit
from domain.pathway.facts.referrals import CitizenEnrolled
from domain.pathway.state import Pathway
from domain.programme.referral import Rolling
from domain.text import Note
from domain.why import Why


def next_intake(intake: Rolling, at: datetime) -> datetime:
    """The morning of the first intake that has not begun at that instant. Source: V28."""
    return next(each for each in _intakes(intake) if each > at)


def usual_intake(intake: Rolling, begins: datetime) -> datetime:
    """The morning of the intake from whose calendar day somebody's beginning was moved: the nearest one."""
    return next(
        before if begins - before < after - begins else after
        for before, after in pairwise(_intakes(intake))
        if after >= begins
    )


def _intakes(intake: Rolling) -> Iterator[datetime]:
    for number in count():
        yield local(day_after(intake.first, intake.every.times(number)), MORNING)


def enrol(
    binding: Binding, pathway: Pathway, at: datetime, *, reason: Note | None = None, why: Why | None = None
) -> Iterator[PathwayFact]:
    """The facts that the citizen begins: enrolment, with its clocks, and the first phase."""
    programme = binding.programme
    ends = not_over_yet(time_limit(programme, at, case_of(pathway), pathway.groups), at)
    yield CitizenEnrolled(at=at, ends=ends, week_counted=first_count(programme, at), why=why)
    yield enter(binding, pathway, programme.first_phase, at, reason=reason, why=why)

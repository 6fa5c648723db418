"""What may be told of a pathway now, beside what may be decided about it.

Listed is what people report as soon as they know it: what became of sessions and of what is owed, plans, reviews,
measures, circumstances, outcomes on the way, who is responsible, notices that were read, and what was told wrongly.
Moving to another version is not: which versions there are, no pathway knows.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from domain.pathway.binding import Binding
from domain.pathway.commands import course, obligations, phases, referrals, sessions
from domain.pathway.deciding.correcting import correctable
from domain.pathway.deciding.obligations import excused_by, is_told_when_done, name_of
from domain.pathway.deciding.sessions import duties, may_be_evaluated
from domain.pathway.facts.sessions import Attendance
from domain.pathway.options import Option
from domain.pathway.permissions import MAY, STAFF
from domain.pathway.requirements import (
    for_a_review,
    for_element,
    for_step,
    to_be_open,
    to_be_readable,
    to_be_running,
    to_be_underway,
)
from domain.pathway.state import Pathway
from domain.programme.elements import Kind
from domain.programme.measures import Rater

BOOKED_BESIDES = frozenset({Kind.TALK, Kind.BRIDGING})
"""What needs no time that was agreed, but may have one; by it nothing is decided."""


def tellings(binding: Binding, pathway: Pathway, at: datetime) -> list[Option]:
    """Everything that may be told at that instant, by those who may tell it, each once."""
    every = chain(
        _of_sessions(binding, pathway, at),
        _of_what_is_owed(binding, pathway),
        _of_course(binding, pathway),
        _of_measures(binding, pathway),
        _of_record(binding, pathway),
    )
    return list({(each.command, each.step): each for each in every if each.by and each.closed_by is None}.values())


def _of_sessions(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[Option]:
    underway = tuple(to_be_underway(pathway))
    elements = binding.programme.elements
    for booking in pathway.bookings.values():
        known, name = elements.get(booking.element), booking.element
        if booking.starts <= at:
            by = (known.by if known else ()) or None
            yield Option.of(sessions.RecordAttendance, step=name, by=by)
        yield Option.of(sessions.RebookSession, to_be_running(pathway), step=name)
        yield Option.of(sessions.CancelSession, underway, step=name)
    for seen in pathway.attendance:
        if may_be_evaluated(binding, seen):
            yield Option.of(sessions.EvaluateSession, step=seen.element)
        if seen.session and seen.attendance is Attendance.ABSENT:
            yield Option.of(sessions.ExcuseAbsence, underway, step=seen.element)
    for name, element in elements.items():
        if element.kind in BOOKED_BESIDES:
            offered = (to_be_running(pathway), for_element(binding, pathway, name))
            yield Option.of(sessions.BookSession, *offered, step=name, by=element.by or None)
    for name in duties(binding):
        yield Option.of(sessions.AssessAbsence, underway, step=name)


def _of_what_is_owed(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    is_open = tuple(to_be_open(pathway))
    yield Option.of(obligations.CreateObligation, is_open)
    for name in sorted({name_of(rule) for rule in (*pathway.obligations, *pathway.ended)}):
        if is_told_when_done(binding, name):
            yield Option.of(obligations.MeetObligation, is_open, for_step(binding, pathway, name), step=name)
    for rule, owed in pathway.obligations.items():
        if owed.by_hand:
            yield Option.of(obligations.MeetObligation, is_open, step=owed.name)
        yield Option.of(obligations.ExcuseObligation, is_open, step=owed.name, by=excused_by(rule))
        yield Option.of(obligations.DeclareNotRequired, is_open, step=owed.name)


def _of_course(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    is_open, underway = tuple(to_be_open(pathway)), tuple(to_be_underway(pathway))
    yield Option.of(course.AgreePlan, is_open)
    yield Option.of(phases.HoldReview, underway, for_a_review(binding, pathway.phase))
    yield Option.of(referrals.AssignResponsible, is_open)
    for name in binding.programme.citizen:
        yield Option.of(course.RecordCircumstance, is_open, step=name)
    for name, outcome in binding.programme.outcomes.items():
        if outcome.letter and name not in pathway.outcomes:
            yield Option.of(course.RecordOutcome, underway, step=name)


def _of_measures(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    for name, measure in binding.programme.measures.items():
        asks_citizen = Rater.CITIZEN in measure.by
        by = None if asks_citizen else STAFF
        yield Option.of(course.RecordMeasurement, to_be_open(pathway), step=name, by=by)
        if asks_citizen:
            yield Option.of(course.DeclineMeasurement, to_be_open(pathway), step=name)


def _of_record(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    for notice in pathway.notices.values():
        yield Option.of(course.ReadNotice, to_be_readable(pathway), step=notice.notice)
    by = {role for told_by in correctable(binding.history) for role in MAY[told_by]}
    yield Option.of(course.CorrectFact, to_be_readable(pathway), by=by)

"""What plans, measures, circumstances, pauses, outcomes and reopening cause."""

from datetime import datetime

from domain.calendar import days_later, local_date
from domain.pathway.answers import instrument_of, rater_of, require_answers
from domain.pathway.binding import Binding
from domain.pathway.circumstances import value_of
from domain.pathway.clocks import case_of
from domain.pathway.commands import course
from domain.pathway.deciding import Answers, Facts
from domain.pathway.entering import first_count, first_review, not_over_yet
from domain.pathway.facts import course as facts
from domain.pathway.guards import (
    require_closed,
    require_known,
    require_open,
    require_paused,
    require_place_again,
    require_running,
    require_step,
    require_underway,
)
from domain.pathway.pausing import resume
from domain.pathway.permissions import STAFF, require_role
from domain.pathway.state import Pathway, Stage
from domain.programme.decisions import FixedLength
from domain.programme.measures import Rater
from domain.refusal import Invalid


def _agree_plan(binding: Binding, pathway: Pathway, command: course.AgreePlan) -> Facts:
    del binding
    require_open(pathway)
    if pathway.has_happened("plan_agreed", command.true_at):
        return []
    return [facts.PlanAgreed(at=command.true_at, plan_version=pathway.plan_version + 1, goals=command.goals)]


def _record_event(binding: Binding, pathway: Pathway, command: course.RecordEvent) -> Facts:
    require_open(pathway)
    require_known("event", command.event, binding.programme.events)
    require_role(command, binding.programme.events[command.event].by)
    if pathway.has_happened(command.event, command.true_at):
        return []
    require_step(binding, pathway, command.event)
    return [facts.EventRecorded(at=command.true_at, event=command.event, note=command.note)]


def _record_circumstance(binding: Binding, pathway: Pathway, command: course.RecordCircumstance) -> Facts:
    require_open(pathway)
    require_known("name", command.name, binding.programme.citizen)
    value = value_of(binding.programme, command.name, command.value, "value")
    previous = pathway.circumstances.get(command.name)
    if previous == value:
        return []
    return [facts.CircumstanceRecorded(at=command.true_at, name=command.name, value=value, previous=previous)]


def _record_measurement(binding: Binding, pathway: Pathway, command: course.RecordMeasurement) -> Facts:
    require_open(pathway)
    require_known("instrument", command.instrument, binding.programme.measures)
    rater = rater_of(binding.programme, command.instrument, command.rater)
    if rater is Rater.WORKER:
        require_role(command, STAFF)
    instrument = instrument_of(binding.programme, command.instrument)
    require_answers(instrument, command.answers, "answers")
    if pathway.has_happened(f"{command.instrument}.{rater}", command.true_at):
        return []
    score = instrument.score(command.answers)
    return [
        facts.MeasurementRecorded(
            at=command.true_at,
            instrument=command.instrument,
            rater=rater,
            answers=command.answers,
            score=score.value,
            band=score.band,
            scoring=instrument.scoring,
        )
    ]


def _decline_measurement(binding: Binding, pathway: Pathway, command: course.DeclineMeasurement) -> Facts:
    require_open(pathway)
    asked = [name for name, measure in binding.programme.measures.items() if Rater.CITIZEN in measure.by]
    require_known("instrument", command.instrument, asked)
    if pathway.has_happened(f"{command.instrument}.{Rater.CITIZEN}", command.true_at):
        return []
    return [facts.MeasurementDeclined(at=command.true_at, instrument=command.instrument, note=command.note)]


def _pause(binding: Binding, pathway: Pathway, command: course.PausePathway) -> Facts:
    del binding
    if pathway.paused_since and pathway.resume_due == command.until:
        return []
    require_running(pathway)
    if command.until and command.until <= command.at:
        raise Invalid("until", "not_later", at=str(command.at))
    return [facts.PathwayPaused(at=command.at, reason=command.reason, until=command.until)]


def _resume(binding: Binding, pathway: Pathway, command: course.ResumePathway) -> Facts:
    require_underway(pathway)
    if pathway.paused_since is None and pathway.last("resumed") is not None:
        return []
    require_paused(pathway)
    return [resume(binding, pathway, command.at, reason=command.reason)]


def _record_outcome(binding: Binding, pathway: Pathway, command: course.RecordOutcome) -> Facts:
    require_underway(pathway)
    require_known("outcome", command.outcome, binding.programme.outcomes)
    if command.outcome in pathway.outcomes:
        return []
    outcome = binding.programme.outcomes[command.outcome]
    if not outcome.letter:  # nobody may be written to after it, so nothing may go on
        raise Invalid("outcome", "only_by_closing", value=command.outcome)
    return [
        facts.OutcomeRecorded(at=command.true_at, outcome=command.outcome, valence=outcome.valence, note=command.note)
    ]


def _reopen(binding: Binding, pathway: Pathway, command: course.ReopenPathway) -> Facts:
    if pathway.stage in {Stage.UNDERWAY, Stage.REFERRED} and pathway.last("reopened"):
        return []
    require_closed(pathway)
    if pathway.stage is Stage.REFUSED:
        unanswered = {"phase": None, "review_due": None, "ends": None, "week_counted": None}
        return [facts.PathwayReopened(at=command.at, reason=command.reason, **unanswered)]
    if not command.beyond_places:
        require_place_again(binding)
    phase = pathway.phase or binding.programme.first_phase
    return [
        facts.PathwayReopened(
            at=command.at,
            reason=command.reason,
            beyond_places=command.beyond_places,
            phase=phase,
            review_due=first_review(binding.programme, phase, command.at, case_of(pathway)),
            ends=_time_left(binding, pathway, command.at),
            week_counted=first_count(binding.programme, command.at),
        )
    ]


def _time_left(binding: Binding, pathway: Pathway, at: datetime) -> datetime | None:
    is_used_up = pathway.time_up or not isinstance(binding.programme.fixed_duration, FixedLength)
    if pathway.ends is None or is_used_up:
        return not_over_yet(pathway.ends, at)
    rested = (local_date(at) - local_date(pathway.at_rest_since or at)).days
    return not_over_yet(days_later(pathway.ends, rested), at)


ANSWERS: Answers = {
    course.AgreePlan: _agree_plan,
    course.RecordEvent: _record_event,
    course.RecordCircumstance: _record_circumstance,
    course.RecordMeasurement: _record_measurement,
    course.DeclineMeasurement: _decline_measurement,
    course.PausePathway: _pause,
    course.ResumePathway: _resume,
    course.RecordOutcome: _record_outcome,
    course.ReopenPathway: _reopen,
}

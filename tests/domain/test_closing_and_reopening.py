"""Decisions: outcomes on the way, closing with an outcome, and letting a closed pathway go on."""

from datetime import datetime, timedelta
from typing import Any

from domain.calendar import MORNING, days_later, end_of_day, local, local_date
from domain.pathway.commands.course import (
    MakeDecision,
    PausePathway,
    RecordOutcome,
    ReopenPathway,
    ResumePathway,
)
from domain.pathway.due import next_due
from domain.pathway.facts.course import DecisionMade, OutcomeRecorded, PathwayClosed, PathwayReopened
from domain.pathway.facts.obligations import Cause, ObligationCreated, ObligationNotRequired
from domain.pathway.facts.sessions import Attendance
from domain.programme.decisions import Valence
from domain.refusal import IsOver, NotClosed, NotOpenYet, NotPaused, NotUnderway, ReasonNeeded, RoleMayNot
from tests.domain.beginnings import ACCEPTED, ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.cast import CASEWORKER, CITIZEN, CONSULTANT, CONTACT, DAY, MONDAY, SICK, SIX_WEEKS, WEEK
from tests.support.spec import Story, given, passing

TUESDAY = MONDAY + DAY
MILESTONE = "diet_exercise.assessed"
WITH_DECISIONS = altered(
    "sundere-sammen@2",
    (
        "decisions:\n",
        """decisions:
  leave:
    title: {da: Orlov, en: Leave}
    by: [caseworker]
    character: favourable
    outcomes: [own_wish, moved]
    reason: text
  silent:
    title: {da: Uden begrundelse, en: Without a reason}
    by: [contact_person]
    character: none
    reason: optional
""",
    ),
    ("relations:\n", "relations:\n  - {condition: plan_agreed, for: leave}\n  - {condition: enrolled, for: silent}\n"),
)


def reopen(at: datetime, **others: Any) -> ReopenPathway:  # noqa: ANN401 - fields
    return ReopenPathway(at=at, **{"by": CASEWORKER, "reason": "tilbagefald", **others})


def outcome(at: datetime, code: str = "partly_fit", **others: Any) -> RecordOutcome:  # noqa: ANN401 - fields
    return RecordOutcome(at=at, outcome=code, **{"by": CONTACT, **others})


def absent() -> Story:
    return on_sick_leave().tell(book(ENROLLED, TUESDAY, "diet_exercise"), attend(TUESDAY + HOUR, Attendance.ABSENT))


def test_an_outcome_may_be_recorded_while_the_pathway_goes_on() -> None:
    story = on_sick_leave().when(outcome(TUESDAY, note="15 timer om ugen")).then_kinds("outcome_recorded")
    assert story.the(OutcomeRecorded) == OutcomeRecorded(
        at=TUESDAY, outcome="partly_fit", valence=Valence.POSITIVE, note="15 timer om ugen"
    )
    assert story.pathway.stage == "underway"


def test_a_death_or_a_move_ends_the_pathway_and_is_no_outcome_on_the_way() -> None:
    """DOMAIN 7, invariant 10: letters would go on for as long as the pathway does."""
    for code in ("death", "moved"):
        on_sick_leave().when(outcome(TUESDAY, code)).then_invalid("outcome", "only_by_closing")
        assert on_sick_leave().tell(close(TUESDAY, code)).pathway.is_over


def test_outcomes_are_those_of_the_programme_and_of_those_who_take_part() -> None:
    on_sick_leave().when(outcome(TUESDAY, "famous")).then_invalid("outcome", "unknown_code")
    on_sick_leave().when(outcome(TUESDAY, by=CITIZEN)).then_refused(RoleMayNot)
    given(SICK, refer(), accept(ACCEPTED)).when(outcome(TUESDAY)).then_refused(NotUnderway)
    on_sick_leave().tell(close(TUESDAY)).when(outcome(TUESDAY + DAY)).then_refused(IsOver)


def test_a_pathway_ends_by_a_persons_decision_and_then_waits_for_nothing() -> None:
    closing = on_sick_leave().when(close(TUESDAY))
    story = closing.then_kinds("pathway_closed", "obligation_not_required", "obligation_not_required")
    assert story.the(PathwayClosed) == PathwayClosed(
        at=TUESDAY,
        outcome="back_in_work",
        valence=Valence.POSITIVE,
        closed_by=CASEWORKER,
        reason="målet er nået",
        against_wish=False,
    )
    assert {fact.cause for fact in story.every(ObligationNotRequired)} == {Cause.ENDED}
    assert next_due(story.pathway) is None


def test_closing_takes_a_reason_an_outcome_of_the_programme_and_the_role_it_names() -> None:
    on_sick_leave().when(close(TUESDAY, reason=None)).then_refused(ReasonNeeded, command="close_pathway")
    on_sick_leave().when(close(TUESDAY, "famous")).then_invalid("outcome", "unknown_code")
    on_sick_leave().when(close(TUESDAY, by=CONSULTANT)).then_refused(RoleMayNot, may="caseworker")


def test_a_pathway_is_closed_once_and_with_one_outcome() -> None:
    closed = on_sick_leave().tell(close(TUESDAY))
    closed.when(close(TUESDAY + DAY)).then_nothing()
    closed.when(close(TUESDAY + DAY, "moved")).then_refused(IsOver, stage="closed")


def test_only_what_has_begun_is_closed() -> None:
    given(SICK, refer()).when(close(TUESDAY)).then_refused(NotUnderway, stage="referred")
    given(SICK, refer(), accept(ACCEPTED)).when(close(TUESDAY)).then_refused(NotUnderway, stage="waiting")


def test_an_unanswered_absence_holds_the_closing_up_until_it_is_set_aside_with_a_reason() -> None:
    absent().when(close(TUESDAY + DAY)).then_refused(NotOpenYet, step="close", missing=MILESTONE)
    without = close(TUESDAY + DAY, reason=None, despite=(MILESTONE,))
    absent().when(without).then_refused(ReasonNeeded)
    assert absent().tell(close(TUESDAY + DAY, despite=(MILESTONE,))).pathway.stage == "closed"


def test_setting_a_milestone_aside_takes_a_reason_even_where_closing_does_not() -> None:
    lenient = altered("sygedagpenge-driftstilbud@2", ("    reason: text\n", "    reason: optional\n"))
    on_sick_leave(lenient).when(close(TUESDAY, reason=None, despite=(MILESTONE,))).then_refused(ReasonNeeded)
    assert on_sick_leave(lenient).tell(close(TUESDAY, reason=None)).pathway.outcome == "back_in_work"


def test_a_pathway_may_be_closed_in_a_pause() -> None:
    paused = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation", until=TUESDAY + WEEK))
    closed = paused.tell(close(TUESDAY + DAY))
    assert next_due(closed.pathway) is None
    assert closed.settle(TUESDAY + 9 * WEEK).kinds[-1] == "obligation_not_required"


def test_a_closed_pathway_goes_on_where_it_was_with_fresh_clocks() -> None:
    at = TUESDAY + 30 * WEEK
    reopening = on_sick_leave().tell(close(TUESDAY)).when(reopen(at))
    story = reopening.then_kinds("pathway_reopened", "obligation_created", "obligation_created")
    assert story.the(PathwayReopened) == PathwayReopened(
        at=at,
        reason="tilbagefald",
        phase="health_first",
        review_due=local(local_date(at) + timedelta(weeks=4), MORNING),
        ends=None,
        week_counted=local(local_date(at) + timedelta(days=8), MORNING),
    )
    assert {fact.since for fact in story.every(ObligationCreated)[-2:]} == {at}
    assert story.pathway.responsible == {"contact_person": "kp-1"}


def test_a_reopened_pathway_is_as_open_as_any() -> None:
    story = on_sick_leave().tell(close(TUESDAY), reopen(TUESDAY + WEEK))
    story.when(close(TUESDAY + 2 * WEEK, "moved")).then_kinds(
        "pathway_closed", "obligation_not_required", "obligation_not_required"
    )


def test_only_a_closed_pathway_is_reopened_and_only_by_the_authority() -> None:
    on_sick_leave().when(reopen(TUESDAY)).then_refused(NotClosed, stage="underway")
    given(SICK, refer(), accept(ACCEPTED)).when(reopen(TUESDAY)).then_refused(NotClosed)
    on_sick_leave().tell(close(TUESDAY)).when(reopen(TUESDAY + DAY, by=CONTACT)).then_refused(RoleMayNot)


def test_what_was_left_of_a_limited_time_is_left_when_the_pathway_goes_on() -> None:
    story = together(SIX_WEEKS)
    ends = story.pathway.ends
    assert ends is not None
    story.tell(close(TUESDAY, "job"), reopen(TUESDAY + 10 * DAY))
    assert story.pathway.ends == days_later(ends, 10)


def test_what_was_left_when_a_pause_began_is_left_when_a_pathway_closed_in_it_goes_on() -> None:
    story = together(SIX_WEEKS)
    ends = story.pathway.ends
    assert ends is not None
    story.tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation"), close(TUESDAY + 4 * DAY, "job"))
    assert story.tell(reopen(TUESDAY + 10 * DAY)).pathway.ends == days_later(ends, 10)


def test_a_pathway_whose_time_was_up_asks_again_what_now() -> None:
    story = together(SIX_WEEKS).settle(ACCEPTED + 7 * WEEK).tell(close(ACCEPTED + 7 * WEEK, "job"))
    at = ACCEPTED + 20 * WEEK
    reopened = story.tell(reopen(at))
    assert (reopened.pathway.ends, reopened.pathway.time_up) == (end_of_day(local_date(at)), False)
    reopened.when(passing(end_of_day(local_date(at)))).then_kinds("time_up", "obligation_created")


def test_a_project_that_ended_in_the_meantime_asks_what_now_the_same_day() -> None:
    project = altered(
        "sundere-sammen@1", ("duration: {length: P6W, at_end: review}", "duration: {until: 2026-06-30, at_end: decide}")
    )
    at = ACCEPTED + 30 * WEEK
    story = together(project).tell(close(TUESDAY, "job"), reopen(at))
    assert story.pathway.ends == end_of_day(local_date(at))


def test_an_unanswered_absence_is_asked_about_again_with_a_fresh_deadline() -> None:
    story = absent().tell(close(TUESDAY + DAY, despite=(MILESTONE,)), reopen(TUESDAY + 20 * WEEK))
    assert story.pathway.obligations[f"{MILESTONE}.after.diet_exercise.missed"].since == TUESDAY + 20 * WEEK


def test_a_pause_in_which_a_pathway_was_closed_is_over_when_it_goes_on() -> None:
    paused = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation"), close(TUESDAY + DAY))
    reopened = paused.tell(reopen(TUESDAY + WEEK))
    assert reopened.pathway.paused_since is None
    reopened.when(ResumePathway(by=CASEWORKER, at=TUESDAY + 2 * WEEK)).then_refused(NotPaused)


def test_a_programme_may_have_decisions_of_its_own() -> None:
    deciding = MakeDecision(by=CONTACT, at=TUESDAY, decision="silent")
    story = together(WITH_DECISIONS).when(deciding).then_kinds("decision_made")
    assert story.the(DecisionMade) == DecisionMade(
        at=TUESDAY, decision="silent", outcome=None, decided_by=CONTACT, reason=None
    )


def test_a_decision_takes_its_role_its_outcome_its_reason_and_what_comes_first() -> None:
    story = together(WITH_DECISIONS)
    asked: dict[str, Any] = {
        "by": CASEWORKER,
        "at": TUESDAY,
        "decision": "leave",
        "outcome": "own_wish",
        "reason": "orlov",
    }
    story.when(MakeDecision(**asked)).then_refused(NotOpenYet, missing="plan_agreed")
    story.when(MakeDecision(**{**asked, "by": CONTACT})).then_refused(RoleMayNot, may="caseworker")
    story.when(MakeDecision(**{**asked, "outcome": None})).then_invalid("outcome", "unknown_code")
    story.when(MakeDecision(**{**asked, "outcome": "job"})).then_invalid("outcome", "unknown_code")
    story.when(MakeDecision(**{**asked, "reason": None})).then_refused(ReasonNeeded)
    story.when(MakeDecision(**{**asked, "decision": "close"})).then_invalid("decision", "unknown_code")
    silent = MakeDecision(by=CONTACT, at=TUESDAY, decision="silent", outcome="job")
    story.when(silent).then_invalid("outcome", "unknown_code")
    story.tell(close(TUESDAY, "job")).when(MakeDecision(**{**asked, "at": TUESDAY + DAY})).then_refused(IsOver)

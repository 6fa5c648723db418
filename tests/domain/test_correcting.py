"""Putting history right: a new fact lies over the old one, which stays readable, and what follows is reckoned anew."""

from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

import pytest
from pydantic import JsonValue

from domain.actor import Actor
from domain.calendar import end_of_day, local_date
from domain.pathway.commands.course import (
    AgreePlan,
    CorrectFact,
    DeclineMeasurement,
    EraseCitizen,
    EraseFact,
    MovePathway,
    RecordCircumstance,
    RecordEvent,
    RecordMeasurement,
    RecordOutcome,
    ReopenPathway,
)
from domain.pathway.commands.phases import HoldReview
from domain.pathway.commands.sessions import EvaluateSession, ExcuseAbsence, HoldTalk, RecordBridgingStep
from domain.pathway.deciding.correcting import CORRECTABLE
from domain.pathway.evolve import fold
from domain.pathway.fact import Fact
from domain.pathway.facts.course import (
    CircumstanceRecorded,
    EventRecorded,
    FactCorrected,
    MeasurementRecorded,
    PlanAgreed,
)
from domain.pathway.facts.obligations import Cause, ObligationCreated, ObligationNotRequired
from domain.pathway.facts.phases import TransitionTaken
from domain.pathway.facts.sessions import (
    Attendance,
    AttendanceRecorded,
    BridgingStepRecorded,
    SessionEvaluated,
    TalkHeld,
)
from domain.pathway.history import as_corrected
from domain.refusal import IsOver, NoSuchFact, NotCorrectable, RoleMayNot, SessionExists
from tests.domain.beginnings import ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import attend, book, close
from tests.support.cast import (
    CASEWORKER,
    CONSULTANT,
    CONTACT,
    DAY,
    HEALTH,
    INSTRUCTOR,
    MONDAY,
    RECORDS,
    SESSION,
    TOGETHER,
    WEEK,
    WIDENED,
)
from tests.support.spec import Story

TUESDAY = MONDAY + DAY
FRIDAY = MONDAY + 4 * DAY
FIRST_TALK = "first_talk.after.referral_accepted"
FOLLOW_UP = "follow_up_talk.after.enrolled"
ASSESSED = "diet_exercise.assessed.after.diet_exercise.missed"


def correct(at: datetime, corrects: int, by: Actor = CONTACT, /, **changes: JsonValue) -> CorrectFact:
    return CorrectFact(by=by, at=at, corrects=corrects, changes=changes, reason="tastefejl")


def withdraw(at: datetime, corrects: int) -> CorrectFact:
    return CorrectFact(by=CONTACT, at=at, corrects=corrects, withdraw=True, reason="forkert borger")


def hold(at: datetime, element: str = "first_talk", **others: Any) -> HoldTalk:  # noqa: ANN401 - fields
    return HoldTalk(by=CONTACT, at=at, element=element, **others)


def absent(day: datetime = TUESDAY) -> Story:
    return on_sick_leave().tell(book(ENROLLED, day, "diet_exercise"), attend(day + 6 * HOUR, Attendance.ABSENT))


def standing(story: Story, kind: type[Fact]) -> list[Fact]:
    """The facts of a kind as they count, corrections laid over."""
    return [event for event in as_corrected(story.history) if isinstance(event, kind)]


def test_a_correction_names_what_it_corrects_and_carries_all_of_what_is_right() -> None:
    story = on_sick_leave().tell(hold(TUESDAY, note="god snak"))
    version = story.version(TalkHeld)
    told = story.the(TalkHeld)
    right = told.model_copy(update={"note": "god, lang snak"})
    story.when(correct(FRIDAY, version, note="god, lang snak")).then(
        FactCorrected(
            at=FRIDAY,
            corrects=version,
            corrected_kind="talk_held",
            body=right.model_dump(mode="json"),
            reason="tastefejl",
        )
    )


def test_the_original_stays_readable_beside_its_correction() -> None:
    story = on_sick_leave().tell(hold(TUESDAY, note="trist"))
    story.tell(correct(FRIDAY, story.version(TalkHeld), note="glad"))
    [original] = story.every(TalkHeld)
    [counting] = standing(story, TalkHeld)
    assert isinstance(counting, TalkHeld)
    assert (original.note, counting.note) == ("trist", "glad")


def test_what_was_known_on_a_day_is_what_had_been_told_by_then() -> None:
    story = on_sick_leave().tell(hold(TUESDAY)).tell(withdraw(FRIDAY, 11))

    def known_on(day: datetime) -> set[str]:
        told = list(takewhile(lambda event: event.at <= day, story.history))
        return set(fold(as_corrected(told)).obligations)

    assert known_on(ENROLLED) == {FIRST_TALK, FOLLOW_UP}
    assert known_on(TUESDAY) == {FOLLOW_UP}
    assert known_on(FRIDAY) == {FIRST_TALK, FOLLOW_UP}


def test_an_absence_with_a_valid_reason_after_all_takes_its_task_away() -> None:
    story = absent()
    corrected = story.when(correct(FRIDAY, story.version(AttendanceRecorded), attendance="excused"))
    story = corrected.then_kinds("fact_corrected", "obligation_not_required")
    assert story.the(ObligationNotRequired).cause is Cause.CORRECTED


def test_an_attendance_that_was_an_absence_after_all_opens_a_task_from_the_day_it_happened() -> None:
    story = on_sick_leave().tell(book(ENROLLED, TUESDAY, "diet_exercise"), attend(TUESDAY + 6 * HOUR))
    corrected = story.when(correct(FRIDAY, story.version(AttendanceRecorded), attendance="absent"))
    owed = corrected.then_kinds("fact_corrected", "obligation_created").pathway.obligations[ASSESSED]
    assert (owed.since, owed.due) == (TUESDAY, end_of_day(local_date(TUESDAY + WEEK)))


def test_those_who_did_not_come_after_all_took_no_time_and_those_who_did_took_what_was_planned() -> None:
    came = on_sick_leave().tell(book(ENROLLED, TUESDAY, "diet_exercise"), attend(TUESDAY + 6 * HOUR))
    came.tell(correct(FRIDAY, came.version(AttendanceRecorded), attendance="absent"))
    assert came.pathway.attendance[-1].minutes == 0
    for minutes, changes in ((300, {}), (45, {"minutes": 45}), (0, {"minutes": 0})):
        story = absent()
        story.tell(correct(FRIDAY, story.version(AttendanceRecorded), attendance="present", **changes))
        assert story.pathway.attendance[-1].minutes == minutes


def test_a_correction_holds_against_an_excuse_that_was_given_before_it() -> None:
    story = absent().tell(ExcuseAbsence(by=CONTACT, at=TUESDAY + 7 * HOUR, session=SESSION, reason="syg"))
    story.tell(correct(FRIDAY, story.version(AttendanceRecorded), attendance="late"))
    assert story.pathway.attendance[-1].attendance is Attendance.LATE


def test_a_part_registered_by_mistake_is_put_right_within_the_parts_of_the_session() -> None:
    story = together().tell(book(TUESDAY, TUESDAY, "training"), attend(TUESDAY + HOUR))
    version = story.version(AttendanceRecorded)
    story.when(correct(FRIDAY, version, parts=["sauna"])).then_invalid("changes.parts", "unknown_code")
    story.tell(correct(FRIDAY, version, parts=["check_in"]))
    assert story.pathway.attendance[-1].parts == {"check_in"}


def test_a_withdrawn_talk_brings_its_obligation_back_with_its_old_deadline() -> None:
    story = on_sick_leave()
    before = story.pathway.obligations[FIRST_TALK]
    story.tell(hold(TUESDAY)).when(withdraw(FRIDAY, story.version(TalkHeld))).then_kinds(
        "fact_corrected", "obligation_created"
    )
    story.tell(withdraw(FRIDAY, story.version(TalkHeld)))
    after = story.pathway.obligations[FIRST_TALK]
    assert (after.since, after.due) == (before.since, before.due)


def test_a_withdrawn_talk_that_was_planned_takes_its_attendance_with_it() -> None:
    story = on_sick_leave().tell(book(ENROLLED, TUESDAY, "first_talk"), hold(TUESDAY + HOUR, session=SESSION))
    story.when(withdraw(FRIDAY, story.version(TalkHeld))).then_kinds(
        "fact_corrected", "fact_corrected", "obligation_created"
    )
    story.tell(withdraw(FRIDAY, story.version(TalkHeld)))
    assert (standing(story, TalkHeld), standing(story, AttendanceRecorded)) == ([], [])
    assert SESSION in story.pathway.bookings, "it is still to be registered"


def test_a_planned_talk_is_put_right_in_both_places() -> None:
    story = on_sick_leave().tell(book(ENROLLED, TUESDAY, "first_talk"), hold(TUESDAY + HOUR, session=SESSION))
    earlier = (TUESDAY - HOUR).isoformat()
    story.tell(correct(FRIDAY, story.version(TalkHeld), at=earlier, minutes=25))
    assert story.pathway.happened["first_talk"] == (TUESDAY - HOUR,)
    assert [(seen.at, seen.minutes) for seen in story.pathway.attendance] == [(TUESDAY - HOUR, 25)]
    only_words = story.when(correct(FRIDAY + DAY, story.version(TalkHeld), note="kort"))
    only_words.then_kinds("fact_corrected")


def test_the_reason_is_kept_once_so_that_it_is_erased_with_what_it_was_said_about() -> None:
    story = on_sick_leave().tell(book(ENROLLED, TUESDAY, "first_talk"), hold(TUESDAY + HOUR, session=SESSION))
    talk, attendance = story.version(TalkHeld), story.version(AttendanceRecorded)
    story.tell(withdraw(FRIDAY, talk))
    said = {fact.corrects: fact.reason for fact in story.every(FactCorrected)}
    assert said == {talk: "forkert borger", attendance: None}


def test_a_withdrawn_follow_up_talk_takes_back_the_clock_that_it_started() -> None:
    story = on_sick_leave().tell(hold(FRIDAY, "follow_up_talk"))
    withdrawn = story.when(withdraw(FRIDAY + DAY, story.version(TalkHeld)))
    withdrawn.then_kinds("fact_corrected", "obligation_moved")
    story.tell(withdraw(FRIDAY + DAY, story.version(TalkHeld)))
    assert story.pathway.obligations[FOLLOW_UP].since == ENROLLED
    assert story.pathway.clock_reset is None, "an earlier talk may be registered again"


def test_a_corrected_date_moves_the_deadline_that_counts_from_it() -> None:
    story = on_sick_leave().tell(hold(FRIDAY, "follow_up_talk"))
    story.when(correct(FRIDAY + DAY, story.version(TalkHeld), at=TUESDAY.isoformat())).then_kinds(
        "fact_corrected", "obligation_moved"
    )
    story.tell(correct(FRIDAY + DAY, story.version(TalkHeld), at=TUESDAY.isoformat()))
    assert story.pathway.obligations[FOLLOW_UP].due == end_of_day(local_date(TUESDAY + 4 * WEEK))


def test_a_correction_may_make_something_overdue_that_was_not() -> None:
    late = FRIDAY + 5 * WEEK
    story = on_sick_leave().tell(hold(FRIDAY + 2 * WEEK, "follow_up_talk"))
    story.tell(correct(late, story.version(TalkHeld), at=TUESDAY.isoformat()))
    assert story.settle(late).kinds[-1] == "obligation_overdue"


def test_what_was_withdrawn_by_mistake_counts_again_when_it_is_put_right() -> None:
    story = on_sick_leave().tell(hold(TUESDAY, note="god snak"))
    version = story.version(TalkHeld)
    story.tell(withdraw(FRIDAY, version))
    story.when(correct(FRIDAY + DAY, version)).then_kinds("fact_corrected", "obligation_met")


def test_what_was_withdrawn_stays_so_when_its_session_has_been_registered_anew() -> None:
    """There would be two answers to what became of one session; the one that stands is put right instead."""
    story = absent()
    first = story.version(AttendanceRecorded)
    story.tell(withdraw(FRIDAY, first), attend(FRIDAY))
    story.when(correct(FRIDAY + DAY, first, attendance="excused")).then_refused(SessionExists, session=str(SESSION))
    story.tell(withdraw(FRIDAY + DAY, story.version(AttendanceRecorded)))
    story.when(correct(FRIDAY + DAY, first, attendance="excused")).then_kinds("fact_corrected")


def test_a_correction_may_be_corrected_and_the_latest_counts() -> None:
    story = on_sick_leave().tell(hold(TUESDAY, note="en"))
    version = story.version(TalkHeld)
    story.tell(correct(FRIDAY, version, note="to"), correct(FRIDAY + DAY, version, minutes=10))
    [counting] = standing(story, TalkHeld)
    assert isinstance(counting, TalkHeld)
    assert (counting.note, counting.minutes) == ("to", 10)


def test_a_correction_that_changes_nothing_is_none() -> None:
    story = on_sick_leave().tell(hold(TUESDAY, note="god snak"))
    story.when(correct(FRIDAY, story.version(TalkHeld), note="god snak")).then_nothing()
    story.when(correct(FRIDAY, story.version(TalkHeld))).then_nothing()


def test_a_step_that_was_taken_is_not_undone_by_putting_right_what_led_to_it() -> None:
    automatic = altered("sygedagpenge-driftstilbud@2", ("how: proposal,", "how: automatic,"))
    story = on_sick_leave(automatic)
    for number in range(6):
        at, session = TUESDAY + number * DAY, UUID(int=number)
        story.tell(book(at, at, "nature", session=session), attend(at + HOUR, session=session))
    assert story.every(TransitionTaken)
    story.when(correct(TUESDAY + WEEK, story.version(AttendanceRecorded), attendance="absent")).then_kinds(
        "fact_corrected"
    )


def test_a_score_is_worked_out_anew_from_corrected_answers() -> None:
    story = on_sick_leave().tell(RecordMeasurement(by=CONTACT, at=TUESDAY, instrument="who5", answers=(3, 3, 3, 3, 3)))
    version = story.version(MeasurementRecorded)
    story.tell(correct(FRIDAY, version, answers=[2, 2, 2, 1, 1]))
    [counting] = standing(story, MeasurementRecorded)
    assert isinstance(counting, MeasurementRecorded)
    assert (counting.score, counting.band) == (32, 1)
    story.when(correct(FRIDAY + DAY, version, answers=[9, 9, 9, 9, 9])).then_invalid("changes.answers", "out_of_range")
    story.when(correct(FRIDAY + DAY, version, answers=[1])).then_invalid("changes.answers", "wrong_number_of_answers")


def test_a_circumstance_is_put_right_within_what_the_programme_knows() -> None:
    story = on_sick_leave().tell(RecordCircumstance(by=CONTACT, at=TUESDAY, name="benefit", value="dagpenge"))
    version = story.version(CircumstanceRecorded)
    story.tell(correct(FRIDAY, version, value="ingen"))
    assert story.pathway.circumstances == {"benefit": "ingen"}
    wrong = story.when(correct(FRIDAY + DAY, version, value="løn"))
    wrong.then_invalid("changes.value", "unknown_code")


def test_a_circumstance_that_the_version_followed_now_does_not_ask_for_keeps_its_value() -> None:
    told = RecordCircumstance(by=CASEWORKER, at=TUESDAY, name="course", value="genoptraening")
    story = (
        together(WIDENED)
        .tell(told)
        .tell(MovePathway(by=CASEWORKER, at=TUESDAY + HOUR, version=2, reason="tilbage"), target=TOGETHER)
    )
    version = story.version(CircumstanceRecorded)
    other = story.when(correct(FRIDAY, version, CASEWORKER, value="genoptraening"))
    other.then_invalid("changes.value", "unknown_code")
    earlier = (TUESDAY - HOUR).isoformat()
    story.when(correct(FRIDAY, version, CASEWORKER, at=earlier)).then_kinds("fact_corrected")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"element": "dls_talk"}, "changes", "unknown_code"),
        ({"minutes": "mange"}, "changes.minutes", "int_parsing"),
        ({"note": "hans nummer er 610180-1234"}, "changes.note", "holds_cpr"),
        ({"note": "x" * 10_001}, "changes.note", "string_too_long"),
        ({"at": "2026-03-06T10:00"}, "changes.at", "timezone_aware"),
        ({"at": "2030-01-01T00:00Z"}, "changes.at", "in_the_future"),
        ({"at": "2026-03-01T00:00Z"}, "changes.at", "before_the_referral"),
        ({"scaling": [{"question": "today", "answer": 11}]}, "changes.scaling.0.answer", "less_than_equal"),
    ],
)
def test_a_correction_that_does_not_fit_names_its_field(changes: dict[str, JsonValue], field: str, code: str) -> None:
    story = on_sick_leave().tell(hold(TUESDAY))
    story.when(correct(FRIDAY, story.version(TalkHeld), **changes)).then_invalid(field, code)


def test_only_what_people_reported_can_be_corrected_and_only_what_is_there() -> None:
    story = on_sick_leave()
    story.when(correct(FRIDAY, story.version(ObligationCreated), due=FRIDAY.isoformat())).then_refused(
        NotCorrectable, kind="obligation_created"
    )
    story.when(correct(FRIDAY, 99, note="x")).then_refused(NoSuchFact, version=99)


def test_what_was_erased_cannot_be_corrected() -> None:
    story = on_sick_leave().tell(hold(TUESDAY))
    version = story.version(TalkHeld)
    story.tell(EraseFact(by=RECORDS, at=TUESDAY + HOUR, erases=version, decision="2026-17"))
    story.when(correct(FRIDAY, version, note="x")).then_refused(NotCorrectable)


def test_whoever_may_tell_something_may_put_it_right() -> None:
    story = on_sick_leave().tell(book(ENROLLED, TUESDAY, "nature"), attend(TUESDAY + HOUR), hold(FRIDAY))
    story.when(correct(FRIDAY + HOUR, story.version(TalkHeld), INSTRUCTOR, note="x")).then_refused(RoleMayNot)
    story.when(correct(FRIDAY + HOUR, story.version(AttendanceRecorded), INSTRUCTOR, minutes=60)).then_kinds(
        "fact_corrected"
    )


def test_what_was_wrong_is_put_right_after_the_end_as_well_and_wakes_nothing() -> None:
    story = absent().tell(close(FRIDAY, despite=("diet_exercise.assessed",)))
    story.when(correct(FRIDAY + DAY, story.version(AttendanceRecorded), attendance="late")).then_kinds("fact_corrected")
    erased = story.tell(EraseCitizen(by=RECORDS, at=FRIDAY + DAY, decision="2026-18"))
    erased.when(correct(FRIDAY + WEEK, 1, note="x")).then_refused(IsOver, stage="erased")


def test_a_step_that_is_put_aside_by_a_correction_after_the_end_is_so_when_the_pathway_goes_on() -> None:
    story = on_sick_leave().tell(RecordEvent(by=CASEWORKER, at=TUESDAY, event="stand_by_begun"))
    story.tell(RecordEvent(by=CASEWORKER, at=TUESDAY + HOUR, event="stand_by_ended"), close(FRIDAY))
    story.when(withdraw(FRIDAY + DAY, story.version(EventRecorded))).then_kinds("fact_corrected")
    story.tell(withdraw(FRIDAY + DAY, story.version(EventRecorded)))
    story.tell(ReopenPathway(by=CASEWORKER, at=FRIDAY + WEEK, reason="syg igen"))
    assert story.pathway.excluded == {"follow_up_talk"}


def test_each_thing_that_people_report_can_be_put_right() -> None:
    story = together().tell(
        book(ENROLLED, TUESDAY, "training"),
        attend(TUESDAY + HOUR),
        EvaluateSession(by=CONTACT, at=TUESDAY + HOUR, session=SESSION, rating=1),
        hold(FRIDAY, "consultant_talk"),
        RecordBridgingStep(by=CONSULTANT, at=FRIDAY, element="association", step="introduced"),
        AgreePlan(by=CONTACT, at=FRIDAY, goals="en ven"),
        RecordEvent(by=CASEWORKER, at=FRIDAY, event="stand_by_begun"),
        RecordCircumstance(by=CONTACT, at=FRIDAY, name="benefit", value="ingen"),
        RecordMeasurement(by=HEALTH, at=FRIDAY, instrument="gse10", answers=(3,) * 10),
        DeclineMeasurement(by=HEALTH, at=FRIDAY, instrument="who5"),
        RecordOutcome(by=CONTACT, at=FRIDAY, outcome="job"),
        HoldReview(by=CONTACT, at=FRIDAY),
    )
    changes: dict[type[Fact], dict[str, JsonValue]] = {
        SessionEvaluated: {"rating": 3},
        AttendanceRecorded: {"check_in": "sov dårligt"},
        BridgingStepRecorded: {"step": "joined"},
        PlanAgreed: {"goals": "to venner"},
        CircumstanceRecorded: {"value": "kontanthjaelp"},
        MeasurementRecorded: {"answers": [4] * 10},
    }
    for number, kind in enumerate(CORRECTABLE):
        right = changes.get(kind, {"note": "rettet"})
        at = FRIDAY + (number + 1) * HOUR
        assert story.when(correct(at, story.version(kind), **right)).the(FactCorrected).body is not None


def test_a_corrected_event_puts_its_step_aside_from_the_right_day() -> None:
    story = on_sick_leave().tell(RecordEvent(by=CASEWORKER, at=TUESDAY, event="stand_by_begun"))
    assert story.pathway.excluded == {"follow_up_talk"}
    story.when(withdraw(FRIDAY, story.version(EventRecorded))).then_kinds(
        "fact_corrected", "step_included", "obligation_created"
    )

"""Booking, moving and cancelling sessions, and registering what became of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from domain.pathway.commands.course import PausePathway, ReopenPathway
from domain.pathway.commands.sessions import CancelSession, EvaluateSession, RebookSession, RecordAttendance
from domain.pathway.facts.sessions import (
    CANCELLED,
    TOOK_PART,
    Attendance,
    AttendanceRecorded,
    SessionBooked,
    SessionCancelled,
    SessionCompleted,
    SessionEvaluated,
    SessionMoved,
    Side,
)
from domain.programme.shape import Programme
from domain.refusal import (
    IsOver,
    IsPaused,
    NoSuchSession,
    NotOffered,
    NotUnderway,
    PartsMissing,
    RoleMayNot,
    SessionExists,
)
from tests.domain.beginnings import ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.cast import (
    AUDITOR,
    CASEWORKER,
    CITIZEN,
    CONTACT,
    DAY,
    INSTRUCTOR,
    MONDAY,
    OTHER_SESSION,
    SESSION,
    SICK,
    TOGETHER,
    WEEK,
)
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
STARTS = MONDAY + 2 * DAY
ENDED = STARTS + 3 * HOUR
ALL_PARTS = ("check_in", "movement", "closing_evaluation")

WITHOUT_JOB_SEARCH = (
    ("elements: [dls_talk, diet_exercise, nature, job_search]", "elements: [dls_talk, diet_exercise, nature]"),
    ("elements: [job_search, work_placement, ", "elements: [work_placement, "),
    (
        """  job_search:
    kind: activity
    title: {da: Jobsøgning, en: Job search}
    track: labour_market
    unit: arbejdsmarked
    lasts: PT5H
    sites: [matrikel_a, matrikel_b]
""",
        "",
    ),
)


def booked(element: str = "diet_exercise", site: str | None = "matrikel_a") -> Story:
    return on_sick_leave().tell(book(TUESDAY, STARTS, element, site=site))


def in_training(programme: Programme = TOGETHER) -> Story:
    return together(programme).tell(book(TUESDAY, STARTS, "training"))


def rebook(at: datetime, starts: datetime, **others: Any) -> RebookSession:  # noqa: ANN401 - fields
    asked = {"session": SESSION, "asked_by": Side.PROVIDER, "reason": "hallen er optaget", **others}
    return RebookSession(**{"by": CONTACT, "at": at, "starts": starts, **asked})


def cancel(**others: Any) -> CancelSession:  # noqa: ANN401 - fields
    asked = {"session": SESSION, "asked_by": Side.WEATHER, "reason": "storm"}
    return CancelSession(**{"by": CONTACT, "at": TUESDAY + HOUR, **asked, **others})


def evaluate(at: datetime = ENDED, **others: Any) -> EvaluateSession:  # noqa: ANN401 - fields
    return EvaluateSession(**{"by": CONTACT, "at": at, "session": SESSION, **others})


def test_a_booking_carries_the_programmes_length_and_whether_it_is_mandatory_for_this_citizen() -> None:
    on_sick_leave().when(book(TUESDAY, STARTS, "diet_exercise", site="matrikel_b")).then(
        SessionBooked(
            at=TUESDAY,
            session=SESSION,
            element="diet_exercise",
            starts=STARTS,
            minutes=300,
            site="matrikel_b",
            mandatory=True,
        )
    )


def test_a_session_lies_within_half_a_year_back_and_two_years_ahead_and_never_before_the_referral() -> None:
    begun, late = on_sick_leave(), MONDAY + 40 * WEEK
    for starts in (MONDAY - DAY, MONDAY + 3 * 366 * DAY):
        begun.when(book(TUESDAY, starts, "nature")).then_invalid("starts", "too_far_off")
        booked().when(rebook(TUESDAY + HOUR, starts)).then_invalid("starts", "too_far_off")
    begun.when(book(late, late - 27 * WEEK, "nature")).then_invalid("starts", "too_far_off")
    begun.when(book(late, late - 25 * WEEK, "nature")).then_kinds("session_booked")


def test_the_only_site_of_an_element_goes_without_saying() -> None:
    fact = on_sick_leave().when(book(TUESDAY, STARTS, "nature")).the(SessionBooked)
    assert (fact.site, fact.mandatory) == ("nature", False)


def test_a_booking_may_last_as_long_as_agreed_and_an_hour_where_nobody_says() -> None:
    agreed = on_sick_leave().when(book(TUESDAY, STARTS, "nature", minutes=90)).the(SessionBooked)
    silent = altered("sundere-sammen@2", ("    lasts: PT2H\n", ""))
    usual = together(silent).when(book(TUESDAY, STARTS, "training")).the(SessionBooked)
    assert (agreed.minutes, usual.minutes) == (90, 60)


def test_an_element_that_is_mandatory_by_referral_is_so_only_for_those_referred_to_it() -> None:
    voluntary = together().when(book(TUESDAY, STARTS, "training")).the(SessionBooked)
    mandatory = together(mandatory=("training",)).when(book(TUESDAY, STARTS, "training")).the(SessionBooked)
    assert (voluntary.mandatory, mandatory.mandatory) == (False, True)


def test_only_what_the_phase_offers_can_be_booked_and_what_is_offered_throughout_always_can() -> None:
    begun = on_sick_leave()
    begun.when(book(TUESDAY, STARTS, "employer_contact")).then_refused(
        NotOffered, phase="health_first", phases="labour_market"
    )
    begun.when(book(TUESDAY, STARTS, "first_talk")).then_kinds("session_booked")


def test_an_element_or_a_site_that_the_programme_does_not_know_is_named_with_those_it_knows() -> None:
    begun = on_sick_leave()
    begun.when(book(TUESDAY, STARTS, "swimming")).then_invalid("element", "unknown_code")
    wrong = begun.when(book(TUESDAY, STARTS, "nature", site="matrikel_a")).then_invalid("site", "unknown_code")
    assert wrong.values["known"] == "nature"


def test_an_element_without_sites_may_be_held_at_any_of_the_programmes() -> None:
    on_sick_leave().when(book(TUESDAY, STARTS, "first_talk", site="matrikel_b")).then_kinds("session_booked")


def test_a_session_id_stands_for_one_session_only() -> None:
    registered = booked().tell(attend(ENDED))
    booked().when(book(TUESDAY, STARTS + HOUR, "nature")).then_refused(SessionExists)
    registered.when(book(ENDED + HOUR, ENDED + DAY, "nature")).then_refused(SessionExists)


def test_booking_is_for_those_who_see_the_citizen_and_where_the_programme_says_so_for_some_of_them() -> None:
    guarded = altered("sundere-sammen@2", ("    per_week: 2\n", "    per_week: 2\n    by: [instructor]\n"))
    on_sick_leave().when(book(TUESDAY, STARTS, "nature", by=AUDITOR)).then_refused(RoleMayNot)
    together(guarded).when(book(TUESDAY, STARTS, "training")).then_refused(RoleMayNot, may="instructor")
    theirs = together(guarded).when(book(TUESDAY, STARTS, "training", by=INSTRUCTOR)).then_kinds("session_booked")
    theirs.when(attend(ENDED)).then_refused(RoleMayNot, may="instructor")


def test_nothing_is_booked_before_the_beginning_or_in_a_pause() -> None:
    given(SICK, refer()).when(book(TUESDAY, STARTS, "nature")).then_refused(NotUnderway, stage="referred")
    resting = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=ENROLLED + HOUR, reason="operation"))
    resting.when(book(TUESDAY, STARTS, "nature")).then_refused(IsPaused)


def test_a_booking_can_be_moved_and_keeps_its_site_unless_another_is_given() -> None:
    moved = booked().when(rebook(TUESDAY + HOUR, STARTS + DAY))
    moved.then(
        SessionMoved(
            at=TUESDAY + HOUR,
            session=SESSION,
            element="diet_exercise",
            starts=STARTS + DAY,
            previous=STARTS,
            site="matrikel_a",
            asked_by=Side.PROVIDER,
            reason="hallen er optaget",
        )
    )
    booked().when(rebook(TUESDAY + HOUR, STARTS, site="matrikel_b")).then_kinds("session_moved")
    booked().when(rebook(TUESDAY + HOUR, STARTS, site="nature")).then_invalid("site", "unknown_code")


def test_the_citizen_may_move_and_cancel_a_booking_but_not_make_one() -> None:
    booked().when(rebook(TUESDAY + HOUR, STARTS + DAY, by=CITIZEN)).then_kinds("session_moved")
    booked().when(cancel(by=CITIZEN, asked_by=Side.CITIZEN)).then_kinds("session_cancelled")
    on_sick_leave().when(book(TUESDAY, STARTS, "nature", by=CITIZEN)).then_refused(RoleMayNot)


def test_only_what_is_booked_can_be_moved_cancelled_or_registered() -> None:
    begun = on_sick_leave()
    for command in (rebook(TUESDAY, STARTS), cancel(), attend(ENDED)):
        begun.when(command).then_refused(NoSuchSession, session=str(SESSION))


def test_moving_waits_for_the_pause_to_end_while_cancelling_does_not() -> None:
    resting = booked().tell(PausePathway(by=CASEWORKER, at=TUESDAY + HOUR, reason="operation"))
    resting.when(rebook(TUESDAY + 2 * HOUR, STARTS + WEEK)).then_refused(IsPaused)
    resting.when(cancel(at=TUESDAY + 2 * HOUR)).then_kinds("session_cancelled")


def test_a_cancelled_session_is_gone_and_its_id_may_be_used_again() -> None:
    cancelled = booked().when(cancel()).then_kinds("session_cancelled")
    cancelled.when(attend(ENDED)).then_refused(NoSuchSession)
    again = cancelled.when(book(TUESDAY + 2 * HOUR, STARTS + WEEK, "nature")).then_kinds("session_booked")
    again.when(cancel(at=TUESDAY + 3 * HOUR)).then_kinds("session_cancelled")


def test_attendance_is_true_when_the_session_began_and_may_be_registered_months_later() -> None:
    late = STARTS + 20 * WEEK
    registered = booked().when(attend(late, minutes=240, check_in="sov godt"))
    assert registered.the(AttendanceRecorded) == AttendanceRecorded(
        at=STARTS,
        session=SESSION,
        element="diet_exercise",
        attendance=Attendance.PRESENT,
        minutes=240,
        mandatory=True,
        citizen_reason=None,
        provider_reason=None,
        parts=(),
        check_in="sov godt",
    )
    registered.then_kinds("attendance_recorded", "week_counted")


def test_attendance_cannot_be_registered_before_the_session_begins() -> None:
    booked().when(attend(STARTS - HOUR)).then_invalid("session", "not_yet_held")
    booked().when(attend(STARTS)).then_kinds("attendance_recorded")


@pytest.mark.parametrize("attendance", sorted(Attendance))
def test_hours_count_for_those_who_came_and_both_sides_may_give_their_reason(attendance: Attendance) -> None:
    story = booked().tell(attend(ENDED, attendance, citizen_reason="bussen kom ikke", provider_reason="sygdom"))
    [fact] = story.every(AttendanceRecorded)
    assert fact.minutes == (300 if attendance in TOOK_PART else 0)
    assert (fact.citizen_reason, fact.provider_reason) == ("bussen kom ikke", "sygdom")
    assert (attendance in TOOK_PART) + (attendance in CANCELLED) <= 1


def test_attendance_is_registered_once_and_otherwise_corrected() -> None:
    registered = booked().tell(attend(ENDED))
    registered.when(attend(ENDED + HOUR)).then_nothing()
    registered.when(attend(ENDED + HOUR, Attendance.ABSENT)).then_refused(SessionExists)
    registered.when(attend(ENDED + HOUR, minutes=10)).then_refused(SessionExists)


def test_what_is_registered_again_with_more_is_added_to_what_is_known() -> None:
    registered = in_training().tell(attend(ENDED, parts=("check_in",)))
    added = registered.when(attend(ENDED + HOUR, parts=ALL_PARTS, rating=3))
    assert added.the(SessionEvaluated).parts == ("movement", "closing_evaluation")
    complete = added.then_kinds("session_evaluated", "session_completed")
    complete.when(attend(ENDED + 2 * HOUR, parts=ALL_PARTS, rating=3)).then_nothing()
    registered.when(attend(ENDED + HOUR, parts=("sauna",))).then_invalid("parts", "unknown_code")


def test_attendance_is_for_those_who_see_the_citizen() -> None:
    booked().when(attend(ENDED, by=CITIZEN)).then_refused(RoleMayNot)


def test_what_was_held_in_a_pause_can_be_registered() -> None:
    resting = booked().tell(PausePathway(by=CASEWORKER, at=STARTS + 1 * HOUR, reason="operation"))
    resting.when(attend(ENDED)).then_kinds("attendance_recorded")


def test_what_began_before_the_end_can_be_registered_and_judged_after_it() -> None:
    closed = in_training().tell(close(STARTS + HOUR, "job"))
    held = closed.when(attend(ENDED)).then_kinds("attendance_recorded")
    judged = held.when(evaluate(ENDED + HOUR, rating=3, parts=ALL_PARTS))
    judged.then_kinds("session_evaluated", "session_completed")
    reopened = closed.tell(ReopenPathway(by=CASEWORKER, at=ENDED + DAY, reason="registrering"))
    reopened.when(attend(ENDED + 2 * DAY)).then_kinds("attendance_recorded")


def test_what_would_begin_after_the_end_is_called_off_by_it() -> None:
    closing = booked().when(close(TUESDAY + HOUR))
    called_off = SessionCancelled(
        at=TUESDAY + HOUR, session=SESSION, element="diet_exercise", asked_by=Side.AUTHORITY, reason=None
    )
    assert closing.facts[1] == called_off
    closed = booked().tell(close(TUESDAY + HOUR))
    assert closed.pathway.bookings == {}
    closed.when(attend(ENDED)).then_refused(IsOver)
    reopened = closed.tell(ReopenPathway(by=CASEWORKER, at=TUESDAY + 2 * HOUR, reason="tilbagefald"))
    reopened.when(attend(ENDED)).then_refused(NoSuchSession)
    reopened.when(cancel(at=ENDED)).then_nothing()


def test_a_session_is_completed_when_every_part_of_it_was_held() -> None:
    held = in_training().when(attend(ENDED, parts=("movement", "check_in", "closing_evaluation")))
    assert held.the(AttendanceRecorded).parts == ALL_PARTS, "in the programme's order"
    assert held.the(SessionCompleted) == SessionCompleted(
        at=STARTS, session=SESSION, element="training", waived=(), reason=None
    )


def test_a_session_without_all_its_parts_is_held_but_not_completed() -> None:
    held = in_training().when(attend(ENDED, parts=("check_in", "movement"))).then_kinds("attendance_recorded")
    held.when(evaluate(parts=("closing_evaluation",))).then_kinds("session_evaluated", "session_completed")


def test_a_part_may_be_waived_with_a_reason_and_never_without_one() -> None:
    waiving: dict[str, Any] = {"parts": ("check_in", "movement"), "waived": ("closing_evaluation",)}
    in_training().when(attend(ENDED, **waiving)).then_refused(PartsMissing, parts="closing_evaluation")
    story = in_training().tell(attend(ENDED, **waiving, waiver_reason="hallen lukkede"))
    [fact] = story.every(SessionCompleted)
    assert (fact.waived, fact.reason) == (("closing_evaluation",), "hallen lukkede")


def test_of_parts_that_nobody_told_of_none_is_said_to_have_been_left_out() -> None:
    unsaid = in_training().when(attend(ENDED)).then_kinds("attendance_recorded")
    assert unsaid.the(AttendanceRecorded).missing == ()
    said = in_training().when(attend(ENDED, parts=()))
    assert said.the(AttendanceRecorded).missing == ALL_PARTS
    later = unsaid.when(evaluate(parts=ALL_PARTS))
    later.then_kinds("session_evaluated", "session_completed")


@pytest.mark.parametrize("field", ["minutes", "rating", "rating_reason"])
def test_who_did_not_come_spent_no_time_and_judged_nothing(field: str) -> None:
    told: dict[str, Any] = {"minutes": 30, "rating": 3, "rating_reason": "godt"}
    absent = attend(ENDED, Attendance.ABSENT, **{field: told[field]})
    in_training().when(absent).then_invalid(field, "only_of_who_came")


def test_a_waiver_completes_only_together_with_the_parts_that_were_held() -> None:
    partly = in_training().tell(attend(ENDED, parts=("check_in",), waived=("movement",), waiver_reason="regn"))
    assert partly.every(SessionCompleted) == []


def test_a_part_that_the_session_does_not_have_is_refused() -> None:
    in_training().when(attend(ENDED, parts=("sauna",))).then_invalid("parts", "unknown_code")
    booked().when(attend(ENDED, parts=("check_in",))).then_invalid("parts", "unknown_code")
    held = in_training().tell(attend(ENDED))
    held.when(evaluate(ENDED + HOUR, waived=("sauna",))).then_invalid("parts", "unknown_code")


def test_a_session_without_parts_is_never_called_completed() -> None:
    assert booked().tell(attend(ENDED)).every(SessionCompleted) == []


def test_those_who_did_not_come_complete_nothing() -> None:
    away = in_training().tell(attend(ENDED, Attendance.EXCUSED, parts=ALL_PARTS))
    assert away.kinds[-1] == "attendance_recorded"
    away.when(evaluate(ENDED + HOUR, rating=3)).then_refused(NoSuchSession)


def test_each_participant_may_judge_each_session_and_say_why_with_the_registration_or_afterwards() -> None:
    judged: dict[str, Any] = {"rating": 3, "rating_reason": "det var sjovt"}
    told = SessionEvaluated(at=STARTS, session=SESSION, element="training", rating=3, reason="det var sjovt", parts=())
    assert in_training().when(attend(ENDED, **judged)).facts[1] == told
    in_training().tell(attend(ENDED)).when(evaluate(ENDED + HOUR, by=CITIZEN, **judged)).then(told)


def test_a_judgement_is_given_once_and_a_completed_session_stays_completed() -> None:
    completed = in_training().tell(attend(ENDED, parts=ALL_PARTS, rating=2))
    completed.when(evaluate(ENDED + HOUR, rating=0, parts=ALL_PARTS)).then_nothing()


def test_judging_is_not_for_outsiders_and_not_for_sessions_nobody_registered() -> None:
    in_training().when(evaluate(rating=3)).then_refused(NoSuchSession)
    in_training().tell(attend(ENDED)).when(evaluate(ENDED + HOUR, by=AUDITOR, rating=3)).then_refused(RoleMayNot)


def test_a_session_of_an_element_that_a_newer_version_dropped_can_still_be_registered() -> None:
    story = booked("job_search")
    dropped = altered("sygedagpenge-driftstilbud@2", *WITHOUT_JOB_SEARCH)
    moved = Story(dropped, story.history)
    moved.when(rebook(TUESDAY + HOUR, STARTS + HOUR)).then_kinds("session_moved")
    held = moved.when(attend(ENDED)).then_kinds("attendance_recorded")
    held.when(evaluate(ENDED + HOUR, rating=1)).then_kinds("session_evaluated")


def test_what_was_booked_half_a_year_ago_and_never_registered_is_no_longer_waited_for() -> None:
    forgotten = booked().tell(book(STARTS + 27 * WEEK, STARTS + 28 * WEEK, "nature", session=OTHER_SESSION))
    assert set(forgotten.pathway.bookings) == {OTHER_SESSION}


def test_many_cancellations_are_each_met_with_silence_when_repeated_at_once() -> None:
    story = on_sick_leave()
    for number in range(12):
        session = UUID(int=number)
        at = TUESDAY + number * HOUR
        story.tell(book(at, at + DAY, "nature", session=session))
        story.when(cancel(at=at, session=session)).then_kinds("session_cancelled")
        story.tell(cancel(at=at, session=session))


def test_attendance_of_a_session_is_told_by_a_command_that_names_it() -> None:
    command = RecordAttendance(by=CONTACT, at=ENDED, session=OTHER_SESSION, attendance=Attendance.PRESENT)
    booked().when(command).then_refused(NoSuchSession, session=str(OTHER_SESSION))


def test_a_referral_that_waits_has_no_sessions() -> None:
    waiting = given(SICK, refer(), accept(MONDAY + HOUR))
    waiting.when(attend(ENDED)).then_refused(NotUnderway, stage="waiting")
    waiting.when(evaluate(rating=1)).then_refused(NotUnderway)
    waiting.when(cancel()).then_refused(NotUnderway)
    waiting.when(rebook(TUESDAY, STARTS)).then_refused(NotUnderway)

"""Staying away: no consequence of something voluntary, a caseworker's task for something mandatory, never more."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.actor import Role
from domain.calendar import end_of_day, local_date
from domain.pathway.commands.sessions import AssessAbsence, ExcuseAbsence
from domain.pathway.facts.obligations import Cause, ObligationCreated, ObligationNotRequired
from domain.pathway.facts.sessions import AbsenceAssessed, AbsenceExcused, Attendance
from domain.refusal import IsOver, NoSuchSession, NotUnderway, RoleMayNot
from programmes.checks.vocabulary import steps
from tests.domain.beginnings import HOUR, on_sick_leave, together
from tests.support.asking import accept, attend, book, close, refer
from tests.support.cast import CASEWORKER, CITIZEN, CONTACT, DAY, MONDAY, OTHER_SESSION, SESSION, SICK, TOGETHER, WEEK
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
STARTS = MONDAY + 2 * DAY
ENDED = STARTS + 5 * HOUR
RULE = "diet_exercise.assessed.after.diet_exercise.missed"


def booked(element: str = "diet_exercise", site: str | None = "matrikel_a") -> Story:
    return on_sick_leave().tell(book(TUESDAY, STARTS, element, site=site))


def absent() -> Story:
    return booked().tell(attend(ENDED, Attendance.ABSENT))


def excuse(at: datetime = ENDED + HOUR, **others: Any) -> ExcuseAbsence:  # noqa: ANN401 - fields
    return ExcuseAbsence(at=at, **{"by": CONTACT, "session": SESSION, "reason": "var til læge", **others})


def assess(at: datetime = ENDED + HOUR, **others: Any) -> AssessAbsence:  # noqa: ANN401 - fields
    return AssessAbsence(at=at, **{"by": CASEWORKER, "element": "diet_exercise", "note": "talt sammen", **others})


def test_staying_away_from_something_mandatory_opens_a_task_for_the_caseworker_and_nothing_else() -> None:
    story = booked().when(attend(ENDED, Attendance.ABSENT)).then_kinds("attendance_recorded", "obligation_created")
    task = story.the(ObligationCreated)
    assert (task.name, task.owner) == ("diet_exercise.assessed", Role.CASEWORKER)
    assert task.due == end_of_day(local_date(STARTS + WEEK))


def test_staying_away_from_something_voluntary_has_no_consequence() -> None:
    booked("nature", None).when(attend(ENDED, Attendance.ABSENT)).then_kinds("attendance_recorded")


def test_what_is_mandatory_by_referral_has_a_consequence_only_for_those_referred_to_it() -> None:
    voluntary = together().tell(book(TUESDAY, STARTS, "training"))
    voluntary.when(attend(ENDED, Attendance.ABSENT)).then_kinds("attendance_recorded")
    mandatory = together(mandatory=("training",)).tell(book(TUESDAY, STARTS, "training"))
    mandatory.when(attend(ENDED, Attendance.ABSENT)).then_kinds("attendance_recorded", "obligation_created")


def test_relations_cannot_even_speak_of_staying_away_from_something_voluntary() -> None:
    assert "diet_exercise.missed" in steps(SICK)
    assert "training.missed" in steps(TOGETHER), "it may be mandatory by referral"
    assert not {"nature.missed", "nature.assessed"} & steps(SICK)


def test_a_valid_reason_or_a_cancellation_is_no_absence() -> None:
    for attendance in set(Attendance) - {Attendance.ABSENT}:
        booked().when(attend(ENDED, attendance)).then_kinds("attendance_recorded")


def test_the_caseworkers_look_at_the_absence_ends_the_task() -> None:
    story = absent().when(assess()).then_kinds("absence_assessed", "obligation_met")
    assert story.the(AbsenceAssessed) == AbsenceAssessed(at=ENDED + HOUR, element="diet_exercise", note="talt sammen")


def test_several_absences_are_looked_at_together_and_by_the_deadline_of_the_first() -> None:
    story = absent().tell(book(ENDED + HOUR, STARTS + DAY, "diet_exercise", session=OTHER_SESSION))
    story.when(attend(ENDED + DAY, Attendance.ABSENT, session=OTHER_SESSION)).then_kinds("attendance_recorded")
    assert story.pathway.obligations[RULE].since == STARTS


def test_an_absence_after_the_look_opens_a_new_task() -> None:
    story = absent().tell(assess(), book(ENDED + 2 * HOUR, STARTS + DAY, "diet_exercise", session=OTHER_SESSION))
    again = story.when(attend(ENDED + DAY, Attendance.ABSENT, session=OTHER_SESSION))
    again.then_kinds("attendance_recorded", "obligation_created")


def test_a_task_that_nobody_sees_to_keeps_its_deadline_however_many_absences_follow() -> None:
    story = on_sick_leave()
    for number in range(12):
        session, starts = UUID(int=number), STARTS + number * 3 * DAY
        story.tell(
            book(starts - HOUR, starts, "diet_exercise", session=session),
            attend(starts + HOUR, Attendance.ABSENT, session=session),
        )
    task = story.pathway.obligations[RULE]
    assert (task.since, task.overdue) == (STARTS, True)
    assert story.kinds.count("obligation_moved") == 0


def test_an_absence_that_turns_out_to_have_a_valid_reason_takes_its_task_away() -> None:
    story = absent().when(excuse()).then_kinds("absence_excused", "obligation_not_required")
    assert story.the(AbsenceExcused) == AbsenceExcused(
        at=ENDED + HOUR, session=SESSION, element="diet_exercise", reason="var til læge"
    )
    assert story.the(ObligationNotRequired).cause is Cause.CORRECTED
    assert story.pathway.attendance[-1].attendance is Attendance.EXCUSED


def test_the_task_goes_on_from_the_next_absence_that_has_no_reason() -> None:
    story = absent().tell(book(ENDED + HOUR, STARTS + DAY, "diet_exercise", session=OTHER_SESSION))
    story.tell(attend(ENDED + DAY, Attendance.ABSENT, session=OTHER_SESSION))
    story.when(excuse(ENDED + DAY + HOUR)).then_kinds("absence_excused", "obligation_moved")
    assert story.tell(excuse(ENDED + DAY + HOUR)).pathway.obligations[RULE].since == STARTS + DAY


def test_only_an_absence_can_be_excused() -> None:
    booked().when(excuse()).then_refused(NoSuchSession)
    booked().tell(attend(ENDED)).when(excuse()).then_invalid("session", "not_absent")
    booked().tell(attend(ENDED, Attendance.EXCUSED)).when(excuse()).then_nothing()


def test_staff_excuse_and_the_authority_assesses() -> None:
    absent().when(excuse(by=CITIZEN)).then_refused(RoleMayNot)
    absent().when(assess(by=CONTACT)).then_refused(RoleMayNot, may="caseworker, coordinating_caseworker")


def test_only_what_the_programme_offers_is_assessed() -> None:
    absent().when(assess(element="swimming")).then_invalid("element", "unknown_code")


def test_absences_belong_to_those_who_take_part() -> None:
    waiting = given(SICK, refer(), accept(MONDAY + HOUR))
    for command in (excuse(), assess()):
        waiting.when(command).then_refused(NotUnderway)
        absent().tell(close(ENDED, despite=("diet_exercise.assessed",))).when(command).then_refused(IsOver)

"""Talks, planned or not, and steps towards associations."""

from datetime import datetime
from typing import Any

from domain.pathway.commands.course import PausePathway
from domain.pathway.commands.sessions import HoldTalk, RecordBridgingStep
from domain.pathway.facts.obligations import ObligationMet
from domain.pathway.facts.sessions import Attendance, AttendanceRecorded, BridgingStepRecorded, Scaling, TalkHeld
from domain.programme.elements import BridgingStep, TalkForm
from domain.refusal import (
    BeforeLatestTalk,
    Excluded,
    IsOver,
    NoSuchSession,
    NotOpenYet,
    NotUnderway,
    RoleMayNot,
)
from tests.domain.beginnings import ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.cast import (
    CASEWORKER,
    CITIZEN,
    CONSULTANT,
    CONTACT,
    DAY,
    HEALTH,
    INSTRUCTOR,
    MONDAY,
    SESSION,
    SICK,
    TOGETHER,
    WEEK,
)
from tests.support.spec import given

TUESDAY = MONDAY + DAY
FRIDAY = MONDAY + 4 * DAY


def hold(at: datetime, element: str = "first_talk", **others: Any) -> HoldTalk:  # noqa: ANN401 - fields
    return HoldTalk(at=at, element=element, **{"by": CONTACT, **others})


def bridge(at: datetime, **others: Any) -> RecordBridgingStep:  # noqa: ANN401 - fields
    return RecordBridgingStep(at=at, **{"by": CONSULTANT, "element": "association", "step": "introduced", **others})


def test_a_talk_nobody_had_planned_is_recorded_like_any_other() -> None:
    held = on_sick_leave().when(hold(TUESDAY, form=TalkForm.PHONE, note="trist i dag", next_step="en gåtur"))
    assert held.the(TalkHeld) == TalkHeld(
        at=TUESDAY,
        session=None,
        element="first_talk",
        form=TalkForm.PHONE,
        minutes=60,
        scaling=(),
        next_step="en gåtur",
        note="trist i dag",
        site=None,
        resets_clock=True,
    )
    held.then_kinds("talk_held", "obligation_met")


def test_a_talk_may_have_taken_no_time_at_all() -> None:
    assert on_sick_leave().when(hold(TUESDAY, minutes=0)).the(TalkHeld).minutes == 0


def test_a_planned_talk_counts_as_attendance_of_its_session() -> None:
    planned = on_sick_leave().tell(book(TUESDAY, FRIDAY, "first_talk", minutes=30))
    held = planned.when(hold(FRIDAY + HOUR, session=SESSION))
    assert (held.the(AttendanceRecorded).at, held.the(AttendanceRecorded).minutes) == (FRIDAY, 30)
    assert (held.the(TalkHeld).at, held.the(TalkHeld).minutes) == (FRIDAY, 30)
    assert held.then_kinds("attendance_recorded", "talk_held", "obligation_met").pathway.bookings == {}


def test_a_planned_talk_may_have_been_held_at_another_time_than_agreed() -> None:
    planned = on_sick_leave().tell(book(TUESDAY, FRIDAY, "first_talk"))
    held = planned.when(hold(FRIDAY + DAY, session=SESSION, happened=FRIDAY - HOUR))
    assert held.the(AttendanceRecorded).at == held.the(TalkHeld).at == FRIDAY - HOUR


def test_a_planned_talk_is_not_held_before_its_time_has_come() -> None:
    planned = on_sick_leave().tell(book(TUESDAY, FRIDAY, "first_talk"))
    planned.when(hold(TUESDAY + HOUR, session=SESSION)).then_invalid("session", "not_yet_held")


def test_a_talk_is_not_held_in_a_session_that_was_booked_for_something_else() -> None:
    training = on_sick_leave().tell(book(TUESDAY, FRIDAY, "diet_exercise"))
    wrong = training.when(hold(FRIDAY + HOUR, session=SESSION)).then_invalid("element", "unknown_code")
    assert wrong.values["known"] == "diet_exercise"
    on_sick_leave().when(hold(TUESDAY, session=SESSION)).then_refused(NoSuchSession)


def test_a_planned_talk_the_citizen_did_not_come_to_cannot_be_held_as_well() -> None:
    missed = on_sick_leave().tell(book(TUESDAY, FRIDAY, "first_talk"), attend(FRIDAY + HOUR, Attendance.ABSENT))
    missed.when(hold(FRIDAY + 2 * HOUR, session=SESSION)).then_refused(NoSuchSession)


def test_the_same_talk_told_again_after_another_one_is_still_the_same_talk() -> None:
    story = together().tell(hold(FRIDAY, "consultant_talk", by=CONSULTANT))
    story.tell(hold(FRIDAY + DAY, "consultant_talk", by=CONSULTANT))
    story.when(hold(FRIDAY + 2 * DAY, "consultant_talk", by=CONSULTANT, happened=FRIDAY)).then_nothing()


def test_what_is_told_cannot_lie_in_the_future() -> None:
    on_sick_leave().when(hold(TUESDAY, happened=FRIDAY)).then_invalid("happened", "in_the_future")


def test_a_talk_that_resets_the_clock_cannot_be_followed_by_an_earlier_one() -> None:
    story = on_sick_leave().tell(hold(FRIDAY, "follow_up_talk"))
    story.when(hold(FRIDAY + DAY, happened=TUESDAY)).then_refused(BeforeLatestTalk, latest=str(FRIDAY))
    story.when(hold(FRIDAY + DAY, happened=FRIDAY)).then_kinds("talk_held", "obligation_met")


def test_a_talk_that_resets_no_clock_may_be_registered_out_of_order() -> None:
    story = on_sick_leave().tell(hold(FRIDAY, "follow_up_talk"))
    earlier = {"by": HEALTH, "happened": TUESDAY, "scaling": (Scaling(question="energy", answer=4),)}
    story.when(hold(FRIDAY + DAY, "dls_talk", **earlier)).then_kinds("talk_held")


def test_a_solution_focused_talk_asks_for_its_scales_and_keeps_the_next_step() -> None:
    begun = on_sick_leave()
    begun.when(hold(TUESDAY, "dls_talk", by=HEALTH)).then_invalid("scaling", "missing")
    scales = (Scaling(question="today", answer=0), Scaling(question="hoped_for", answer=10))
    held = begun.when(hold(TUESDAY, "dls_talk", by=HEALTH, scaling=scales, next_step="ringe til en ven"))
    assert (held.the(TalkHeld).scaling, held.the(TalkHeld).next_step) == (scales, "ringe til en ven")


def test_only_talks_are_held() -> None:
    wrong = on_sick_leave().when(hold(TUESDAY, "nature")).then_invalid("element", "unknown_code")
    assert wrong.values["known"] == "dls_talk, first_talk, follow_up_talk"


def test_talks_are_held_by_staff_and_where_the_programme_says_so_by_some_of_them() -> None:
    for outsider in (CITIZEN, INSTRUCTOR):
        on_sick_leave().when(hold(TUESDAY, by=outsider)).then_refused(RoleMayNot)
    guarded = altered("sundere-sammen@2", ("    lasts: PT45M\n", "    lasts: PT45M\n    by: [company_consultant]\n"))
    together(guarded).when(hold(TUESDAY, "consultant_talk")).then_refused(RoleMayNot, may="company_consultant")
    together(guarded).when(hold(TUESDAY, "consultant_talk", by=CONSULTANT)).then_kinds("talk_held", "obligation_met")


def test_a_talk_is_held_only_where_its_element_is_held() -> None:
    on_sick_leave().when(hold(TUESDAY, site="sports_hall")).then_invalid("site", "unknown_code")
    assert on_sick_leave().when(hold(TUESDAY, site="matrikel_b")).the(TalkHeld).site == "matrikel_b"


def test_a_talk_may_come_before_the_beginning_and_within_a_pause_but_not_after_the_end() -> None:
    given(SICK, refer(), accept(MONDAY + HOUR)).when(hold(TUESDAY)).then_kinds("talk_held", "obligation_met")
    resting = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=ENROLLED + HOUR, reason="operation"))
    resting.when(hold(TUESDAY)).then_kinds("talk_held", "obligation_met")
    on_sick_leave().tell(close(TUESDAY)).when(hold(FRIDAY)).then_refused(IsOver, stage="closed")


def test_a_talk_held_before_the_end_may_be_told_after_it() -> None:
    closed = on_sick_leave().tell(book(ENROLLED, TUESDAY, "first_talk"), close(FRIDAY))
    closed.when(hold(FRIDAY + DAY, happened=TUESDAY + DAY)).then_kinds("talk_held")
    closed.when(hold(FRIDAY + DAY, session=SESSION)).then_kinds("attendance_recorded", "talk_held")
    closed.when(hold(FRIDAY + DAY, happened=FRIDAY + HOUR)).then_refused(IsOver, stage="closed")


def test_a_talk_that_is_put_aside_or_not_open_yet_is_not_held() -> None:
    guarded = altered(
        "sundere-sammen@2",
        ("relations:\n", "relations:\n  - {condition: plan_agreed, for: consultant_talk}\n"),
    )
    together(guarded).when(hold(TUESDAY, "consultant_talk")).then_refused(NotOpenYet, missing="plan_agreed")
    aside = altered("sundere-sammen@2", ("{exclude: consultant_talk, after: stand_by_begun}", FROM_THE_START))
    together(aside).when(hold(TUESDAY, "consultant_talk")).then_refused(Excluded, step="consultant_talk")


FROM_THE_START = "{exclude: consultant_talk, after: enrolled}"


def test_a_talk_held_in_time_and_told_after_its_deadline_is_overdue_then_met_in_time_registered_late() -> None:
    late = ENROLLED + 9 * WEEK
    story = on_sick_leave().tell(hold(late, happened=TUESDAY))
    of_first_talk = [event.kind for event in story.history if getattr(event, "obligation", "").startswith("first_talk")]
    assert of_first_talk == ["obligation_created", "obligation_reminded", "obligation_overdue", "obligation_met"]
    met = story.the(ObligationMet)
    assert (met.at, met.in_time, met.registered_late) == (TUESDAY, True, True)


def test_a_talk_held_too_late_is_met_but_not_in_time() -> None:
    story = on_sick_leave().tell(hold(ENROLLED + 9 * WEEK))
    met = story.the(ObligationMet)
    assert (met.in_time, met.registered_late) == (False, False)


def test_each_step_towards_an_association_is_recorded() -> None:
    introduced = together().when(bridge(TUESDAY, note="badmintonklubben"))
    story = introduced.then(
        BridgingStepRecorded(at=TUESDAY, element="association", step=BridgingStep.INTRODUCED, note="badmintonklubben")
    )
    for step in list(BridgingStep)[1:]:
        story = story.when(bridge(TUESDAY, step=step)).then_kinds("bridging_step_recorded")


def test_the_citizen_may_tell_of_a_step_towards_an_association() -> None:
    together().when(bridge(TUESDAY, by=CITIZEN, step="joined")).then_kinds("bridging_step_recorded")
    guarded = altered("sundere-sammen@2", ("    track: bridging\n", "    track: bridging\n    by: [citizen]\n"))
    together(guarded).when(bridge(TUESDAY)).then_refused(RoleMayNot, may="citizen")


def test_steps_towards_associations_are_taken_by_those_who_take_part_and_where_they_are_offered() -> None:
    given(TOGETHER, refer(benefit="ressourceforloeb")).when(bridge(TUESDAY)).then_refused(NotUnderway)
    together().when(bridge(TUESDAY, element="training")).then_invalid("element", "unknown_code")
    guarded = altered(
        "sundere-sammen@2", ("relations:\n", "relations:\n  - {condition: plan_agreed, for: association}\n")
    )
    together(guarded).when(bridge(TUESDAY)).then_refused(NotOpenYet, missing="plan_agreed")

"""What the founding documents say of the programmes themselves, and rules that combine several rows, as it ships.

Rows of the second priority. Left to pages, groups and statistics: F24 (a steering group sees aggregates), F26 and F38
(how many take part, and what comes of it), V2 (where citizens are recruited), V8 and V9 (the tone of pages; one
glossary already holds for all), X4 (one sheet for a whole group).
"""

from datetime import date
from typing import Any

import pytest

from domain.actor import Role
from domain.pathway.commands.course import CorrectFact, RecordMeasurement, RecordOutcome
from domain.pathway.commands.obligations import MeetObligation
from domain.pathway.commands.sessions import CancelSession, HoldTalk, RecordBridgingStep
from domain.pathway.facts.children import ChildCalled
from domain.pathway.facts.course import MeasurementRecorded, PathwayClosed
from domain.pathway.facts.obligations import ObligationCreated
from domain.pathway.facts.phases import TimeUp, WeekCounted
from domain.pathway.facts.referrals import CitizenReferred
from domain.pathway.facts.sessions import Attendance, AttendanceRecorded, BridgingStepRecorded, Scaling, Side, TalkHeld
from domain.pathway.follow_ups import follow_ups
from domain.programme.elements import BridgingStep, Duty, Track
from domain.programme.measures import Rater
from domain.programme.setting import Dimension, anchored
from domain.refusal import RoleMayNot
from tests.domain.beginnings import ACCEPTED, HOUR, on_sick_leave, together
from tests.support.asking import accept, attend, book, close, refer
from tests.support.cast import (
    CASEWORKER,
    CITIZEN,
    CONSULTANT,
    CONTACT,
    DAY,
    HEALTH,
    INSTRUCTOR,
    OTHER_SESSION,
    SESSION,
    WEEK,
    shipped,
)
from tests.support.spec import Story, given
from texts.catalogue import Wording

FINAL = shipped("sundere-sammen@4")
OFFER = shipped("sygedagpenge-driftstilbud@3")
CHANCE = shipped("grib-chancen@1")
CAFE = shipped("fastholdelsescafe@1")
WILD = shipped("sammen-i-vildmarken@1")
LIGHTER = shipped("bmi-30-plus@1")
PILOT, OPERATION = shipped("sygedagpenge-driftstilbud@1"), shipped("sygedagpenge-driftstilbud@2")
TUESDAY = ACCEPTED + DAY
SCALES = (Scaling(question="energy", answer=4),)


def chance() -> Story:
    """Somebody who takes part in Grib chancen."""
    return given(CHANCE, refer(benefit="dagpenge"), accept(ACCEPTED))


def cafe() -> Story:
    """Somebody who comes to the café."""
    asked = refer(circumstances={"earlier_course": True, "benefit": "ingen"})
    return given(CAFE, asked, accept(ACCEPTED, by=HEALTH, contact_person=None))


def trained(**others: Any) -> AttendanceRecorded:  # noqa: ANN401 - fields
    story = together(FINAL).tell(book(ACCEPTED + HOUR, TUESDAY, "training"))
    told = attend(TUESDAY + 2 * HOUR, **{"by": INSTRUCTOR, "parts": ("check_in", "movement"), **others})
    return story.tell(told).the(AttendanceRecorded)


def test_f1_it_is_to_bring_citizens_nearer_work_socially_and_mentally() -> None:
    assert {each.dimension for each in FINAL.purposes.values()} >= {Dimension.SOCIAL, Dimension.LABOUR_MARKET}


def test_f2_each_purpose_is_seen_by_a_measure_that_is_asked_for() -> None:
    shown = {measure for purpose in FINAL.purposes.values() for measure in purpose.measured_by}
    assert {"gse10", "who5", "progression"} <= shown
    owed = {each.name for each in together(FINAL).pathway.obligations.values()}
    assert {"gse10.citizen", "who5.citizen", "progression.citizen", "progression.worker"} <= owed


def test_f8_it_is_anchored_in_the_jobcentre() -> None:
    assert anchored(FINAL.anchor, "nobody", date(2020, 6, 1)) == "jobcenter"


def test_f10_training_is_movement_with_the_weight_of_health() -> None:
    training = FINAL.elements["training"]
    assert (training.kind, training.track, "movement" in training.parts) == ("training", Track.HEALTH, True)


def test_f12_a_training_without_the_consultant_is_a_warning_and_counts_all_the_same() -> None:
    fact = trained(staff=(Role.INSTRUCTOR,))
    assert (fact.attendance, fact.unstaffed) == (Attendance.PRESENT, (Role.COMPANY_CONSULTANT,))
    told = [each for each in follow_ups(FINAL, fact) if each.name == "role_missing"]
    assert [(each.to, each.subject) for each in told] == [(Role.CONTACT_PERSON, "company_consultant")]
    assert trained(staff=(Role.INSTRUCTOR, Role.COMPANY_CONSULTANT, Role.HEALTH_STAFF)).unstaffed == ()
    assert trained().unstaffed == (), "nobody said who was there"


def test_f14_the_consultant_answers_for_the_talks_and_is_told_where_one_was_not_held() -> None:
    fact = trained()
    assert fact.missing == ("closing_evaluation",)
    [told] = [each for each in follow_ups(FINAL, fact) if each.name == "part_missing"]
    assert (told.to, told.subject) == (Role.COMPANY_CONSULTANT, "closing_evaluation")


def test_f18_which_themes_each_citizen_has_met_is_remembered() -> None:
    story = together(FINAL).tell(book(ACCEPTED + HOUR, TUESDAY, "theme_talk"))
    wrong = attend(TUESDAY + HOUR, by=HEALTH, topics=("gossip",))
    story.when(wrong).then_invalid("topics", "unknown_code")
    story.tell(attend(TUESDAY + HOUR, by=HEALTH, topics=("sleep", "diet")))
    assert story.pathway.last("theme_talk.sleep") == TUESDAY
    assert story.pathway.last("theme_talk.stress") is None


def test_f22_the_anchor_moves_and_nobody_begins_anew() -> None:
    assert anchored(FINAL.anchor, "nobody", date(2026, 12, 31)) == "jobcenter"
    assert anchored(FINAL.anchor, "nobody", date(2027, 1, 1)) == "kultur_og_fritid"


def test_f28_employees_are_referred_by_their_own_and_specially_protected() -> None:
    asked = refer(by=CASEWORKER, circumstances={"municipal_employee": True, "benefit": "ingen", "course": "andet"})
    groups = given(FINAL, asked).pathway.groups
    strict = {group.id for group in FINAL.referral.eligible if group.compartment}
    assert strict.intersection(groups) == {"employee_return_after_illness"}


def test_f30_what_came_of_it_was_asked_in_a_focus_group_and_internally() -> None:
    [evaluation] = FINAL.evaluations
    assert evaluation.kind == "internal"
    assert evaluation.method is not None
    assert evaluation.method.da == "Fokusgruppeinterview"


def test_f33_what_was_done_otherwise_than_planned_says_why() -> None:
    [evaluation] = FINAL.evaluations
    assert (evaluation.purpose_met, evaluation.as_planned) == (3, 2)
    assert evaluation.deviation is not None
    assert "six weeks" in evaluation.deviation.en


def test_f41_whoever_leaves_enters_the_cafe_where_nobody_keeps_account() -> None:
    called = together(FINAL).tell(close(TUESDAY, "job")).the(ChildCalled)
    assert (called.programme, called.voluntary) == ("fastholdelsescafe", True)
    story = cafe().tell(book(ACCEPTED, TUESDAY, "cafe", by=HEALTH))
    story.tell(attend(TUESDAY + HOUR, Attendance.ABSENT, by=HEALTH))
    assert story.pathway.obligations == {}
    assert story.kinds[-1] == "attendance_recorded"


def test_v5_a_talk_has_a_method_and_asks_what_the_method_asks() -> None:
    talk = OFFER.elements["dls_talk"]
    assert talk.method == "Den løsningsfokuserede sundhedssamtale (DLS)"
    told: dict[str, Any] = {"by": HEALTH, "at": TUESDAY, "element": "dls_talk", "scaling": SCALES}
    story = on_sick_leave(OFFER)
    assert story.when(HoldTalk(**told, said={"hope": "at sove"})).the(TalkHeld).said == {"hope": "at sove"}
    story.when(HoldTalk(**told, said={"weather": "sol"})).then_invalid("said", "unknown_code")


def test_v6_citizens_are_accompanied_to_associations_that_have_a_name() -> None:
    step: dict[str, Any] = {"by": CONTACT, "at": TUESDAY, "element": "association", "step": BridgingStep.VISITED}
    fact = chance().when(RecordBridgingStep(**step, partner="hiking_club")).the(BridgingStepRecorded)
    assert fact.partner == "hiking_club"
    chance().when(RecordBridgingStep(**step, partner="golf_club")).then_invalid("partner", "unknown_code")


def test_v7_nature_has_a_meeting_point_and_the_weather_may_call_it_off() -> None:
    assert "Shelterpladsen ved søen" in Wording("da", WILD).naming.place_name("wilderness")
    story = chance().tell(book(ACCEPTED, TUESDAY, "nature_day"))
    storm = CancelSession(by=INSTRUCTOR, at=ACCEPTED, session=SESSION, asked_by=Side.WEATHER, reason="storm")
    story.when(storm).then_kinds("session_cancelled")


def test_v10_a_talk_may_be_held_at_any_time_without_having_been_planned() -> None:
    before_the_start = given(OFFER, refer())
    held = HoldTalk(by=CONTACT, at=ACCEPTED, element="first_talk", note="på trappen")
    assert before_the_start.when(held).the(TalkHeld).session is None


def test_v11_it_names_every_unit_that_acts_on_the_citizen() -> None:
    assert {OFFER.roles.order, *OFFER.roles.provide} == {"jobcenter", "sundhed", "arbejdsmarked"}


def test_v20_a_pilot_becomes_an_operating_offer() -> None:
    assert (PILOT.stage, OPERATION.stage) == ("pilot", "operation")


def test_v23_employers_are_met_as_part_of_the_offer() -> None:
    assert OFFER.elements["employer_contact"].track is Track.LABOUR_MARKET
    assert "employer_contact" in OFFER.phases["labour_market"].elements


def test_v24_satisfaction_is_asked_in_two_parts_on_the_way() -> None:
    story = on_sick_leave(OFFER)
    asked = RecordMeasurement(by=CONTACT, at=TUESDAY, instrument="satisfaction", answers=(3, 2))
    assert story.when(asked).the(MeasurementRecorded).answers == (3, 2)
    rule = OFFER.responses["satisfaction.citizen.after.labour_market.entered"]
    assert rule.by is Role.CONTACT_PERSON


def test_v35_what_participants_say_of_themselves_are_indicators_that_staff_answer_as_well() -> None:
    story = on_sick_leave(OFFER)
    for rater, answers in ((Rater.CITIZEN, (3, 4, 2, 5, 1)), (Rater.WORKER, (4, 4, 3, 5, 6))):
        story.tell(RecordMeasurement(by=CONTACT, at=TUESDAY, instrument="progression", rater=rater, answers=answers))
    assert {key for key in story.pathway.measured if "progression" in key} == {
        "progression.citizen",
        "progression.worker",
    }


def test_v29_a_course_of_work_placement_is_an_element_of_the_offer() -> None:
    practice = OFFER.elements["practice"]
    assert (practice.kind, practice.programme) == ("pathway", "virksomhedspraktik")


@pytest.mark.parametrize(("bmi", "fits"), [(29.9, False), (30.0, True)])
def test_v21_a_bmi_of_thirty_is_the_door_and_fifteen_months_the_length(bmi: float, fits: bool) -> None:  # noqa: FBT001 - a case
    story = given(LIGHTER, refer(circumstances={"benefit": "kontanthjaelp", "bmi": bmi}))
    assert (story.the(CitizenReferred).eligibility.met != ()) is fits
    assert LIGHTER.fixed_duration is not None
    assert str(getattr(LIGHTER.fixed_duration, "length", "")) == "P15M"


def test_x1_three_kinds_of_duration_live_in_one_language() -> None:
    assert FINAL.fixed_duration is None
    assert LIGHTER.fixed_duration is not None
    assert LIGHTER.fixed_duration.at_end == "decide"
    assert WILD.fixed_duration is not None
    assert WILD.fixed_duration.at_end == "review"


def test_x2_a_rhythm_without_end_misses_nothing_and_does_nothing_twice_in_five_years() -> None:
    story = together(FINAL)
    for quarter in range(1, 21):
        at = ACCEPTED + quarter * 12 * WEEK
        story.tell(MeetObligation(by=CONSULTANT, at=at, obligation="progression_review"))
    weeks = [fact.week for fact in story.settle(ACCEPTED + 260 * WEEK).every(WeekCounted)]
    assert len(weeks) == len(set(weeks)) == 259
    assert story.every(TimeUp) == []
    assert len([each for each in story.every(ObligationCreated) if each.name == "progression_review"]) == 21


def test_x6_a_voluntary_absence_asks_nobody_anything_and_a_mandatory_one_a_caseworker() -> None:
    story = on_sick_leave(OFFER)
    for session, element, site in ((SESSION, "nature", None), (OTHER_SESSION, "diet_exercise", "matrikel_a")):
        story.tell(book(TUESDAY, TUESDAY, element, session=session, site=site))
        story.tell(attend(TUESDAY + HOUR, Attendance.ABSENT, session=session))
    assessed = {each.name for each in story.pathway.obligations.values() if each.name.endswith(".assessed")}
    assert assessed == {"diet_exercise.assessed"}
    assert OFFER.elements["nature"].obligation is Duty.VOLUNTARY


def test_x7_a_provider_never_answers_measures_and_a_citizen_never_decides() -> None:
    asked = RecordMeasurement(by=INSTRUCTOR, at=TUESDAY, instrument="who5", answers=(3,) * 5)
    on_sick_leave(OFFER).when(asked).then_refused(RoleMayNot)
    on_sick_leave(OFFER).when(close(TUESDAY, by=CITIZEN)).then_refused(RoleMayNot, may="caseworker")


def test_x8_why_somebody_fitted_names_the_group_and_the_version_of_that_day() -> None:
    asked = refer(circumstances={"course": "genoptraening", "benefit": "ingen", "municipal_employee": False})
    fitting = given(FINAL, asked).the(CitizenReferred).eligibility
    assert (fitting.programme, fitting.met) == ("sundere-sammen@4", ("other_course",))


def test_x9_bridging_goes_on_after_the_end_and_nothing_in_it_is_a_duty() -> None:
    step = RecordBridgingStep(by=CITIZEN, at=TUESDAY, element="association", step=BridgingStep.JOINED)
    story = cafe().when(step).then_kinds("bridging_step_recorded")
    owed = story.settle(TUESDAY + 52 * WEEK).pathway.obligations.values()
    assert {each.owner for each in owed} <= {Role.HEALTH_STAFF}, "staff look in now and then; the citizen owes nothing"


def test_x10_an_outcome_is_put_right_later_and_unknown_stays_an_answer() -> None:
    story = on_sick_leave(OFFER).tell(RecordOutcome(by=CONTACT, at=TUESDAY, outcome="unknown_yet"))
    late = RecordOutcome(by=CONTACT, at=TUESDAY + WEEK, outcome="partly_fit", happened=TUESDAY + DAY)
    story.tell(late)
    measured = RecordMeasurement(by=HEALTH, at=TUESDAY + WEEK, instrument="who5", answers=(1,) * 5)
    story.tell(measured)
    right = CorrectFact(
        by=HEALTH,
        at=TUESDAY + 2 * WEEK,
        corrects=story.version(MeasurementRecorded),
        changes={"answers": [4] * 5},
        reason="forkert skema",
    )
    story.when(right).then_kinds("fact_corrected", "obligation_not_required")
    assert story.when(close(TUESDAY + 3 * WEEK, "unknown_yet")).the(PathwayClosed).valence == "unknown"

"""What the founding document about Sundere sammen says happens to a citizen, at work in the programme that ships.

Each specification is named after its row in the table of founding facts; every row of the first priority has one.
Left to other rooms is what such a row says beyond one citizen's pathway: the agreement behind an instructor's role and
what instructors are shown (F11, F35), topics of groups and a group's single note (F17), roles for a programme as a
whole (F23), the durable workflow that a referral starts (F25), and caseload lists (F15).
"""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.pathway.commands.course import AgreePlan, MovePathway, RecordCircumstance, RecordMeasurement
from domain.pathway.commands.obligations import MeetObligation
from domain.pathway.commands.phases import ExtendDuration
from domain.pathway.commands.referrals import AssignResponsible, RefuseReferral, ReturnReferral
from domain.pathway.commands.sessions import HoldTalk, RecordBridgingStep
from domain.pathway.facts.obligations import ObligationCreated, ObligationMet, ObligationOverdue
from domain.pathway.facts.phases import TimeUp, WeekCounted
from domain.pathway.facts.referrals import CitizenEnrolled, CitizenReferred, ReferralAccepted, ResponsibleAssigned
from domain.pathway.facts.sessions import SessionBooked, SessionCompleted, SessionEvaluated
from domain.pathway.follow_ups import follow_ups
from domain.programme.elements import BridgingStep
from domain.refusal import JudgementNeeded, NotEligible, PartsMissing, ReasonNeeded, RoleMayNot
from tests.domain.beginnings import ACCEPTED, HOUR, together
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
    SIX_WEEKS,
    TOGETHER,
    WEEK,
    WIDENED,
)
from tests.support.spec import Story, given
from texts.catalogue import Wording
from texts.sentences import of_event

TUESDAY = ACCEPTED + DAY
TRAINED = TUESDAY + 2 * HOUR
ALL_PARTS = ("check_in", "movement", "closing_evaluation")
RESOURCE_COURSE = {"benefit": "ressourceforloeb"}
REHABILITATION = Actor("rehabilitation_staff:gen-1")
OTHER_CONSULTANT = "vk-2"


def trained(**others: Any) -> Story:  # noqa: ANN401 - fields
    """Somebody who has been to a training, of which everything was held."""
    story = together().tell(book(ACCEPTED + HOUR, TUESDAY, "training"))
    return story.tell(attend(TRAINED, **{"by": INSTRUCTOR, "parts": ALL_PARTS, **others}))


def week(story: Story, number: int, sessions: int) -> Story:
    """A week with so many trainings, from the first whole week on, registered at once."""
    monday = ACCEPTED + number * WEEK
    for each in range(sessions):
        session, starts = type(SESSION)(int=1 + number * 10 + each), monday + each * DAY
        story.tell(book(starts, starts, "training", session=session), attend(starts + 2 * HOUR, session=session))
    return story.settle(monday + 10 * DAY)


def referred(programme: Any = TOGETHER, **others: Any) -> Story:  # noqa: ANN401 - fields
    """Somebody who awaits the answer to a referral."""
    return given(programme, refer(**{"circumstances": RESOURCE_COURSE, **others}))


def test_f3_a_project_without_a_period_runs_on() -> None:
    story = together().settle(ACCEPTED + 260 * WEEK)
    assert story.programme.stage == "project"
    assert story.the(CitizenEnrolled).ends is None
    assert story.every(TimeUp) == []
    assert not story.pathway.is_over


def test_f7_citizens_in_a_resource_course_are_the_primary_target_group_and_the_referral_keeps_by_which_rules() -> None:
    [primary] = [group for group in TOGETHER.referral.eligible if group.primary]
    fitting = referred().the(CitizenReferred).eligibility
    assert (fitting.programme, fitting.met, fitting.inputs) == (
        "sundere-sammen@2",
        (primary.id,),
        {"citizen.benefit": "ressourceforloeb"},
    )
    referred(circumstances={"benefit": "kontanthjaelp"}).when(accept(TUESDAY)).then_refused(NotEligible)


def test_f9_training_is_held_in_the_volleyball_clubs_hall_and_says_so() -> None:
    booked = together().when(book(ACCEPTED + HOUR, TUESDAY, "training")).the(SessionBooked)
    assert TOGETHER.sites[booked.site or ""].kind == "association"
    assert "Volleyballklubbens hal" in of_event(Wording("da", TOGETHER), booked)
    together().when(book(ACCEPTED, TUESDAY, "training", site="jobcenter")).then_invalid("site", "unknown_code")


def test_f11_an_instructor_from_outside_registers_the_training_and_nothing_else_about_the_citizen() -> None:
    story = trained(rating=2)
    assert story.every(SessionCompleted)
    later = TRAINED + HOUR
    for command in (
        HoldTalk(by=INSTRUCTOR, at=later, element="consultant_talk"),
        RecordMeasurement(by=INSTRUCTOR, at=later, instrument="who5", answers=(3, 3, 3, 3, 3)),
        RecordCircumstance(by=INSTRUCTOR, at=later, name="benefit", value="ingen"),
        AgreePlan(by=INSTRUCTOR, at=later, goals="halv tid"),
        close(later, "job", by=INSTRUCTOR),
    ):
        story.when(command).then_refused(RoleMayNot, role="instructor")


def test_f13_the_bridge_to_a_job_is_open_from_the_first_day() -> None:
    story = together().when(book(ACCEPTED, ACCEPTED + HOUR, "job_bridge")).then_kinds("session_booked")
    story.when(book(ACCEPTED, ACCEPTED + HOUR, "training", session=OTHER_SESSION)).then_kinds("session_booked")
    assert story.pathway.phase_since == ACCEPTED


def test_f15_the_consultant_follows_progression_every_three_months_for_as_long_as_it_lasts() -> None:
    story, reviewed = together(), []
    for quarter in range(1, 9):
        at = ACCEPTED + quarter * 12 * WEEK
        story.tell(MeetObligation(by=CONSULTANT, at=at, obligation="progression_review"))
        reviewed.append(at)
    met = [fact for fact in story.every(ObligationMet) if fact.name == "progression_review"]
    owed = [fact for fact in story.every(ObligationCreated) if fact.name == "progression_review"]
    assert [fact.at for fact in met] == reviewed
    assert {fact.owner for fact in owed} == {Role.COMPANY_CONSULTANT}
    assert [fact.since for fact in owed] == [ACCEPTED, *reviewed]
    late = story.settle(reviewed[-1] + 14 * WEEK).the(ObligationOverdue)
    assert (late.name, late.owner) == ("progression_review", Role.COMPANY_CONSULTANT)


def test_f16_a_training_begins_with_a_check_in_and_ends_with_an_evaluation_or_says_why_not() -> None:
    assert TOGETHER.elements["training"].parts == ALL_PARTS
    assert trained().the(SessionCompleted).waived == ()
    short: dict[str, Any] = {"parts": ("check_in", "movement")}
    assert trained(**short).every(SessionCompleted) == []
    booked = together().tell(book(ACCEPTED + HOUR, TUESDAY, "training"))
    waiving = {**short, "waived": ("closing_evaluation",)}
    booked.when(attend(TRAINED, **waiving)).then_refused(PartsMissing, parts="closing_evaluation")
    waived = trained(**waiving, waiver_reason="hallen lukkede").the(SessionCompleted)
    assert (waived.waived, waived.reason) == (("closing_evaluation",), "hallen lukkede")


def test_f17_participants_judge_each_training_and_say_why() -> None:
    story = trained(rating=3, rating_reason="alle var med")
    story.tell(book(TRAINED, TRAINED + DAY, "training", session=OTHER_SESSION))
    hard: dict[str, Any] = {"session": OTHER_SESSION, "rating": 1, "rating_reason": "for hårdt"}
    story.tell(attend(TRAINED + DAY + 2 * HOUR, by=INSTRUCTOR, **hard))
    said = [(fact.rating, fact.reason) for fact in story.every(SessionEvaluated)]
    assert said == [(3, "alle var med"), (1, "for hårdt")]


def test_f19_two_trainings_a_week_are_expected_and_fewer_ask_for_attention_only() -> None:
    story = together()
    for number, sessions in enumerate((2, 1, 0), start=1):
        week(story, number, sessions)
    counted = [(fact.sessions["training"], fact.below) for fact in story.every(WeekCounted)[1:]]
    assert counted == [(2, False), (1, True), (0, True)]
    assert [each.name for each in follow_ups(TOGETHER, story.the(WeekCounted))] == ["week_below"]
    diligent = together()
    for number in (1, 2, 3):
        week(diligent, number, 2)
    assert story.pathway.obligations == diligent.pathway.obligations, "nothing is owed because of a low week"


def test_f20_the_course_took_six_weeks_and_then_somebody_was_asked_what_now() -> None:
    story = together(SIX_WEEKS)
    ends = story.the(CitizenEnrolled).ends
    assert ends is not None
    assert ends - ACCEPTED < 6 * WEEK + DAY
    story.settle(ends)
    assert story.the(TimeUp).at == ends
    assert "end_reviewed" in {each.name for each in story.pathway.obligations.values()}
    assert not story.pathway.is_over


def test_f21_six_weeks_become_open_ended() -> None:
    story = together(SIX_WEEKS).settle(ACCEPTED + 4 * WEEK)
    move = MovePathway(by=CASEWORKER, at=ACCEPTED + 4 * WEEK, version=2, reason="ingen udløbsdato mere")
    story.tell(move, target=TOGETHER).settle(ACCEPTED + 104 * WEEK)
    assert (story.pathway.programme, story.pathway.ends) == ("sundere-sammen@2", None)
    assert story.every(TimeUp) == []
    story.when(close(ACCEPTED + 104 * WEEK, "no_need", by=CONTACT)).then_refused(RoleMayNot, may="caseworker")
    story.when(close(ACCEPTED + 104 * WEEK, "no_need")).then_kinds("pathway_closed", *_let_go(story))


def _let_go(story: Story) -> list[str]:
    return ["obligation_not_required"] * len(story.pathway.obligations)


def test_f21_those_who_were_not_moved_may_be_given_longer() -> None:
    story = together(SIX_WEEKS).settle(ACCEPTED + 7 * WEEK)
    story.tell(ExtendDuration(by=CASEWORKER, at=ACCEPTED + 7 * WEEK, reason="så længe der er behov"))
    assert story.settle(ACCEPTED + 60 * WEEK).pathway.ends is None
    assert len(story.every(TimeUp)) == 1


def test_f23_the_consultant_is_responsible_for_the_citizen_and_hands_over_with_a_reason() -> None:
    given_to = AssignResponsible(by=CASEWORKER, at=TUESDAY, role=Role.COMPANY_CONSULTANT, person="vk-1")
    story = together().tell(given_to)
    handing: dict[str, Any] = {
        "by": CONSULTANT,
        "at": TUESDAY + DAY,
        "role": Role.COMPANY_CONSULTANT,
        "person": OTHER_CONSULTANT,
    }
    story.when(AssignResponsible(**handing)).then_refused(ReasonNeeded)
    handed = story.when(AssignResponsible(**handing, reason="ny stilling")).the(ResponsibleAssigned)
    assert (handed.previous, handed.person, handed.reason) == ("vk-1", OTHER_CONSULTANT, "ny stilling")


def test_f25_a_caseworker_refers_with_a_reason_a_basis_and_the_expected_benefit() -> None:
    told = {"reason": "vil ud blandt andre", "basis": "samtykke", "expected_benefit": "mere energi"}
    fact = referred(**told).the(CitizenReferred)
    assert (fact.reason, fact.basis, fact.expected_benefit, fact.consent) == (*told.values(), True)
    for outsider in (CITIZEN, INSTRUCTOR, REHABILITATION, HEALTH):
        Story(TOGETHER).when(refer(by=outsider, circumstances=RESOURCE_COURSE)).then_refused(RoleMayNot)
    Story(TOGETHER).when(refer(circumstances=RESOURCE_COURSE)).then_kinds("citizen_referred", "obligation_created")


def test_f27_the_target_groups_were_widened_and_what_was_refused_before_stays_explained_by_its_own_version() -> None:
    asked: dict[str, Any] = {"circumstances": {"course": "genoptraening"}, "by": REHABILITATION}
    Story(TOGETHER).when(refer(**asked)).then_refused(RoleMayNot)
    before = referred(circumstances={"benefit": "kontanthjaelp"})
    before.tell(RefuseReferral(by=CASEWORKER, at=TUESDAY, reason="uden for målgruppen"))
    assert before.the(CitizenReferred).eligibility.unmet == ("resource_course",)
    assert before.the(CitizenReferred).eligibility.programme == "sundere-sammen@2"
    widened = given(WIDENED, refer(**asked))
    assert widened.the(CitizenReferred).eligibility.met == ("other_course",)
    widened.when(accept(TUESDAY)).then_kinds(*_taken_in())
    employee = referred(WIDENED, circumstances={"municipal_employee": True}, by=Actor("hr_staff:hr-1"))
    assert employee.the(CitizenReferred).eligibility.met == ("employee_return_after_illness",)


def _taken_in() -> list[str]:
    return [fact.kind for fact in referred().when(accept(TUESDAY)).facts]


@pytest.mark.parametrize(
    ("rating", "label"),
    [(0, "Slet ikke"), (1, "I mindre grad"), (2, "I nogen grad"), (3, "I høj grad")],
)
def test_f32_the_four_point_scale_has_its_danish_labels_and_no_middle(rating: int, label: str) -> None:
    said = of_event(Wording("da", TOGETHER), trained(rating=rating).the(SessionEvaluated))
    assert label.lower() in said
    with pytest.raises(ValueError, match="rating"):
        attend(TRAINED, rating=rating + 4)


def test_f34_the_way_into_associations_is_open_from_the_start_and_goes_on_step_by_step() -> None:
    story = together()
    for number, step in enumerate(BridgingStep):
        at = ACCEPTED + number * 8 * WEEK
        story.settle(at)
        taken = RecordBridgingStep(by=CONSULTANT, at=at, element="association", step=step, note="volleyball")
        story = story.when(taken).then_kinds("bridging_step_recorded")
        assert story.pathway.last(f"association.{step}") == at
    assert TOGETHER.elements["association"].track == "bridging"


@pytest.mark.parametrize("programme", [SIX_WEEKS, TOGETHER, WIDENED], ids=lambda each: each.ref)
def test_f35_nobody_is_sorted_by_diagnosis(programme: Any) -> None:  # noqa: ANN401 - a programme
    for name in ("diagnosis", "diagnose", "adhd", "depression"):
        asked = refer(circumstances={**RESOURCE_COURSE, name: "ja"})
        Story(programme).when(asked).then_invalid("circumstances", "unknown_code")
    courses = [together(programme, reason=reason).kinds for reason in ("har ADHD", "har en depression")]
    assert courses[0] == courses[1]


@pytest.mark.parametrize("named", ["severe_ptsd", "schizophrenia", "severe_pain"])
def test_f36_a_severe_diagnosis_asks_for_a_documented_judgement_and_never_refuses_by_itself(named: str) -> None:
    story = referred(contraindications=(named,))
    assert not story.settle(ACCEPTED + 52 * WEEK).pathway.is_over
    at, judgement = ACCEPTED + 52 * WEEK, "kan være med, når kontaktpersonen er der"
    story.when(accept(at)).then_refused(JudgementNeeded, contraindications=named)
    story.when(RefuseReferral(by=CASEWORKER, at=at, reason="for løse rammer")).then_refused(JudgementNeeded)
    supported = story.when(accept(at, judgement=judgement, individual_support=True)).the(ReferralAccepted)
    assert (supported.judgement, supported.individual_support) == (judgement, True)
    refused = RefuseReferral(by=CASEWORKER, at=at, reason="for løse rammer", judgement=judgement)
    story.when(refused).then_kinds("referral_refused", "obligation_met")
    elsewhere = ReturnReferral(by=CONSULTANT, at=at, reason="et mindre hold passer bedre")
    story.when(elsewhere).then_kinds("referral_returned", "obligation_met")

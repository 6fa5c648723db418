"""The catalogue of facts: each kind is caused by a command or by time, folds, and counts as known steps."""

from typing import Any

from domain.actor import Role
from domain.pathway.catalogue import FACTS
from domain.pathway.commands import (
    children,
    course,
    decisions,
    obligations,
    orders,
    phases,
    proceedings,
    referrals,
    sessions,
)
from domain.pathway.evolve import FOLDING
from domain.pathway.fact import Fact
from domain.pathway.facts.children import Choice, Ending
from domain.pathway.facts.proceedings import Channel, Ruling
from domain.pathway.facts.sessions import Attendance, Side
from domain.pathway.follow_ups import CALLED_FOR
from domain.pathway.steps import BUILT_IN, STEPS, STEPS_SAID, steps_of
from domain.programme.elements import BridgingStep
from domain.why import Why
from programmes.checks.vocabulary import steps
from tests.domain.beginnings import ENROLLED, HOUR, LEAVE, on_sick_leave, together
from tests.domain.samples import FACT, SYSTEM, WHY
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.broad import BROAD, CHILD, call, exists, order, placeable
from tests.support.cast import (
    CASEWORKER,
    CITIZEN,
    CONSULTANT,
    CONTACT,
    DAY,
    HEALTH,
    MONDAY,
    OTHER_CASEWORKER,
    OTHER_SESSION,
    PROVIDER,
    RECORDS,
    SESSION,
    SICK,
    TODAY,
    TOGETHER,
    WEEK,
)
from tests.support.deciding import WITH_EYES
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
AUTOMATIC = altered(
    "sygedagpenge-driftstilbud@2",
    ("how: proposal, when: \"attended('P4W') >= 6\"", "how: automatic, when: \"attended('P4W') >= 1\""),
)
WITH_A_DECISION = altered("sundere-sammen@1", LEAVE)


def referred() -> list[Story]:
    returned = given(SICK, refer(), referrals.ReturnReferral(by=CASEWORKER, at=TUESDAY, reason=WHY))
    returned.tell(referrals.CompleteReferral(by=CASEWORKER, at=TUESDAY + HOUR, reason=WHY), accept(TUESDAY + DAY))
    returned.tell(referrals.MoveIntake(by=CONTACT, at=TUESDAY + DAY, begins=TUESDAY + WEEK, reason=WHY))
    return [
        returned.tell(referrals.WithdrawReferral(by=CASEWORKER, at=TUESDAY + 2 * DAY, reason=WHY)),
        given(SICK, refer(), referrals.RefuseReferral(by=CASEWORKER, at=TUESDAY, reason=WHY)),
    ]


def delivered() -> Story:
    story = on_sick_leave().tell(
        course.RecordLetter(by=SYSTEM, at=TUESDAY, about=FACT, letter="enrolled", channel="outbox"),
        course.GiveNotice(by=SYSTEM, at=TUESDAY, about=FACT, notice="assigned", owner=Role.CONTACT_PERSON),
        course.ReadNotice(by=CONTACT, at=TUESDAY, about=FACT, notice="assigned"),
        course.RecordFailure(by=SYSTEM, at=TUESDAY, about=FACT, follow_up="waiting", error="smtp"),
    )
    story.tell(course.EraseFact(by=RECORDS, at=TUESDAY, erases=1, decision="2026-17"))
    return story.tell(course.EraseCitizen(by=RECORDS, at=TUESDAY, decision="2026-18"))


def lived() -> Story:
    story = on_sick_leave().tell(
        book(ENROLLED, TUESDAY, "diet_exercise"),
        attend(TUESDAY + HOUR, Attendance.ABSENT),
        sessions.AssessAbsence(by=CASEWORKER, at=TUESDAY + HOUR, element="diet_exercise", note=WHY),
        sessions.ExcuseAbsence(by=CONTACT, at=TUESDAY + HOUR, session=SESSION, reason=WHY),
        book(TUESDAY + 2 * HOUR, TUESDAY + DAY, "nature", session=OTHER_SESSION),
        sessions.RebookSession(
            by=CONTACT,
            at=TUESDAY + 2 * HOUR,
            session=OTHER_SESSION,
            starts=TUESDAY + WEEK,
            asked_by=Side.CITIZEN,
            reason=WHY,
        ),
        sessions.CancelSession(by=CITIZEN, at=TUESDAY + DAY, session=OTHER_SESSION, asked_by=Side.CITIZEN, reason=WHY),
        sessions.HoldTalk(by=CONTACT, at=TUESDAY + DAY, element="first_talk"),
        course.AgreePlan(by=CONTACT, at=TUESDAY + DAY, goals=WHY),
        course.RecordEvent(by=CONTACT, at=TUESDAY + DAY, event="stand_by_begun"),
        course.RecordEvent(by=CONTACT, at=TUESDAY + 2 * DAY, event="stand_by_ended"),
        course.RecordCircumstance(by=CONTACT, at=TUESDAY + 2 * DAY, name="benefit", value="dagpenge"),
        course.RecordMeasurement(by=HEALTH, at=TUESDAY + 2 * DAY, instrument="who5", answers=(3,) * 5),
        course.DeclineMeasurement(by=HEALTH, at=TUESDAY + 2 * DAY, instrument="gse10"),
        phases.ProposeTransition(by=CONTACT, at=TUESDAY + 3 * DAY, reason=WHY),
        phases.RejectTransition(by=CASEWORKER, at=TUESDAY + 3 * DAY, reason=WHY),
        phases.ProposeTransition(by=CONTACT, at=TUESDAY + 4 * DAY, reason=WHY),
        phases.ApproveTransition(by=CASEWORKER, at=TUESDAY + 4 * DAY),
        phases.HoldReview(by=CONTACT, at=TUESDAY + 4 * DAY),
        course.RecordOutcome(by=CONTACT, at=TUESDAY + 5 * DAY, outcome="partly_fit"),
        course.PausePathway(by=CASEWORKER, at=TUESDAY + 6 * DAY, reason=WHY),
        course.ResumePathway(by=CASEWORKER, at=TUESDAY + 9 * DAY),
        obligations.ExcuseObligation(by=CONTACT, at=TUESDAY + 9 * DAY, obligation="follow_up_talk", reason=WHY),
    )
    story.tell(
        course.CorrectFact(
            by=CONTACT,
            at=TUESDAY + 9 * DAY,
            corrects=story.kinds.index("plan_agreed") + 1,
            changes={"goals": "mere"},
            reason=WHY,
        )
    )
    story.settle(TUESDAY + 20 * WEEK).tell(close(TUESDAY + 20 * WEEK))
    return story.tell(course.ReopenPathway(by=CASEWORKER, at=TUESDAY + 21 * WEEK, reason=WHY))


def trained() -> Story:
    story = together(WITH_A_DECISION).tell(
        book(TUESDAY, TUESDAY, "training"),
        attend(TUESDAY + HOUR, parts=("check_in", "movement", "closing_evaluation"), rating=3),
        sessions.RecordBridgingStep(by=CONSULTANT, at=TUESDAY, element="association", step=BridgingStep.VISITED),
        course.MakeDecision(by=CONTACT, at=TUESDAY, decision="leave"),
        phases.ExtendDuration(by=CASEWORKER, at=TUESDAY, until=TUESDAY + WEEK, reason=WHY),
    )
    story.settle(TUESDAY + 3 * WEEK)
    return story.tell(course.MovePathway(by=CASEWORKER, at=TUESDAY + 3 * WEEK, version=2, reason=WHY), target=TOGETHER)


def looked_at() -> Story:
    exempt = course.MakeDecision(by=CASEWORKER, at=TUESDAY, decision="exempt", reason_code="transport")
    story = together(WITH_EYES).tell(exempt, close(TUESDAY, "job"))
    story.tell(
        decisions.ConfirmDecision(by=OTHER_CASEWORKER, at=TUESDAY, decision="exempt"),
        decisions.ObjectToDecision(by=HEALTH, at=TUESDAY, decision="exempt", reason=WHY),
    )
    return story.settle(TUESDAY + 2 * WEEK)


def family() -> Story:
    ended = {"by": SYSTEM, "at": TUESDAY, "child": CHILD}
    return placeable().tell(
        call(TUESDAY),
        exists(TUESDAY),
        children.RecordChildBegun(**ended, element="work_placement"),
        children.RecordPassedOn(by=SYSTEM, at=TUESDAY, about=FACT, follow_up="tell_parent"),
        children.ChooseAftercare(by=CITIZEN, at=TUESDAY, choice=Choice.DECLINED),
        close(TUESDAY),
        children.RecordChildEnded(**ended, element="work_placement", ending=Ending.CLOSED),
    )


def complained_of() -> Story:
    about: dict[str, Any] = {"by": CASEWORKER, "decision": "close"}
    story = on_sick_leave().tell(proceedings.SendHearing(**about, at=TUESDAY, outcome="own_wish", reason=WHY))
    extended = TUESDAY + 3 * WEEK
    story.tell(proceedings.ExtendHearing(**about, at=TUESDAY + DAY, until=extended, reason=WHY)).settle(extended)
    story.tell(
        proceedings.AnswerHearing(**about, at=extended, answer=WHY),
        proceedings.AssessHearing(**about, at=extended, note=WHY),
        close(extended, "own_wish", against_wish=True),
        proceedings.NotifyDecision(**about, at=extended, channel=Channel.LETTER),
    )
    late = extended + 5 * WEEK
    return story.settle(late).tell(
        proceedings.ReceiveComplaint(**about, at=late),
        proceedings.ReassessComplaint(**about, at=late + DAY, reason=WHY),
        proceedings.ForwardComplaint(**about, at=late + 2 * DAY),
        proceedings.ConcludeComplaint(**about, at=late + 3 * DAY, ruling=Ruling.CHANGED),
        course.ReopenPathway(by=CASEWORKER, at=late + 4 * DAY, reason=WHY),
        proceedings.ExemptHearing(**about, at=late + 5 * DAY, reason=WHY),
    )


def ordered() -> list[Story]:
    accepted = orders.AcceptOrder(by=PROVIDER, at=TUESDAY, order="movement")
    reported = orders.ReportDelivery(by=PROVIDER, at=TUESDAY, order="movement")
    completed = orders.CompleteOrder(by=CASEWORKER, at=TUESDAY, order="movement")
    declined = orders.DeclineOrder(by=PROVIDER, at=TUESDAY + DAY, order="movement", reason=WHY)
    cancelled = orders.CancelOrder(by=CASEWORKER, at=TUESDAY + WEEK, order="movement", reason=WHY)
    return [
        on_sick_leave(BROAD).tell(order(TUESDAY), accepted, reported, completed),
        on_sick_leave(BROAD).tell(order(TUESDAY), declined, order(TUESDAY + WEEK), cancelled),
    ]


def advanced() -> Story:
    return on_sick_leave(AUTOMATIC).tell(book(TUESDAY, TUESDAY, "nature"), attend(TUESDAY))


def reckoned() -> Story:
    """A pause that is asked about, a deadline that nobody keeps, and new rules on the way."""
    story = on_sick_leave(TODAY).tell(course.PausePathway(by=CASEWORKER, at=TUESDAY + 6 * WEEK, reason=WHY))
    back = TUESDAY + 7 * WEEK
    story.tell(
        course.ResumePathway(by=CASEWORKER, at=back),
        obligations.SetDeadline(by=CONTACT, at=back, obligation="first_talk", due=back + WEEK, reason=WHY),
    )
    return story.settle(back + 20 * WEEK)


STORIES = [
    reckoned(),
    family(),
    *ordered(),
    *referred(),
    delivered(),
    lived(),
    trained(),
    looked_at(),
    complained_of(),
    advanced(),
]


def test_every_kind_of_fact_is_caused_by_somebody_or_by_time() -> None:
    caused = {event.kind for story in STORIES for event in story.history}
    assert caused == set(FACTS)


def test_every_kind_of_fact_folds() -> None:
    assert set(FOLDING) == set(FACTS.values())
    assert set(STEPS) | set(STEPS_SAID) <= set(FACTS.values())
    by_header_too = {fact.kind for fact in set(STEPS) & set(STEPS_SAID)}
    ends = {"pathway_closed", "referral_refused", "pathway_reopened"}
    assert by_header_too == {*ends, "pathway_moved", "pathway_paused"}, "that much is in its header"
    assert set(CALLED_FOR) <= set(FACTS.values())


def test_every_step_that_a_fact_counts_as_is_a_word_of_the_programme() -> None:
    for story in STORIES:
        known = steps(story.programme) | steps(WITH_A_DECISION) | steps(BROAD)
        for event in story.history:
            assert set(steps_of(event)) <= known, event.kind


def test_every_built_in_step_can_happen() -> None:
    happened = {step for story in STORIES for event in story.history for step in steps_of(event)}
    assert set(BUILT_IN) <= happened


def test_a_fact_is_named_after_its_class_and_stays_so() -> None:
    assert list(FACTS)[:3] == ["citizen_referred", "referral_accepted", "referral_refused"]
    assert len(FACTS) == 92, "kinds are a storage format: new ones are added, none is renamed"
    assert {fact.schema_number for fact in FACTS.values()} == {1}


def test_every_fact_that_time_or_a_rule_causes_says_why() -> None:
    automatic = {fact.kind for fact in FACTS.values() if _needs_why(fact)}
    assert {"review_came_due", "obligation_overdue", "transition_taken", "step_excluded"} <= automatic
    for event in (event for story in STORIES for event in story.history if event.kind in automatic):
        why = event.model_dump()["why"] if isinstance(event, Fact) else {}
        assert why["rule"], event.kind
        assert why["inputs"], event.kind


def _needs_why(fact: type[Fact]) -> bool:
    why = fact.model_fields.get("why")
    return why is not None and why.annotation is Why

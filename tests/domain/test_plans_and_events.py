"""Plans, events with a name, and what changes about the citizen."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.pathway.commands.course import AgreePlan, RecordCircumstance, RecordEvent
from domain.pathway.commands.phases import EnterPhase
from domain.pathway.facts.course import CircumstanceRecorded, EventRecorded, PlanAgreed
from domain.pathway.facts.referrals import CitizenReferred, ReferralAccepted
from domain.refusal import IsOver, NotEligible, NotOpenYet, RoleMayNot
from tests.domain.beginnings import on_sick_leave
from tests.support.altering import altered
from tests.support.asking import accept, book, close, refer
from tests.support.cast import CASEWORKER, CITIZEN, CONSULTANT, CONTACT, DAY, INSTRUCTOR, MONDAY, SICK
from tests.support.spec import given

TUESDAY = MONDAY + DAY
FRIDAY = MONDAY + 4 * DAY


def agree(at: datetime, **others: Any) -> AgreePlan:  # noqa: ANN401 - fields
    return AgreePlan(at=at, **{"by": CONTACT, "goals": "halv tid inden sommer", **others})


def record(at: datetime, event: str = "stand_by_begun", **others: Any) -> RecordEvent:  # noqa: ANN401 - fields
    return RecordEvent(at=at, event=event, **{"by": CONTACT, **others})


def know(at: datetime, value: object, **others: Any) -> RecordCircumstance:  # noqa: ANN401 - fields
    return RecordCircumstance(at=at, **{"by": CONTACT, "name": "benefit", "value": value, **others})


def test_each_agreement_is_a_version_of_the_plan() -> None:
    first = (
        on_sick_leave().when(agree(TUESDAY)).then(PlanAgreed(at=TUESDAY, plan_version=1, goals="halv tid inden sommer"))
    )
    assert first.when(agree(FRIDAY, goals="fuld tid")).then_kinds("plan_agreed").the(PlanAgreed).plan_version == 2


def test_the_same_agreement_told_again_after_another_is_no_new_version() -> None:
    story = on_sick_leave().tell(agree(TUESDAY), agree(FRIDAY))
    story.when(agree(FRIDAY + DAY, happened=TUESDAY)).then_nothing()


def test_a_work_placement_waits_for_the_plan() -> None:
    story = on_sick_leave().tell(EnterPhase(by=CASEWORKER, at=TUESDAY, phase="labour_market", reason="er klar"))
    placing = book(FRIDAY, FRIDAY + DAY, "work_placement")
    story.when(placing).then_refused(NotOpenYet, step="work_placement", missing="plan_agreed")
    story.tell(agree(FRIDAY)).when(placing).then_kinds("session_booked")


def test_an_event_that_the_programme_has_a_name_for_is_recorded_by_those_it_names() -> None:
    story = (
        on_sick_leave()
        .when(record(TUESDAY, note="indlagt"))
        .then_kinds("event_recorded", "step_excluded", "obligation_not_required")
    )
    assert story.the(EventRecorded) == EventRecorded(at=TUESDAY, event="stand_by_begun", note="indlagt")
    on_sick_leave().when(record(TUESDAY, by=CONSULTANT)).then_refused(RoleMayNot, may="caseworker, contact_person")
    on_sick_leave().when(record(TUESDAY, "wedding")).then_invalid("event", "unknown_code")


def test_an_event_may_wait_for_something_else_to_happen() -> None:
    waiting = altered("sygedagpenge-driftstilbud@2", ("for: work_placement}", "for: stand_by_begun}"))
    on_sick_leave(waiting).when(record(TUESDAY)).then_refused(NotOpenYet, missing="plan_agreed")


def test_the_same_event_told_again_after_another_is_the_same_event() -> None:
    story = on_sick_leave().tell(record(TUESDAY), record(FRIDAY))
    story.when(record(FRIDAY + DAY, happened=TUESDAY)).then_nothing()


def test_a_change_about_the_citizen_keeps_what_was_before() -> None:
    story = (
        on_sick_leave()
        .when(know(TUESDAY, "dagpenge"))
        .then(CircumstanceRecorded(at=TUESDAY, name="benefit", value="dagpenge", previous="sygedagpenge"))
    )
    assert story.pathway.circumstances == {"benefit": "dagpenge"}
    story.when(know(FRIDAY, "dagpenge")).then_nothing()


def test_what_is_known_about_the_citizen_is_in_the_words_of_the_programme() -> None:
    on_sick_leave().when(know(TUESDAY, "løn")).then_invalid("value", "unknown_code")
    on_sick_leave().when(know(TUESDAY, None)).then_invalid("value", "unknown_code")
    on_sick_leave().when(know(TUESDAY, 1, name="shoe_size")).then_invalid("name", "unknown_code")


def test_a_changed_benefit_explains_the_referral_no_differently() -> None:
    story = on_sick_leave().tell(know(TUESDAY, "kontanthjaelp"))
    referral, acceptance = story.the(CitizenReferred), story.the(ReferralAccepted)
    assert referral.eligibility == acceptance.eligibility
    assert referral.eligibility.met == ("sickness_benefit",), "it was held against what was known on its own day"


def test_a_benefit_that_changed_before_the_answer_is_what_the_answer_is_held_against() -> None:
    changed = given(SICK, refer()).tell(know(TUESDAY, "dagpenge"))
    changed.when(accept(FRIDAY)).then_refused(NotEligible)
    judged = changed.when(accept(FRIDAY, judgement="passer alligevel")).the(ReferralAccepted)
    assert (judged.eligibility.met, judged.eligibility.inputs) == ((), {"citizen.benefit": "dagpenge"})
    returned = given(SICK, refer(benefit="dagpenge")).tell(know(TUESDAY, "sygedagpenge"))
    assert returned.when(accept(FRIDAY)).the(ReferralAccepted).eligibility.met == ("sickness_benefit",)


def test_staff_tell_of_plans_and_circumstances() -> None:
    on_sick_leave().when(agree(TUESDAY, by=INSTRUCTOR)).then_refused(RoleMayNot)
    on_sick_leave().when(know(TUESDAY, "dagpenge", by=CITIZEN)).then_refused(RoleMayNot)


def test_plans_events_and_circumstances_may_come_before_the_beginning_and_not_after_the_end() -> None:
    for command in (agree(TUESDAY + DAY), record(TUESDAY + DAY), know(TUESDAY + DAY, "dagpenge")):
        assert given(SICK, refer()).when(command).facts
        on_sick_leave().tell(close(TUESDAY)).when(command).then_refused(IsOver)


def test_what_is_told_was_true_at_the_latest_when_it_was_told() -> None:
    for command in (
        agree(TUESDAY, happened=FRIDAY),
        record(TUESDAY, happened=FRIDAY),
        know(TUESDAY, "dagpenge", happened=FRIDAY),
    ):
        on_sick_leave().when(command).then_invalid("happened", "in_the_future")


def test_nothing_that_is_told_of_a_pathway_happened_before_its_referral() -> None:
    for command in (
        agree(TUESDAY, happened=MONDAY - DAY),
        record(TUESDAY, happened=datetime(1900, 1, 2, tzinfo=UTC)),
        know(TUESDAY, "dagpenge", happened=MONDAY - DAY),
    ):
        on_sick_leave().when(command).then_invalid("happened", "before_the_referral")
    same_day = agree(TUESDAY, happened=MONDAY - timedelta(hours=1))
    on_sick_leave().when(same_day).then_kinds("plan_agreed")
    assert on_sick_leave().when(agree(FRIDAY, happened=TUESDAY)).the(PlanAgreed).at == TUESDAY

"""V17: the orderer orders, the provider answers and delivers, and only the orderer decides."""

from datetime import date

import pytest

from domain.actor import Actor, Role
from domain.pathway.commands.orders import (
    AcceptOrder,
    CancelOrder,
    CompleteOrder,
    DeclineOrder,
    PlaceOrder,
    ReportDelivery,
)
from domain.pathway.facts.obligations import ObligationCreated, ObligationMet, ObligationOverdue
from domain.pathway.facts.orders import DeliveryReported, OrderPlaced
from domain.pathway.follow_ups import follow_ups
from domain.pathway.permissions import MAY
from domain.refusal import AgreementExpired, AgreementMissing, IsOver, NoSuchOrder, NotOpenYet, OrderOpen, RoleMayNot
from tests.domain.beginnings import HOUR, on_sick_leave
from tests.domain.samples import samples
from tests.support.altering import altered
from tests.support.asking import attend, book, close
from tests.support.broad import AFTERCARE, BROAD, HOURS, ORDERS, PLACEMENT, order
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, OTHER_SESSION, PROVIDER, SESSION, WEEK
from tests.support.spec import Story

TUESDAY = MONDAY + DAY
DELIVERS = (Role.PROVIDER, Role.INSTRUCTOR)


def accept(at: object = TUESDAY) -> AcceptOrder:
    return AcceptOrder.model_validate({"by": PROVIDER, "at": at, "order": "movement"})


def report(at: object, **others: object) -> ReportDelivery:
    return ReportDelivery.model_validate({"by": PROVIDER, "at": at, "order": "movement", **others})


def complete(at: object) -> CompleteOrder:
    return CompleteOrder.model_validate({"by": CASEWORKER, "at": at, "order": "movement"})


def cancel(at: object) -> CancelOrder:
    return CancelOrder.model_validate({"by": CASEWORKER, "at": at, "order": "movement", "reason": "i arbejde"})


def under_delivery() -> Story:
    return on_sick_leave(BROAD).tell(order(TUESDAY), accept())


def owed(story: Story) -> dict[str, str]:
    """Who owes what about the order."""
    return {each.name: each.owner for each in story.pathway.obligations.values() if each.name.startswith("movement.")}


def test_an_order_says_what_by_whom_how_much_when_and_what_for() -> None:
    asked = order(TUESDAY, provider="nordvest", hours=40, terms="410 kr. pr. time", ends=date(2026, 6, 30))
    placed = on_sick_leave(BROAD).when(asked).the(OrderPlaced)
    assert (placed.provider, placed.hours, placed.terms) == ("nordvest", 40, "410 kr. pr. time")
    assert (placed.elements, placed.placed_by) == (("diet_exercise", "nature"), CASEWORKER)
    assert on_sick_leave(BROAD).when(order(TUESDAY)).the(OrderPlaced).hours == 120, "as the programme says"


def test_the_provider_owes_an_answer_then_a_report_and_the_orderer_what_it_says_to_it() -> None:
    story = on_sick_leave(BROAD).tell(order(TUESDAY))
    assert owed(story) == {"movement.response": "provider"}
    assert owed(story.tell(accept())) == {"movement.report": "provider"}
    assert owed(story.tell(report(TUESDAY + WEEK))) == {"movement.approval": "caseworker"}
    assert owed(story.tell(complete(TUESDAY + 2 * WEEK))) == {}
    assert len([fact for fact in story.every(ObligationMet) if fact.name.startswith("movement.")]) == 3


def test_an_order_that_nobody_answers_and_a_report_that_nobody_writes_are_overdue() -> None:
    unanswered = on_sick_leave(BROAD).tell(order(TUESDAY)).settle(TUESDAY + 2 * WEEK)
    assert "movement.response" in {fact.name for fact in unanswered.every(ObligationOverdue)}
    unreported = under_delivery().settle(TUESDAY + 5 * WEEK)
    assert "movement.report" in {fact.name for fact in unreported.every(ObligationOverdue)}


def test_a_report_holds_what_was_registered_beside_what_the_provider_says() -> None:
    story = under_delivery().tell(
        book(TUESDAY, TUESDAY + DAY, "diet_exercise", session=SESSION),
        attend(TUESDAY + DAY + HOUR),
        book(TUESDAY + DAY + HOUR, TUESDAY + 2 * DAY, "job_search", session=OTHER_SESSION),
        attend(TUESDAY + 2 * DAY + HOUR, session=OTHER_SESSION),
    )
    by_itself = story.when(report(TUESDAY + WEEK)).the(DeliveryReported)
    assert (by_itself.hours, by_itself.sessions) == (5.0, 1), "what was not ordered is not counted"
    told = story.tell(report(TUESDAY + WEEK, hours=6, sessions=2)).the(DeliveryReported)
    assert (told.hours, told.registered_minutes, told.registered_sessions) == (6, 300, 1)
    later = story.tell(report(TUESDAY + 2 * WEEK)).the(DeliveryReported)
    assert (later.hours, later.since) == (0, TUESDAY + WEEK), "what was reported is not reported twice"


def test_a_declined_order_comes_back_to_the_orderer_who_may_ask_another() -> None:
    declined = DeclineOrder(by=PROVIDER, at=TUESDAY, order="movement", reason="ingen ledige pladser")
    story = on_sick_leave(BROAD).tell(order(TUESDAY)).tell(declined)
    called_for = [each for event in story.history for each in follow_ups(BROAD, event)]
    assert ("order_declined", "caseworker") in {(each.name, each.to.value) for each in called_for}
    story.when(order(TUESDAY + DAY, provider="nordvest")).then_kinds("order_placed", "obligation_created")


def test_one_order_of_a_kind_is_open_at_a_time() -> None:
    under_delivery().when(order(TUESDAY + DAY)).then_refused(OrderOpen, order="movement", stage="accepted")
    under_delivery().tell(cancel(TUESDAY + DAY)).tell(order(TUESDAY + 2 * DAY))


def test_nothing_is_answered_delivered_or_ended_that_was_not_ordered() -> None:
    for told in (accept(), report(TUESDAY), complete(TUESDAY), cancel(TUESDAY)):
        on_sick_leave(BROAD).when(told).then_refused(NoSuchOrder, order="movement")
    on_sick_leave(BROAD).tell(order(TUESDAY)).when(report(TUESDAY)).then_refused(NoSuchOrder, stage="placed")
    under_delivery().tell(close(TUESDAY + DAY)).when(report(TUESDAY + 2 * DAY)).then_refused(IsOver)


@pytest.mark.parametrize(("provider", "refusal"), [("uden_aftale", AgreementMissing), ("udloebet", AgreementExpired)])
def test_a_private_provider_without_an_agreement_that_holds_is_given_no_order(
    provider: str, refusal: type[AgreementMissing]
) -> None:
    on_sick_leave(BROAD).when(order(TUESDAY, provider=provider)).then_refused(refusal, provider=provider)


def test_an_order_names_what_the_programme_has() -> None:
    story = on_sick_leave(BROAD)
    story.when(order(TUESDAY, provider="no_such")).then_invalid("provider", "unknown_code")
    story.when(order(TUESDAY, order="no_such")).then_invalid("order", "unknown_code")
    story.when(order(TUESDAY, ends=date(2026, 3, 1))).then_invalid("ends", "before_it_begins")


def test_a_pathway_that_ends_owes_nothing_about_its_orders() -> None:
    assert owed(under_delivery().tell(close(TUESDAY + DAY))) == {}
    assert under_delivery().the(ObligationCreated).name == "movement.report"


@pytest.mark.parametrize("role", DELIVERS)
def test_x7_whoever_only_delivers_never_decides_closes_or_enters_phases(role: Role) -> None:
    """Every command of the rules, by name: a new one is placed here on purpose."""
    decides = {
        *("place_order", "complete_order", "cancel_order", "close_pathway", "reopen_pathway", "make_decision"),
        *("confirm_decision", "object_to_decision", "enter_phase", "approve_transition", "reject_transition"),
        *("extend_duration", "pause_pathway", "resume_pathway", "refuse_referral", "assess_absence", "move_pathway"),
        *("declare_not_required", "excuse_obligation", "excuse_absence", "call_child", "choose_aftercare"),
        *("set_intensity", "agree_plan", "record_circumstance", "record_outcome", "hold_review"),
    }
    given = {kind.kind for kind, roles in MAY.items() if role in roles}
    assert not given & decides
    for command in samples(MONDAY + 4 * DAY):
        if command.kind in decides:
            told = command.model_copy(update={"by": Actor.of(role, "nv-1")})
            on_sick_leave(BROAD).when(told).then_refused(RoleMayNot, role=role)


def test_the_orderer_neither_answers_nor_reports_for_the_provider() -> None:
    for told in (accept(), report(TUESDAY)):
        for by in (CASEWORKER, CONTACT):
            on_sick_leave(BROAD).when(told.model_copy(update={"by": by})).then_refused(RoleMayNot)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("elements: [diet_exercise, nature]", "elements: [no_such]", "unknown_code"),
        ("    report_within: P4W", "    report_within: P4W\n    approve_by: provider", "role_never_may"),
    ],
)
def test_an_order_that_nobody_could_fulfil_or_end_is_not_published(old: str, new: str, code: str) -> None:
    with pytest.raises(Exception, match=code):
        altered("sygedagpenge-driftstilbud@2", HOURS, PLACEMENT, AFTERCARE, (ORDERS[0], ORDERS[1].replace(old, new)))


def test_relations_speak_of_what_happens_to_an_order() -> None:
    waits = altered(
        "sygedagpenge-driftstilbud@2",
        HOURS,
        PLACEMENT,
        AFTERCARE,
        ORDERS,
        ("  - {condition: plan_agreed, for: work_placement}\n", "  - {condition: movement.completed, for: close}\n"),
    )
    story = Story(waits, under_delivery().history)
    story.when(close(TUESDAY + DAY)).then_refused(NotOpenYet, missing="movement.completed")
    story.tell(complete(TUESDAY + DAY), close(TUESDAY + 2 * DAY))
    assert story.pathway.stage == "closed"


def test_an_order_placed_again_at_the_same_instant_is_the_same_order() -> None:
    again = PlaceOrder.model_validate({**dict(order(TUESDAY))})
    on_sick_leave(BROAD).tell(order(TUESDAY)).when(again).then_nothing()

"""Who is responsible: exactly one contact person, and one holder of every other role, with an audited handover."""

from typing import Any

import pytest

from domain.actor import Role
from domain.pathway.commands.referrals import AssignResponsible
from domain.pathway.facts.referrals import ResponsibleAssigned
from domain.refusal import IsOver, ReasonNeeded, RoleMayNot
from tests.domain.beginnings import on_sick_leave
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, CONTACT, DAY, HEALTH, MONDAY, SICK
from tests.support.spec import given

TUESDAY = MONDAY + DAY


def assign(**others: Any) -> AssignResponsible:  # noqa: ANN401 - fields
    return AssignResponsible(
        **{"by": CASEWORKER, "at": TUESDAY, "role": Role.CONTACT_PERSON, "person": "kp-2", "reason": "barsel", **others}
    )


def test_a_contact_person_is_given_with_the_acceptance() -> None:
    fact = given(SICK, refer(), accept(TUESDAY)).the(ResponsibleAssigned)
    assert (fact.role, fact.person, fact.previous) == (Role.CONTACT_PERSON, "kp-1", None)


def test_whoever_was_named_before_the_referral_was_answered_stays_or_hands_over_with_a_reason() -> None:
    named = given(SICK, refer(), assign(at=MONDAY))
    named.when(accept(TUESDAY)).then_refused(ReasonNeeded, command="accept_referral")
    fact = named.when(accept(TUESDAY, reason="kender borgeren")).the(ResponsibleAssigned)
    assert (fact.person, fact.previous, fact.reason) == ("kp-1", "kp-2", "kender borgeren")
    same = named.when(accept(TUESDAY, contact_person="kp-2"))
    same.then_kinds("referral_accepted", "placed_on_waiting_list", "obligation_met", "obligation_created")


def test_the_one_who_had_the_role_hands_over_with_a_reason() -> None:
    story = (
        on_sick_leave()
        .when(assign())
        .then(
            ResponsibleAssigned(at=TUESDAY, role=Role.CONTACT_PERSON, person="kp-2", previous="kp-1", reason="barsel")
        )
    )
    assert story.pathway.responsible == {Role.CONTACT_PERSON: "kp-2"}
    on_sick_leave().when(assign(reason=None)).then_refused(ReasonNeeded, command="assign_responsible")


def test_a_role_that_nobody_had_is_given_without_a_reason() -> None:
    first = assign(role=Role.COMPANY_CONSULTANT, person="vk-1", reason=None)
    story = on_sick_leave().when(first).then_kinds("responsible_assigned")
    assert story.pathway.responsible == {Role.CONTACT_PERSON: "kp-1", Role.COMPANY_CONSULTANT: "vk-1"}


def test_somebody_who_has_the_role_keeps_it() -> None:
    on_sick_leave().when(assign(person="kp-1")).then_nothing()


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.SYSTEM, Role.AUDITOR, Role.STEERING_GROUP, Role.ADMINISTRATOR])
def test_only_those_who_work_with_citizens_are_responsible_for_them(role: Role) -> None:
    on_sick_leave().when(assign(role=role)).then_invalid("role", "unknown_code")


def test_the_authority_the_contact_person_and_the_consultant_hand_over() -> None:
    on_sick_leave().when(assign(by=CONTACT)).then_kinds("responsible_assigned")
    on_sick_leave().when(assign(by=HEALTH)).then_refused(RoleMayNot)


def test_there_is_somebody_responsible_from_the_referral_to_the_end() -> None:
    given(SICK, refer()).when(assign()).then_kinds("responsible_assigned")
    on_sick_leave().tell(close(TUESDAY)).when(assign(at=TUESDAY + DAY)).then_refused(IsOver)

"""Referring a citizen, and answering the referral."""

from datetime import timedelta

from domain.actor import Actor
from domain.pathway.commands.referrals import RefuseReferral, ReturnReferral
from domain.pathway.facts.referrals import CitizenReferred
from domain.refusal import ContactPersonNeeded, IsOver, JudgementNeeded, NotEligible, RoleMayNot
from tests.support.asking import accept, refer
from tests.support.cast import CASEWORKER, DAY, INSTRUCTOR, MONDAY, SICK, TOGETHER
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY


def test_a_referral_begins_a_pathway_and_is_to_be_answered() -> None:
    Story(SICK).when(refer()).then_kinds("citizen_referred", "obligation_created")


def test_only_those_whom_the_programme_names_may_refer() -> None:
    Story(SICK).when(refer(by=INSTRUCTOR)).then_refused(RoleMayNot, may="caseworker")


def test_eligibility_is_kept_with_the_rules_and_the_values_of_that_day() -> None:
    fact = Story(SICK).when(refer(benefit="kontanthjaelp")).the(CitizenReferred)
    assert fact.eligibility.unmet == ("sickness_benefit",)
    assert fact.eligibility.inputs == {"citizen.benefit": "kontanthjaelp"}
    assert fact.eligibility.programme == SICK.ref


def test_nobody_is_taken_in_without_a_contact_person() -> None:
    given(SICK, refer()).when(accept(TUESDAY, contact_person=None)).then_refused(ContactPersonNeeded)


def test_a_citizen_outside_the_target_groups_is_taken_in_only_with_a_judgement() -> None:
    outside = given(SICK, refer(benefit="kontanthjaelp"))
    outside.when(accept(TUESDAY)).then_refused(NotEligible)
    outside.when(accept(TUESDAY, judgement="deltager efter aftale")).then_kinds(
        "referral_accepted", "responsible_assigned", "placed_on_waiting_list", "obligation_met", "obligation_created"
    )


def test_a_contraindication_asks_for_a_judgement_and_never_refuses_by_itself() -> None:
    in_pain = given(TOGETHER, refer(benefit="ressourceforloeb", contraindications=("severe_pain",)))
    in_pain.when(accept(TUESDAY)).then_refused(JudgementNeeded, contraindications="severe_pain")
    accepted = in_pain.when(accept(TUESDAY, judgement="kan deltage skånsomt", individual_support=True)).facts
    assert accepted[0].kind == "referral_accepted"


def test_a_refused_pathway_is_over_and_says_so() -> None:
    refusal = RefuseReferral(by=CASEWORKER, at=TUESDAY, reason="et andet tilbud passer bedre")
    refused = given(SICK, refer()).when(refusal).then_kinds("referral_refused", "obligation_met")
    refused.when(accept(TUESDAY + DAY)).then_refused(IsOver, stage="refused")


def test_a_returned_referral_awaits_its_completion_for_as_long_as_it_takes() -> None:
    returned = (
        given(SICK, refer())
        .when(ReturnReferral(by=CASEWORKER, at=TUESDAY, reason="der mangler en status"))
        .then_kinds("referral_returned", "obligation_met")
    )
    assert returned.settle(TUESDAY + timedelta(weeks=52)).kinds[-1] == "obligation_met"


def test_the_same_person_may_refer_for_the_system_only_as_somebody() -> None:
    Story(SICK).when(refer(by=Actor("system:timer"))).then_refused(RoleMayNot)

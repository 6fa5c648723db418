"""Referring a citizen, and answering the referral."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.pathway.commands.referrals import (
    CompleteReferral,
    RefuseReferral,
    ReturnReferral,
    WithdrawReferral,
)
from domain.pathway.facts.referrals import (
    CitizenReferred,
    Eligibility,
    ReferralAccepted,
    ReferralCompleted,
    ReferralRefused,
    ReferralReturned,
    ReferralWithdrawn,
)
from domain.refusal import (
    AlreadyThere,
    ContactPersonNeeded,
    IsOver,
    JudgementNeeded,
    NotEligible,
    NotReferred,
    NotReturned,
    RoleMayNot,
)
from tests.domain.beginnings import on_sick_leave
from tests.support.altering import altered
from tests.support.asking import accept, refer
from tests.support.cast import (
    ADMINISTRATOR,
    CASEWORKER,
    CONSULTANT,
    DAY,
    INSTRUCTOR,
    MONDAY,
    OTHER_CASEWORKER,
    SICK,
    SOMEBODY,
    TOGETHER,
    WEEK,
    WIDENED,
)
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
HOUR = timedelta(hours=1)
REHABILITATION = Actor("rehabilitation_staff:ge-1")


def refuse(at: datetime = TUESDAY, **others: Any) -> RefuseReferral:  # noqa: ANN401 - fields
    return RefuseReferral(at=at, **{"by": CASEWORKER, "reason": "et andet tilbud passer bedre", **others})


def send_back(at: datetime = TUESDAY, **others: Any) -> ReturnReferral:  # noqa: ANN401 - fields
    return ReturnReferral(at=at, **{"by": CASEWORKER, "reason": "der mangler en status", **others})


def complete(at: datetime, **others: Any) -> CompleteReferral:  # noqa: ANN401 - fields
    return CompleteReferral(at=at, **{"by": CASEWORKER, "reason": "status vedlagt", **others})


def withdraw(at: datetime = TUESDAY, **others: Any) -> WithdrawReferral:  # noqa: ANN401 - fields
    return WithdrawReferral(at=at, **{"by": CASEWORKER, "reason": "er begyndt i job", **others})


def test_a_referral_begins_a_pathway_and_is_to_be_answered() -> None:
    referring = refer(mandatory=(), expected_benefit="mere energi", earlier=UUID(int=7))
    story = Story(SICK).when(referring).then_kinds("citizen_referred", "obligation_created")
    assert story.the(CitizenReferred) == CitizenReferred(
        at=MONDAY,
        citizen=SOMEBODY,
        programme=SICK.ref,
        referred_by=CASEWORKER,
        reason="vil i gang igen",
        basis="samtykke",
        consent=True,
        expected_benefit="mere energi",
        circumstances={"benefit": "sygedagpenge"},
        contraindications=(),
        mandatory=(),
        eligibility=Eligibility(
            programme=SICK.ref,
            met=("sickness_benefit",),
            unmet=(),
            inputs={"citizen.benefit": "sygedagpenge"},
        ),
        earlier=UUID(int=7),
    )


def test_only_those_whom_the_programme_names_may_refer() -> None:
    Story(SICK).when(refer(by=INSTRUCTOR)).then_refused(RoleMayNot, may="caseworker")
    Story(TOGETHER).when(refer(by=REHABILITATION)).then_refused(RoleMayNot)
    Story(WIDENED).when(refer(by=REHABILITATION)).then_kinds("citizen_referred", "obligation_created")


def test_a_pathway_is_referred_once() -> None:
    given(SICK, refer()).when(refer(TUESDAY)).then_refused(AlreadyThere, stage="referred")
    given(SICK, refer()).when(refer(citizen=UUID(int=9))).then_refused(AlreadyThere)


def test_a_referral_speaks_the_words_of_the_programme() -> None:
    for others, field in (
        ({"benefit": "løn"}, "circumstances.benefit"),
        ({"circumstances": {"shoe_size": 43}}, "circumstances"),
        ({"contraindications": ("lazy",)}, "contraindications"),
        ({"mandatory": ("diet_exercise",)}, "mandatory"),
    ):
        Story(SICK).when(refer(**others)).then_invalid(field, "unknown_code")
    Story(TOGETHER).when(refer(benefit="ressourceforloeb", mandatory=("training",))).then_kinds(
        "citizen_referred", "obligation_created"
    )


def test_a_circumstance_has_the_kind_of_value_that_the_programme_gives_it() -> None:
    heavy = altered(
        "sygedagpenge-driftstilbud@2",
        (
            "citizen:\n",
            "citizen:\n  bmi:\n    type: number\n    title: {da: BMI, en: BMI}\n    minimum: 10\n    maximum: 80\n",
        ),
    )
    for value, code in ((9, "out_of_range"), (81.5, "out_of_range"), ("tung", "not_a_number"), (True, "not_a_number")):
        Story(heavy).when(refer(circumstances={"bmi": value})).then_invalid("circumstances.bmi", code)
    fact = Story(heavy).when(refer(circumstances={"bmi": 31})).the(CitizenReferred)
    assert repr(fact.circumstances["bmi"]) == "31.0", "conditions reckon with decimal numbers"
    employed = refer(circumstances={"municipal_employee": "ja"})
    Story(WIDENED).when(employed).then_invalid("circumstances.municipal_employee", "not_yes_or_no")


def test_eligibility_is_kept_with_the_rules_and_the_values_of_that_day() -> None:
    fact = Story(SICK).when(refer(benefit="kontanthjaelp")).the(CitizenReferred)
    assert fact.eligibility.unmet == ("sickness_benefit",)
    assert fact.eligibility.inputs == {"citizen.benefit": "kontanthjaelp"}
    assert fact.eligibility.programme == SICK.ref


def test_what_is_not_known_about_the_citizen_fits_no_target_group_and_is_kept_as_not_known() -> None:
    fact = Story(WIDENED).when(refer(circumstances={"course": "genoptraening"})).the(CitizenReferred)
    assert fact.eligibility.met == ("other_course",)
    assert fact.eligibility.unmet == ("resource_course", "employee_return_after_illness")
    assert fact.eligibility.inputs == {
        "citizen.benefit": None,
        "citizen.course": "genoptraening",
        "citizen.municipal_employee": None,
    }


def test_nobody_is_taken_in_without_a_contact_person() -> None:
    given(SICK, refer()).when(accept(TUESDAY, contact_person=None)).then_refused(ContactPersonNeeded)
    without = altered("sygedagpenge-driftstilbud@2", ("contact_person: required", "contact_person: optional"))
    given(without, refer()).when(accept(TUESDAY, contact_person=None)).then_kinds(
        "referral_accepted", "placed_on_waiting_list", "obligation_met", "obligation_created"
    )


def test_a_citizen_outside_the_target_groups_is_taken_in_only_with_a_judgement() -> None:
    outside = given(SICK, refer(benefit="kontanthjaelp"))
    outside.when(accept(TUESDAY)).then_refused(NotEligible)
    outside.when(accept(TUESDAY, judgement="deltager efter aftale")).then_kinds(
        "referral_accepted", "responsible_assigned", "placed_on_waiting_list", "obligation_met", "obligation_created"
    )


def test_a_contraindication_asks_for_a_judgement_and_never_refuses_by_itself() -> None:
    in_pain = given(TOGETHER, refer(benefit="ressourceforloeb", contraindications=("severe_pain",)))
    in_pain.when(accept(TUESDAY)).then_refused(JudgementNeeded, contraindications="severe_pain")
    accepted = in_pain.when(accept(TUESDAY, judgement="kan deltage skånsomt", individual_support=True))
    fact = accepted.the(ReferralAccepted)
    assert (fact.judgement, fact.individual_support, fact.accepted_by) == ("kan deltage skånsomt", True, CASEWORKER)
    in_pain.when(refuse()).then_refused(JudgementNeeded)
    in_pain.when(refuse(judgement="vurderet med lægen")).then_kinds("referral_refused", "obligation_met")


def test_a_referral_is_accepted_once_whoever_asks() -> None:
    accepted = given(SICK, refer(), accept(TUESDAY))
    accepted.when(accept(TUESDAY + DAY, by=OTHER_CASEWORKER)).then_nothing()
    on_sick_leave().when(accept(TUESDAY)).then_nothing()
    accepted.when(accept(TUESDAY + DAY, contact_person="kp-99")).then_refused(NotReferred)
    accepted.when(accept(TUESDAY + DAY, begins=TUESDAY + 9 * DAY)).then_refused(NotReferred)


def test_a_refused_pathway_is_over_and_says_so() -> None:
    refused = given(SICK, refer()).when(refuse()).then_kinds("referral_refused", "obligation_met")
    assert refused.the(ReferralRefused) == ReferralRefused(
        at=TUESDAY, refused_by=CASEWORKER, reason="et andet tilbud passer bedre", judgement=None
    )
    refused.when(accept(TUESDAY + DAY)).then_refused(IsOver, stage="refused")
    refused.when(refuse(TUESDAY + DAY)).then_nothing()
    assert refused.settle(TUESDAY + 99 * WEEK).kinds[-1] == "obligation_met"


def test_a_returned_referral_awaits_its_completion_for_as_long_as_it_takes() -> None:
    returned = given(SICK, refer()).when(send_back()).then_kinds("referral_returned", "obligation_met")
    assert returned.the(ReferralReturned) == ReferralReturned(
        at=TUESDAY, returned_by=CASEWORKER, reason="der mangler en status"
    )
    assert returned.settle(TUESDAY + timedelta(weeks=52)).kinds[-1] == "obligation_met"


def test_a_completed_referral_is_to_be_answered_anew_and_held_against_the_target_groups_anew() -> None:
    returned = given(SICK, refer(benefit="kontanthjaelp"), send_back())
    completing = complete(TUESDAY + DAY, circumstances={"benefit": "sygedagpenge"}, contraindications=("severe_pain",))
    story = returned.when(completing).then_kinds("referral_completed", "obligation_created")
    fact = story.the(ReferralCompleted)
    assert (fact.eligibility.met, fact.circumstances) == (("sickness_benefit",), {"benefit": "sygedagpenge"})
    story.when(accept(TUESDAY + 2 * DAY)).then_refused(JudgementNeeded, contraindications="severe_pain")


def test_completing_a_referral_keeps_what_was_not_said_anew() -> None:
    returned = given(SICK, refer(contraindications=("severe_pain",)), send_back())
    fact = returned.when(complete(TUESDAY + DAY)).the(ReferralCompleted)
    assert (fact.circumstances, fact.contraindications) == ({"benefit": "sygedagpenge"}, ("severe_pain",))
    wrong = complete(TUESDAY + DAY, contraindications=("lazy",))
    returned.when(wrong).then_invalid("contraindications", "unknown_code")


def test_only_what_was_returned_is_completed_and_only_by_those_who_refer() -> None:
    given(SICK, refer()).when(complete(TUESDAY)).then_refused(NotReturned, stage="referred")
    returned = given(SICK, refer(), send_back())
    returned.when(complete(TUESDAY + DAY, by=CONSULTANT)).then_refused(RoleMayNot, may="caseworker")


def test_a_referral_is_answered_while_it_awaits_its_answer() -> None:
    returned = given(SICK, refer(), send_back())
    returned.when(accept(TUESDAY + DAY)).then_refused(NotReferred, stage="returned")
    returned.when(refuse(TUESDAY + DAY)).then_refused(NotReferred)
    returned.when(send_back(TUESDAY + DAY)).then_nothing()
    given(SICK, refer(), accept(TUESDAY)).when(refuse(TUESDAY + DAY)).then_refused(NotReferred, stage="waiting")
    on_sick_leave().when(send_back(TUESDAY + DAY)).then_refused(NotReferred, stage="underway")


def test_a_referral_may_be_taken_back_until_the_citizen_begins() -> None:
    awaiting = given(SICK, refer()).when(withdraw()).then_kinds("referral_withdrawn", "obligation_met")
    assert awaiting.the(ReferralWithdrawn) == ReferralWithdrawn(at=TUESDAY, reason="er begyndt i job")
    given(SICK, refer(), send_back()).when(withdraw()).then_kinds("referral_withdrawn")
    given(SICK, refer(), accept(TUESDAY)).when(withdraw()).then_kinds("referral_withdrawn", "obligation_not_required")
    on_sick_leave().when(withdraw()).then_refused(NotReferred, stage="underway")


def test_a_withdrawn_referral_is_over() -> None:
    withdrawn = given(SICK, refer(), accept(TUESDAY)).tell(withdraw())
    assert withdrawn.settle(TUESDAY + 99 * WEEK).kinds[-1] == "obligation_not_required"
    withdrawn.when(withdraw(TUESDAY + DAY)).then_nothing()
    withdrawn.when(send_back(TUESDAY + DAY)).then_refused(IsOver, stage="withdrawn")
    given(SICK, refer()).when(withdraw(by=ADMINISTRATOR)).then_refused(RoleMayNot, may="caseworker")


def test_an_answer_after_two_weeks_comes_too_late_and_the_referrer_is_reminded_before() -> None:
    story = given(SICK, refer()).tell(accept(MONDAY + 3 * WEEK))
    assert story.kinds[:6] == [
        "citizen_referred",
        "obligation_created",
        "obligation_reminded",
        "obligation_overdue",
        "referral_accepted",
        "responsible_assigned",
    ]


def test_the_system_refers_nobody() -> None:
    Story(SICK).when(refer(by=Actor("system:timer"))).then_refused(RoleMayNot)

"""Laws of order and delivery: who may be given an order, and what only happens to one that was accepted."""

from hypothesis import given

from domain.calendar import local_date
from domain.pathway.facts.orders import DeliveryReported, OrderCompleted, OrderPlaced
from domain.programme.orders import ProviderKind
from tests.domain.laws.lives import Lived, law, lives


@law
@given(lives)
def test_no_private_provider_is_given_an_order_without_an_agreement_that_holds(steps: Lived) -> None:
    for step in steps:
        for fact in step.facts:
            if isinstance(fact, OrderPlaced):
                provider = step.binding.programme.providers[fact.provider]
                until = provider.agreement_until or local_date(fact.at)
                holds = provider.agreement is not None and local_date(fact.at) <= until
                assert provider.kind is ProviderKind.MUNICIPAL or holds, step


@law
@given(lives)
def test_nothing_is_reported_or_accepted_of_an_order_that_nobody_took_on(steps: Lived) -> None:
    for step in steps:
        for fact in step.facts:
            if isinstance(fact, (DeliveryReported, OrderCompleted)):
                assert step.before.last(f"{fact.order}.accepted") is not None, step

"""What the orderer buys of providers, and who the providers are. Source: V17, the orderer-provider-recipient model."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.actor import Role
from domain.day import Day
from domain.period import Period
from domain.programme.relations import Response
from domain.text import Code, Line
from domain.value import Value
from domain.words import Words


class ProviderKind(StrEnum):
    """Whose the provider is."""

    MUNICIPAL = "municipal"
    PRIVATE = "private"


class Provider(Value):
    """Somebody who delivers."""

    title: Words
    kind: ProviderKind
    agreement: Line | None = None
    """The agreement under which a private provider delivers."""
    agreement_until: Day | None = None
    """The last day on which an order may be placed under it."""


class Ordered(Value):
    """Something that can be ordered."""

    title: Words
    elements: Annotated[tuple[Code, ...], Field(min_length=1)]
    """The elements that are delivered by it."""
    hours: Annotated[float, Field(gt=0, le=10_000)] | None = None
    """How many hours, where the order does not say."""
    accept_within: Period
    report_within: Period
    """By when the provider reports on an order that was accepted."""
    approve_within: Period = Period("P2W")
    approve_by: Role = Role.CASEWORKER


def called_for(name: str, ordered: Ordered) -> Iterator[Response]:
    """What an order calls for: an answer, a report, and what the orderer says to it."""
    provider = Role.PROVIDER
    yield Response(after=(f"{name}.placed",), respond=f"{name}.response", within=ordered.accept_within, by=provider)
    yield Response(after=(f"{name}.accepted",), respond=f"{name}.report", within=ordered.report_within, by=provider)
    yield Response(
        after=(f"{name}.reported",), respond=f"{name}.approval", within=ordered.approve_within, by=ordered.approve_by
    )

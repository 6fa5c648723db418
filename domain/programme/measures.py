"""What a programme asks citizens and staff about, by instruments or in its own words; an answer is never a gate."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from domain.actor import Role
from domain.period import Period
from domain.programme.relations import Response, as_several
from domain.programme.rules import DaysWithin, Within
from domain.text import Code
from domain.value import Value
from domain.words import Words


class Rater(StrEnum):
    """Whose view an answer is. Source: DOMAIN 3.6, paired ratings."""

    CITIZEN = "citizen"
    WORKER = "worker"


class AnswerScale(StrEnum):
    """The scale of a set of indicators. Source: F32; DOMAIN 3.5, 3.6."""

    FOUR_POINT = "four_point"
    ZERO_TO_TEN = "zero_to_ten"


Raters = Annotated[tuple[Rater, ...], Field(min_length=1, max_length=2), BeforeValidator(as_several)]


class LowScore(Value):
    """What an instrument's lowest band asks of health staff: to talk with the citizen, and nothing else.

    Source: DOMAIN 3.2.
    """

    by: Literal[Role.HEALTH_STAFF, Role.HEALTH_COORDINATOR] = Role.HEALTH_STAFF
    within: Within = Period("P1W")


class _Asked(Value):
    by: Raters = (Rater.CITIZEN,)
    """Who answers: the citizen, a worker, or both, whose answers are shown side by side."""
    every: Within | None = None
    """How often it is asked for, from the beginning on; without it, whenever somebody wants to."""
    owner: Role = Role.CONTACT_PERSON
    """Who sees to it that it is asked."""
    remind: DaysWithin | None = None
    """How long before the deadline the owner is reminded."""


class InstrumentMeasure(_Asked):
    """An instrument that anybody may use, scored exactly by its own rules: `who5` or `gse10`. Source: DOMAIN 3."""

    kind: Literal["instrument"] = "instrument"
    title: Words | None = None
    """What the programme calls it; without it, the instrument's own name."""
    low: LowScore = LowScore()
    """Who talks with a citizen whose score lies in the lowest band, where the instrument has bands."""


class IndicatorSet(_Asked):
    """Questions of the programme's own, each answered on one scale and kept as it was answered. Source: DOMAIN 3.6."""

    kind: Literal["indicators"]
    title: Words
    scale: AnswerScale
    items: Annotated[dict[Code, Words], Field(min_length=1, max_length=50)]
    """The questions in their order, by code."""


def _kind(measure: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    kind = measure.get("kind", "instrument") if isinstance(measure, dict) else getattr(measure, "kind", "instrument")
    return f"<{kind}>"


Measure = Annotated[
    Annotated[InstrumentMeasure, Tag("<instrument>")] | Annotated[IndicatorSet, Tag("<indicators>")],
    Discriminator(
        _kind,
        custom_error_type="not_a_measure",
        custom_error_message="must be of the kind instrument or indicators",
    ),
]


def asked_for(name: str, measure: Measure, *, banded: bool) -> Iterator[Response]:
    """The responses that a measure implies: answers at its rhythm, and a talk after a score in the lowest band."""
    every, owner, remind = measure.every, measure.owner, measure.remind
    for step in (f"{name}.{rater}" for rater in measure.by):
        if every:
            yield Response(after=("enrolled", step), respond=step, within=every, by=owner, remind=remind)
    if isinstance(measure, InstrumentMeasure) and banded:
        low = measure.low
        yield Response(after=(f"{name}.low",), respond=f"{name}.talked", within=low.within, by=low.by)

"""Who may be referred into a programme, and what about them calls for a judgement."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field

from domain.actor import Role
from domain.day import Day
from domain.period import CalendarPeriod
from domain.text import Code, Line
from domain.value import Value
from domain.words import Words


class TargetGroup(Value):
    """A target group, as a condition on the citizen's circumstances."""

    id: Code
    title: Words
    when: str
    """A condition, such as `citizen.benefit == 'sygedagpenge'`."""
    primary: bool = False
    compartment: Literal["strict"] | None = None
    """Whether whoever belongs to it is protected from colleagues, as employees of the municipality are. It is said on
    the pathway; who may look at one is held to it once there is a sign-in. Source: F28."""


class Contraindication(Value):
    """Something that asks for a documented judgement, never an automatic refusal. Source: F36."""

    id: Code
    text: Words


class Referral(Value):
    """The door into the programme."""

    by: Annotated[tuple[Role, ...], Field(min_length=1)]
    eligible: Annotated[tuple[TargetGroup, ...], Field(min_length=1)]
    judgement: tuple[Contraindication, ...] = ()


class Continuous(Value):
    """Citizens begin when they are accepted."""

    kind: Literal["continuous"] = "continuous"


class Rolling(Value):
    """Citizens begin together, about every so often. Source: V28, DOMAIN 1.5 A3."""

    kind: Literal["rolling"] = "rolling"
    every: CalendarPeriod
    first: Day
    """The date of the first intake; the others follow from it."""
    tolerance: CalendarPeriod | None = None
    """How far an intake may be moved from its calendar day."""


Intake = Annotated[Continuous | Rolling, Discriminator("kind")]


class CodeCircumstance(Value):
    """A circumstance that is one of a list of codes."""

    type: Literal["code"] = "code"
    title: Words
    values: dict[Code, Words]
    sensitive: bool = False
    """Whether it needs special protection; then it needs a legal basis as well. Source: DOMAIN 2.11."""
    legal_basis: Line | None = None


class NumberCircumstance(Value):
    """A circumstance that is a number."""

    type: Literal["number"] = "number"
    title: Words
    minimum: Annotated[float, Field(allow_inf_nan=False)]
    maximum: Annotated[float, Field(allow_inf_nan=False)]
    sensitive: bool = False
    """Whether it needs special protection; then it needs a legal basis as well. Source: DOMAIN 2.11."""
    legal_basis: Line | None = None


class YesNoCircumstance(Value):
    """A circumstance that is so or not."""

    type: Literal["yes_no"] = "yes_no"
    title: Words
    sensitive: bool = False
    """Whether it needs special protection; then it needs a legal basis as well. Source: DOMAIN 2.11."""
    legal_basis: Line | None = None


Circumstance = Annotated[CodeCircumstance | NumberCircumstance | YesNoCircumstance, Discriminator("type")]
"""Something about the citizen that conditions may look at, by `citizen.<name>`."""

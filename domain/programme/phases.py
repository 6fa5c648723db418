"""The stretches of a pathway: a mix of tracks, a rhythm of reviews, and how to go on."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.actor import Role
from domain.period import Period
from domain.programme.decisions import Character
from domain.programme.elements import Track
from domain.programme.rules import DaysWithin, Within
from domain.text import Code
from domain.value import Value
from domain.words import Words


class How(StrEnum):
    """Who takes the step to the next phase."""

    DECISION = "decision"
    PROPOSAL = "proposal"
    AUTOMATIC = "automatic"


class Advance(Value):
    """The step to another phase."""

    to: Code
    how: How
    when: str | None = None
    """The condition under which the step is proposed or taken."""
    by: Annotated[tuple[Role, ...], Field(min_length=1)] = (Role.CASEWORKER,)
    """Who decides."""
    proposed_by: Annotated[tuple[Role, ...], Field(min_length=1)] = (
        Role.CONTACT_PERSON,
        Role.COMPANY_CONSULTANT,
        Role.PROVIDER,
        Role.CITIZEN,
    )
    answer_within: Within = Period("P2W")
    character: Character = Character.NONE
    """What the step means for the citizen; one to the citizen's detriment follows a decision, never by itself."""


class Phase(Value):
    """A stretch of a pathway. Health first shifts weight; it is not a gate."""

    title: Words
    mix: dict[Track, Annotated[float, Field(ge=0, le=1)]]
    """The share of hours that each track should have."""
    elements: tuple[Code, ...]
    review_every: DaysWithin | None = None
    review_by: Role = Role.CONTACT_PERSON
    review_within: Within = Period("P1W")
    advance: Advance | None = None

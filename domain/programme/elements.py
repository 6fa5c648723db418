"""What a programme offers: talks, trainings, activities, placements, steps towards associations."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from domain.actor import Role
from domain.period import Period, SessionPeriod
from domain.programme.rules import Within
from domain.text import Code, Line, Slug
from domain.value import Value
from domain.words import Words


class Kind(StrEnum):
    """The kinds of element."""

    TALK = "talk"
    TRAINING = "training"
    ACTIVITY = "activity"
    PLACEMENT = "placement"
    BRIDGING = "bridging"
    PATHWAY = "pathway"
    """A pathway of its own in another programme. Source: V29."""


class Track(StrEnum):
    """The tracks that run side by side. Source: DOMAIN 0.2, finding 2; F34."""

    HEALTH = "health"
    LABOUR_MARKET = "labour_market"
    BRIDGING = "bridging"


class Duty(StrEnum):
    """Whether the citizen must take part. Source: V16."""

    VOLUNTARY = "voluntary"
    MANDATORY = "mandatory"
    PER_REFERRAL = "per_referral"


class TalkForm(StrEnum):
    """How a talk is held."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"


class BridgingStep(StrEnum):
    """The way into an association. Source: F34."""

    INTRODUCED = "introduced"
    VISITED = "visited"
    JOINED = "joined"
    STILL_ACTIVE = "still_active"


class Evaluation(Value):
    """That each participant judges a session, and on which scale; without it nobody does. Source: F17, F32."""

    scale: Literal["four_point"] = "four_point"


class Absence(Value):
    """What an unexcused absence from a mandatory element asks of staff: a task, never a sanction."""

    within: Within = Period("P1W")
    by: Role = Role.CASEWORKER


class AtClose(StrEnum):
    """What becomes of a child pathway that is open when its parent closes."""

    LEAVE = "leave"
    CLOSE = "close"


class Element(Value):
    """Something the programme offers."""

    kind: Kind
    title: Words
    track: Track
    obligation: Duty = Duty.VOLUNTARY
    legal_basis: Line | None = None
    unit: Code | None = None
    """The offering unit. Source: V31."""
    lasts: SessionPeriod | None = None
    per_week: Annotated[int, Field(ge=1, le=14)] | None = None
    """Expected sessions per ISO week. Source: F19."""
    parts: tuple[Code, ...] = ()
    """What a session must hold, in order. Source: F16."""
    staffed_by: tuple[Role, ...] = ()
    """Who must be there; where one of them was not, the contact person is told, and it counts all the same.
    Source: F12."""
    joined_by: tuple[Role, ...] = ()
    """Who may be there as well. Source: F12."""
    topics: dict[Code, Words] = {}
    """What it may be about; what each citizen has met is remembered. Source: F18."""
    method: Line | None = None
    """By which method a talk is held. Source: V5."""
    prompts: dict[Code, Words] = {}
    """What a talk asks, in order; the answers are kept by these codes. Source: V5, V12."""
    sites: tuple[Code, ...] = ()
    evaluation: Evaluation | None = None
    absence: Absence = Absence()
    resets_clock: bool = False
    """Whether holding it resets the clock of talks, so that no earlier one may be registered afterwards."""
    scaling: bool = False
    """Whether the talk asks for 0-10 scales and a next step. Source: V12."""
    letter: bool = False
    """Whether a booking is announced to the citizen by letter."""
    programme: Slug | None = None
    """The programme in which an element of the kind `pathway` is walked; the version in force is taken."""
    at_close: AtClose = AtClose.LEAVE
    close_as: Code | None = None
    """The outcome, in the child's programme, with which `at_close: close` ends a child that has begun."""
    by: tuple[Role, ...] = ()
    """Who may record it; empty: whoever may record attendance or talks at all."""

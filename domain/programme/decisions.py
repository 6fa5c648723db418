"""What a named role may decide, how it ends, and how long the offer lasts."""

from datetime import date
from enum import StrEnum
from typing import Literal

from domain.actor import Role
from domain.period import Period
from domain.text import Code
from domain.value import Value
from domain.words import Words


class Character(StrEnum):
    """What a decision means for the citizen. Source: DOMAIN 2.8."""

    NONE = "none"
    FAVOURABLE = "favourable"
    ADVERSE_IF_AGAINST_WISH = "adverse_if_against_wish"
    ADVERSE = "adverse"


class ReasonPolicy(StrEnum):
    """Whether the one who decides must say why."""

    OPTIONAL = "optional"
    REQUIRED = "required"


class Decision(Value):
    """A decision that a programme declares."""

    title: Words
    by: tuple[Role, ...]
    character: Character
    outcomes: tuple[Code, ...] = ()
    reason: ReasonPolicy = ReasonPolicy.REQUIRED


class Valence(StrEnum):
    """Whether an outcome is a step forward. Source: V25."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    DROP_OUT = "drop_out"
    UNKNOWN = "unknown"


class Outcome(Value):
    """Something a pathway may lead to, while it goes on or when it closes."""

    title: Words
    valence: Valence
    letter: bool = True
    """Whether the citizen is written to about a pathway that closes with it. Source: DOMAIN 7, invariant 10."""


class AtEnd(StrEnum):
    """What happens when the time is up."""

    REVIEW = "review"
    DECIDE = "decide"


class FixedLength(Value):
    """So long from the first day. Source: F20."""

    length: Period
    at_end: AtEnd
    decide_within: Period = Period("P2W")
    by: Role = Role.CASEWORKER


class UntilDate(Value):
    """Until the programme itself ends. Source: V21."""

    until: date
    at_end: AtEnd
    decide_within: Period = Period("P2W")
    by: Role = Role.CASEWORKER


Duration = Literal["open"] | FixedLength | UntilDate

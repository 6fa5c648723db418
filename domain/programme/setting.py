"""What a programme says of itself: what it is for, who answers for it, where it is held, how it was judged."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.actor import Role
from domain.day import Day
from domain.text import Code, Line
from domain.value import Value
from domain.words import Prose, Words


class Dimension(StrEnum):
    """In which respect citizens are to come nearer the labour market. Source: F1."""

    SOCIAL = "social"
    PHYSICAL = "physical"
    MENTAL = "mental"
    LABOUR_MARKET = "labour_market"


class Purpose(Value):
    """Something the programme is for, and by what one sees whether it comes about. Source: F2."""

    title: Words
    dimension: Dimension
    measured_by: tuple[Code, ...] = ()
    """The measures that show it; publishing refuses a purpose that nothing shows."""


class Anchor(Value):
    """The unit that answers for the programme from a day on; letters are signed by it. Source: F8, F22."""

    unit: Code
    since: Annotated[Day, Field(alias="from")]


def anchored(anchors: Iterable[Anchor], otherwise: str, day: date) -> str:
    """The unit that answers for the programme on *day*: the latest whose day has come, or *otherwise*."""
    return max(((each.since, each.unit) for each in anchors if each.since <= day), default=(day, otherwise))[1]


class Owner(Value):
    """Whom one asks about the programme itself; nobody's contact person by that. Source: F6."""

    title: Words
    unit: Code


class ProgrammePeriod(Value):
    """When the programme runs, where that is known. Source: F3, V21."""

    since: Annotated[Day, Field(alias="from")]
    until: Day | None = None


class EvaluationKind(StrEnum):
    """Who evaluated the programme. Source: F31."""

    NONE = "none"
    INTERNAL = "internal"
    EXTERNAL = "external"


FourPoint = Annotated[int, Field(ge=0, le=3)]
"""The four-point scale: 0 slet ikke, 1 i mindre grad, 2 i nogen grad, 3 i høj grad. Source: F32."""


class ProgrammeEvaluation(Value):
    """How a version of the programme was judged, by the two questions that are always asked. Source: F30-F33."""

    of: Annotated[int, Field(ge=1)]
    """The version that was judged: this one, or an earlier one."""
    held: Day
    kind: EvaluationKind
    method: Words | None = None
    purpose_met: FourPoint | None = None
    """Is the purpose met?"""
    as_planned: FourPoint | None = None
    """Was it carried out as planned?"""
    deviation: Prose | None = None
    """What was done otherwise than planned, and why."""


class SiteKind(StrEnum):
    """Whose place it is. Source: F9, V7, V32."""

    MUNICIPALITY = "municipality"
    ASSOCIATION = "association"
    NATURE = "nature"


class Site(Value):
    """A place where sessions are held; letters say where that is."""

    title: Words
    kind: SiteKind
    address: Line | None = None
    meeting_point: Words | None = None
    """Where one meets; nature has no address, so it needs one. Source: V7."""


class Part(Words):
    """A part of a session, in both languages."""

    owner: Role | None = None
    """Who answers for what happens in it, and is told where it did not. Source: F14."""

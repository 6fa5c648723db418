"""What a named role may decide, how it ends, and how long the offer lasts."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from domain.actor import Role
from domain.day import Day
from domain.period import Period
from domain.programme.relations import Escalation
from domain.programme.rules import Within
from domain.text import Code, Slug
from domain.value import Value
from domain.words import Words

CLOSE = "close"
"""The decision that ends a pathway; every programme has it."""
REFUSE = "refuse"
"""The decision that turns a referral down, in programmes where that is one: the citizen applied, or has a right."""
ENDS = frozenset({CLOSE, REFUSE})
"""The decisions that end a pathway, and are undone by reopening it."""


class Character(StrEnum):
    """What a decision means for the citizen. Source: DOMAIN 2.8."""

    NONE = "none"
    FAVOURABLE = "favourable"
    ADVERSE_IF_AGAINST_WISH = "adverse_if_against_wish"
    ADVERSE = "adverse"


class ReasonPolicy(StrEnum):
    """How the one who decides says why: not at all, if they like, in words, by a code, or by naming the law."""

    NONE = "none"
    OPTIONAL = "optional"
    TEXT = "text"
    CODE = "code"
    LEGAL_BASIS = "legal_basis"


class Silence(StrEnum):
    """What it means that nobody answered a prepared decision in time."""

    LAPSE = "lapse"
    STANDS = "stands"


class Second(Value):
    """A second pair of eyes: what one person prepares is made when others have confirmed it."""

    by: Annotated[tuple[Role, ...], Field(min_length=1)]
    """Who confirms or objects; never the person who prepared it, whatever the role."""
    quorum: Annotated[int, Field(ge=1, le=9)] = 1
    """How many different persons must confirm."""
    within: Within = Period("P1W")
    silence: Silence = Silence.LAPSE
    """What happens when nobody has answered by then."""


class Decision(Value):
    """A decision that a programme declares."""

    title: Words
    by: tuple[Role, ...]
    character: Character
    outcomes: tuple[Code, ...] = ()
    reason: ReasonPolicy = ReasonPolicy.TEXT
    reasons: dict[Code, Words] = {}
    """The codes to choose from, where the reason is a code."""
    second: Second | None = None

    @property
    def may_be_adverse(self) -> bool:
        """Whether it is, or can be, to the citizen's detriment."""
        return self.character in {Character.ADVERSE, Character.ADVERSE_IF_AGAINST_WISH}

    def is_adverse(self, *, against_wish: bool) -> bool:
        """Whether it is to the citizen's detriment when it is made so."""
        return self.character is Character.ADVERSE or (self.may_be_adverse and against_wish)


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


class Aftercare(Value):
    """A voluntary programme that whoever leaves enters by itself, unless they do not want to. Source: F41, X9."""

    programme: Slug
    enter: Literal["unless_opted_out"] = "unless_opted_out"
    after: Annotated[tuple[Code, ...], Field(min_length=1)]
    """The outcomes after which it is entered."""


class AtEnd(StrEnum):
    """What is asked of staff when the time is up; the pathway itself never ends by that. Source: V21."""

    REVIEW = "review"
    """Somebody looks at how it goes; the pathway goes on."""
    DECIDE = "decide"
    """Somebody decides whether it is closed, extended or moved."""

    @property
    def answer(self) -> str:
        """The step that is owed when the time is up."""
        return "end_reviewed" if self is AtEnd.REVIEW else "end_decided"


class _AtItsEnd(Value):
    """What is asked of staff when the time is up, by when, and who is told when nobody answers."""

    at_end: AtEnd
    decide_within: Within = Period("P2W")
    by: Role = Role.CASEWORKER
    escalate: tuple[Escalation, ...] | None = None
    """Who is told, and when, while it stays owed after that; without it, a decision is passed on after a week."""

    @property
    def ladder(self) -> tuple[Escalation, ...]:
        """The rungs that hold: those of the programme, or what is usual."""
        if self.escalate is not None:
            return self.escalate
        return USUAL_LADDER if self.at_end is AtEnd.DECIDE else ()


USUAL_LADDER = (Escalation(after=Period("P1W"), to=Role.COORDINATING_CASEWORKER),)
"""Whom a decision that nobody made when the time was up is passed on to."""


class FixedLength(_AtItsEnd):
    """So long from the first day. Source: F20."""

    length: Within
    for_groups: dict[Code, Within] = {}
    """Another length for citizens of a target group, by its id; of several, the one that stands first here."""

    def length_for(self, groups: Iterable[str]) -> Within:
        """How long it lasts for a citizen who belongs to those target groups."""
        known = frozenset(groups)
        return next((length for group, length in self.for_groups.items() if group in known), self.length)


class UntilDate(_AtItsEnd):
    """Until the programme itself ends. Source: V21."""

    until: Day


def _tag(duration: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    if isinstance(duration, dict):
        return next((f"<{word}>" for word in ("length", "until") if word in duration), None)
    shapes: dict[type[Value], str] = {FixedLength: "<length>", UntilDate: "<until>"}
    return "<open>" if duration == "open" else shapes.get(type(duration))


Duration = Annotated[
    Annotated[Literal["open"], Tag("<open>")]
    | Annotated[FixedLength, Tag("<length>")]
    | Annotated[UntilDate, Tag("<until>")],
    Discriminator(
        _tag,
        custom_error_type="not_a_duration",
        custom_error_message="must be open, or hold a length or an until",
    ),
]

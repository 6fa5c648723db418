"""The five relations between steps, after dynamic condition response graphs."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from domain.actor import Role
from domain.programme.rules import DaysWithin, Within
from domain.text import Code
from domain.value import Value
from domain.words import Words

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)?$", max_length=120)]
"""A step or something that happens: an element, a phase's `health_first.entered`, a built-in such as `enrolled`."""


class InPause(StrEnum):
    """What a clock does while the pathway is paused."""

    RUN = "run"
    STOP = "stop"
    ASK = "ask"
    """It stands still, and when the pathway goes on its owner is asked whether the deadline still fits."""


class ClockStop(Value):
    """What makes a clock stand still besides a pause: from one step until another."""

    since: Annotated[Name, Field(alias="from")]
    until: Name
    because: Words


class Escalation(Value):
    """A rung of a ladder: so long after a deadline that nobody kept, somebody else is told."""

    after: DaysWithin
    to: Role


class Condition(Value):
    """*target* cannot be done before *condition* has happened."""

    condition: Name
    target: Annotated[Name, Field(alias="for")]


def as_several(given: object) -> object:
    """A word that stands alone as a list of one, and a list as pydantic takes it."""
    return (given,) if isinstance(given, str) else tuple(given) if isinstance(given, list) else given


class Response(Value):
    """Whenever *after* happens, *respond* is owed within a period."""

    after: Annotated[tuple[Name, ...], Field(min_length=1), BeforeValidator(as_several)]
    """What calls for the response: one step, or a list of several."""
    respond: Name
    within: Within
    by: Role
    remind: DaysWithin | None = None
    restart: bool = False
    """Whether a further trigger moves the deadline; otherwise the first one counts."""
    in_pause: InPause = InPause.STOP
    stops: tuple[ClockStop, ...] = ()
    """What makes its clock stand still besides a pause."""
    escalate: tuple[Escalation, ...] = ()
    """Who is told, and when, while it stays owed after its deadline."""
    during: Code | None = None
    """The phase in which alone it is owed."""

    @property
    def rule(self) -> str:
        """The id of the rule, the same in every version that keeps the response and its first trigger."""
        return f"{self.respond}.after.{self.after[0]}"


class Exclude(Value):
    """*exclude* is put aside when *after* happens: it can neither be done nor owed."""

    exclude: Name
    after: Name


class Include(Value):
    """*include* counts again when *after* happens; its clocks start afresh."""

    include: Name
    after: Name


class Milestone(Value):
    """*target* cannot be done while *milestone* is owed."""

    milestone: Name
    target: Annotated[Name, Field(alias="for")]


AFTER_A_DECISION = frozenset({"adverse", "complained", "upheld", "to_undo"})
"""What happens with a decision to the citizen's detriment that somebody must answer though the pathway has ended."""


def outlives(rule: str) -> bool:
    """Whether what is owed under that rule is owed after the end of the pathway as well."""
    return rule.partition(".after.")[2].rpartition(".")[2] in AFTER_A_DECISION


KEYWORDS = {"condition": Condition, "respond": Response, "exclude": Exclude, "include": Include, "milestone": Milestone}


def _tag(relation: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    if isinstance(relation, dict):
        return next((f"<{word}>" for word in KEYWORDS if word in relation), None)
    return next((f"<{word}>" for word, shape in KEYWORDS.items() if isinstance(relation, shape)), None)


Relation = Annotated[
    Annotated[Condition, Tag("<condition>")]
    | Annotated[Response, Tag("<respond>")]
    | Annotated[Exclude, Tag("<exclude>")]
    | Annotated[Include, Tag("<include>")]
    | Annotated[Milestone, Tag("<milestone>")],
    Discriminator(
        _tag,
        custom_error_type="not_a_relation",
        custom_error_message="must hold one of the words condition, respond, exclude, include or milestone",
    ),
]

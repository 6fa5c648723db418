"""The shape of a scenario: what is given, what is done, how time passes, what is expected."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag

from domain.actor import Role
from domain.day import Day
from domain.pathway.state import Stage
from domain.programme.relations import Name
from domain.text import Code
from domain.value import Value
from domain.words import Words
from programmes.scenarios.instants import StoryInstant

NOTHING = "nothing"
"""What a scenario says where there is none: no phase, no proposal, nothing that comes by itself."""
Rule = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*$", max_length=250)]
"""Something that is owed, by its name or by its rule, such as `first_talk.after.referral_accepted`."""
Ref = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}@[1-9][0-9]{0,8}$")]
Who = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(:[A-Za-z][A-Za-z0-9._-]{0,39})?$")]
"""A role, such as `caseworker`, or one person in it, such as `caseworker:sb-2`."""


class Tried(Value):
    """Something that somebody asks for: a command with its fields, without the words that people would write."""

    model_config = ConfigDict(extra="allow")

    do: Code
    """The command, such as `hold_talk`."""
    by: Who


class Done(Tried):
    """Something that somebody does."""

    at: StoryInstant | None = None
    """When; without it, at once."""


class TurnedDown(Tried):
    """Something that somebody may not do."""

    because: Code
    """The code of the refusal, such as `not_open_yet`."""


def _with_kind(given: object) -> object:
    return {"kind": given} if isinstance(given, str) else given


class FactPattern(Value):
    """A kind of fact, with as many of its fields as matter."""

    model_config = ConfigDict(extra="allow")

    kind: Code


def _with_due(given: object) -> object:
    return {"due": given} if isinstance(given, str) else given


class OwedPattern(Value):
    """Something that is owed, with as much of it as matters."""

    due: StoryInstant | None = None
    remind: StoryInstant | None = None
    by: Role | None = None
    overdue: bool | None = None


class Expected(Value):
    """What must be so; whatever is left out may be anything."""

    facts: tuple[Annotated[FactPattern, BeforeValidator(_with_kind)], ...] | None = None
    """What happened since the last expectation, in this order, among whatever else; an empty list: nothing."""
    no_facts: Annotated[tuple[Code, ...], Field(alias="no facts")] = ()
    """Kinds of fact of which none happened since the last expectation."""
    stage: Stage | None = None
    phase: Code | None = None
    """The phase, or `nothing`."""
    paused: bool | None = None
    proposed: Code | None = None
    """The phase that is proposed, or `nothing`."""
    owed: dict[Rule, Annotated[OwedPattern, BeforeValidator(_with_due)]] = {}
    """What is owed, with its last day or more about it."""
    not_owed: Annotated[tuple[Rule, ...], Field(alias="not owed")] = ()
    put_aside: Annotated[tuple[Name, ...] | None, Field(alias="put aside")] = None
    """All steps that are put aside."""
    next: StoryInstant | Annotated[str, StringConstraints(pattern="^nothing$")] | None = None
    """When something next happens by itself, or `nothing`."""
    may: tuple[Tried, ...] = ()
    """What could be done now, and would change something."""
    may_not: Annotated[tuple[TurnedDown, ...], Field(alias="may not")] = ()
    letters: tuple[Code, ...] | None = None
    """All letters to the citizen that were called for since the last expectation."""
    notices: tuple[Code, ...] | None = None
    """All notices to staff that were called for since the last expectation."""


class Doing(Value):
    """A step of the story in which somebody does something."""

    when: Done


class Passing(Value):
    """A step of the story in which time passes."""

    until: Annotated[StoryInstant, Field(alias="time passes")]


class Expecting(Value):
    """A step of the story at which one looks."""

    expect: Expected


KEYWORDS: dict[str, type[Value]] = {"when": Doing, "time passes": Passing, "expect": Expecting}


def _tag(step: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    return next((f"<{word}>" for word in KEYWORDS if isinstance(step, dict) and word in step), None)


Step = Annotated[
    Annotated[Doing, Tag("<when>")] | Annotated[Passing, Tag("<time passes>")] | Annotated[Expecting, Tag("<expect>")],
    Discriminator(
        _tag,
        custom_error_type="not_a_step",
        custom_error_message="must hold one of the words when, time passes, expect",
    ),
]


class Scenario(Value):
    """One story about one citizen in one version of a programme."""

    programme: Ref
    scenario: Words
    """What it shows, as a sentence."""
    begins: Day
    """Day 0 of the story."""
    given: tuple[Done, ...] = ()
    """What had been done before the story begins."""
    steps: tuple[Step, ...]

"""The shapes of the program as Markdown tables, with every type in words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from inspect import cleandoc
from textwrap import fill
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import JsonValue
from pydantic.fields import FieldInfo

from domain.actor import Actor, PersonId
from domain.measures import Answers
from domain.moment import Moment
from domain.pathway.command import Instant
from domain.pathway.facts.sessions import Rating, Scale
from domain.period import Period
from domain.programme.closing import ClosingDay
from domain.programme.relations import Name
from domain.programme.rules import RuleName
from domain.refusal import Plain
from domain.text import Code, Line, Note, OwnCode, Slug
from domain.value import Value

NAMED: Sequence[tuple[object, str]] = (
    (Line, "line"),
    (Note, "note"),
    (Code, "code"),
    (OwnCode, "code"),
    (Slug, "code with hyphens"),
    (Name, "step"),
    (PersonId, "person's id"),
    (Actor, "role and id"),
    (Period, "period"),
    (RuleName, "`rule.NAME`"),
    (ClosingDay, "closing day"),
    (Rating, "rating from 0 to 3"),
    (Scale, "whole number from 0 to 10"),
    (Plain, "value"),
    (JsonValue, "anything"),
    (Answers, "list of whole numbers or nothing"),
    (Instant, "instant"),
    (Moment, "instant"),
    (date, "date"),
    (UUID, "id"),
    (bool, "true or false"),
    (int, "whole number"),
    (float, "number"),
    (str, "text"),
    (NoneType, "nothing"),
)
"""What people call the types that the program has names for."""
BASICS = """\
| what stands here | is |
|---|---|
| id | a UUID |
| code | small letters, digits and `_`, at most 60; *code with hyphens* has `-` in place of `_` |
| step | a code, or two with a dot between, such as `health_first.entered` |
| person's id | a letter, then letters, digits, `.`, `_` or `-`, at most 40 |
| role and id | `ROLE:ID`, such as `caseworker:sb-12` |
| line, note | text of 1 to 200, or 1 to 10,000 characters, without CPR numbers |
| instant | a date, a clock time and a zone, such as `2026-03-02T09:00+01:00` or `2026-03-02 09:00 Europe/Copenhagen` |
| value | text, a number, `true`, `false` or nothing |
| period | as in ISO 8601: `P6W`, `P3M` (calendar months), `P10D`, `PT2H`; `P5B` is five working days |
| closing day | `12-24` every year, `2026-05-15` once, or `day_after_ascension` |"""
"""The words that stand for themselves on every page."""
_SOURCE = re.compile(r"\s*Source: .*", re.DOTALL)


def sentence(text: str | None) -> str:
    """A docstring as one line of a table, without where its rule came from."""
    return " ".join(_SOURCE.sub("", cleandoc(text or "")).split()).replace("|", "\\|")


def wrapped(text: str) -> str:
    """Prose in lines of at most 120 characters."""
    return fill(text, 120, break_long_words=False, break_on_hyphens=False)


def anchor(shape: type) -> str:
    """A shape as a link to its own section."""
    return f"[{shape.__name__}](#{shape.__name__.lower()})"


def in_words(annotation: Any) -> str:  # noqa: ANN401 - a type as written
    """What a field holds, for people."""
    named = _name_of(annotation)
    if named:
        return named
    origin, inside = get_origin(annotation), get_args(annotation)
    match origin:
        case None:
            return anchor(annotation)
        case _ if origin is Literal:
            return " or ".join(f"`{each}`" for each in inside)
        case _ if origin in {Union, UnionType}:
            return _alternatives(inside)
        case _:
            types = inside[:1] if origin is Annotated else [each for each in inside if each is not Ellipsis]
            words = [in_words(each) for each in types]
            return {dict: "{1} by {0}", tuple: "list of {0}", Annotated: "{0}"}[origin].format(*words)


def _name_of(annotation: Any) -> str | None:  # noqa: ANN401 - a type as written
    """What people call a type, also one with a note of its own upon it."""
    for known, words in NAMED:
        if known == annotation:
            return words
        ours, theirs = (getattr(each, "__metadata__", ()) for each in (known, annotation))
        if ours and ours == theirs[: len(ours)]:
            return words
    return None


def _alternatives(inside: Iterable[Any]) -> str:
    """The alternatives with a word between; that nothing may stand there comes last."""
    kinds = list(inside)
    something = " or ".join(in_words(each) for each in kinds if each is not NoneType)
    return f"{something}, or nothing" if NoneType in kinds else something


def shapes_in(annotation: Any) -> Iterator[type]:  # noqa: ANN401 - a type as written
    """The shapes and words of ours that a type is made of."""
    if _name_of(annotation):
        return
    if isinstance(annotation, type) and issubclass(annotation, (Value, Enum)):
        yield annotation
    for each in get_args(annotation):
        yield from shapes_in(each)


def fields_of(shape: type[Value], left_out: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a shape by name, each with its type as written."""
    hints = get_type_hints(shape, include_extras=True)
    return {name: hints[name] for name in shape.model_fields if name not in set(left_out)}


def below(shapes: Iterable[type[Value]], left_out: Iterable[str] = ()) -> list[type]:
    """Every shape that those hold, and what these hold in turn, by name."""
    found: dict[str, type] = {}
    waiting: list[type] = list(shapes)
    while waiting:
        shape = waiting.pop()
        fields = fields_of(shape, left_out) if issubclass(shape, Value) else {}
        for each in [each for annotation in fields.values() for each in shapes_in(annotation)]:
            if each.__name__ not in found:
                found[each.__name__] = each
                waiting.append(each)
    return [found[name] for name in sorted(found)]


def table(shape: type[Value], left_out: Iterable[str] = (), *, defaults: bool = False) -> Iterator[str]:
    """The fields of a shape as a table, with what holds where a field is not given."""
    fields = fields_of(shape, left_out)
    if not fields:
        yield "No fields of its own."
        return
    yield "| field | holds | without it | meaning |" if defaults else "| field | holds | meaning |"
    yield "|---|---|---|---|" if defaults else "|---|---|---|"
    for name, annotation in fields.items():
        field = shape.model_fields[name]
        cells = [f"`{field.alias or name}`", in_words(annotation)]
        cells += [_without(field)] if defaults else []
        yield f"| {' | '.join([*cells, sentence(field.description)])} |"


def _without(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value in (None, (), {}):
        return "nothing"
    return f"`{plain(value)}`"


def plain(value: object) -> str:
    """A default as a programme's author would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(plain(each) for each in value)
    if isinstance(value, Value):
        return "{" + ", ".join(f"{name}: {plain(each)}" for name, each in value) + "}"
    return str(value)


def section(shape: type, *, defaults: bool = False) -> Iterator[str]:
    """A shape or a list of words, under a heading of its own."""
    yield f"### {shape.__name__}"
    yield ""
    yield wrapped(sentence(shape.__doc__))
    yield ""
    if issubclass(shape, Enum):
        yield wrapped("One of: " + ", ".join(f"`{each.value}`" for each in shape) + ".")
    elif issubclass(shape, Value):
        yield from table(shape, defaults=defaults)
    yield ""

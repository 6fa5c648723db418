"""The page about the programme language: every word with its meaning, its type, its source and an example."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from inspect import cleandoc
from typing import Any

import yaml
from pydantic.fields import FieldInfo

from domain.conditions.questions import QUESTIONS
from domain.programme.shape import Programme
from domain.value import Value
from programmes.loader import load
from tests.docs.shapes import BASICS, below, fields_of, in_words, plain, sentence, shapes_in, wrapped
from tests.support.cast import PROGRAMMES
from texts.catalogue import catalogue

INTRO = """\
What a programme file may say. How to write one: [in fifteen
minutes](../how-to/build-a-programme-in-fifteen-minutes.md), or [step by step](../how-to/add-a-programme.md). Editors
check and complete what you write with the [JSON Schema](programme.schema.json). Whatever people read is given in both
languages: `{da: …, en: …}`. `trinvis programmes check` names each mistake with its line and its mend. Rows such as F21
are those of [the domain](../domain.md); examples are taken from the programmes that ship.

"""
CONDITIONS = """\
`when` holds a condition in CEL: the circumstances as `citizen.<name>`, `&&`, `||`, `!`, comparisons, `in`, and these
questions. No arithmetic and no loops. A condition that hangs on what nobody knows is neither true nor false.
"""
LONGEST = 70
"""How long an example may be; more would make the table unreadable."""
_ROWS = re.compile(r"\b(?:[FVXA]\d{1,2}|DOMAIN [\d.]+\d|FEATURES \d+)\b")
Examples = Mapping[tuple[type, str], str]


def language() -> Iterator[str]:
    """The lines of the page."""
    yield "## The file"
    yield ""
    yield from _table(Programme)
    yield ""
    yield "## Conditions"
    yield ""
    yield CONDITIONS
    yield "| question | gives |"
    yield "|---|---|"
    for question in QUESTIONS:
        takes = ", ".join(f"'{each.value}'" for each in question.takes)
        yield f"| `{question.name}({takes})` | {in_words(question.gives)} |"
    yield ""
    yield "## What it is made of"
    yield ""
    for shape in below([Programme], ()):
        yield f"### {shape.__name__}"
        yield ""
        yield wrapped(f"{sentence(shape.__doc__)}{_of(rows(shape.__doc__))}")
        yield ""
        if issubclass(shape, Enum):
            yield wrapped("One of: " + ", ".join(f"`{each.value}`" for each in shape) + ".")
        elif issubclass(shape, Value):
            yield from _table(shape)
        yield ""


def _of(found: str) -> str:
    return f" ({found})" if found else ""


def rows(text: str | None) -> str:
    """The rows of the domain that a docstring names as its sources."""
    _, _, source = cleandoc(text or "").partition("Source:")
    return ", ".join(dict.fromkeys(_ROWS.findall(source)))


def _table(shape: type[Value]) -> Iterator[str]:
    yield "| word | holds | without it | meaning | source | for example |"
    yield "|---|---|---|---|---|---|"
    for name, annotation in fields_of(shape).items():
        field = shape.model_fields[name]
        word = field.alias or name
        cells = [f"`{word}`", in_words(annotation), _without(field), meaning(word, field, annotation)]
        cells += [_source(field, annotation), _example(shape, name)]
        yield f"| {' | '.join(cells)} |"


def _source(field: FieldInfo, annotation: object) -> str:
    """The rows behind a word, or behind what it holds."""
    behind = (rows(each.__doc__) for each in shapes_in(annotation))
    return rows(field.description) or ", ".join(dict.fromkeys(each for each in behind if each))


def _without(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True, validated_data={})
    return "nothing" if value in (None, (), {}) else f"`{plain(value)}`"


def meaning(word: str, field: FieldInfo, annotation: object) -> str:
    """What a word means: its own docstring, or what planners call it, or what it holds."""
    texts: Any = catalogue("en")
    called = str(texts["difference"]["field"].get(word, "")).capitalize()
    held = (sentence(each.__doc__) for each in shapes_in(annotation))
    return sentence(field.description) or called or next(held, word.replace("_", " ").capitalize())


def _example(shape: type[Value], name: str) -> str:
    found = examples().get((shape, name))
    return f"`{found}`" if found else ""


@cache
def examples() -> Examples:
    """By shape and field, the shortest that a shipped programme says there."""
    found: dict[tuple[type, str], str] = {}
    for file in sorted(PROGRAMMES.glob("*/v*.yaml")):
        for key, said in _said(load(file.read_text("utf-8"), file.name)):
            if len(said) <= LONGEST and len(said) < len(found.get(key, said + " ")):
                found[key] = said
    return found


def _said(value: object) -> Iterator[tuple[tuple[type, str], str]]:
    if isinstance(value, Value):
        written = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
        for name in sorted(value.model_fields_set):
            field = type(value).model_fields[name]
            yield (type(value), name), _flow(written[field.alias or name])
            yield from _said(getattr(value, name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from _said(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _said(each)


def _flow(said: object) -> str:
    text: str = yaml.safe_dump(said, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False)
    return text.removesuffix("\n...\n").strip().replace("|", "\\|")


def page_of_the_language() -> tuple[str, str, Iterator[str]]:
    """Title, introduction and lines."""
    return "The programme language", INTRO + BASICS, language()

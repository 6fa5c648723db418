"""The fields of a command as options, and back from what was typed."""

import inspect
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID

import typer
from pydantic import AwareDatetime, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from domain.calendar import end_of_day
from domain.day import Day
from domain.misfits import invalid
from domain.pathway.command import Command, Instant
from domain.pathway.facts.sessions import Scaling
from domain.refusal import Invalid, Plain
from domain.text import Line

GIVEN = {"by", "at"}
"""What the command line gives by itself."""
_LINE: TypeAdapter[str] = TypeAdapter(Line)
_DAY: TypeAdapter[date] = TypeAdapter(Day)
_INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)
DEEPEST = 40
"""How many brackets an option may open; no field needs more than three."""


def options_of(shape: type[Command]) -> list[inspect.Parameter]:
    """The fields of a command as typer reads them."""
    return [_option(name, field) for name, field in shape.model_fields.items() if name not in GIVEN]


def spelled(shape: type[Command]) -> dict[str, str]:
    """By field, the option that gives it."""
    return {name: f"--{name.replace('_', '-')}" for name in shape.model_fields}


def parameter(name: str, shape: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:  # noqa: ANN401 - typer's
    """An option as a parameter of a function."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=shape)


def _option(name: str, field: FieldInfo) -> inspect.Parameter:
    flag = f"--{name.replace('_', '-')}"
    if field.annotation is bool:
        return parameter(name, Annotated[bool, typer.Option(flag)], default=False)
    shown = typer.Option(flag, metavar=_metavar(field))
    if _is_mapping(field) or _is_many(field):
        shape: Any = Annotated[list[str], shown]
        return parameter(name, shape) if field.is_required() else parameter(name, shape, default=[])
    if field.is_required():
        return parameter(name, Annotated[str, shown])
    return parameter(name, Annotated[str | None, shown], default=None)


def _metavar(field: FieldInfo) -> str:
    """What kind of value the option takes, as help names it; the words themselves where there are few."""
    kinds = {AwareDatetime: "instant", UUID: "id", int: "number"}
    shape = _bare(field.annotation)
    if isinstance(shape, type) and issubclass(shape, Enum) and len(shape) <= 4:  # noqa: PLR2004 - more fill the line
        return "|".join(each.value for each in shape)
    if _is_mapping(field):
        return "pair"
    if _is_many(field):
        return "json" if shape is Scaling else "many"
    return kinds.get(shape, "text")


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - a type as written
    """The type that an optional, annotated or repeated type is made of."""
    inner = get_args(annotation)
    return _bare(inner[0]) if inner else annotation


def _is_many(field: FieldInfo) -> bool:
    return any(get_origin(each) is tuple for each in (field.annotation, *get_args(field.annotation)))


def _is_mapping(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is dict


def fields_from(shape: type[Command], given: Mapping[str, Any]) -> dict[str, object]:
    """The fields of a command from its options.

    Raises: Invalid when a NAME=VALUE lacks its `=`, or a value has more brackets than anything needs.
    """
    fields: dict[str, object] = {}
    for name, field in shape.model_fields.items():
        value = given.get(name)
        if name in GIVEN or value is None or value == [] or value is False:
            continue
        if _is_mapping(field):
            fields[name] = dict(_pair(name, each) for each in value)
        elif _is_many(field):
            fields[name] = [part for each in value for part in _parts(name, each)]
        else:
            fields[name] = _scalar(name, value) if field.annotation == Plain else value
    return fields


def _parts(name: str, text: str) -> list[object]:
    """The values between commas; JSON stays together, and a JSON list is as good as commas."""
    if not text.startswith(("{", "[")):
        return [None if part.strip() == "null" else part.strip() for part in text.split(",")]
    value = _scalar(name, text)
    return value if isinstance(value, list) else [value]


def pairs(name: str, texts: Iterable[str]) -> dict[str, str]:
    """What was given as NAME=VALUE, each value as it was typed. Raises: Invalid when one lacks its `=`."""
    return {key: value for key, equals, value in (each.partition("=") for each in texts) if _has(name, key, equals)}


def _has(name: str, key: str, equals: str) -> bool:
    if not (key and equals):
        raise Invalid(name, "not_a_pair", value=key)
    return True


def _pair(name: str, text: str) -> tuple[str, object]:
    key, equals, value = text.partition("=")
    if not equals:
        raise Invalid(name, "not_a_pair", value=text)
    return key, _scalar(name, value)


def _scalar(name: str, text: str) -> object:
    """`true`, `null`, numbers, lists and mappings as such; everything else as text."""
    if text.count("[") + text.count("{") > DEEPEST:
        raise Invalid(name, "not_json", example='{"question": "today", "answer": 4}')
    try:
        value = json.loads(text, parse_constant=str)
    except ValueError:
        return text
    return value


def line(field: str, text: str) -> str:
    """*text*, when it is a line as people may write it. Raises: Invalid naming *field*."""
    try:
        return _LINE.validate_python(text)
    except ValidationError as error:
        raise invalid(error, field) from None


def identifier(field: str, text: str) -> UUID:
    """The id that *text* is. Raises: Invalid naming *field*."""
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(field, "uuid_parsing") from None


def instant(field: str, text: str) -> datetime:
    """The instant that *text* says; a mere date is the end of that day. Raises: Invalid naming *field*."""
    try:
        if len(text) == len("2026-03-02"):
            return end_of_day(_DAY.validate_python(text))
        return _INSTANT.validate_python(text)
    except ValidationError as error:
        raise invalid(error, field) from None

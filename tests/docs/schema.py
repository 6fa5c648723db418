"""The JSON Schema of programme files, for editors: made from the models, with what the loader reads besides."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BeforeValidator

from domain.programme.relations import as_several
from domain.programme.shape import Programme
from domain.value import Value
from tests.docs.language import meaning
from tests.docs.shapes import below, fields_of

Schema = dict[str, Any]


def schema() -> str:
    """The schema as a file."""
    made = Programme.model_json_schema(by_alias=True)
    definitions = made.pop("$defs")
    shapes = {shape.__name__: shape for shape in below([Programme], ()) if issubclass(shape, Value)}
    _said(Programme, made)
    for name, shape in shapes.items():
        _said(shape, definitions[name])
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_loosened(made),
        "title": "A programme of Trinvis",
        "$defs": {name: _loosened(definitions[name]) for name in sorted(definitions)},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _said(shape: type[Value], made: Schema) -> None:
    """Gives each word its meaning, and lets a word that may stand alone do so."""
    for name, annotation in fields_of(shape).items():
        field = shape.model_fields[name]
        word = field.alias or name
        made["properties"][word]["description"] = meaning(word, field, annotation)
        made["properties"][word].pop("title", None)
        if any(isinstance(each, BeforeValidator) and each.func is as_several for each in field.metadata):
            several = made["properties"][word]
            said = {key: several.pop(key) for key in ("description", "default") if key in several}
            made["properties"][word] = {**said, "anyOf": [several, several["items"]]}


def _loosened(made: Any) -> Any:  # noqa: ANN401 - a schema is anything that JSON holds
    """The same with `anyOf` for alternatives that overlap, such as a period and the name of a rule."""
    if isinstance(made, list):
        return [_loosened(each) for each in made]
    if not isinstance(made, dict):
        return made
    loosened = {("anyOf" if key == "oneOf" else key): _loosened(value) for key, value in made.items()}
    loosened.pop("discriminator", None)
    return loosened


def words(made: Schema) -> Iterator[Schema]:
    """Every word of a schema, with what it says of it."""
    for part in (made, *made["$defs"].values()):
        yield from part.get("properties", {}).values()

"""The page of the reference about the command line: help as people see it, and answers as programs do."""

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from inspect import getsource
from itertools import pairwise
from pkgutil import iter_modules
from types import NoneType
from typing import Any, get_args, get_type_hints

from typer.testing import CliRunner

from cli import app
from console import answers
from tests.console.parsing import commands
from tests.docs.pages import page
from tests.docs.shapes import sentence

INTRO = """\
`trinvis --help` says the same, in Danish unless `--lang en` or `TRINVIS_LANGUAGE=en` asks for English. Every command
takes `--json`, and answers with one JSON document on standard output; everything else goes to standard error.

| exit code | means |
|---|---|
| 0 | done |
| 1 | refused, or found wanting |
| 2 | called wrongly, or a field cannot be understood |"""
KINDS = {
    "UUID": "id",
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "datetime": "instant",
    "dict": "object",
    "Any": "anything",
}


def command_line() -> str:
    """Every command as its help shows it, and the shape of every answer."""
    return page("The command line", INTRO, _lines())


def _lines() -> Iterator[str]:
    for path, words in commands().items():
        yield f"## {path if path == 'trinvis' else f'trinvis {path}'}"
        yield ""
        yield "```text"
        yield _help(words)
        yield "```"
        yield ""
    yield "## Answers as JSON"
    yield ""
    yield "Instants are in UTC. A field that may be `null` says so."
    yield ""
    for shape in shapes():
        yield from _answer(shape)


def _help(words: list[str]) -> str:
    """What `--help` says, on a terminal of one hundred columns."""
    runner = CliRunner(env={"COLUMNS": "100", "TRINVIS_LANGUAGE": "en"})
    result = runner.invoke(app, [*words, "--help"])
    if result.exit_code:
        raise RuntimeError(f"no help for {words}: {result.output}")
    return result.stdout.rstrip()


def shapes() -> Iterator[type[Any]]:
    """Every shape of an answer, module by module, in the order in which they stand there."""
    for found in iter_modules(answers.__path__, f"{answers.__name__}."):
        module = import_module(found.name)
        named = [each for each in vars(module).values() if isinstance(each, type) and is_dataclass(each)]
        yield from (each for each in named if each.__module__ == found.name)


def _answer(shape: type[Any]) -> Iterator[str]:
    meanings = _meanings(shape)
    kinds = get_type_hints(shape)
    yield f"### {shape.__name__}"
    yield ""
    yield sentence(shape.__doc__)
    yield ""
    yield "| field | holds | meaning |"
    yield "|---|---|---|"
    for field in fields(shape):
        yield f"| `{field.name}` | {_kind(kinds[field.name])} | {sentence(meanings.get(field.name))} |"
    yield ""


def _meanings(shape: type[Any]) -> dict[str, str]:
    """What is written under the fields of an answer."""
    [written] = ast.parse(getsource(shape)).body
    assert isinstance(written, ast.ClassDef)
    found = {}
    for node, following in pairwise(written.body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            match following:
                case ast.Expr(ast.Constant(str() as text)):
                    found[node.target.id] = text
                case _:
                    continue
    return found


def _kind(annotation: Any) -> str:  # noqa: ANN401 - a type as written
    inside = [each for each in get_args(annotation) if each is not NoneType]
    if NoneType in get_args(annotation):
        return f"{_kind(inside[0])} or `null`"
    name = getattr(annotation, "__name__", str(annotation))
    if name == "list":
        return f"list of {_kind(inside[0])}"
    return KINDS[name] if name in KINDS else f"[{name}](#{name.lower()})"

"""Where the code turns somebody down, and with which values: read from its source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support.checkout import sources

ROOMS = ("domain", "engine", "programmes", "console")


@dataclass(frozen=True)
class Raised:
    """One place that raises a refusal, or names what is wrong with a field."""

    place: str
    name: str
    """The class, such as `NotReferred`."""
    code: str | None
    """The code that stands there, such as `not_later`; None where it is worked out."""
    values: frozenset[str] | None
    """The values given; None where they are worked out."""


def raised(*names: str) -> list[Raised]:
    """Every place at which one of those classes is made."""
    return [found for path in sources(*ROOMS) for found in _in_file(path.name, ast.parse(path.read_text()), names)]


def _in_file(file: str, tree: ast.AST, names: tuple[str, ...]) -> Iterator[Raised]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield Raised(f"{file}:{node.lineno}", node.func.id, _code(node), _values(node))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id in names:
            yield Raised(f"{file}:{node.lineno}", node.exc.id, None, frozenset())


def _code(call: ast.Call) -> str | None:
    """The second argument, where it is a word."""
    second = call.args[1] if len(call.args) > 1 else None
    return second.value if isinstance(second, ast.Constant) and isinstance(second.value, str) else None


def _values(call: ast.Call) -> frozenset[str] | None:
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    named = {keyword.arg for keyword in call.keywords if keyword.arg}
    third = call.args[2] if len(call.args) > 2 else None
    if isinstance(third, ast.Dict):
        return frozenset({str(key.value) for key in third.keys if isinstance(key, ast.Constant)})
    return frozenset(named)

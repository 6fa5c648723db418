"""A condition taken apart by its operators, each part with its answer and what it looked at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal as OneOf

from domain.conditions.engine import COMPARISONS, Condition, condition
from domain.conditions.questions import BY_CALL
from domain.conditions.syntax import Call, Literal, Node, Unknown, Variable, Words, nodes
from domain.pathway.state import Pathway
from domain.programme.referral import Circumstance
from domain.refusal import Plain

Operator = OneOf["all", "any", "not"]
OPERATORS: Mapping[str, Operator] = {"_&&_": "all", "_||_": "any", "!_": "not"}
INFIX = {name: name.strip("_@") for name in ("_&&_", "_||_", *COMPARISONS, "@in")}
PREFIX = {"!_": "!", "-_": "-"}


@dataclass(frozen=True)
class Part:
    """A condition, or a part of one."""

    text: str
    """As it stands in the programme."""
    holds: bool | None
    """None when something about the citizen that it asks for is not known."""
    inputs: Mapping[str, Plain]
    """What it looked at."""
    operator: Operator | None
    """How its parts make it true, or None when it has no parts."""
    parts: tuple["Part", ...]


def taken_apart(text: str, circumstances: Mapping[str, Circumstance], pathway: Pathway, at: datetime) -> Part:
    """The condition with the answer of each of its parts.

    Raises: ConditionFailed when one of them cannot be answered.
    """
    return _part(condition(text, circumstances), circumstances, pathway, at)


def _part(asked: Condition, circumstances: Mapping[str, Circumstance], pathway: Pathway, at: datetime) -> Part:
    syntax, holds = asked.syntax, asked.ask(pathway, at).holds
    inputs = looked_at(asked, pathway, at)
    if not isinstance(syntax, Call) or syntax.function not in OPERATORS:
        return Part(asked.text, holds, inputs, None, ())
    below = (condition(written(node), circumstances) for node in _flat(syntax, syntax.function))
    parts = tuple(_part(each, circumstances, pathway, at) for each in below)
    return Part(asked.text, holds, inputs, OPERATORS[syntax.function], parts)


def _flat(node: Node, function: str) -> Iterator[Node]:
    """The operands of an operator; `a && b && c` has three."""
    if isinstance(node, Call) and node.function == function:
        for each in node.operands:
            yield from (each,) if function == "!_" else _flat(each, function)
    else:
        yield node


def looked_at(asked: Condition, pathway: Pathway, at: datetime) -> dict[str, Plain]:
    """Everything that the condition asks about, whether its answer needed it or not."""
    found: dict[str, Plain] = dict(asked.ask(pathway, at).inputs)
    for node in nodes(asked.syntax):
        if isinstance(node, Call) and (node.function, len(node.operands)) in BY_CALL:
            operands = [each.value for each in node.operands if isinstance(each, Literal)]
            found[written(node)] = BY_CALL[node.function, len(node.operands)].answer(pathway, at, *operands)
    return found


def written(node: Node) -> str:
    """The text of a part of a condition."""
    match node:
        case Literal(value):
            return str(value).lower() if isinstance(value, bool) else repr(value)
        case Variable(name):
            return name
        case Words(items):
            return f"[{', '.join(map(written, items))}]"
        case Unknown(what):
            return what
        case Call(function, operands):
            return _called(function, [written(each) for each in operands])


def _called(function: str, operands: list[str]) -> str:
    if function in PREFIX:
        return f"{PREFIX[function]}({operands[0]})"
    if function in INFIX:
        return f"({operands[0]} {INFIX[function]} {operands[1]})"
    return f"{function}({', '.join(operands)})"

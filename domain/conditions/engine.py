"""Answering conditions with CEL: type-checked, without loops, never true by error."""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cel_expr_python import cel

from domain.conditions.questions import BY_CALL, QUESTIONS, Question
from domain.conditions.syntax import Call, Literal, Node, Unknown, Variable, Words, nodes, tree
from domain.pathway.state import Pathway
from domain.programme.referral import Circumstance, CodeCircumstance, NumberCircumstance
from domain.refusal import ConditionFailed, Plain

LONGEST_TEXT = 500
LARGEST_NUMBER = 1_000_000
"""Numbers stay far below what could overflow, the only way in which a checked condition could fail."""
OPERATORS = frozenset({"_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in", "-_"})
"""What conditions are made of besides questions. No arithmetic and no loops: every condition is short and total."""


class ConditionError(Exception):
    """The text is not a condition; the message says why, and where."""


@dataclass(frozen=True)
class Verdict:
    """The answer to a condition."""

    holds: bool | None
    """None when something about the citizen that it asks for is not known."""
    inputs: dict[str, Plain]
    """What it looked at, by the words of the programme."""


@dataclass(frozen=True)
class _Asking:
    pathway: Pathway
    at: datetime
    inputs: dict[str, Plain]


_ASKING: ContextVar[_Asking] = ContextVar("asking")


@dataclass(frozen=True)
class Condition:
    """A condition that has been checked."""

    text: str
    syntax: Node
    expression: cel.Expression

    @property
    def variables(self) -> frozenset[str]:
        """The names that it looks at."""
        return frozenset(node.name for node in nodes(self.syntax) if isinstance(node, Variable))

    def ask(self, pathway: Pathway, at: datetime) -> Verdict:
        """Whether it holds for *pathway* at that instant.

        Raises: ConditionFailed when it cannot be answered; an error is never taken for an answer.
        """
        known = {f"citizen.{name}": value for name, value in pathway.circumstances.items()}
        inputs = {name: known.get(name) for name in sorted(self.variables)}
        token = _ASKING.set(_Asking(pathway, at, inputs))
        try:
            result = self.expression.eval(data={name: value for name, value in inputs.items() if value is not None})
        finally:
            _ASKING.reset(token)
        answer = result.value()
        if answer is True or answer is False:
            return Verdict(answer, inputs)
        if any(inputs.get(name) is None for name in self.variables):
            return Verdict(None, inputs)
        raise ConditionFailed(condition=self.text)


def _impl(question: Question) -> Callable[..., int | float | bool]:
    def answer(*operands: str) -> int | float | bool:
        asking = _ASKING.get()
        value = question.answer(asking.pathway, asking.at, *operands)
        asking.inputs[f"{question.name}({', '.join(repr(each) for each in operands)})"] = value
        return value

    return answer


_TYPES = {int: cel.Type.INT, float: cel.Type.DOUBLE, bool: cel.Type.BOOL}


def _functions() -> list[cel.FunctionDecl]:
    names = dict.fromkeys(question.name for question in QUESTIONS)
    return [
        cel.FunctionDecl(
            name,
            [
                cel.Overload(
                    f"{name}_{len(question.takes)}",
                    return_type=_TYPES[question.gives],
                    parameters=[cel.Type.STRING] * len(question.takes),
                    impl=_impl(question),
                )
                for question in QUESTIONS
                if question.name == name
            ],
        )
        for name in names
    ]


def _type_of(circumstance: Circumstance) -> cel.Type:
    if isinstance(circumstance, CodeCircumstance):
        return cel.Type.STRING
    return cel.Type.DOUBLE if isinstance(circumstance, NumberCircumstance) else cel.Type.BOOL


@lru_cache(maxsize=256)
def _environment(variables: tuple[tuple[str, str], ...]) -> cel.Env:
    types = {"string": cel.Type.STRING, "double": cel.Type.DOUBLE, "bool": cel.Type.BOOL}
    return cel.NewEnv(variables={name: types[type_] for name, type_ in variables}, functions=_functions())


@lru_cache(maxsize=4096)
def _checked(text: str, variables: tuple[tuple[str, str], ...]) -> Condition:
    if len(text) > LONGEST_TEXT:
        raise ConditionError(f"is longer than {LONGEST_TEXT} characters; split it into two conditions")
    try:
        expression = _environment(variables).compile(text)
    except RuntimeError as error:
        raise ConditionError(_reason(str(error))) from None
    if expression.return_type() != cel.Type.BOOL:
        raise ConditionError(f"gives {expression.return_type().name().lower()}, not true or false; compare it")
    syntax = tree(expression.serialize())
    _restrict(syntax)
    return Condition(text, syntax, expression)


def condition(text: str, circumstances: Mapping[str, Circumstance]) -> Condition:
    """The condition that *text* says about a pathway whose citizen has those circumstances.

    Raises: ConditionError when it does not type-check, loops, or computes.
    """
    variables = tuple(
        sorted((f"citizen.{name}", _type_of(each).name().lower()) for name, each in circumstances.items())
    )
    return _checked(text, variables)


def _restrict(syntax: Node) -> None:
    for node in nodes(syntax):
        match node:
            case Unknown(what):
                raise ConditionError(
                    f"uses a {what}, which conditions do without; ask a question such as attended(...)"
                )
            case Call(function, operands) if function not in OPERATORS and (function, len(operands)) not in BY_CALL:
                raise ConditionError(
                    f"uses {function.strip('_')}, which conditions do without; compare answers instead"
                )
            case Literal(int() | float() as number) if abs(number) > LARGEST_NUMBER:
                raise ConditionError(f"holds the number {number}; the largest is {LARGEST_NUMBER}")


def _reason(error: str) -> str:
    first = error.split("\n", 1)[0].removeprefix("INVALID_ARGUMENT: ERROR: <input>:").replace(" (in container '')", "")
    mend = "; write the number with a decimal point, such as 30.0" if "(double, int)" in first else ""
    return f"{first}{mend}"


def compared_words(syntax: Node) -> Iterable[tuple[str, str]]:
    """Each circumstance with each word that it is compared with, so that misspelt codes are found."""
    for node in nodes(syntax):
        match node:
            case Call(
                "_==_" | "_!=_", (Variable(name), Literal(str() as word)) | (Literal(str() as word), Variable(name))
            ):
                yield name, word
            case Call("@in", (Variable(name), Words(items))):
                yield from (
                    (name, item.value) for item in items if isinstance(item, Literal) and isinstance(item.value, str)
                )
            case _:
                continue

"""Answering conditions with CEL: type-checked, without loops, never true by error."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from cel_expr_python import cel

from domain.conditions.questions import BY_CALL, QUESTIONS, Question
from domain.conditions.syntax import Call, Literal, Node, Unknown, Variable, Words, nodes, tree
from domain.pathway.state import Pathway
from domain.programme.referral import Circumstance, CodeCircumstance, NumberCircumstance
from domain.refusal import ConditionFailed, Plain

LONGEST_TEXT = 500
LARGEST_NUMBER = 1_000_000
"""Numbers stay far below what could overflow, the only way in which a checked condition could fail."""
COMPARISONS = frozenset({"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"})
OPERATORS = COMPARISONS | {"_&&_", "_||_", "!_", "@in", "-_"}
"""What conditions are made of besides questions. No arithmetic and no loops: every condition is short and total."""


class ConditionError(Exception):
    """The text is not a condition; *code* and *values* say why, and at which character where that is known."""

    def __init__(self, code: str, **values: Plain) -> None:
        self.code = code
        self.values = values
        super().__init__(code, values)


@dataclass(frozen=True)
class Verdict:
    """The answer to a condition."""

    holds: bool | None
    """None when something about the citizen that it asks for is not known, or was said in another version's terms."""
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
    types: Mapping[str, str]
    """The type of each name that the programme declares."""

    @property
    def variables(self) -> frozenset[str]:
        """The names that it looks at."""
        return frozenset(node.name for node in nodes(self.syntax) if isinstance(node, Variable))

    def ask(self, pathway: Pathway, at: datetime) -> Verdict:
        """Whether it holds for *pathway* at that instant.

        Raises: ConditionFailed when it cannot be answered; an error is never taken for an answer.
        """
        known = {f"citizen.{name}": value for name, value in pathway.circumstances.items()}
        inputs = {name: _fitting(known.get(name), self.types[name]) for name in sorted(self.variables)}
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


def _fitting(value: Plain, type_: str) -> Plain:
    """The value, or None where a later version means something of another kind by the same name."""
    kinds: dict[str, tuple[type, ...]] = {"string": (str,), "double": (float, int), "bool": (bool,)}
    fits = isinstance(value, kinds[type_]) and (type_ == "bool" or not isinstance(value, bool))
    return value if fits else None


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
        raise ConditionError("condition_too_long", most=LONGEST_TEXT)
    try:
        expression = _environment(variables).compile(text)
    except RuntimeError as error:
        raise _reason(text, str(error), [name for name, _ in variables]) from None
    if expression.return_type() != cel.Type.BOOL:
        raise ConditionError("condition_not_true_or_false", gives=expression.return_type().name().lower())
    syntax = tree(expression.serialize())
    _restrict(syntax)
    return Condition(text, syntax, expression, MappingProxyType(dict(variables)))


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
                raise ConditionError("condition_without", what=what)
            case Call(function, operands) if function not in OPERATORS and (function, len(operands)) not in BY_CALL:
                raise ConditionError("condition_without", what=function.strip("_"))
            case Literal(int() | float() as number) if abs(number) > LARGEST_NUMBER:
                raise ConditionError("condition_number_too_large", number=number, most=LARGEST_NUMBER)


_SLIPS = tuple(
    (re.compile(said), code)
    for said, code in (
        (r"missing '(?P<what>[])}])' at", "condition_bracket_open"),
        (r"(mismatched input|no viable alternative at input) '(<EOF>|\.)'", "condition_unfinished"),
        (r"token recognition error at: ''", "condition_quote_open"),
        (r"token recognition error at: '(?P<what>.*?) *'", "condition_sign"),
        (r"(extraneous|mismatched|no viable alternative at) input '(?P<what>.*?)'", "condition_out_of_place"),
    )
)
"""By what CEL says of a slip, our word for it."""
_PLACED = re.compile(r"INVALID_ARGUMENT: ERROR: <input>:(?P<row>\d+):(?P<at>\d+): (?P<problem>.*)")
_UNDECLARED = re.compile(r"undeclared reference to '(?P<name>[^']*)'.*")
_NO_OVERLOAD = re.compile(r"found no matching overload for '(?P<function>[^']*)' applied to '\((?P<given>.*)\)'.*")


def _reason(text: str, error: str, names: Iterable[str]) -> ConditionError:
    """What CEL found, with our words for what people get wrong; its own for what they hardly ever do."""
    placed = _PLACED.match(error)
    if placed is None:
        return ConditionError("condition_too_deep" if "recursion limit" in error else "not_a_condition", problem=error)
    rows_before = text.split("\n")[: int(placed["row"]) - 1]
    at, problem = sum(len(row) + 1 for row in rows_before) + int(placed["at"]), placed["problem"]
    if undeclared := _UNDECLARED.fullmatch(problem):
        known = ", ".join([*names, *map(str, QUESTIONS)])
        return ConditionError("condition_unknown_name", at=at, value=undeclared["name"], known=known)
    if unfit := _NO_OVERLOAD.fullmatch(problem):
        return ConditionError("condition_unfit", at=at, what=unfit["function"].strip("_"), given=unfit["given"])
    for pattern, code in _SLIPS:
        if slip := pattern.search(problem):
            return ConditionError(code, at=at, **slip.groupdict())
    return ConditionError("not_a_condition", at=at, problem=problem.partition(" expecting ")[0])


def compared_words(syntax: Node) -> Iterable[tuple[str, str]]:
    """Each circumstance with each word that it is compared with, so that misspelt codes are found."""
    for node in nodes(syntax):
        match node:
            case Call(function, (one, other)) if function in COMPARISONS:
                yield from _compared(one, other)
                yield from _compared(other, one)
            case Call("@in", (one, Words(items))):
                for item in items:
                    yield from _compared(one, item)
                    yield from _compared(item, one)
            case _:
                continue


def _compared(one: Node, other: Node) -> Iterable[tuple[str, str]]:
    if isinstance(one, Variable) and isinstance(other, Literal) and isinstance(other.value, str):
        yield one.name, other.value

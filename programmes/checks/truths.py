"""Whether a condition can be true and can be false, over every class of values that it tells apart."""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from domain.conditions.engine import COMPARISONS, ConditionError, compared_words, condition
from domain.conditions.questions import BY_CALL
from domain.conditions.syntax import Call, Literal, Node, Variable, Words, nodes
from domain.programme.referral import CodeCircumstance, NumberCircumstance
from domain.programme.shape import Programme
from domain.refusal import Plain
from programmes.checks.conditions import conditions_of
from programmes.checks.problem import Problem
from programmes.checks.windows import never_more

MOST_CASES = 20_000
"""How many combinations of values are tried; a condition with more is not judged."""
Values = Mapping[Node, Plain]
"""By variable and question, its value; None where nothing is known."""


def of_truths(programme: Programme) -> Iterator[Problem]:
    """Conditions that always hold, or never do, whatever is known and whatever has happened."""
    for path, text in conditions_of(programme):
        try:
            syntax = condition(text, programme.citizen).syntax
        except ConditionError:
            continue
        if not _speaks_of_known_words(programme, syntax):
            continue
        answers = _answers(programme, syntax)
        if answers == {True}:
            yield Problem(path, "condition_always", {"value": text})
        elif answers and True not in answers:
            yield Problem(path, "condition_never", {"value": text})


def _speaks_of_known_words(programme: Programme, syntax: Node) -> bool:
    """Whether each code that stands in the condition is one that it can be compared with; otherwise that is found."""
    for variable, word in compared_words(syntax):
        circumstance = programme.citizen[variable.removeprefix("citizen.")]
        if isinstance(circumstance, CodeCircumstance) and word not in circumstance.values:
            return False
    return True


def _answers(programme: Programme, syntax: Node) -> set[bool | None]:
    """Every answer that the condition can give; none where there are too many cases to try."""
    asked = {node: _classes(programme, node, syntax) for node in nodes(syntax) if _is_open(node)}
    if prod(map(len, asked.values())) > MOST_CASES:
        return set()
    never = list(never_more(asked))
    cases = (dict(zip(asked, values, strict=True)) for values in product(*asked.values()))
    return {holds(syntax, case) for case in cases if all(_not_more(case, *pair) for pair in never)}


def _not_more(case: Values, one: Node, other: Node) -> bool:
    fewer, more = case[one], case[other]
    return isinstance(fewer, (int, float)) and isinstance(more, (int, float)) and fewer <= more


def _is_open(node: Node) -> bool:
    return isinstance(node, Variable) or (isinstance(node, Call) and (node.function, len(node.operands)) in BY_CALL)


def _classes(programme: Programme, node: Node, syntax: Node) -> tuple[Plain, ...]:
    """One value of each class that the condition's own figures tell apart; for the citizen also that it is unknown."""
    if isinstance(node, Variable):
        circumstance = programme.citizen[node.name.removeprefix("citizen.")]
        if isinstance(circumstance, CodeCircumstance):
            return (*circumstance.values, None)
        if isinstance(circumstance, NumberCircumstance):
            lowest, highest = circumstance.minimum, circumstance.maximum
            return (*(each for each in _around(node, syntax, lowest, highest) if lowest <= each <= highest), None)
        return (True, False, None)
    question = BY_CALL[node.function, len(node.operands)] if isinstance(node, Call) else None
    if question is None or question.gives is bool:
        return (True, False)
    alike = [each for each in nodes(syntax) if isinstance(each, Call) and each.function == question.name]
    ends = (0.0, *_ends_of(programme, node))
    figures = {each for other in alike for each in _around(other, syntax, *ends) if min(ends) <= each}
    known = (each for each in figures if len(ends) == 1 or each <= max(ends))
    return tuple(sorted({int(each) if question.gives is int else each for each in known}))


def _ends_of(programme: Programme, node: Node) -> tuple[float, ...]:
    """Between which figures an answer lies, where the programme says so: what may be agreed, or nothing yet."""
    match node:
        case Call("intensity", (Literal(value=name),)) if name in programme.intensities:
            intensity = programme.intensities[str(name)]
            return (intensity.minimum, intensity.maximum)
        case _:
            return ()


def _around(node: Node, syntax: Node, *ends: float) -> set[float]:
    """The figures that something is compared with, what lies just below and above each, and its ends."""
    figures = {
        figure for other in _compared_with(node, syntax) for figure in (other - 1, other - 0.5, other, other + 1)
    }
    return {*figures, *ends, *(end + 1 for end in ends)}


def _compared_with(node: Node, syntax: Node) -> Iterator[float]:
    for each in nodes(syntax):
        if isinstance(each, Call) and each.function in COMPARISONS and node in each.operands:
            yield from (figure for operand in each.operands if (figure := _figure(operand)) is not None)


def _figure(node: Node) -> float | None:
    match node:
        case Literal(bool() | str()):
            return None
        case Literal(value):
            return float(value)
        case Call("-_", (inner,)):
            figure = _figure(inner)
            return None if figure is None else -figure
        case _:
            return None


def holds(node: Node, values: Values) -> bool | None:
    """The answer with those values; None where it hangs on something unknown, as in CEL."""
    match node:
        case Call("_&&_", operands):
            return _joined([holds(each, values) for each in operands], decisive=False)
        case Call("_||_", operands):
            return _joined([holds(each, values) for each in operands], decisive=True)
        case Call("!_", (operand,)):
            answer = holds(operand, values)
            return None if answer is None else not answer
        case Call(function, (one, other)) if function in COMPARISONS or function == "@in":
            return _compared(function, _value(one, values), _value(other, values))
        case _:
            value = _value(node, values)
            return value if isinstance(value, bool) else None


def _joined(answers: list[bool | None], *, decisive: bool) -> bool | None:
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive


def _value(node: Node, values: Values) -> object:
    match node:
        case Literal(value):
            return value
        case Words(items):
            return tuple(_value(each, values) for each in items)
        case _:
            figure = _figure(node)
            return values.get(node) if figure is None else figure


def _compared(function: str, one: object, other: object) -> bool | None:
    if one is None or other is None or (isinstance(other, tuple) and None in other):
        return None
    if isinstance(other, tuple):
        return one in other
    if function in {"_==_", "_!=_"}:
        return (one == other) is (function == "_==_")
    if isinstance(one, str) and isinstance(other, str):
        return _in_order(function, one < other, one == other)
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return _in_order(function, one < other, one == other)
    return None


def _in_order(function: str, is_less: bool, is_equal: bool) -> bool:  # noqa: FBT001 - what a comparison gave
    answers = {"_<_": is_less, "_<=_": is_less or is_equal, "_>=_": not is_less, "_>_": not (is_less or is_equal)}
    return answers[function]

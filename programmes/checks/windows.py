"""Which counts can never exceed which: what lies in a shorter window lies in a longer one as well."""

from collections.abc import Collection, Iterator

from domain.conditions.questions import BY_CALL, Takes
from domain.conditions.syntax import Call, Literal, Node
from domain.period import Period

COUNTS = frozenset({"attended", "missed", "hours"})
SHORTEST_MONTH, LONGEST_MONTH = 28, 31


def never_more(asked: Collection[Node]) -> Iterator[tuple[Node, Node]]:
    """Pairs of questions of which the first never gives more than the second."""
    counts = [node for node in asked if isinstance(node, Call) and node.function in COUNTS]
    for one in counts:
        for other in counts:
            if one is not other and _lies_within(one, other):
                yield one, other


def _lies_within(one: Call, other: Call) -> bool:
    """Whether everything that *one* counts is counted by *other*: the same or all elements, the same or longer ago."""
    (element, window), (of, longer) = _operands(one), _operands(other)
    if one.function != other.function or window is None or longer is None or of not in {None, element}:
        return False
    return window == longer or _longest(window) <= _shortest(longer)


def _operands(call: Call) -> tuple[str | None, Period | None]:
    """The element, where one is named, and the window; a window that cannot be read is found elsewhere."""
    question = BY_CALL[call.function, len(call.operands)]
    said = dict(zip(question.takes, call.operands, strict=True))
    element, window = said.get(Takes.ELEMENT), said.get(Takes.WINDOW)
    try:
        period = Period(str(window.value)) if isinstance(window, Literal) else None
    except ValueError:
        period = None
    return (str(element.value) if isinstance(element, Literal) else None), period


def _longest(period: Period) -> int:
    """Unit: days."""
    return period.months * LONGEST_MONTH + period.days + bool(period.minutes)


def _shortest(period: Period) -> int:
    """Unit: days."""
    return period.months * SHORTEST_MONTH + period.days

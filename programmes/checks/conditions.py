"""Whether conditions type-check, and ask for words that exist."""

from collections.abc import Iterator

from domain.calendar import length
from domain.conditions.engine import Condition, ConditionError, compared_words, condition
from domain.conditions.questions import BY_CALL, Takes
from domain.conditions.syntax import Call, Literal, Node, nodes
from domain.pathway.state import LONGEST_WINDOW
from domain.period import Period
from domain.programme.referral import CodeCircumstance
from domain.programme.shape import Programme
from programmes.checks.problem import Problem, is_known, unknown
from programmes.checks.vocabulary import steps
from programmes.source import Path


def of_conditions(programme: Programme) -> Iterator[Problem]:
    """Conditions that cannot be asked, or that ask for words nobody knows."""
    for path, text in conditions_of(programme):
        try:
            checked = condition(text, programme.citizen)
        except ConditionError as error:
            yield Problem(path, error.code, error.values)
            continue
        yield from _words(programme, path, checked)


def conditions_of(programme: Programme) -> Iterator[tuple[Path, str]]:
    """Every condition of the programme, with its place."""
    for index, group in enumerate(programme.referral.eligible):
        yield ("referral", "eligible", index, "when"), group.when
    for name, phase in programme.phases.items():
        if phase.advance and phase.advance.when:
            yield ("phases", name, "advance", "when"), phase.advance.when


def _words(programme: Programme, path: Path, checked: Condition) -> Iterator[Problem]:
    for variable, word in compared_words(checked.syntax):
        circumstance = programme.citizen[variable.removeprefix("citizen.")]
        if isinstance(circumstance, CodeCircumstance) and word not in circumstance.values:
            yield unknown(path, word, circumstance.values)
    for node in nodes(checked.syntax):
        if isinstance(node, Call) and (node.function, len(node.operands)) in BY_CALL:
            question = BY_CALL[node.function, len(node.operands)]
            for takes, operand in zip(question.takes, node.operands, strict=True):
                yield from _operand(programme, path, takes, operand)


def _operand(programme: Programme, path: Path, takes: Takes, operand: Node) -> Iterator[Problem]:
    if not isinstance(operand, Literal) or not isinstance(operand.value, str):
        yield Problem(path, "operand_not_a_word", {"takes": takes.value})
        return
    known = {
        Takes.ELEMENT: frozenset(programme.elements),
        Takes.STEP: steps(programme),
        Takes.OUTCOME: frozenset(programme.outcomes),
        Takes.INTENSITY: frozenset(programme.intensities),
    }
    if takes is Takes.WINDOW:
        yield from _window(path, operand.value)
    else:
        yield from is_known(path, operand.value, known[takes])


def _window(path: Path, text: str) -> Iterator[Problem]:
    try:
        window = Period(text)
    except ValueError:
        yield Problem(path, "not_a_period", {"value": text})
        return
    if window.working_days:
        yield Problem(path, "period_of_working_days", {"value": text})
    elif window.is_beyond_a_life or length(window) > LONGEST_WINDOW:
        yield Problem(path, "window_too_long", {"value": text, "most": LONGEST_WINDOW.days // 7})

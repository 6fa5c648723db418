"""Whether measures can be asked as the programme says, and never open or close anything. Source: DOMAIN 3.1."""

from collections.abc import Iterator

from domain.calendar import length
from domain.conditions.engine import ConditionError, condition
from domain.conditions.questions import BY_CALL, Takes
from domain.conditions.syntax import Call, Literal, nodes
from domain.measures import INSTRUMENTS
from domain.pathway.permissions import ANYBODY
from domain.programme.measures import InstrumentMeasure
from domain.programme.relations import Condition, Exclude, Include, Milestone
from domain.programme.shape import Programme
from programmes.checks.clocks import of_reminder, periods
from programmes.checks.conditions import conditions_of
from programmes.checks.problem import Problem, is_known
from programmes.checks.vocabulary import measured
from programmes.source import Path


def of_measures(programme: Programme) -> Iterator[Problem]:
    """Instruments that nobody knows, rhythms that are too fast, and owners who never act."""
    for name, measure in programme.measures.items():
        path: Path = ("measures", name)
        if measure.owner not in ANYBODY:
            known = ", ".join(sorted(ANYBODY))
            yield Problem((*path, "owner"), "role_never_may", {"value": measure.owner, "known": known})
        yield from of_reminder((*path, "remind"), programme, measure.remind, measure.every)
        if isinstance(measure, InstrumentMeasure):
            yield from is_known(path, name, INSTRUMENTS)
            yield from _too_often(path, programme, name, measure)


def _too_often(path: Path, programme: Programme, name: str, measure: InstrumentMeasure) -> Iterator[Problem]:
    least = INSTRUMENTS[name].least_days if name in INSTRUMENTS else 0
    for every in periods(programme, measure.every) if measure.every else ():
        if length(every).days < least:
            yield Problem((*path, "every"), "asked_too_often", {"value": every, "least": least})


def of_gates(programme: Programme) -> Iterator[Problem]:
    """Whatever would open, close, put aside or propose something because of what somebody answered."""
    for index, relation in enumerate(programme.relations):
        match relation:
            case Condition(condition=step):
                yield from _gate(programme, ("relations", index, "condition"), step)
            case Milestone(milestone=step):
                calls = [each for rule in programme.responses.values() if rule.respond == step for each in rule.after]
                for each in (step, *calls):
                    yield from _gate(programme, ("relations", index, "milestone"), each)
            case Exclude(after=step) | Include(after=step):
                yield from _gate(programme, ("relations", index, "after"), step)
            case _:
                continue
    for path, text in conditions_of(programme):
        for step in _asked(programme, text):
            yield from _gate(programme, path, step)


def _gate(programme: Programme, path: Path, step: str) -> Iterator[Problem]:
    if measured(programme, step):
        yield Problem(path, "measure_as_gate", {"value": step})


def _asked(programme: Programme, text: str) -> Iterator[str]:
    """The steps that a condition asks for; a condition that cannot be read is found elsewhere."""
    try:
        checked = condition(text, programme.citizen)
    except ConditionError:
        return
    for node in nodes(checked.syntax):
        if isinstance(node, Call) and (node.function, len(node.operands)) in BY_CALL:
            for takes, operand in zip(BY_CALL[node.function, len(node.operands)].takes, node.operands, strict=True):
                if takes is Takes.STEP and isinstance(operand, Literal):
                    yield str(operand.value)

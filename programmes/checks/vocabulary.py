"""The words that relations and conditions of a programme may speak of."""

from collections.abc import Iterator

from domain.measures import BANDED
from domain.pathway.facts.children import AFTERCARE
from domain.pathway.permissions import RESPONSIBLE
from domain.pathway.steps import (
    BUILT_IN,
    OF_A_CHILD,
    OF_A_DUTY,
    OF_A_HEARING,
    OF_A_PHASE,
    OF_A_SECOND,
    OF_AN_ELEMENT,
    OF_AN_INSTRUMENT,
    OF_AN_ORDER,
)
from domain.programme.elements import BridgingStep, Duty, Kind
from domain.programme.phases import Phase
from domain.programme.shape import Programme


def steps(programme: Programme) -> frozenset[str]:
    """Every step that relations may speak of, because it can happen."""
    called = {name for name, element in programme.elements.items() if element.kind is Kind.PATHWAY}
    elements = {f"{name}.{what}" for name in programme.elements.keys() - called for what in OF_AN_ELEMENT}
    elements |= {f"{name}.{topic}" for name, element in programme.elements.items() for topic in element.topics}
    entered = {*called, AFTERCARE} if programme.aftercare else called
    children = {*entered, *(f"{name}.{what}" for name in entered for what in OF_A_CHILD)}
    elements |= {
        f"{name}.{step}"
        for name, element in programme.elements.items()
        if element.kind is Kind.BRIDGING
        for step in BridgingStep
    }
    orders = {f"{name}.{what}" for name in programme.orders for what in OF_AN_ORDER}
    duties = [name for name, element in programme.elements.items() if element.obligation is not Duty.VOLUNTARY]
    missed = {f"{name}.{what}" for name in duties for what in OF_A_DUTY}
    phases = {f"{name}.{what}" for name, phase in programme.phases.items() for what in _of(phase)}
    built_in = {step for step in BUILT_IN if step != "time_up" or programme.fixed_duration}
    measures = {f"{name}.{what}" for name, measure in programme.measures.items() for what in (*measure.by, *_low(name))}
    declared = {*programme.elements, *programme.events, *programme.decisions, *programme.measures}
    assigned = {f"{role}_assigned" for role in _roles(programme) & RESPONSIBLE}
    happening = {*elements, *missed, *phases, *measures, *_around(programme), *assigned, *children, *orders}
    return frozenset({*built_in, *happening, *declared, *programme.obligations})


def _around(programme: Programme) -> Iterator[str]:
    """What can happen to decisions besides being made."""
    for name, decision in programme.decisions.items():
        seconded = OF_A_SECOND if decision.second else ()
        heard = OF_A_HEARING if decision.may_be_adverse else ()
        yield from (f"{name}.{what}" for what in (*seconded, *heard))


def _of(phase: Phase) -> Iterator[str]:
    """What can happen to that phase: no review comes due without a rhythm, and no step is proposed without one."""
    for what in OF_A_PHASE:
        needed = phase.review_every if what == "review" else phase.advance if what in {"proposed", "answered"} else True
        if needed:
            yield what


def _low(name: str) -> tuple[str, ...]:
    return OF_AN_INSTRUMENT if name in BANDED else ()


def measured(programme: Programme, step: str) -> bool:
    """Whether *step* is an answer to a measure, or what follows from one."""
    return step.partition(".")[0] in programme.measures


def _roles(programme: Programme) -> set[str]:
    named = {response.by for response in programme.responses.values()}
    return {*named, *(role for element in programme.elements.values() for role in element.staffed_by)}

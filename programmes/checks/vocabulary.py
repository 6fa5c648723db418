"""The words that relations and conditions of a programme may speak of."""

from domain.pathway.steps import BUILT_IN, OF_A_DUTY, OF_A_PHASE, OF_AN_ELEMENT
from domain.programme.elements import Duty
from domain.programme.shape import Programme


def steps(programme: Programme) -> frozenset[str]:
    """Every step that relations may speak of."""
    elements = {f"{name}.{what}" for name in programme.elements for what in OF_AN_ELEMENT}
    duties = [name for name, element in programme.elements.items() if element.obligation is not Duty.VOLUNTARY]
    missed = {f"{name}.{what}" for name in duties for what in OF_A_DUTY}
    phases = {f"{name}.{what}" for name in programme.phases for what in OF_A_PHASE}
    declared = {*programme.elements, *programme.events, *programme.decisions, *programme.measures}
    assigned = {f"{role}_assigned" for role in _roles(programme)}
    return frozenset({*BUILT_IN, *elements, *missed, *phases, *declared, *programme.obligations, *assigned})


def _roles(programme: Programme) -> set[str]:
    named = {response.by for response in programme.responses.values()}
    return {*named, *(role for element in programme.elements.values() for role in element.staffed_by)}

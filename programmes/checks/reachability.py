"""Whether every phase and element can be reached, every duty has a basis, and there is a way out."""

from collections.abc import Iterator

from domain.programme.elements import Duty
from domain.programme.phases import How
from domain.programme.relations import Exclude
from domain.programme.shape import Programme
from programmes.checks.problem import Problem


def of_reach(programme: Programme) -> Iterator[Problem]:
    """Phases and elements that nobody can come to."""
    reached = {programme.first_phase}
    while True:
        further = {
            phase.advance.to for name, phase in programme.phases.items() if name in reached and phase.advance
        } & programme.phases.keys() - reached
        if not further:
            break
        reached |= further
    for name in programme.phases:
        if name not in reached:
            yield Problem(("phases", name), "unreachable_phase", {"value": name})
    offered = {*programme.throughout, *(each for name in reached for each in programme.phases[name].elements)}
    for name in programme.elements:
        if name not in offered:
            yield Problem(("elements", name), "unreachable_element", {"value": name})


def of_duties(programme: Programme) -> Iterator[Problem]:
    """Duties without a basis, and mixes that do not add up."""
    for name, element in programme.elements.items():
        if element.obligation is Duty.MANDATORY and element.legal_basis is None:
            yield Problem(("elements", name), "legal_basis_missing", {"value": name})
        if element.evaluation and not element.parts:
            yield Problem(("elements", name, "evaluation"), "evaluation_without_parts", {"value": name})
    for name, phase in programme.phases.items():
        share = sum(phase.mix.values())
        if abs(share - 1) > 0.001:  # noqa: PLR2004 - shares are written with two or three decimals
            yield Problem(("phases", name, "mix"), "mix_not_whole", {"sum": round(share, 3)})
        advance = phase.advance
        if advance and advance.how is How.AUTOMATIC and advance.when is None:
            yield Problem(("phases", name, "advance"), "automatic_without_condition", {"value": name})


def of_ways_out(programme: Programme) -> Iterator[Problem]:
    """Pathways that nobody could end."""
    close = programme.decisions.get("close")
    if close is None:
        yield Problem(("decisions",), "no_closing_decision", {})
    elif not close.outcomes:
        yield Problem(("decisions", "close", "outcomes"), "no_closing_outcome", {})
    for index, relation in enumerate(programme.relations):
        if isinstance(relation, Exclude) and relation.exclude == "close":
            yield Problem(("relations", index, "exclude"), "closing_put_aside", {})

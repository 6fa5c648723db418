"""Whether every word that a programme refers to is declared in it, and means one thing."""

from collections.abc import Iterator

from domain.pathway.facts.children import AFTERCARE
from domain.pathway.steps import BUILT_IN
from domain.programme.decisions import FixedLength
from domain.programme.referral import NumberCircumstance
from domain.programme.shape import Programme
from programmes.checks.problem import Problem, each_known, is_known


def of_references(programme: Programme) -> Iterator[Problem]:
    """Words that refer to nothing."""
    for name, phase in programme.phases.items():
        yield from each_known(("phases", name, "elements"), phase.elements, programme.elements)
        if phase.advance:
            others = programme.phases.keys() - {name}
            yield from is_known(("phases", name, "advance", "to"), phase.advance.to, others)
    for name, circumstance in programme.citizen.items():
        if isinstance(circumstance, NumberCircumstance) and circumstance.minimum > circumstance.maximum:
            yield Problem(("citizen", name, "minimum"), "minimum_above_maximum", {"maximum": circumstance.maximum})
    yield from each_known(("throughout",), programme.throughout, programme.elements)
    for name, element in programme.elements.items():
        yield from each_known(("elements", name, "sites"), element.sites, programme.sites)
        yield from each_known(("elements", name, "parts"), element.parts, programme.part_titles)
        yield from is_known(("elements", name, "unit"), element.unit, programme.units)
    if isinstance(programme.duration, FixedLength):
        groups = {group.id for group in programme.referral.eligible}
        for group in programme.duration.for_groups:
            yield from is_known(("duration", "for_groups", group), group, groups)
    yield from is_known(("roles", "order"), programme.roles.order, programme.units)
    yield from each_known(("roles", "provide"), programme.roles.provide, programme.units)
    for name, decision in programme.decisions.items():
        yield from each_known(("decisions", name, "outcomes"), decision.outcomes, programme.outcomes)


def of_names(programme: Programme) -> Iterator[Problem]:
    """One word means one thing: elements, phases, events, decisions, duties and measures share their names."""
    own = (*BUILT_IN, AFTERCARE) if programme.aftercare else BUILT_IN
    seen: dict[str, str] = dict.fromkeys(own, "built-in")
    for where in ("elements", "phases", "events", "decisions", "obligations", "measures", "intensities", "orders"):
        for name in getattr(programme, where):
            if name in seen:
                yield Problem((where, name), "name_taken", {"value": name, "by": seen[name]})
            seen[name] = where

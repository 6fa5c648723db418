"""What a programme's shape alone does not say: references, relations, conditions, reachability. Pure."""

from collections.abc import Iterator

from domain.programme.shape import Programme
from programmes.checks.children import of_children
from programmes.checks.clocks import of_clocks
from programmes.checks.conditions import of_conditions
from programmes.checks.decisions import of_decisions
from programmes.checks.intensities import of_intensities
from programmes.checks.measures import of_gates, of_measures
from programmes.checks.orders import of_orders
from programmes.checks.problem import Problem
from programmes.checks.reachability import of_duties, of_reach, of_ways_out
from programmes.checks.references import of_names, of_references
from programmes.checks.relations import of_relations
from programmes.checks.roles import of_roles
from programmes.checks.setting import of_data, of_places, of_setting
from programmes.checks.truths import of_truths

CHECKS = (
    of_references,
    of_names,
    of_relations,
    of_roles,
    of_clocks,
    of_conditions,
    of_truths,
    of_intensities,
    of_measures,
    of_gates,
    of_decisions,
    of_children,
    of_orders,
    of_reach,
    of_duties,
    of_ways_out,
    of_setting,
    of_places,
    of_data,
)


def problems(programme: Programme) -> Iterator[Problem]:
    """Everything that is wrong with a programme whose shape is right."""
    for check in CHECKS:
        yield from check(programme)

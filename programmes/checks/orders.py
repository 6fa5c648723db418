"""Whether what is ordered is offered, and whether somebody may be asked to deliver it."""

from collections.abc import Iterator

from domain.pathway.commands.orders import CompleteOrder
from domain.pathway.permissions import MAY
from domain.programme.shape import Programme
from programmes.checks.problem import Problem, each_known


def of_orders(programme: Programme) -> Iterator[Problem]:
    """Orders of nothing, that nobody can be given, or that nobody could accept."""
    for name, ordered in programme.orders.items():
        yield from each_known(("orders", name, "elements"), ordered.elements, programme.elements)
        if ordered.approve_by not in MAY[CompleteOrder]:
            known = ", ".join(sorted(MAY[CompleteOrder]))
            yield Problem(
                ("orders", name, "approve_by"), "role_never_may", {"value": ordered.approve_by, "known": known}
            )
    if programme.orders and not programme.providers:
        yield Problem(("orders",), "nobody_delivers", {})

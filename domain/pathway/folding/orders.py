"""How orders change where a pathway stands."""

from domain.pathway.facts import orders
from domain.pathway.folding import Folding
from domain.pathway.state import Order, OrderStage, Pathway


def _placed(pathway: Pathway, fact: orders.OrderPlaced) -> Pathway:
    order = Order(fact.provider, fact.elements, OrderStage.PLACED, fact.at, fact.at)
    return pathway.but(orders={**pathway.orders, fact.order: order})


def _accepted(pathway: Pathway, fact: orders.OrderAccepted) -> Pathway:
    return _come_to(pathway, fact.order, stage=OrderStage.ACCEPTED)


def _declined(pathway: Pathway, fact: orders.OrderDeclined) -> Pathway:
    return _come_to(pathway, fact.order, stage=OrderStage.DECLINED)


def _reported(pathway: Pathway, fact: orders.DeliveryReported) -> Pathway:
    return _come_to(pathway, fact.order, stage=OrderStage.REPORTED, since=fact.at)


def _completed(pathway: Pathway, fact: orders.OrderCompleted) -> Pathway:
    return _come_to(pathway, fact.order, stage=OrderStage.COMPLETED)


def _cancelled(pathway: Pathway, fact: orders.OrderCancelled) -> Pathway:
    return _come_to(pathway, fact.order, stage=OrderStage.CANCELLED)


def _come_to(pathway: Pathway, order: str, **changes: object) -> Pathway:
    known = pathway.orders.get(order)
    return pathway if known is None else pathway.but(orders={**pathway.orders, order: known.but(**changes)})


FOLDING: Folding = {
    orders.OrderPlaced: _placed,
    orders.OrderAccepted: _accepted,
    orders.OrderDeclined: _declined,
    orders.DeliveryReported: _reported,
    orders.OrderCompleted: _completed,
    orders.OrderCancelled: _cancelled,
}

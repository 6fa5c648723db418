"""What ordering, answering an order, delivering and ending it cause."""

from datetime import date

from domain.calendar import local_date
from domain.pathway.binding import Binding
from domain.pathway.commands import orders
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import orders as facts
from domain.pathway.facts.sessions import TOOK_PART
from domain.pathway.guards import require_known, require_running, require_underway
from domain.pathway.requirements import DELIVERING, for_order, for_placing, require
from domain.pathway.state import OPEN_ORDERS, Attended, Order, OrderStage, Pathway
from domain.programme.orders import Provider, ProviderKind
from domain.refusal import AgreementExpired, AgreementMissing, Invalid

MINUTES = 60


def _place(binding: Binding, pathway: Pathway, command: orders.PlaceOrder) -> Facts:
    require_running(pathway)
    programme = binding.programme
    require_known("order", command.order, programme.orders)
    require_known("provider", command.provider, programme.providers)
    known = pathway.orders.get(command.order)
    if known and (known.stage, known.placed) == (OrderStage.PLACED, command.at):
        return []
    require(for_placing(pathway, command.order))
    _require_agreement(command.provider, programme.providers[command.provider], local_date(command.at))
    if command.ends and command.ends < command.begins:
        raise Invalid("ends", "before_it_begins", begins=str(command.begins))
    ordered = programme.orders[command.order]
    return [
        facts.OrderPlaced(
            at=command.at,
            order=command.order,
            provider=command.provider,
            elements=ordered.elements,
            hours=ordered.hours if command.hours is None else command.hours,
            terms=command.terms,
            begins=command.begins,
            ends=command.ends,
            goals=command.goals,
            placed_by=command.by,
        )
    ]


def _require_agreement(code: str, provider: Provider, day: date) -> None:
    """Raises: AgreementMissing, AgreementExpired when a private provider may not be given an order on *day*."""
    if provider.kind is ProviderKind.MUNICIPAL:
        return
    if provider.agreement is None:
        raise AgreementMissing(provider=code)
    if provider.agreement_until and provider.agreement_until < day:
        raise AgreementExpired(provider=code, until=str(provider.agreement_until))


def _order(binding: Binding, pathway: Pathway, order: str, *stages: OrderStage) -> Order:
    require_underway(pathway)
    require_known("order", order, binding.programme.orders)
    require(for_order(pathway, order, *stages))
    return pathway.orders[order]


def _is(pathway: Pathway, order: str, *stages: OrderStage) -> bool:
    known = pathway.orders.get(order)
    return known is not None and known.stage in stages and not pathway.is_over


def _accept(binding: Binding, pathway: Pathway, command: orders.AcceptOrder) -> Facts:
    if _is(pathway, command.order, OrderStage.ACCEPTED, OrderStage.REPORTED):
        return []
    known = _order(binding, pathway, command.order, OrderStage.PLACED)
    return [facts.OrderAccepted(at=command.at, order=command.order, provider=known.provider, note=command.note)]


def _decline(binding: Binding, pathway: Pathway, command: orders.DeclineOrder) -> Facts:
    if _is(pathway, command.order, OrderStage.DECLINED):
        return []
    known = _order(binding, pathway, command.order, OrderStage.PLACED)
    return [facts.OrderDeclined(at=command.at, order=command.order, provider=known.provider, reason=command.reason)]


def _report(binding: Binding, pathway: Pathway, command: orders.ReportDelivery) -> Facts:
    require_underway(pathway)
    if pathway.has_happened(f"{command.order}.reported", command.at):
        return []
    known = _order(binding, pathway, command.order, *DELIVERING)
    seen = delivered(pathway, known)
    minutes = sum(each.minutes for each in seen)
    return [
        facts.DeliveryReported(
            at=command.at,
            order=command.order,
            provider=known.provider,
            hours=minutes / MINUTES if command.hours is None else command.hours,
            sessions=len(seen) if command.sessions is None else command.sessions,
            registered_minutes=minutes,
            registered_sessions=len(seen),
            since=known.since,
            note=command.note,
        )
    ]


def delivered(pathway: Pathway, order: Order) -> list[Attended]:
    """What was registered of the ordered elements since the last report, as far back as sessions are remembered."""
    return [
        each
        for each in pathway.attendance
        if each.element in order.elements and each.at >= order.since and each.attendance in TOOK_PART
    ]


def _complete(binding: Binding, pathway: Pathway, command: orders.CompleteOrder) -> Facts:
    if _is(pathway, command.order, OrderStage.COMPLETED):
        return []
    known = _order(binding, pathway, command.order, *DELIVERING)
    return [
        facts.OrderCompleted(
            at=command.at, order=command.order, provider=known.provider, completed_by=command.by, note=command.note
        )
    ]


def _cancel(binding: Binding, pathway: Pathway, command: orders.CancelOrder) -> Facts:
    if _is(pathway, command.order, OrderStage.CANCELLED):
        return []
    known = _order(binding, pathway, command.order, *OPEN_ORDERS)
    return [
        facts.OrderCancelled(
            at=command.at,
            order=command.order,
            provider=known.provider,
            cancelled_by=command.by,
            reason=command.reason,
        )
    ]


ANSWERS: Answers = {
    orders.PlaceOrder: _place,
    orders.AcceptOrder: _accept,
    orders.DeclineOrder: _decline,
    orders.ReportDelivery: _report,
    orders.CompleteOrder: _complete,
    orders.CancelOrder: _cancel,
}

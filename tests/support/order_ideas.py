"""What may come to somebody's mind about orders."""

from datetime import datetime

from domain.calendar import local_date
from domain.pathway.command import Command
from domain.pathway.commands import orders
from tests.support.cast import CASEWORKER, PROVIDER
from tests.support.wandering import Idea, Wanderer


def place(who: Wanderer, at: datetime) -> Command:
    """Something is ordered."""
    return orders.PlaceOrder(
        by=CASEWORKER,
        at=at,
        order=who.one_of(who.programme.orders),
        provider=who.one_of(who.programme.providers),
        begins=local_date(at),
        goals="i bedre form",
    )


def answer(who: Wanderer, at: datetime) -> Command:
    """The provider answers."""
    order = who.one_of(who.programme.orders)
    if who.chance(0.7):
        return orders.AcceptOrder(by=PROVIDER, at=at, order=order)
    return orders.DeclineOrder(by=PROVIDER, at=at, order=order, reason="ingen ledige pladser")


def report(who: Wanderer, at: datetime) -> Command:
    """The provider reports, with figures of its own or without."""
    hours = who.random.choice([None, 4, 12])
    return orders.ReportDelivery(by=PROVIDER, at=at, order=who.one_of(who.programme.orders), hours=hours)


def end(who: Wanderer, at: datetime) -> Command:
    """The orderer ends the order."""
    order = who.one_of(who.programme.orders)
    if who.chance(0.75):
        return orders.CompleteOrder(by=CASEWORKER, at=at, order=order)
    return orders.CancelOrder(by=CASEWORKER, at=at, order=order, reason="i arbejde")


def ordering(who: Wanderer) -> tuple[Idea, ...]:
    """What suggests itself where something can be ordered."""
    if not who.programme.orders:
        return ()
    known: dict[str, tuple[Idea, ...]] = {
        "placed": (answer, answer, end, report),
        "accepted": (report, report, end),
        "reported": (report, end, end, end),
    }
    stages = sorted(each.stage.value for each in who.pathway.orders.values()) or ["none"]
    return tuple(idea for stage in stages for idea in known.get(stage, (place, place)))

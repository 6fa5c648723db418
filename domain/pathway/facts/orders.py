"""What happens to an order: placed, answered, delivered, reported, completed. Source: V17."""

from datetime import date

from domain.actor import Actor
from domain.moment import Moment
from domain.pathway.fact import Fact
from domain.text import Code, Line, Note


class OrderPlaced(Fact):
    """The orderer asked a provider to deliver something."""

    order: Code
    provider: Code
    elements: tuple[Code, ...]
    hours: float | None
    terms: Line | None
    """Price and terms."""
    begins: date
    ends: date | None
    goals: Note
    placed_by: Actor


class OrderAccepted(Fact):
    """The provider will deliver."""

    order: Code
    provider: Code
    note: Note | None


class OrderDeclined(Fact):
    """The provider will not deliver; the orderer decides what now."""

    order: Code
    provider: Code
    reason: Note


class DeliveryReported(Fact):
    """The provider reported what was delivered since the last report, beside what was registered."""

    order: Code
    provider: Code
    hours: float
    sessions: int
    registered_minutes: int
    """What was registered of the ordered elements in the same time."""
    registered_sessions: int
    since: Moment
    note: Note | None


class OrderCompleted(Fact):
    """The orderer accepted what was delivered; the order is at its end."""

    order: Code
    provider: Code
    completed_by: Actor
    note: Note | None


class OrderCancelled(Fact):
    """The orderer took the order back."""

    order: Code
    provider: Code
    cancelled_by: Actor
    reason: Note

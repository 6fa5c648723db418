"""What may be asked about orders: the orderer places and ends them, the provider answers and reports."""

from typing import Annotated

from pydantic import Field

from domain.day import Day
from domain.pathway.command import Command
from domain.text import Code, Line, Note

Hours = Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)]


class PlaceOrder(Command):
    """Order something of a provider."""

    order: Code
    provider: Code
    hours: Hours | None = None
    """Without it, as the programme says."""
    terms: Line | None = None
    begins: Day
    ends: Day | None = None
    goals: Note


class AcceptOrder(Command):
    """Say that the order will be delivered."""

    order: Code
    note: Note | None = None


class DeclineOrder(Command):
    """Say that the order will not be delivered."""

    order: Code
    reason: Note


class ReportDelivery(Command):
    """Report what was delivered since the last report."""

    order: Code
    hours: Hours | None = None
    """Without it, what was registered."""
    sessions: Annotated[int, Field(ge=0, le=10_000)] | None = None
    note: Note | None = None


class CompleteOrder(Command):
    """Accept what was delivered."""

    order: Code
    note: Note | None = None


class CancelOrder(Command):
    """Take an order back."""

    order: Code
    reason: Note

"""What every kind of stream is: five functions from which the engine makes durable behaviour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Command = TypeVar("Command")
Event = TypeVar("Event")
State = TypeVar("State")


@dataclass(frozen=True)
class Decider(Generic[Command, Event, State]):
    """The rules of one kind of stream, with what they depend on bound in."""

    initial: State
    decide: Callable[[State, Command], Sequence[Event]]
    """The facts a command causes; empty when it asks for what is already so. Raises: Refused, Invalid."""
    evolve: Callable[[State, Sequence[Event]], State]
    """The state after facts that were decided about it; total, for history is never refused."""
    next_due: Callable[[State], datetime | None]
    """When something next happens by itself, or None."""
    is_over: Callable[[State], bool]
    """Whether nothing more will happen by itself."""

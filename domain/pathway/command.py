"""What every command has: who asks, and when they asked."""

from datetime import UTC, datetime
from typing import Annotated, ClassVar

from pydantic import AfterValidator, AwareDatetime

from domain.actor import Actor
from domain.refusal import code_of
from domain.value import Value


def _in_utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""An instant with its zone, kept in UTC."""


class Command(Value):
    """Something that somebody asks for."""

    kind: ClassVar[str]
    """The name by which people give it, from the name of the class."""

    by: Actor
    at: Instant
    """When it was asked: the caller's clock, which decides."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.kind = code_of(cls.__name__)


class Report(Command):
    """Something that people tell of afterwards."""

    happened: Instant | None = None
    """When it was true, never after it was told; without it, just now."""

    @property
    def true_at(self) -> datetime:
        """When what is told of was true."""
        return self.happened or self.at

"""What every command has: who asks, and when they asked."""

import re
from datetime import UTC, datetime
from typing import Annotated, ClassVar

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

from domain.actor import Actor
from domain.calendar import is_in_gap, local
from domain.day import in_sensible_years
from domain.refusal import code_of
from domain.value import Value

_NAMED_ZONE = re.compile(r"(?P<wall>[0-9T:. -]+?)(?: |\[)Europe/Copenhagen\]?")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")


def _on_danish_clocks(given: object) -> object:
    """A Danish clock time as an instant; anything else that begins with a date as it is.

    Raises: PydanticCustomError when the clocks skip that time, or when it is a number, which says no date.
    """
    if isinstance(given, datetime):
        return given
    if not isinstance(given, str) or not _DATED.match(given.strip()):
        raise PydanticCustomError("datetime_parsing", "is not an instant")
    match = _NAMED_ZONE.fullmatch(given.strip())
    if match is None:
        return given
    try:
        wall = datetime.fromisoformat(match["wall"].strip())
    except ValueError:
        return given
    in_sensible_years(wall)
    if is_in_gap(wall):
        raise PydanticCustomError(
            "datetime_gap",
            "does not exist: in the night to {day} clocks go forward from 02 to 03",
            {"day": str(wall.date())},
        )
    return local(wall.date(), wall.time())


def _in_utc(instant: datetime) -> datetime:
    return in_sensible_years(instant).astimezone(UTC)


Instant = Annotated[AwareDatetime, BeforeValidator(_on_danish_clocks), AfterValidator(_in_utc)]
"""An instant with its zone, such as `2026-03-02T09:00+01:00` or `2026-03-02 09:00 Europe/Copenhagen`; kept in UTC."""


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

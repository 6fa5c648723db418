"""From what a scenario says is done to the command that says so."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args
from uuid import NAMESPACE_OID, UUID, uuid5

from pydantic import AwareDatetime
from pydantic_core import PydanticCustomError

from domain.actor import Role
from domain.pathway.acts import SHAPES, SOMEBODY, TEXT
from domain.pathway.command import Command
from domain.pathway.commands.referrals import AcceptReferral
from domain.pathway.permissions import MAY, OURS
from domain.programme.shape import Programme
from domain.refusal import Invalid
from programmes.scenarios.instants import When
from programmes.scenarios.shape import Tried

TELLABLE: Mapping[str, type[Command]] = {kind: shape for kind, shape in SHAPES.items() if shape not in OURS}
"""What a scenario may have somebody do; letters, notices and time come by themselves."""
USUAL: Mapping[str, object] = {"reason": TEXT, "basis": TEXT, "goals": TEXT, "citizen": "citizen", "consent": True}
"""What a scenario may leave out, because no rule looks at what it says."""


@dataclass(frozen=True)
class Clock:
    """Where a story is in time."""

    begins: date
    now: datetime

    def at(self, when: When | None) -> datetime:
        """The instant that is meant; now where none is said."""
        return when.at(self.begins, self.now) if when else self.now


def named(name: object) -> object:
    """The id that a session or a citizen has whom a scenario calls by a name."""
    try:
        return str(UUID(str(name)))
    except ValueError:
        return str(uuid5(NAMESPACE_OID, name)) if isinstance(name, str) else name


def command(asked: Tried, programme: Programme, clock: Clock) -> Command:
    """The command that is meant, now.

    Raises: Invalid when there is no such command or role, ValidationError when its fields do not fit.
    """
    shape = TELLABLE.get(asked.do)
    if shape is None:
        raise Invalid("do", "unknown_code", value=asked.do, known=", ".join(sorted(TELLABLE)))
    role, _, person = asked.by.partition(":")
    if role not in set(Role):
        raise Invalid("by", "unknown_code", value=role, known=", ".join(sorted(MAY[shape])))
    said = {"by": f"{role}:{person or SOMEBODY}", "at": clock.now.isoformat(), **(asked.model_extra or {})}
    usual = {name: value for name, value in _usual(shape, programme).items() if name not in said}
    fields = {name: _written(shape, name, value, clock) for name, value in {**usual, **said}.items()}
    return shape.model_validate_json(json.dumps(fields))


def _usual(shape: type[Command], programme: Programme) -> dict[str, object]:
    usual = {name: value for name, value in USUAL.items() if name in shape.model_fields}
    if "note" in shape.model_fields and shape.model_fields["note"].is_required():
        usual["note"] = TEXT
    if shape is AcceptReferral and programme.contact_person == "required":
        usual["contact_person"] = SOMEBODY
    return usual


def _written(shape: type[Command], name: str, value: object, clock: Clock) -> object:
    """The value of a field as the command itself would be written."""
    field = shape.model_fields.get(name)
    if field is None or name == "at" or value is None:
        return value
    if _holds(field.annotation, AwareDatetime):
        return clock.at(_instant(name, value)).isoformat()
    return named(value) if _holds(field.annotation, UUID) else value


def _instant(name: str, value: object) -> When:
    try:
        return When(str(value))
    except (ValueError, PydanticCustomError):
        raise Invalid(name, "no_instant_of_a_story", value=str(value)) from None


def _holds(annotation: Any, kind: object) -> bool:  # noqa: ANN401 - whatever a field is annotated with
    return annotation is kind or any(_holds(each, kind) for each in get_args(annotation))

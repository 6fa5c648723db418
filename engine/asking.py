"""From what people send, a command: named, with its fields, by somebody, now."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from domain.actor import Actor
from domain.misfits import invalid
from domain.pathway.command import Command
from domain.pathway.permissions import MAY, OURS
from domain.refusal import Invalid

_ACTOR: TypeAdapter[Actor] = TypeAdapter(Actor)

COMMANDS: Mapping[str, type[Command]] = {shape.kind: shape for shape in MAY if shape not in OURS}
"""Every command that people and systems may give, by name."""


def command_from(kind: str, fields: Mapping[str, object], by: str, at: datetime) -> Command:
    """The command named *kind* with those fields.

    Raises: Invalid naming every field that does not fit.
    """
    shape = COMMANDS.get(kind)
    if shape is None:
        raise Invalid("command", "unknown_code", value=kind, known=", ".join(sorted(COMMANDS)))
    try:
        return shape.model_validate({**fields, "by": by, "at": at})
    except ValidationError as error:
        raise invalid(error) from None


def actor(text: str) -> Actor:
    """The actor that *text* names, such as `caseworker:sb-12`.

    Raises: Invalid when it names none.
    """
    try:
        return _ACTOR.validate_python(text)
    except ValidationError as error:
        raise invalid(error, "by") from None

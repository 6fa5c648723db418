"""How a line is called wrongly, where the library says nothing, or says one thing of many."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperArgument


class Misused(typer.TyperException):
    """The line cannot be carried out as it stands."""

    def __init__(self, message: str, context: Any = None) -> None:  # noqa: ANN401 - typer's own
        super().__init__(message)
        self.ctx = context


class UnknownCommand(Misused):
    """No command has that name."""

    def __init__(self, name: str, known: Sequence[str], context: Any = None) -> None:  # noqa: ANN401 - typer's own
        super().__init__(name, context)
        self.near = ", ".join(get_close_matches(name, known))


class Missing(Misused):
    """Words or options are missing that the command needs."""

    def __init__(self, names: Sequence[str], context: Any = None) -> None:  # noqa: ANN401 - typer's own
        super().__init__(", ".join(names), context)


class GivenTwice(Misused):
    """An option stands on the line more than once, though it has one value."""


class MeansNothing(Misused):
    """An option has no meaning beside another, or without one; nobody is left to believe that it counted."""

    def __init__(self, option: str, **where: str) -> None:
        super().__init__(option)
        self.where = where
        """`beside` the other, `without` it, or `before` the word behind which it belongs."""


def require_apart(option: str, others: Mapping[str, object]) -> None:
    """Raises: MeansNothing when one of *others* was given beside *option*, under which it would not count."""
    for other, value in others.items():
        if value:
            raise MeansNothing(other, beside=option)


def require_beside(option: str, others: Mapping[str, object]) -> None:
    """Raises: MeansNothing when one of *others* was given without *option*, without which it would not count."""
    for other, value in others.items():
        if value:
            raise MeansNothing(other, without=option)


def require_well_called(command: Any, context: Any, args: Sequence[str]) -> None:  # noqa: ANN401 - typer's own
    """Raises: GivenTwice, Missing naming everything that is missing; whatever the library raises besides."""
    given, _, order = command.make_parser(context).parse_args(args=list(args))
    if given.get("help"):
        return
    for each in order:
        if order.count(each) > 1 and each.opts[0].startswith("-") and not (each.multiple or each.is_flag):
            raise GivenTwice(each.opts[0], context)
    missing = [each for each in command.get_params(context) if each.required and given.get(each.name) in (None, ())]
    if missing:
        raise Missing([typed(each) for each in missing], context)


def typed(parameter: Any) -> str:  # noqa: ANN401 - typer's own
    """A word or an option of a command, as people type it."""
    if isinstance(parameter, TyperArgument):
        return parameter.metavar or parameter.name.upper()
    return str(parameter.opts[0])

"""Whether a line would be understood, without carrying it out."""

import shlex
from functools import cache
from typing import Any

import typer
import typer.main
from typer.core import TyperGroup

from cli import app
from console.misuse import UnknownCommand


@cache
def command_line() -> TyperGroup:
    """Every command of the app, made once."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return group


def misunderstood(line: str) -> str | None:
    """Why `trinvis` does not understand a line, or None when it does."""
    name, *words = shlex.split(line)
    assert name.rpartition("/")[2] == "trinvis", line
    try:
        _parsed(command_line(), name, words)
    except typer.Exit:
        return None  # what `--version` asks for is said while the line is read
    except typer.TyperException as error:
        return f"{type(error).__name__}: {error}"
    return None


def _parsed(command: Any, name: str, words: list[str], parent: Any = None) -> None:  # noqa: ANN401 - typer's own
    if words == ["--help"]:
        return
    context = command.make_context(name, list(words), parent=parent)
    if isinstance(command, TyperGroup):
        left: list[str] = [*context._protected_args, *context.args]
        if not left and command.invoke_without_command:
            return
        first, rest = left[0], left[1:]
        if first not in command.commands:
            raise UnknownCommand(first, [])
        _parsed(command.commands[first], first, rest, context)


def commands() -> dict[str, list[str]]:
    """Every command by its path, with the words that lead to it."""
    return dict(_below(command_line(), [], []))


def _below(command: Any, path: list[str], words: list[str]) -> list[tuple[str, list[str]]]:  # noqa: ANN401 - the same
    found = [(" ".join(path) or "trinvis", words)]
    if isinstance(command, TyperGroup):
        before = ["PATHWAY"] if path == ["tell"] else []
        for name, below in command.commands.items():
            found += _below(below, [*path, name], [*words, *before, name])
    return found

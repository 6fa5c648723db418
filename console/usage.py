"""The command line as a whole: help in the right language, and a sentence for whatever goes wrong."""

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

import typer
from typer.core import TyperArgument, TyperGroup

from console.help import help_of
from console.output import WRONG_USE, Out
from console.speaking import VOICE, Voice, voice_of
from runtime.settings import WrongSetting


class UnknownCommand(typer.TyperException):
    """No command has that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.near = ", ".join(get_close_matches(name, known))


class Group(TyperGroup):
    """Commands that answer in the language that is asked for, also when they are called wrongly."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context
        """What `--help` shows."""
        return help_of(self, ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's own context and answer
        """The command that the first word names. Raises: UnknownCommand."""
        if args[0] not in self.commands:
            raise UnknownCommand(args[0], list(self.commands))
        return super().resolve_command(ctx, args)

    def main(self, *given: Any, **others: Any) -> NoReturn:  # noqa: ANN401 - typer's own
        """Runs the command line and ends the process; whatever happens, with a sentence and an exit code."""
        args: Sequence[str] | None = given[0] if given else others.pop("args", None)
        words = sys.argv[1:] if args is None else list(args)
        voice = voice_of(words)
        token = VOICE.set(voice)
        try:
            code = _ended(self, words, voice, {**others, "standalone_mode": False})
        finally:
            VOICE.reset(token)
        sys.exit(code)


def _ended(group: Group, words: list[str], voice: Voice, others: dict[str, Any]) -> int:
    """The exit code of one run."""
    out = Out(None, as_json=voice.as_json)
    try:
        return TyperGroup.main(group, words, **others) or 0
    except typer.Exit as ended:
        return ended.exit_code
    except typer.Abort:
        return out.error("stopped", out.wording.say("error", "stopped"))
    except WrongSetting as wrong:
        return out.error("wrong_setting", out.wording.say("error", "wrong_setting", problem=wrong), exit_code=WRONG_USE)
    except typer.TyperException as error:
        return _misused(out, error)
    except Exception as error:
        if os.environ.get("TRINVIS_LOG_LEVEL") == "debug":
            raise
        return out.error("bug", out.wording.say("error", "bug", what=type(error).__name__))


def _misused(out: Out, error: Any) -> int:  # noqa: ANN401 - typer keeps its own errors to itself
    """Says how the line is wrong; help that was not asked for by name comes as it is."""
    if type(error).__name__ == "NoArgsIsHelpError":
        out.progress(error.message)
        return WRONG_USE
    context = getattr(error, "ctx", None)
    command = context.command_path.replace("{", "").replace("}", "") if context else "trinvis"
    says = f"{_sentence(out, error)} {out.wording.say('usage', 'see_help', command=command)}"
    return out.error("usage", says, exit_code=WRONG_USE)


def _sentence(out: Out, error: Any) -> str:  # noqa: ANN401 - the same
    """What is wrong with the line, told apart by what typer calls it."""
    match type(error).__name__:
        case "UnknownCommand":
            return out.wording.say("usage", "unknown_command", what=error.message, near=error.near)
        case "NoSuchOption":
            near = ", ".join(error.possibilities or ())
            return out.wording.say("usage", "unknown_option", what=error.option_name, near=near)
        case "MissingParameter":
            return out.wording.say("usage", "missing", what=_spelled(error.param))
        case "BadParameter" if error.param is not None:
            return out.wording.say("usage", "bad_value", what=_spelled(error.param), problem=_fitting(out, error.param))
        case "BadOptionUsage":
            takes_none = "does not take a value" in error.message
            return out.wording.say("usage", "with_value" if takes_none else "without_value", what=error.option_name)
        case _:
            too_many = "unexpected extra argument" in error.message
            return out.wording.say("usage", "too_many" if too_many else "other", problem=error.message)


def _spelled(parameter: Any) -> str:  # noqa: ANN401 - the same
    if isinstance(parameter, TyperArgument):
        return parameter.metavar or parameter.name.upper()
    return str(parameter.opts[0])


def _fitting(out: Out, parameter: Any) -> str:  # noqa: ANN401 - the same
    """What values the parameter takes."""
    choices = parameter.type_descriptor.choices
    if choices:
        return out.wording.say("problem", "enum", expected=", ".join(map(str, choices)))
    if parameter.min is not None and parameter.max is not None:
        return out.wording.say("problem", "out_of_range", minimum=parameter.min, maximum=parameter.max)
    if parameter.min is not None:
        return out.wording.say("problem", "greater_than_equal", ge=parameter.min)
    return out.wording.say("problem", "int_parsing")

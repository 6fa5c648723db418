"""The command line as a whole: help in the right language, and a sentence for whatever goes wrong."""

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from console.help import help_of
from console.misuse import GivenTwice, MeansNothing, Missing, UnknownCommand, typed
from console.output import WRONG_USE, Out
from console.speaking import VOICE, Voice, voice_of, without_lang
from runtime.settings import WrongSetting
from texts.sentences import problem


class Group(TyperGroup):
    """Commands that answer in the language that is asked for, also when they are called wrongly."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context
        """What `--help` shows."""
        return help_of(self, ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's own context and answer
        """The command that the first word names. Raises: UnknownCommand."""
        if args[0] not in self.commands:
            raise UnknownCommand(args[0], list(self.commands), ctx)
        return super().resolve_command(ctx, args)

    def main(self, *given: Any, **others: Any) -> NoReturn:  # noqa: ANN401 - typer's own
        """Runs the command line and ends the process; whatever happens, with a sentence and an exit code."""
        args: Sequence[str] | None = given[0] if given else others.pop("args", None)
        words = sys.argv[1:] if args is None else list(args)
        voice = voice_of(words)
        token = VOICE.set(voice)
        try:
            code = _ended(self, without_lang(words), voice, {**others, "standalone_mode": False})
        finally:
            VOICE.reset(token)
        sys.exit(code)


class ToPathway(Group):
    """Commands that are told to a pathway, whose id comes first."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's own context and answer
        """What stands behind the pathway; a command in its place shows its help, where that is asked for.

        Raises: Missing.
        """
        if not args or args[0] not in self.commands:
            return super().parse_args(ctx, args)
        command = self.commands[args[0]]
        own = type(ctx)(command, info_name=args[0], parent=ctx)
        if "--help" not in args:
            raise Missing([typed(self.params[0])], own)
        sys.stdout.write(f"{command.get_help(own)}\n")
        raise typer.Exit


def _ended(group: Group, words: list[str], voice: Voice, others: dict[str, Any]) -> int:
    """The exit code of one run."""
    out = Out(voice.language, as_json=voice.as_json)
    try:
        return TyperGroup.main(group, words, **others) or 0
    except typer.Exit as ended:
        return ended.exit_code
    except typer.Abort:
        out.progress("")  # the question stands on a line of its own
        return out.error("stopped", out.told("error", "stopped"))
    except WrongSetting as wrong:
        says = out.told("error", "wrong_setting", problem=_wrong(out, wrong))
        return out.error("wrong_setting", says, exit_code=WRONG_USE)
    except typer.TyperException as error:
        return _misused(out, error)
    except Exception as error:
        if os.environ.get("TRINVIS_LOG_LEVEL") == "debug":
            raise
        return out.error("bug", out.told("error", "bug", what=type(error).__name__))


def _wrong(out: Out, wrong: WrongSetting) -> str:
    """What is wrong with each setting."""
    found = [f"{variable}: {problem(out.wording, code, values)}" for variable, code, values in wrong.found]
    return " ".join(found) or str(wrong)


def _misused(out: Out, error: Any) -> int:  # noqa: ANN401 - typer keeps its own errors to itself
    """Says how the line is wrong; one that stops short of a command gets the help that it stopped at."""
    context: Any = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError" or error.message == "Missing command.":
        out.progress(context.get_help())
        return WRONG_USE
    command = context.command_path.replace("{", "").replace("}", "") if context else "trinvis"
    says = f"{_sentence(out, error)} {out.wording.say('usage', 'see_help', command=command)}"
    return out.error("usage", says, exit_code=WRONG_USE)


def _sentence(out: Out, error: Any) -> str:  # noqa: ANN401 - the same
    """What is wrong with the line, told apart by what it is, or by what typer calls it."""
    match error:
        case UnknownCommand():
            return out.told("usage", "unknown_command", what=error.message, near=error.near)
        case Missing():
            return out.told("usage", "missing", what=error.message)
        case GivenTwice():
            return out.told("usage", "given_twice", what=error.message)
        case MeansNothing():
            where = {"beside": None, "before": None, "without": None, **error.where}
            return out.told("usage", "means_nothing", what=error.message, **where)
        case _:
            return _sentence_of_typer(out, error)


def _sentence_of_typer(out: Out, error: Any) -> str:  # noqa: ANN401 - the same
    match type(error).__name__:
        case "NoSuchOption":
            near = ", ".join(error.possibilities or ())
            return out.told("usage", "unknown_option", what=error.option_name, near=near)
        case "BadParameter" if error.param is not None:
            return out.told("usage", "bad_value", what=typed(error.param), problem=_fitting(out, error.param))
        case "BadOptionUsage":
            takes_none = "does not take a value" in error.message
            return out.told("usage", "with_value" if takes_none else "without_value", what=error.option_name)
        case _:
            too_many = "unexpected extra argument" in error.message
            return out.told("usage", "too_many" if too_many else "other", problem=error.message)


def _fitting(out: Out, parameter: Any) -> str:  # noqa: ANN401 - the same
    """What values the parameter takes."""
    choices = parameter.type_descriptor.choices
    if choices:
        return out.told("problem", "enum", expected=", ".join(map(str, choices)))
    if parameter.min is not None and parameter.max is not None:
        return out.told("problem", "out_of_range", minimum=parameter.min, maximum=parameter.max)
    if parameter.min is not None:
        return out.told("problem", "greater_than_equal", ge=parameter.min)
    return out.told("problem", "int_parsing")

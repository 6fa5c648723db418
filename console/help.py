"""What `--help` says, in Danish or English, with an example of each command."""

import re
import shutil
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from console.examples import EXAMPLES
from console.misuse import Misused, require_well_called
from console.speaking import VOICE
from texts.catalogue import Wording

NARROWEST, WIDEST = 60, 100
COLUMN = 26
"""How far the names of options reach before their meaning begins."""

FIRST = re.compile(r"[.;:] ")
"""Where the first part of a sentence ends, which is enough in a list."""

Rows = Iterable[tuple[str, str]]


class Command(TyperCommand):
    """A command whose help stands with the other texts, and that says everything that is wrong with its line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own context
        """What is left of the line. Raises: Missing, GivenTwice, and what the library raises besides."""
        require_well_called(self, ctx, args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own context and answer
        """What the command answers; when options do not go together, it says where to read how."""
        try:
            return super().invoke(ctx)
        except Misused as misused:
            misused.ctx = ctx
            raise

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context
        """What `--help` shows."""
        return help_of(self, ctx)


def help_of(command: TyperCommand | TyperGroup, context: Any) -> str:  # noqa: ANN401 - typer's own context
    """How a command is used, what it is for, its words and options, and an example."""
    return "\n".join(_lines(command, context))


def _lines(command: TyperCommand | TyperGroup, context: Any) -> Iterator[str]:  # noqa: ANN401 - typer's own context
    wording, path = Wording(VOICE.get().language), path_of(context)
    yield _usage(wording, command, context)
    yield ""
    yield from wrapped(wording.say("help", "commands", path), 2)
    yield from _section(wording, "arguments", _arguments(wording, command, path))
    yield from _section(wording, "options", _options(wording, command, path))
    if isinstance(command, TyperGroup):
        yield from _section(wording, "commands", _commands(wording, command, path))
    yield ""
    yield wording.say("help", "headings", "example")
    yield f"  {EXAMPLES[path]}"


def path_of(context: Any) -> str:  # noqa: ANN401 - typer's own context
    """The words by which a command is known, such as `tell book-session`; `trinvis` for all of it."""
    names: list[str] = []
    while context.parent is not None:
        names.insert(0, context.info_name)
        context = context.parent
    return " ".join(names) or "trinvis"


def _usage(wording: Wording, command: TyperCommand | TyperGroup, context: Any) -> str:  # noqa: ANN401 - typer's own
    rest = "placeholder" if isinstance(command, TyperGroup) else "options_placeholder"
    before = context.command_path.replace("{", "").replace("}", "")
    words = [_word(each) if each.required else f"[{_word(each)}]" for each in _given(command)]
    return wording.say("help", "headings", "usage") + " ".join((before, *words, wording.say("help", "headings", rest)))


def _given(command: TyperCommand | TyperGroup) -> Iterator[TyperArgument]:
    yield from (each for each in command.params if isinstance(each, TyperArgument))


def _word(argument: TyperArgument) -> str:
    return argument.metavar or argument.name.upper()


def _meaning(wording: Wording, path: str, name: str) -> str:
    special = ("help", "special", path, name)
    return wording.say(*special) if wording.has(*special) else wording.say("help", "options", name)


def _arguments(wording: Wording, command: TyperCommand | TyperGroup, path: str) -> Rows:
    for each in _given(command):
        yield _word(each), _meaning(wording, path, each.name)


def _options(wording: Wording, command: TyperCommand | TyperGroup, path: str) -> Rows:
    for each in command.params:
        if isinstance(each, TyperOption):
            spelled = " / ".join((*each.opts, *each.secondary_opts))
            value = "" if each.is_flag else f" {_value(wording, each)}"
            needed = f" ({wording.say('help', 'headings', 'required')})" if each.required else ""
            yield f"{spelled}{value}", f"{_meaning(wording, path, each.name)}{needed}"
    yield "--help", wording.say("help", "headings", "help")


def _value(wording: Wording, option: TyperOption) -> str:
    kind = option.metavar or "text"
    return wording.say("help", "values", kind) if wording.has("help", "values", kind) else kind


def _commands(wording: Wording, group: TyperGroup, path: str) -> Rows:
    before = "" if path == "trinvis" else f"{path} "
    for name in group.commands:
        meaning = wording.say("help", "commands", f"{before}{name}")
        yield name, FIRST.split(meaning)[0].removesuffix(".")


def _section(wording: Wording, heading: str, rows: Rows) -> Iterator[str]:
    written = [line for name, meaning in rows for line in _row(name, meaning)]
    if written:
        yield ""
        yield wording.say("help", "headings", heading)
        yield from written


def _row(name: str, meaning: str) -> Iterator[str]:
    lines = list(wrapped(meaning, COLUMN + 2))
    if len(name) > COLUMN - 2:
        yield f"  {name}"
    else:
        lines[0] = f"  {name:<{COLUMN}}{lines[0].lstrip()}"
    yield from lines


def wrapped(text: str, indent: int) -> Iterator[str]:
    """*text* in lines that fit the terminal; what one types is not broken at its hyphens."""
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    before = " " * indent
    yield from wrap(text, width, initial_indent=before, subsequent_indent=before, break_on_hyphens=False)

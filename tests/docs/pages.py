"""The pages of the reference, made from the code that they describe."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from domain import refusal as refusals
from domain.actor import Role
from domain.pathway.catalogue import FACTS
from domain.pathway.command import Command
from domain.pathway.commands import (
    children,
    course,
    decisions,
    intensities,
    obligations,
    orders,
    phases,
    proceedings,
    referrals,
    sessions,
)
from domain.pathway.follow_ups import CALLED_FOR
from domain.pathway.permissions import ANYBODY, MAY
from domain.refusal import Refused
from domain.value import Value
from runtime.settings import Settings, config_folder, state_folder
from tests.docs.founding import INTRO as INTRO_OF_FOUNDING
from tests.docs.founding import founding
from tests.docs.language import page_of_the_language
from tests.docs.shapes import BASICS, below, section, sentence, table, wrapped
from texts.catalogue import catalogue

MADE = "<!-- Made from the code by `make reference`. Change the code, not this page. -->"
ROOMS: Mapping[str, ModuleType] = {
    "Referral and beginning": referrals,
    "Phases and reviews": phases,
    "Sessions and talks": sessions,
    "What is agreed from a day on": intensities,
    "What is owed": obligations,
    "A second pair of eyes": decisions,
    "Pathways that belong together": children,
    "Hearing and complaint": proceedings,
    "Order and delivery": orders,
    "Everything else on the way": course,
}
"""The chapters of a pathway, as the code divides them."""
SETTINGS = """\
Environment variables of every process. `trinvis settings` shows the values that hold here, without secrets. Each of
them goes before what `trinvis up` leaves in `running.json`; an empty one counts as not set."""
FACTS_ARE = """\
Every kind of fact that a pathway's history may hold. Names are a storage format and never change. Every fact has `at`
besides: when it was true. Its header says when it was learnt, by whom, and by which command. A fact marked ✉ may call
for a letter to the citizen or a notice to staff.

"""
COMMANDS_ARE = """\
Every command that a pathway understands, with its fields and the roles that may give it at all. Where the programme
names roles, both must agree. Every command has `by` (role and id) and `at` (when it was asked) besides.
[The command line](cli.md) shows them as people type them.

"""
CODES_ARE = """\
Codes are stable: programs may rely on them. `--json` gives each with its values; people read a sentence in Danish or
English, with the values where `…` stands here."""
GIVEN = ("by", "at")
_GAP = re.compile(r"{{.*?}}")
_TAG = re.compile(r"{%.*?%}")
_OR = re.compile(r"\{% (else|elif) ?[^%]*%\}")
"""Where a sentence may go on in one way or in another."""


def page(title: str, intro: str, lines: Iterator[str]) -> str:
    """A whole page."""
    return "\n".join([f"# {title}", "", MADE, "", intro, "", *lines]).rstrip() + "\n"


def settings() -> str:
    """Every setting with its default."""
    return page("Settings", SETTINGS, _settings())


def _settings() -> Iterator[str]:
    yield "| variable | default | meaning |"
    yield "|---|---|---|"
    meanings = dict(_section("setting"))
    for field in Settings.model_fields.values():
        variable = str(field.validation_alias)
        default = field.get_default(call_default_factory=True, validated_data={})
        shown = "not set" if default is None else f"`{_place(default)}`"
        yield f"| `{variable}` | {shown} | {sentence(meanings[variable])} |"
    yield ""
    yield "Two more say where things lie, before any setting is read:"
    yield ""
    yield "| variable | default | meaning |"
    yield "|---|---|---|"
    yield "| `TRINVIS_STATE` | `.trinvis` | The state folder: what `trinvis up` leaves, its logs, the outbox |"
    yield "| `XDG_CONFIG_HOME` | `~/.config` | The folder in which `trinvis` keeps key files that no setting names |"


def _place(default: object) -> str:
    """A default, wherever this machine keeps it."""
    if isinstance(default, Path):
        for folder, name in ((config_folder(), "~/.config/trinvis"), (state_folder(), ".trinvis")):
            if default.is_relative_to(folder):
                return f"{name}/{default.relative_to(folder)}"
    return str(default).lower() if isinstance(default, bool) else str(default)


def facts() -> str:
    """Every kind of fact with its fields."""
    return page("Facts", FACTS_ARE + BASICS, _facts())


def _facts() -> Iterator[str]:
    for title, commands in ROOMS.items():
        room = commands.__name__.replace(".commands.", ".facts.")
        yield f"## {title}"
        yield ""
        for kind, fact in FACTS.items():
            if fact.__module__ == room:
                yield f"### {kind}{' ✉' if fact in CALLED_FOR else ''}"
                yield ""
                yield wrapped(f"{sentence(fact.__doc__)} Schema {fact.schema_number}.")
                yield ""
                yield from table(fact, ("at",))
                yield ""
    yield from _parts([*FACTS.values()])
    yield from _called("Letters", "letter")
    yield from _called("Notices", "notice")


def _called(title: str, section: str) -> Iterator[str]:
    """What is sent or shown because of facts, by code."""
    yield f"## {title}"
    yield ""
    yield "| code | is called |"
    yield "|---|---|"
    for code, words in _section("names", section):
        yield f"| `{code}` | {words} |"
    yield ""


def _parts(
    shapes: Sequence[type[Value]], left_out: tuple[str, ...] = GIVEN, *, defaults: bool = False
) -> Iterator[str]:
    yield "## What they are made of"
    yield ""
    for shape in below(shapes, left_out):
        yield from section(shape, defaults=defaults)


def commands() -> str:
    """Every command with its fields and who may give it."""
    return page("Commands", COMMANDS_ARE + BASICS, _commands())


def _commands() -> Iterator[str]:
    known = {kind: kind.__module__ for kind in MAY}
    for title, module in ROOMS.items():
        yield f"## {title}"
        yield ""
        for command in [command for command, room in known.items() if room == module.__name__]:
            yield f"### {command.kind}"
            yield ""
            yield wrapped(sentence(command.__doc__))
            yield ""
            yield wrapped(f"By: {_who(command)}.")
            yield ""
            yield from table(command, GIVEN, defaults=True)
            yield ""
    yield from _parts([*MAY], defaults=True)


def _who(command: type[Command]) -> str:
    if MAY[command] == ANYBODY:
        return "whom the programme names"
    return ", ".join(f"`{role}`" for role in Role if role in MAY[command])


def answers() -> str:
    """Every code with which a command is turned down, or an error told."""
    return page("Refusals and errors", CODES_ARE, _answers())


def _answers() -> Iterator[str]:
    yield "## Refused: it makes sense, but not now"
    yield ""
    yield "| code | meaning |"
    yield "|---|---|"
    for each in vars(refusals).values():
        if isinstance(each, type) and issubclass(each, Refused) and each is not Refused:
            yield f"| `{refusals.code_of(each.__name__)}` | {sentence(each.__doc__)} |"
    for title, key in (
        ("Invalid: a field cannot be understood", "problem"),
        ("Errors: nothing could be done", "error"),
    ):
        yield ""
        yield f"## {title}"
        yield ""
        yield "| code | what people read |"
        yield "|---|---|"
        for code, words in _section(key):
            yield f"| `{code}` | {words} |"


def _section(*keys: str) -> Iterator[tuple[str, str]]:
    """The sentences of a section of the texts, with gaps for their values."""
    texts: Any = catalogue("en")
    for key in keys:
        texts = texts[key]
    for code, words in texts.items():
        yield code, _TAG.sub("", _OR.sub(" / ", _GAP.sub("…", str(words)))).replace("|", "\\|")


def founding_facts() -> str:
    """Which founding fact is held by which test."""
    return page("Founding facts", INTRO_OF_FOUNDING, founding())


def programmes() -> str:
    """The programme language."""
    return page(*page_of_the_language())

"""What a command says, to people or as JSON, and how it ends."""

import dataclasses
import json
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from typing import NoReturn
from uuid import UUID

import typer
from pydantic import BaseModel
from rich.console import Console

from console.answers.errors import Failed, ToldError
from console.speaking import language_of
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused
from domain.text import without_cpr
from domain.words import Language
from texts.catalogue import Wording
from texts.sentences import problem

REFUSED = 1
"""The exit code of a command that was refused, or found something wanting."""
WRONG_USE = 2
"""The exit code of a command that was called wrongly, or whose fields cannot be understood."""


SHARED = {
    "by": "--by",
    "ground": "--ground",
    "decision": "--decision",
    "pathway": "PATHWAY",
    "citizen": "CITIZEN",
    "programme": "PROGRAMME",
}
"""How people spell what most commands take: by field, the word or option."""


class Out:
    """One command's voice."""

    def __init__(self, lang: Language | None, *, as_json: bool) -> None:
        self.language = language_of(lang)
        self.as_json = as_json
        self._console = Console(highlight=False, soft_wrap=True, emoji=False, markup=False)
        self._errors = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False, markup=False)
        self.programme: Programme | None = None
        """Whose words are used for codes, as soon as it is known."""
        self.options: Mapping[str, str] = SHARED
        """How people spell the fields of the command: by field, the option."""
        self.command_id: UUID | None = None
        """The id of the command, from when it may have been stored."""

    @property
    def wording(self) -> Wording:
        """What is said in the chosen language."""
        return Wording(self.language, self.programme)

    def say(self, *key: str, **values: object) -> str:
        """A sentence of the command line's own."""
        return self.wording.say("console", *key, **values)

    def data(self, content: object) -> None:
        """The answer as JSON."""
        sys.stdout.write(_writable(json.dumps(plain(content), ensure_ascii=False, indent=1)) + "\n")

    def line(self, text: str = "") -> None:
        """A line for people."""
        self._console.print(_visible(text))

    def text(self, text: str) -> None:
        """A whole text for people, with no line that it does not have: what is shown can be given back."""
        self._console.print(_visible(text), end="")

    def heading(self, text: str) -> None:
        """A line that stands above others."""
        self._console.print()
        self._console.print(_visible(text), style="bold")

    def progress(self, text: str) -> None:
        """A line on what is going on; never part of the answer."""
        self._errors.print(_visible(text))

    def told(self, *key: str, **values: object) -> str:
        """A sentence with values that somebody typed, never repeating a CPR number."""
        return self.wording.say(*key, **_without_cpr(values))

    def refuse(self, refusal: Refused) -> NoReturn:
        """Ends with a refusal."""
        self.fail(refusal.code, self.told("refusal", refusal.code, **refusal.values), values=refusal.values)

    def misunderstand(self, invalid: Invalid) -> NoReturn:
        """Ends with everything that is wrong with fields, each named as people typed it."""
        first, *others = (self._told_of(each) for each in (invalid, *invalid.others))
        if self.as_json:
            self.data(Failed(replace(first, others=others or None)))
        else:
            self.progress("\n".join(each.message for each in (first, *others)))
        raise typer.Exit(WRONG_USE)

    def _told_of(self, invalid: Invalid) -> ToldError:
        values = _without_cpr(invalid.values)
        message = f"{without_cpr(self._spelled(invalid.field))}: {problem(self.wording, invalid.code, values)}"
        return ToldError(invalid.code, message, without_cpr(invalid.field), values or None)

    def _spelled(self, field: str) -> str:
        head, _, rest = field.partition(".")
        option = self.options.get(head)
        return f"{option} {rest}".strip() if option else field

    def fail(self, code: str, message: str, *, values: Mapping[str, object] | None = None) -> NoReturn:
        """Ends with an error that says what to do."""
        raise typer.Exit(self.error(code, message, values=values))

    def error(
        self, code: str, message: str, *, values: Mapping[str, object] | None = None, exit_code: int = REFUSED
    ) -> int:
        """Says what went wrong and what to do; the exit code."""
        if self.as_json:
            self.data(Failed(ToldError(code, message, values=_without_cpr(values or {}) or None)))
        else:
            self.progress(message)
        return exit_code


def _without_cpr(values: Mapping[str, object]) -> dict[str, object]:
    return {name: without_cpr(value) if isinstance(value, str) else value for name, value in values.items()}


def _visible(text: str) -> str:
    """*text* without what would steer a terminal: what people wrote is shown, never carried out."""
    shown = (each if each == "\n" or unicodedata.category(each) not in {"Cc", "Cf"} else "\ufffd" for each in text)
    return _writable("".join(shown))


def _writable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def plain(content: object) -> object:  # noqa: PLR0911 - one return for each kind of value
    """*content* as JSON has it; a field that may be left out is left out where it says nothing."""
    if isinstance(content, BaseModel):
        return plain(content.model_dump(mode="json"))
    if dataclasses.is_dataclass(content) and not isinstance(content, type):
        said = {field.name: getattr(content, field.name) for field in dataclasses.fields(content)}
        unsaid = {field.name for field in dataclasses.fields(content) if said[field.name] == field.default}
        return {name: plain(value) for name, value in said.items() if name not in unsaid}
    if isinstance(content, Enum):
        return content.value
    if isinstance(content, Mapping):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, (list, tuple, set, frozenset)):
        return [plain(each) for each in content]
    if isinstance(content, (datetime, date)):
        return content.isoformat()
    return str(content) if isinstance(content, UUID) else content

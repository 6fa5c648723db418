"""What a command says, to people or as JSON, and how it ends."""

import dataclasses
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import NoReturn
from uuid import UUID

import typer
from pydantic import BaseModel
from rich.console import Console

from console.options import Lang
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused
from domain.words import Language
from runtime.settings import Settings
from texts.catalogue import Wording
from texts.sentences import of_problem, of_refusal

REFUSED = 1
"""The exit code of a command that was refused, or found something wanting."""
WRONG_USE = 2
"""The exit code of a command that was called wrongly."""


class Out:
    """One command's voice."""

    def __init__(self, lang: Lang | None, *, as_json: bool) -> None:
        chosen = lang.value if lang else Settings().language
        self.language: Language = "en" if chosen == "en" else "da"
        self.as_json = as_json
        self.console = Console(highlight=False, soft_wrap=True)
        self._errors = Console(stderr=True, highlight=False, soft_wrap=True)
        self.programme: Programme | None = None
        """Whose words are used for codes, as soon as it is known."""

    @property
    def wording(self) -> Wording:
        """What is said in the chosen language."""
        return Wording(self.language, self.programme)

    def say(self, *key: str, **values: object) -> str:
        """A sentence of the command line's own."""
        return self.wording.say("console", *key, **values)

    def data(self, content: object) -> None:
        """The answer as JSON."""
        sys.stdout.write(json.dumps(plain(content), ensure_ascii=False, indent=1) + "\n")

    def line(self, text: str = "") -> None:
        """A line for people."""
        self.console.print(text, markup=False)

    def progress(self, text: str) -> None:
        """A line on what is going on; never part of the answer."""
        self._errors.print(text, markup=False)

    def refuse(self, refusal: Refused) -> NoReturn:
        """Ends with a refusal."""
        self.fail(refusal.code, of_refusal(self.wording, refusal), values=refusal.values)

    def misunderstand(self, invalid: Invalid) -> NoReturn:
        """Ends with what is wrong with a field."""
        self.fail(invalid.code, of_problem(self.wording, invalid), values=invalid.values, field=invalid.field)

    def fail(
        self,
        code: str,
        message: str,
        *,
        values: Mapping[str, object] | None = None,
        field: str | None = None,
        exit_code: int = REFUSED,
    ) -> NoReturn:
        """Ends with an error that says what to do."""
        if self.as_json:
            error = {"code": code, "field": field, "message": message, "values": dict(values or {})}
            self.data({"error": {name: value for name, value in error.items() if value not in (None, {})}})
        else:
            self._errors.print(message, markup=False)
        raise typer.Exit(exit_code)


def plain(content: object) -> object:  # noqa: PLR0911 - one return for each kind of value
    """*content* as JSON has it."""
    if isinstance(content, BaseModel):
        return plain(content.model_dump(mode="json"))
    if dataclasses.is_dataclass(content) and not isinstance(content, type):
        return {field.name: plain(getattr(content, field.name)) for field in dataclasses.fields(content)}
    if isinstance(content, Enum):
        return content.value
    if isinstance(content, Mapping):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, (list, tuple, set, frozenset)):
        return [plain(each) for each in content]
    if isinstance(content, (datetime, date)):
        return content.isoformat()
    return str(content) if isinstance(content, UUID) else content

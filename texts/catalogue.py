"""Sentences by key, in Danish and English, filled in with values."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import cast

import yaml
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from domain.calendar import COPENHAGEN
from domain.calendar import last_day as last_day_of
from domain.programme.shape import Programme
from domain.words import Language
from texts.naming import Naming

LOCALES: Mapping[Language, str] = {"da": "da_DK", "en": "en_GB"}
NAMING = (
    "name",
    "names",
    "site_name",
    "outcome_name",
    "circumstance_name",
    "value_name",
    "part_names",
    "contraindication_names",
    "who",
)
"""What sentences may ask of the naming."""
Section = dict[str, "str | Section"]


@cache
def catalogue(language: Language) -> Section:
    """Everything that is said in *language*, by key."""
    text = (Path(__file__).parent / f"{language}.yaml").read_text(encoding="utf-8")
    return cast("Section", yaml.safe_load(text))


class Wording:
    """What is said in one language, with a programme's own words where one is given."""

    def __init__(self, language: Language, programme: Programme | None = None) -> None:
        self.language = language
        self._locale = LOCALES[language]
        self.naming = Naming(language, catalogue(language), programme)
        self._environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
        self._environment.globals.update(self._helpers())

    def _helpers(self) -> dict[str, Callable[..., str]]:
        return {
            **{name: getattr(self.naming, name) for name in NAMING},
            "day": self.day,
            "last_day": self.last_day,
            "moment": self.moment,
            "hours": self.hours,
            "number": self.number,
            "capital": lambda text: text[:1].upper() + text[1:],
        }

    def has(self, *key: str) -> bool:
        """Whether something is said under that key."""
        try:
            return isinstance(self._template(key), str)
        except KeyError:
            return False

    def say(self, *key: str, **values: object) -> str:
        """The sentence under a key such as `refusal`, `is_over`.

        Raises: KeyError when nothing is said under it, jinja2.UndefinedError when it lacks a value.
        """
        return self._environment.from_string(self._template(key)).render(values)

    def _template(self, key: tuple[str, ...]) -> str:
        found: str | Section = catalogue(self.language)
        for part in key:
            if isinstance(found, str):
                raise KeyError(".".join(key))
            found = found[part]
        if not isinstance(found, str):
            raise KeyError(".".join(key))
        return found

    def day(self, at: datetime) -> str:
        """The Danish date of an instant, such as `2. marts 2026`."""
        return format_date(at.astimezone(COPENHAGEN).date(), "long", self._locale)

    def last_day(self, due: datetime) -> str:
        """The last date on which something due then is in time."""
        return format_date(last_day_of(due), "long", self._locale)

    def moment(self, at: datetime) -> str:
        """A weekday, a date and a clock time in Denmark."""
        return format_datetime(
            at, "EEEE d. MMMM y HH:mm" if self.language == "da" else "EEEE d MMMM y HH:mm", COPENHAGEN, self._locale
        )

    def hours(self, minutes: int) -> str:
        """Minutes as hours, such as `7,5`."""
        return self.number(minutes / 60)

    def number(self, value: float) -> str:
        """A number as it is written, with at most one decimal."""
        return format_decimal(value, "#,##0.#", self._locale)

"""Sentences by key, in Danish and English, filled in with values."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import cast

import yaml
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.units import format_unit
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from domain.calendar import COPENHAGEN
from domain.calendar import last_day as last_day_of
from domain.period import Period
from domain.programme.shape import Programme
from domain.words import Language
from texts.naming import SECTIONS, Naming

LOCALES: Mapping[Language, str] = {"da": "da_DK", "en": "en_GB"}
MOMENT: Mapping[Language, str] = {
    "da": "EEEE 'den' d. MMMM y 'kl.' H.mm",
    "en": "EEEE d MMMM y 'at' H:mm",
}
"""A weekday, a date and a clock time, as letters write them."""
DAYS_A_WEEK = 7
ENDS = tuple('.!?…:»"')
"""What a sentence ends with; free text that does not is given a full stop when something may follow it."""
NAMING = (
    "name",
    "made",
    "names",
    "coded",
    "programme_name",
    "site_name",
    "topic_names",
    "prompt_name",
    "partner_name",
    "outcome_name",
    "provider_name",
    "circumstance_name",
    "value_name",
    "item_answers",
    "part_names",
    "reason_name",
    "reason_names",
    "contraindication_names",
    "follow_up_name",
    "subject_name",
    "week_name",
    "who",
)
"""What sentences may ask of the naming, besides `role_name` and its like for the shared sections."""
Section = dict[str, "str | Section"]

_ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


@cache
def catalogue(language: Language) -> Section:
    """Everything that is said in *language*, by key."""
    text = (Path(__file__).parent / f"{language}.yaml").read_text(encoding="utf-8")
    return cast("Section", yaml.safe_load(text))


@cache
def _template(language: Language, key: tuple[str, ...]) -> Template:
    found: str | Section = catalogue(language)
    for part in key:
        if isinstance(found, str):
            raise KeyError(".".join(key))
        found = found[part]
    if not isinstance(found, str):
        raise KeyError(".".join(key))
    return _ENVIRONMENT.from_string(found)


class Wording:
    """What is said in one language, with a programme's own words where one is given."""

    def __init__(self, language: Language, programme: Programme | None = None) -> None:
        self.language = language
        self._locale = LOCALES[language]
        self.naming = Naming(language, cast("Section", catalogue(language)["names"]), programme)
        self._helpers = self._made_helpers()

    def _made_helpers(self) -> dict[str, Callable[..., str]]:
        return {
            **{f"{section}_name": partial(self.naming.called, section) for section in SECTIONS},
            **{name: getattr(self.naming, name) for name in NAMING},
            "journey": self.journey,
            "role_names": partial(self.naming.several, "role"),
            "date": self.day,
            "last_day": self.last_day,
            "moment": self.moment,
            "period": self.period,
            "hours": self.hours,
            "hours_of": self.hours,
            "number": self.number,
            "counted": self.counted,
            "capital": lambda text: text[:1].upper() + text[1:],
            "ended": lambda text: text if text.rstrip()[-1:] in ENDS else f"{text.rstrip()}.",
        }

    def has(self, *key: str) -> bool:
        """Whether something is said under that key."""
        try:
            _template(self.language, key)
        except KeyError:
            return False
        return True

    def say(self, *key: str, **values: object) -> str:
        """The sentence under a key such as `refusal`, `is_over`.

        Raises: KeyError when nothing is said under it, jinja2.UndefinedError when it lacks a value.
        """
        return _template(self.language, key).render({**self._helpers, **values})

    def day(self, at: date | str) -> str:
        """The Danish date of an instant, or a date as such, as in `2. marts 2026`."""
        return format_date(_date(at), "long", self._locale)

    def last_day(self, due: datetime | str) -> str:
        """The last date on which something due then is in time."""
        return format_date(last_day_of(_instant(due)), "long", self._locale)

    def moment(self, at: datetime | str) -> str:
        """A weekday, a date and a clock time in Denmark."""
        return format_datetime(_instant(at), MOMENT[self.language], COPENHAGEN, self._locale)

    def period(self, text: str) -> str:
        """A period such as `P4W` in words."""
        length = Period(text)
        if length.working_days:
            return self.say("console", "working_days", many=length.working_days)
        parts = {
            "month": length.months,
            "week": 0 if length.days % DAYS_A_WEEK else length.days // DAYS_A_WEEK,
            "day": length.days if length.days % DAYS_A_WEEK else 0,
            "minute": length.minutes,
        }
        return " ".join(format_unit(many, unit, "long", locale=self._locale) for unit, many in parts.items() if many)

    def hours(self, minutes: int) -> str:
        """Minutes as hours, such as `7,5`."""
        return self.number(minutes / 60)

    def number(self, value: float) -> str:
        """A number as it is written, with at most one decimal."""
        return format_decimal(value, "#,##0.#", self._locale)

    def journey(self, way: str) -> str:
        """A way such as `0 refer_citizen, 28 pass_time` in words; what is done over and over is told once."""
        acts = [act.split(" ") for act in way.split(", ")]
        fresh = [acts[0], *(act for before, act in pairwise(acts) if act[1:] != before[1:])]
        told = [self.say("journey", "act", day=day, act=act, about="".join(about)) for day, act, *about in fresh]
        return "; ".join(told)

    def counted(self, many: int, one: str, others: str) -> str:
        """So many of something, such as `1 fact`."""
        return f"{self.number(many)} {one if many == 1 else others}"


def _date(at: date | str) -> date:
    if isinstance(at, datetime):
        return at.astimezone(COPENHAGEN).date()
    if isinstance(at, date):
        return at
    return date.fromisoformat(at) if len(at) == len("2026-03-02") else _date(datetime.fromisoformat(at))


def _instant(at: datetime | str) -> datetime:
    """An instant, also where a refusal keeps it as text."""
    return datetime.fromisoformat(at) if isinstance(at, str) else at

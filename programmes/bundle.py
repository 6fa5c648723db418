"""A published version as one text: the programme, the rule sets that it names, the days that its calendar closes."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

MARK = "--- # trinvis: "
"""How each further document begins; a programme's own text may hold no such line."""
RULES, CALENDAR = "rule set", "closed days"


def bundled(text: str, rule_sets: Sequence[str], closed: Iterable[date]) -> str:
    """The text that is kept of a version; just *text* where it names nothing."""
    parts = [text, *(f"{MARK}{RULES}\n{each}" for each in rule_sets)]
    by_year = groupby(sorted(closed), key=lambda day: day.year)
    years = [f"{year}: {' '.join(f'{day:%m-%d}' for day in days)}" for year, days in by_year]
    if years:
        parts.append("\n".join([MARK + CALENDAR, *years]))
    return "\n".join(parts)


def unbundled(bundle: str) -> tuple[str, list[str], frozenset[date]]:
    """The programme's text, its rule sets' texts, and the closed days."""
    text, *further = ("\n" + bundle).split("\n" + MARK)
    parts = [part.partition("\n") for part in further]
    rule_sets = [content for kind, _, content in parts if kind == RULES]
    years = [line.partition(": ") for kind, _, content in parts if kind == CALENDAR for line in content.splitlines()]
    days = (date.fromisoformat(f"{year}-{day}") for year, _, listed in years for day in listed.split())
    return text.removeprefix("\n"), rule_sets, frozenset(days)


def says_the_same(one: str, other: str) -> bool:
    """Whether people wrote the same in both; the closed days of a published version stay as they were then."""
    return _written(one) == _written(other)


def _written(bundle: str) -> tuple[str, list[str]]:
    text, rule_sets, _ = unbundled(bundle)
    return text, rule_sets

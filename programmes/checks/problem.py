"""Something wrong at a place in a programme."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.refusal import Plain
from programmes.source import Path


@dataclass(frozen=True)
class Problem:
    """Something wrong, and where."""

    path: Path
    code: str
    values: dict[str, Plain] = field(default_factory=dict)


def unknown(path: Path, value: str, known: Iterable[str]) -> Problem:
    """*value* is none of the words that may stand at *path*."""
    return Problem(path, "unknown_code", {"value": value, "known": ", ".join(sorted(known)) or "-"})


def each_known(path: Path, values: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    """The problems of a list in which every word must be known."""
    words = set(known)
    for index, value in enumerate(values):
        if value not in words:
            yield unknown((*path, index), value, words)


def is_known(path: Path, value: str | None, known: Iterable[str]) -> Iterator[Problem]:
    """The problem of a word that must be known, if there is one."""
    words = set(known)
    if value is not None and value not in words:
        yield unknown(path, value, words)

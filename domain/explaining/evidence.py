"""Which facts made something so: those after which the answer was another."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from domain.pathway.evolve import evolve
from domain.pathway.history import Event, numbered
from domain.pathway.state import Pathway

T = TypeVar("T")


@dataclass(frozen=True)
class Evidence:
    """A fact, by its place in the history."""

    version: int
    kind: str
    at: datetime


@dataclass(frozen=True)
class Stand:
    """Where a pathway stood after one of its facts, as we know the facts today."""

    evidence: Evidence | None
    """The fact; None before the first."""
    pathway: Pathway


def stands(history: Sequence[Event]) -> list[Stand]:
    """Where the pathway stood before the first fact and after each, corrections laid over."""
    return list(_stands(history))


def _stands(history: Sequence[Event]) -> Iterator[Stand]:
    pathway = Pathway()
    yield Stand(None, pathway)
    for version, event in numbered(history):
        pathway = evolve(pathway, event)
        yield Stand(Evidence(version, event.kind, event.at), pathway)


def turning(past: Sequence[Stand], ask: Callable[[Pathway], T]) -> Evidence | None:
    """The fact since which the answer has been what it is now, or None when it never was another."""
    answer = ask(past[-1].pathway)
    for before, after in pairwise(reversed(past)):  # from the latest on
        if ask(after.pathway) != answer:
            return before.evidence
    return None


def every_turning(past: Sequence[Stand], ask: Callable[[Pathway], T]) -> tuple[Evidence, ...]:
    """Every fact after which the answer was another than before."""
    answers = [ask(each.pathway) for each in past]
    return tuple(
        stand.evidence
        for stand, (before, after) in zip(past[1:], pairwise(answers), strict=True)
        if before != after and stand.evidence
    )

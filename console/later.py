"""What became of each fact later: corrected, taken back or erased, and what a correction changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.pathway.facts.course import FactCorrected, FactErased
from domain.pathway.history import Erased, Event, content, erasures
from texts.catalogue import Wording
from texts.changes import Body, changes


@dataclass(frozen=True)
class Later:
    """What became of a fact."""

    what: str
    """`corrected`, `withdrawn` or `erased`."""
    by: int
    """The version of the fact that says so."""


def became(history: Sequence[Event]) -> dict[int, Later]:
    """By version, the last thing that became of a fact."""
    gone, known = erasures(history), {}
    for version, event in enumerate(history, start=1):
        if isinstance(event, FactErased):
            known[event.erases] = Later("erased", version)
        elif isinstance(event, FactCorrected) and version not in gone and event.corrects not in gone:
            known[event.corrects] = Later("withdrawn" if event.body is None else "corrected", version)
    return known


def changed(wording: Wording, history: Sequence[Event]) -> dict[int, list[str]]:
    """By the version of a correction, what it changed from what was so until then."""
    said: dict[int, Body] = {}
    lines = {}
    for version, event in enumerate(history, start=1):
        if isinstance(event, Erased):
            continue
        said[version] = content(event)
        if isinstance(event, FactCorrected) and event.body is not None and event.corrects in said:
            lines[version] = changes(wording, said[event.corrects], event.body)
            said[event.corrects] = event.body
    return lines

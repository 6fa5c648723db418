"""The whole answer to why: every way in which a step is taken, and the shortest way to it."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime

from domain.explaining.ways import Way, history_by, way_by_rule, way_to
from domain.explaining.why import Door, Reason, doors, is_open
from domain.pathway.binding import Binding
from domain.pathway.evolve import fold
from domain.pathway.history import as_corrected


@dataclass(frozen=True)
class Explanation:
    """Why a step is open or closed, and what would open it."""

    step: str
    is_open: bool
    doors: tuple[Door, ...]
    way: Way
    by_rule: Way | None
    """The way on which the programme's own rule takes or proposes the step, where it has one."""


def explained(binding: Binding, step: str, at: datetime) -> Explanation:
    """Why *step* is open or closed at that instant, everything that is due by then having happened.

    Raises: Invalid when the programme knows no such step.
    """
    happened = history_by(binding, at)
    pathway = fold(as_corrected(happened))
    found = tuple(doors(binding, happened, step, at))
    ruled = any(door.command is None for door in found)
    by_rule = way_by_rule(binding, pathway, step, at) if ruled and pathway.phase != step else None
    return Explanation(step, is_open(binding, pathway, step), found, way_to(binding, pathway, step, at), by_rule)


def without(explanation: Explanation, hidden: Container[int]) -> Explanation:
    """The same, naming none of the facts that whoever asks may not see."""
    doors_ = tuple(replace(door, reasons=_shown(door.reasons, hidden)) for door in explanation.doors)
    return replace(explanation, doors=doors_)


def _shown(reasons: tuple[Reason, ...], hidden: Container[int]) -> tuple[Reason, ...]:
    return tuple(
        replace(
            each,
            because=tuple(fact for fact in each.because if fact.version not in hidden),
            parts=_shown(each.parts, hidden),
        )
        for each in reasons
    )

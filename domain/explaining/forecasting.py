"""What happens on a pathway by itself if nobody acts, until nothing but what recurs is left to happen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import local_date
from domain.conditions.engine import condition
from domain.conditions.syntax import Call, Literal, nodes
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.due import coming
from domain.pathway.fact import Fact
from domain.pathway.facts.phases import ReviewCameDue, WeekCounted
from domain.pathway.settling import Passed, settled
from domain.pathway.state import LONGEST_WINDOW, Pathway

RECURRING: Mapping[type[ReviewCameDue | WeekCounted], str] = {ReviewCameDue: "review", WeekCounted: "week"}
"""What comes again and again for as long as a pathway goes on, and changes nothing else, with how it is announced."""
FARTHEST = timedelta(days=5 * 366)
"""No chain is followed further than this."""


@dataclass(frozen=True)
class Rhythm:
    """Something that goes on after the chain, again and again."""

    fact: PathwayFact
    """The next time that it happens."""
    every_days: int | None
    """How many days lie between two of them; None where only one was seen."""


@dataclass(frozen=True)
class Forecast:
    """The chain of what will happen, in order."""

    chain: Sequence[Passed]
    is_stable: bool
    """Whether nothing but what recurs would happen after the chain, however long nobody acts."""
    rhythms: Sequence[Rhythm]
    """What goes on recurring after the chain."""


def forecast(binding: Binding, pathway: Pathway, at: datetime, until: datetime | None = None) -> Forecast:
    """What happens by itself after *at*, up to and at *until* where it is named, otherwise until it is stable.

    Nothing new can come when nothing but what recurs has happened for as long as the rules look back, unless something
    that comes once is still ahead.
    """
    end = until or at + FARTHEST
    passed: list[Passed] = []
    quiet_since = at
    for each in settled(binding, pathway, end):
        if until is None and _is_stable(binding, passed[-1].pathway if passed else pathway, quiet_since, each.due):
            return _forecast(passed, is_stable=True)
        passed.append(each)
        if not _recurs(each):
            quiet_since = each.due
    last = passed[-1].pathway if passed else pathway
    stable = not _once_ahead(last) and (not list(coming(last)) or _is_stable(binding, last, quiet_since, end))
    return _forecast(passed, is_stable=stable) if until is None else Forecast(passed, stable, ())


def _forecast(passed: Sequence[Passed], *, is_stable: bool) -> Forecast:
    """The chain, and what recurs after it; what comes for the last time, as a week before a pause, is no rhythm."""
    ahead = {each.what for each in coming(passed[-1].pathway)} if passed else set()
    goes_on = tuple(kind for kind, what in RECURRING.items() if what in ahead)
    last = max((place for place, each in enumerate(passed, start=1) if not _is_all(each, goes_on)), default=0)
    return Forecast(passed[:last], is_stable, _rhythms(passed[last:]))


def _recurs(passed: Passed) -> bool:
    return _is_all(passed, tuple(RECURRING))


def _is_all(passed: Passed, kinds: tuple[type[Fact], ...]) -> bool:
    return all(isinstance(fact, kinds) for fact in passed.facts)


def _is_stable(binding: Binding, pathway: Pathway, quiet_since: datetime, asked_at: datetime) -> bool:
    return asked_at - quiet_since > _looks_back(binding, pathway) and not _once_ahead(pathway)


def _once_ahead(pathway: Pathway) -> bool:
    return any(each.what not in RECURRING.values() for each in coming(pathway))


def _looks_back(binding: Binding, pathway: Pathway) -> timedelta:
    """As long as conditions look back, and as long as the present phase's rule counts weeks forward."""
    phase = binding.programme.phase(pathway.phase)
    advance = phase.advance if phase else None
    if advance is None or advance.when is None:
        return LONGEST_WINDOW
    asked = list(nodes(condition(advance.when, binding.programme.citizen).syntax))
    counts = any(isinstance(node, Call) and node.function == "weeks_in_phase" for node in asked)
    numbers = (int(node.value) for node in asked if isinstance(node, Literal) and isinstance(node.value, int))
    weeks = max(numbers, default=0) if counts else 0
    return min(LONGEST_WINDOW + timedelta(weeks=min(weeks, FARTHEST // timedelta(weeks=1))), FARTHEST)


def _rhythms(passed: Sequence[Passed]) -> list[Rhythm]:
    found: dict[tuple[str, str | None], list[PathwayFact]] = {}
    for fact in (fact for each in passed for fact in each.facts if isinstance(fact, tuple(RECURRING))):
        found.setdefault((fact.kind, getattr(fact, "phase", None)), []).append(fact)
    return [Rhythm(facts[0], _days_between(facts)) for facts in found.values()]


def _days_between(facts: Sequence[PathwayFact]) -> int | None:
    return (local_date(facts[1].at) - local_date(facts[0].at)).days if len(facts) > 1 else None


def foreseen(chain: Sequence[Passed]) -> Iterator[tuple[datetime, PathwayFact]]:
    """Every fact of a chain with the instant at which it will be written."""
    return ((passed.due, fact) for passed in chain for fact in passed.facts)

"""What is not as a scenario expects it, with what was found instead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.pathway.due import next_due
from domain.pathway.follow_ups import FollowUp, follow_ups
from domain.pathway.state import Obligation
from domain.refusal import Invalid, Refused
from domain.value import Value
from programmes.scenarios.commands import Clock, command, named
from programmes.scenarios.course import Course
from programmes.scenarios.instants import When
from programmes.scenarios.reading import Script
from programmes.scenarios.shape import NOTHING, Expected, FactPattern, OwedPattern
from programmes.source import Path

Shown = str | datetime | bool | Refused | Invalid | tuple["Shown", ...] | None
"""Something expected or found, which is put into words where it is told."""


@dataclass(frozen=True)
class Unlike:
    """One thing that is not as expected."""

    code: str
    """`unlike`, `turned_down`, `may`, `goes_back`: which sentence tells of it."""
    expected: Shown = None
    found: Shown = None


Found = Iterator[tuple[Path, Unlike]]


def unlike(script: Script, course: Course, expected: Expected) -> Found:
    """Everything that is not as *expected*, each with its place below the expectation."""
    yield from _of_facts(course, expected)
    yield from _of_standing(course, expected)
    yield from _of_owed(course, expected)
    yield from _of_possible(script, course, expected)
    yield from _of_follow_ups(course, expected)


def _of_facts(course: Course, expected: Expected) -> Found:
    happened = tuple(fact.kind for fact in course.since)
    if expected.facts == () and happened:
        yield ("facts",), Unlike("unlike", (), happened)
    coming = iter(course.since)
    for index, pattern in enumerate(expected.facts or ()):
        if not any(_is_such(pattern, fact, course.clock) for fact in coming):
            yield ("facts", index), Unlike("unlike", _told(pattern), _alike(course, pattern) or happened)
            return
    for index, kind in enumerate(expected.no_facts):
        if kind in happened:
            yield ("no facts", index), Unlike("unlike", (), (kind,))


def _is_such(pattern: FactPattern, fact: Value, clock: Clock) -> bool:
    return getattr(fact, "kind", None) == pattern.kind and all(
        is_said(value, getattr(fact, name, None), clock) for name, value in (pattern.model_extra or {}).items()
    )


def is_said(said: object, found: object, clock: Clock) -> bool:
    """Whether *found* is what a scenario *said*: instants in its own words, ids by their names, the rest as it is."""
    if isinstance(found, Value):
        found = {name: getattr(found, name) for name in type(found).model_fields}
    if isinstance(found, datetime):
        return isinstance(said, str) and _is_instant(said, found, clock)
    if isinstance(found, UUID):
        return named(said) == str(found)
    if isinstance(said, Mapping):
        return isinstance(found, Mapping) and all(is_said(said[key], found.get(key), clock) for key in said)
    if isinstance(said, list):
        each = list(found) if isinstance(found, (tuple, list)) else []
        return len(each) == len(said) and all(is_said(*pair, clock) for pair in zip(said, each, strict=True))
    return said == found


def _is_instant(said: str, found: datetime, clock: Clock) -> bool:
    try:
        return When(said).is_said_of(found, clock.begins, clock.now)
    except ValueError:
        return False


def _told(pattern: FactPattern) -> tuple[Shown, ...]:
    return (pattern.kind, *(f"{name}: {value}" for name, value in (pattern.model_extra or {}).items()))


def _alike(course: Course, pattern: FactPattern) -> tuple[Shown, ...]:
    """What facts of that kind said instead, by the fields that were asked for."""
    asked = pattern.model_extra or {}
    return tuple(
        (fact.kind, *(f"{name}: {getattr(fact, name, None)}" for name in asked))
        for fact in course.since
        if fact.kind == pattern.kind
    )


def _of_standing(course: Course, expected: Expected) -> Found:
    pathway = course.pathway
    proposal = pathway.proposal.to if pathway.proposal else None
    put_aside = None if expected.put_aside is None else tuple(sorted(expected.put_aside))
    for what, said, found in (
        ("stage", expected.stage, pathway.stage),
        ("phase", expected.phase, pathway.phase or NOTHING),
        ("paused", expected.paused, pathway.paused_since is not None),
        ("proposed", expected.proposed, proposal or NOTHING),
        ("put aside", put_aside, tuple(sorted(pathway.excluded))),
    ):
        if said is not None and said != found:
            yield (what,), Unlike("unlike", said, found)
    due = next_due(pathway)
    if expected.next is not None and not _is_next(expected.next, due, course.clock):
        yield ("next",), Unlike("unlike", expected.next, due)


def _is_next(said: str, due: datetime | None, clock: Clock) -> bool:
    return due is None if said == NOTHING else due is not None and _is_instant(said, due, clock)


def _of_owed(course: Course, expected: Expected) -> Found:
    for name, pattern in expected.owed.items():
        owed = _called(course, name)
        if not any(_is_owed_so(pattern, each, course.clock) for each in owed.values()):
            found = tuple(_owed_as(each) for each in owed.values())
            said = (name, *(f"{field}: {getattr(pattern, field)}" for field in sorted(pattern.model_fields_set)))
            yield ("owed", name), Unlike("unlike", said, found or tuple(course.pathway.obligations))
    for index, name in enumerate(expected.not_owed):
        for rule, each in _called(course, name).items():
            yield ("not owed", index), Unlike("unlike", (), (rule, *_owed_as(each)))


def _called(course: Course, name: str) -> dict[str, Obligation]:
    return {rule: each for rule, each in course.pathway.obligations.items() if name in {rule, each.name}}


def _owed_as(owed: Obligation) -> tuple[Shown, ...]:
    return (owed.name, owed.owner, owed.due, *(("overdue",) if owed.overdue else ()))


def _is_owed_so(pattern: OwedPattern, owed: Obligation, clock: Clock) -> bool:
    return (
        (pattern.due is None or _is_instant(pattern.due, owed.due, clock))
        and (
            pattern.remind is None
            or (owed.remind_at is not None and _is_instant(pattern.remind, owed.remind_at, clock))
        )
        and pattern.by in {None, owed.owner}
        and pattern.overdue in {None, owed.overdue}
    )


def _of_possible(script: Script, course: Course, expected: Expected) -> Found:
    for index, done in enumerate(expected.may):
        asked = command(done, course.programme, course.clock)
        try:
            facts = course.answer(course.binding(script, asked), asked)
        except (Refused, Invalid) as refusal:
            yield ("may", index), Unlike("turned_down", found=refusal)
        else:
            if not facts:
                yield ("may", index), Unlike("causes_nothing")
    for index, tried in enumerate(expected.may_not):
        asked = command(tried, course.programme, course.clock)
        try:
            course.answer(course.binding(script, asked), asked)
        except (Refused, Invalid) as refusal:
            if refusal.code != tried.because:
                yield ("may not", index, "because"), Unlike("unlike", tried.because, (refusal.code, refusal))
        else:
            yield ("may not", index), Unlike("may", tried.because)


def _of_follow_ups(course: Course, expected: Expected) -> Found:
    called = [each for fact in course.since for each in follow_ups(course.programme, fact)]
    letters, notices = _names(called, letters=True), _names(called, letters=False)
    for what, said, found in (("letters", expected.letters, letters), ("notices", expected.notices, notices)):
        if said is not None and sorted(said) != sorted(found):
            yield (what,), Unlike("unlike", tuple(said), found)


def _names(called: list[FollowUp], *, letters: bool) -> tuple[str, ...]:
    return tuple(each.name for each in called if each.is_letter is letters)

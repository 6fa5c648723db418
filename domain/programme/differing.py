"""What one version of a programme says otherwise than another: every difference once, and nothing that is equal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from domain.actor import Role
from domain.calendar import length
from domain.conditions.engine import ConditionError, condition
from domain.conditions.syntax import Call, Literal, Variable
from domain.conditions.syntax import Words as Listed
from domain.period import Period
from domain.programme.referral import Circumstance
from domain.programme.relations import Response
from domain.programme.shape import Programme
from domain.value import Value
from domain.words import Prose, Words

Path = tuple[str, ...]
"""Where it stands in the file, such as `elements`, `training`, `per_week`; what has no name stands under its rule."""


class Meaning(StrEnum):
    """What a difference is about, for citizens and for staff."""

    WHO = "who"
    TIME = "time"
    OFFER = "offer"
    WAY = "way"
    DECISIONS = "decisions"
    ROLES = "roles"
    WORDS = "words"
    ABOUT = "about"


class Change(StrEnum):
    """What became of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"
    REWORDED = "reworded"
    EARLIER = "earlier"
    LATER = "later"
    WIDENED = "widened"
    NARROWED = "narrowed"


@dataclass(frozen=True)
class Difference:
    """One thing that a version says otherwise."""

    meaning: Meaning
    change: Change
    path: Path
    before: object
    """As the older version holds it, or None where it has none."""
    after: object


SECTIONS: Mapping[str, Meaning] = {
    **dict.fromkeys(("referral", "citizen"), Meaning.WHO),
    **dict.fromkeys(
        ("intake", "duration", "obligations", "calendar", "rule_sets", "hearing", "open_pause"), Meaning.TIME
    ),
    **dict.fromkeys(("phases", "throughout", "elements", "parts", "events", "sites", "measures"), Meaning.OFFER),
    **dict.fromkeys(("weekly_hours", "intensities", "contact_person"), Meaning.OFFER),
    "relations": Meaning.WAY,
    **dict.fromkeys(("decisions", "outcomes"), Meaning.DECISIONS),
    **dict.fromkeys(("roles", "units"), Meaning.ROLES),
}
"""By the section of the file, what most of it is about; the others are about the version itself."""
ONWARD = "advance"
"""The part of a phase that is about the way rather than the offer."""
CLOCKS = frozenset({"every", "review_every", "length", "until", "first"})
"""Where a longer period or another date lets something come later, besides everything that is owed `within` one."""
TARGET_GROUPS: Path = ("referral", "eligible")


def differences(old: Programme, new: Programme) -> list[Difference]:
    """Everything that *new* says otherwise than *old*, in the order of the meanings and then of the file."""
    found = [*_between((), old, new), *_of_rule_sets(old, new)]
    circumstances = {**old.citizen, **new.citizen}
    order = list(Meaning)
    return sorted(
        (_of_target_groups(each, circumstances) for each in found), key=lambda each: order.index(each.meaning)
    )


def _of_rule_sets(old: Programme, new: Programme) -> Iterator[Difference]:
    """What a rule set of one name says otherwise: each version is kept with the rule sets as they were."""
    before = {each.rule_set: each for each in old.rules}
    for rule_set in new.rules:
        if rule_set.rule_set in before:
            yield from _between(("rule_sets", rule_set.rule_set), before[rule_set.rule_set], rule_set)


def _between(path: Path, before: object, after: object) -> Iterator[Difference]:
    match before, after:
        case (Words(), Words()) | (Prose(), Prose()):
            yield from _difference(path, Change.REWORDED, before, after)
        case Value(), Value() if type(before) is type(after):
            for name, field in type(before).model_fields.items():
                yield from _between((*path, field.alias or name), getattr(before, name), getattr(after, name))
        case Mapping(), Mapping():
            yield from _by_name(path, before, after)
        case tuple(), tuple() if _hold_values(before, after):
            yield from _by_name(path, _keyed(before), _keyed(after))
        case tuple(), tuple():
            yield from _difference(path, _of_lists(before, after), before, after)
        case _:
            yield from _difference(path, _of_leaves(path, before, after), before, after)


def _difference(path: Path, change: Change, before: object, after: object) -> Iterator[Difference]:
    if not _same(before, after):
        meaning = Meaning.WORDS if change is Change.REWORDED else _meaning(path, after if before is None else before)
        yield Difference(meaning, change, path, before, after)


def _same(before: object, after: object) -> bool:
    if isinstance(before, Period) and isinstance(after, Period):  # a week is seven days, however it is written
        return (before.months, before.days, before.minutes) == (after.months, after.days, after.minutes)
    return type(before) is type(after) and before == after


def _by_name(path: Path, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        yield from _between((*path, str(name)), before.get(name), after.get(name))
    stayed = [str(name) for name in before if name in after], [str(name) for name in after if name in before]
    yield from _difference(path, Change.REORDERED, tuple(stayed[0]), tuple(stayed[1]))


def _hold_values(*lists: tuple[object, ...]) -> bool:
    return any(isinstance(each, Value) for each in chain(*lists))


def _keyed(things: Sequence[object]) -> dict[str, object]:
    """The things by what makes each recognisable in another version; a second one alike is counted."""
    seen: Counter[str] = Counter()
    keyed: dict[str, object] = {}
    for thing in things:
        name = _key(thing)
        seen[name] += 1
        keyed[name if seen[name] == 1 else f"{name}#{seen[name]}"] = thing
    return keyed


def _key(thing: object) -> str:
    named = getattr(thing, "rule", None) or getattr(thing, "id", None)
    if named or not isinstance(thing, Value):
        return str(named or thing)
    fields = type(thing).model_fields.items()
    return ".".join(f"{field.alias or name}.{getattr(thing, name)}" for name, field in fields)


def _of_lists(before: tuple[object, ...], after: tuple[object, ...]) -> Change:
    one, other = Counter(before), Counter(after)
    if one == other:
        return Change.REORDERED
    return Change.WIDENED if one < other else Change.NARROWED if other < one else Change.CHANGED


def _of_leaves(path: Path, before: object, after: object) -> Change:
    if before is None or after is None:
        return Change.ADDED if before is None else Change.REMOVED
    if path[-1] in CLOCKS or path[-1].endswith("within"):
        later = _is_later(before, after)
        return Change.CHANGED if later is None else Change.LATER if later else Change.EARLIER
    return Change.CHANGED


def _is_later(before: object, after: object) -> bool | None:
    match before, after:
        case Period(), Period():
            return None if length(before) == length(after) else length(after) > length(before)
        case date(), date():
            return after > before
        case _:
            return None


def _meaning(path: Path, thing: object) -> Meaning:
    section = SECTIONS.get(path[0], Meaning.ABOUT)
    match thing:
        case Role() | (Role(), *_):
            return Meaning.ROLES
        case Response():
            return Meaning.TIME
        case Period() | date() if section is not Meaning.ABOUT:
            return Meaning.TIME
    return Meaning.WAY if ONWARD in path[2:] else section


def _of_target_groups(found: Difference, circumstances: Mapping[str, Circumstance]) -> Difference:
    """The difference; one of target groups says whether more or fewer people belong to them, where that can be told."""
    if found.path[:2] != TARGET_GROUPS or found.meaning is not Meaning.WHO:
        return found
    change = {Change.ADDED: Change.WIDENED, Change.REMOVED: Change.NARROWED}.get(found.change, found.change)
    if found.path[3:] == ("when",):
        change = _of_conditions(str(found.before), str(found.after), circumstances)
    return Difference(found.meaning, change, found.path, found.before, found.after)


def _of_conditions(before: str, after: str, circumstances: Mapping[str, Circumstance]) -> Change:
    one, other = _codes(before, circumstances), _codes(after, circumstances)
    if not (one and other) or one[0] != other[0] or one[1] == other[1]:
        return Change.CHANGED
    return Change.WIDENED if one[1] < other[1] else Change.NARROWED if other[1] < one[1] else Change.CHANGED


def _codes(text: str, circumstances: Mapping[str, Circumstance]) -> tuple[str, frozenset[object]] | None:
    """The circumstance that a condition holds against a few codes, with those codes; None where it asks otherwise."""
    try:
        syntax = condition(text, circumstances).syntax
    except ConditionError:
        return None
    match syntax:
        case Call("_==_", (Variable(name), Literal(value))) | Call("_==_", (Literal(value), Variable(name))):
            return name, frozenset({value})
        case Call("@in", (Variable(name), Listed(items))):
            return name, _literals(items)
        case _:
            return None


def _literals(items: Iterable[object]) -> frozenset[object]:
    return frozenset(item.value for item in items if isinstance(item, Literal))

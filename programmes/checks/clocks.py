"""Whether every period can be counted: by a calendar where it is of working days, by rule sets where they name it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise, product

from pydantic import BaseModel

from domain.calendar import length
from domain.period import Period
from domain.programme.rules import RuleName, RuleSet
from domain.programme.shape import Programme
from programmes.checks.problem import Problem, unknown
from programmes.source import Path

Length = Period | RuleName
OF_DAYS = frozenset({"review_every", "remind", "after"})
"""Where a length must be whole days, also where a rule set says it."""


def of_clocks(programme: Programme) -> Iterator[Problem]:
    """Periods that nobody can count, and rule sets that leave a day without a rule or with two."""
    known = {rule_set.rule_set for rule_set in programme.rules}
    for index, name in enumerate(programme.rule_sets):
        if name not in known:
            yield Problem(("rule_sets", index), "unknown_rule_set", {"value": name})
    used: set[str] = set()
    for path, within in lengths(programme, ()):
        if isinstance(within, RuleName):
            used.add(within.parameter)
            yield from _named(programme, path, within)
        elif within.working_days and programme.calendar is None:
            yield Problem(path, "working_days_without_calendar", {"value": within})
    for parameter in sorted(used):
        yield from _covered(programme, parameter)


def of_rule_set(rule_set: RuleSet) -> Iterator[Problem]:
    """What is wrong with a rule set for itself."""
    is_verified = rule_set.verified_by is not None and rule_set.verified_on is not None
    if rule_set.verify_before_use == is_verified:
        yield Problem(("verify_before_use",), "rule_set_unverified", {"value": rule_set.rule_set})
    if rule_set.valid_to and rule_set.valid_to < rule_set.valid_from:
        yield Problem(("valid_to",), "rule_set_ends_first", {"valid_from": str(rule_set.valid_from)})


def lengths(value: object, path: Path) -> Iterator[tuple[Path, Length]]:
    """Every period that stands anywhere in a programme, and where."""
    if isinstance(value, (Period, RuleName)):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from lengths(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from lengths(each, (*path, str(key)))
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from lengths(each, (*path, index))


def periods(programme: Programme, within: Length) -> Iterator[Period]:
    """What *within* may come to, by each rule set that names it."""
    if isinstance(within, Period):
        yield within
        return
    for rule_set in programme.rules:
        known = rule_set.parameters.get(within.parameter)
        if known and isinstance(known.value, Period):
            yield known.value


def of_reminder(path: Path, programme: Programme, remind: Length | None, within: Length | None) -> Iterator[Problem]:
    """A reminder that would come before what it reminds of begins, by whichever rule set says both."""
    if remind is None or within is None:
        return
    rule_sets: list[tuple[RuleSet, ...]] = [(rule_set,) for rule_set in programme.rules] or [()]
    for rules in rule_sets:
        alone = programme.under((), rules)
        pairs = product(periods(alone, remind), periods(alone, within))
        early = next((until for before, until in pairs if length(before) >= length(until)), None)
        if early:
            yield Problem(path, "remind_too_early", {"within": early})
            return


def _named(programme: Programme, path: Path, name: RuleName) -> Iterator[Problem]:
    saying = [rule_set for rule_set in programme.rules if name.parameter in rule_set.parameters]
    if not saying:
        yield unknown(path, name.parameter, {each for rule_set in programme.rules for each in rule_set.parameters})
    for rule_set in saying:
        value = rule_set.parameters[name.parameter].value
        if not isinstance(value, Period):
            yield Problem(path, "rule_not_a_period", {"value": name.parameter, "rule_set": rule_set.rule_set})
        elif value.working_days and programme.calendar is None:
            yield Problem(path, "working_days_without_calendar", {"value": value})
        elif path[-1] in OF_DAYS and not value.is_of_days:
            yield Problem(path, "period_not_of_days", {"value": value})


def _covered(programme: Programme, parameter: str) -> Iterator[Problem]:
    saying = [rule_set for rule_set in programme.rules if parameter in rule_set.parameters]
    saying.sort(key=lambda each: each.valid_from)
    if saying and saying[0].valid_from > programme.effective_from:
        yield _gap(parameter, programme.effective_from, saying[0])
    for earlier, later in pairwise(saying):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            one, other = earlier.rule_set, later.rule_set
            yield Problem(("rule_sets",), "rule_overlap", {"value": parameter, "one": one, "other": other})
        elif earlier.valid_to + timedelta(days=1) < later.valid_from:
            yield _gap(parameter, earlier.valid_to, later)


def _gap(parameter: str, after: date, later: RuleSet) -> Problem:
    before = str(later.valid_from)
    return Problem(("rule_sets",), "rule_gap", {"value": parameter, "after": str(after), "before": before})

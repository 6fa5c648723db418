"""What the law of a time says: dated rule sets with named periods and numbers, to which programmes refer."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BeforeValidator, Discriminator, Field, GetCoreSchemaHandler, Tag
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from domain.day import Day
from domain.period import DaysPeriod, Period
from domain.text import Code, Line, Slug
from domain.value import Value
from domain.words import Words

PREFIX = "rule."
_NAMED = re.compile(r"rule\.[a-z][a-z0-9_]*")


class RuleName(str):
    """A period that a rule set names, such as `rule.first_follow_up`."""

    __slots__ = ()

    @property
    def parameter(self) -> str:
        """The parameter of the rule set."""
        return self.removeprefix(PREFIX)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        del source, handler
        return core_schema.no_info_after_validator_function(cls._checked, core_schema.str_schema(max_length=80))

    @classmethod
    def _checked(cls, text: str) -> Self:
        if _NAMED.fullmatch(text) is None:
            raise PydanticCustomError("not_a_rule_name", "is not a rule's name; write for example rule.first_follow_up")
        return cls(text)


def _which(given: object) -> str:
    return "<rule>" if isinstance(given, str) and given.startswith(PREFIX) else "<period>"


Within = Annotated[
    Annotated[Period, Tag("<period>")] | Annotated[RuleName, Tag("<rule>")],
    Discriminator(_which),
]
"""How long something may take: a period, or a rule set's name for one."""
DaysWithin = Annotated[
    Annotated[DaysPeriod, Tag("<period>")] | Annotated[RuleName, Tag("<rule>")],
    Discriminator(_which),
]
"""The same where it must be whole days; publishing looks at what a rule set says."""


class Transition(StrEnum):
    """For whom a rule set counts when it comes into force. Source: DOMAIN 2.1."""

    NEW_CASES = "new_cases"
    """Pathways that were referred since; the others keep what they had."""
    ALL_CASES_FROM_DATE = "all_cases_from_date"
    """Every pathway from that day on, what is owed by then included."""
    UNTIL_CASE_END = "until_case_end"
    """As new cases; and what began under it stays under it until it ends, whatever comes later."""


class Parameter(Value):
    """One figure of a rule set."""

    value: Period | Annotated[float, Field(allow_inf_nan=False)]
    legal_ref: Line | None = None
    note: Words | None = None


def _as_parameter(given: object) -> object:
    return given if isinstance(given, (dict, Parameter)) else {"value": given}


class RuleSet(Value):
    """What holds in one jurisdiction from one day to another: example data, until somebody has verified it."""

    rule_set: Slug
    jurisdiction: Code
    title: Words
    valid_from: Day
    valid_to: Day | None = None
    """The last day, or None while no end is known."""
    legal_ref: Line
    transition: Transition
    parameters: Annotated[dict[Code, Annotated[Parameter, BeforeValidator(_as_parameter)]], Field(min_length=1)]
    verify_before_use: bool = False
    verified_by: Line | None = None
    verified_on: Day | None = None

    def holds_on(self, day: date) -> bool:
        """Whether *day* lies within its validity."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Case(NamedTuple):
    """What decides, besides the date of a fact, which rule set counts for a pathway."""

    began: date
    """When it was referred."""
    applied: frozenset[str] = frozenset()
    """The rule sets that came into force for it on the way."""


class Reckoned(NamedTuple):
    """A period, and where it comes from."""

    period: Period
    rule_set: RuleSet | None = None
    legal_ref: str | None = None

    @property
    def source(self) -> dict[str, str | None]:
        """The rule set and the law, as reasons tell them; nothing where the programme itself says it."""
        return {"rule_set": self.rule_set.rule_set, "legal_ref": self.legal_ref} if self.rule_set else {}


def governing(rule_sets: Iterable[RuleSet], parameter: str, on: date, case: Case) -> RuleSet:
    """The rule set that says *parameter* about something that happened *on* a day.

    That of the time, by the date of the legally relevant fact and each set's transition, never by today. What lies
    before the first set is read by the first; the last one named counts on after its end, until a version names more.
    """
    named = sorted((each for each in rule_sets if parameter in each.parameters), key=lambda each: each.valid_from)
    kept = next((each for each in named if each.holds_on(case.began)), named[0])
    if kept.transition is Transition.UNTIL_CASE_END:
        return kept
    return next((each for each in reversed(named) if _counts(each, on, case)), kept)


def _counts(rule_set: RuleSet, on: date, case: Case) -> bool:
    if rule_set.transition is Transition.ALL_CASES_FROM_DATE:
        return rule_set.valid_from <= on or rule_set.rule_set in case.applied
    return rule_set.valid_from <= case.began


def coming_into_force(rule_sets: Iterable[RuleSet], case: Case) -> list[RuleSet]:
    """The rule sets that come to count for a pathway that had begun before them, in their order."""
    known = sorted(rule_sets, key=lambda each: each.valid_from)
    later = (each for each in known if each.transition is Transition.ALL_CASES_FROM_DATE)
    return [each for each in later if each.valid_from > case.began and not _is_kept_from(each, known, case)]


def _is_kept_from(rule_set: RuleSet, rule_sets: Iterable[RuleSet], case: Case) -> bool:
    """Whether the pathway stays with what it began under in everything that *rule_set* says."""
    with_it = Case(case.began, case.applied | {rule_set.rule_set})
    return all(
        governing(rule_sets, parameter, rule_set.valid_from, with_it) is not rule_set
        for parameter in rule_set.parameters
    )

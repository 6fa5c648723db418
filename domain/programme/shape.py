"""A programme version: everything that is offered and every rule that holds in it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr

from domain.actor import Role
from domain.calendar import local_date
from domain.day import Day
from domain.measures import BANDED
from domain.period import Period
from domain.programme.closing import WhenClosed, WorkingCalendar
from domain.programme.decisions import Aftercare, Decision, Duration, FixedLength, Outcome, UntilDate
from domain.programme.elements import Duty, Element
from domain.programme.hearing import Hearing, around, upon
from domain.programme.intensities import Intensity
from domain.programme.measures import Measure, asked_for
from domain.programme.orders import Ordered, Provider, called_for
from domain.programme.pausing import OpenPause, in_open_pause
from domain.programme.phases import Phase
from domain.programme.referral import Circumstance, Intake, Referral
from domain.programme.relations import (
    Condition,
    Escalation,
    Exclude,
    Include,
    InPause,
    Milestone,
    Relation,
    Response,
)
from domain.programme.rules import Case, DaysWithin, Reckoned, RuleName, RuleSet, Within, governing
from domain.programme.setting import Anchor, Owner, Part, ProgrammeEvaluation, ProgrammePeriod, Purpose, Site
from domain.text import Code, Line, Slug
from domain.value import Value
from domain.words import Prose, Words
from domain.working_days import Closings

HIGHEST_VERSION = 999_999_999
MOST_PLACES = 100_000


class ProgrammeStage(StrEnum):
    """Where the programme itself is in its life. Source: F3, V20."""

    PROJECT = "project"
    PILOT = "pilot"
    OPERATION = "operation"


class Units(Value):
    """The orderer and the providers. Source: V17."""

    order: Code
    provide: tuple[Code, ...]


class WeeklyHours(Value):
    """The hours per ISO week that the activation aims at: a norm, with no consequence. Source: V27, A2."""

    norm: Annotated[float, Field(gt=0, le=60)]
    intensity: Code | None = None
    """What each week counts against instead: hours, or the share of the norm, as agreed with the citizen."""


class DeclaredEvent(Value):
    """Something that staff may record and that relations can refer to."""

    title: Words
    by: Annotated[tuple[Role, ...], Field(min_length=1)]


class Recurring(Value):
    """Something owed again and again. Source: F15."""

    title: Words
    by: Role
    every: Within
    remind: DaysWithin | None = None
    in_pause: InPause = InPause.STOP
    escalate: tuple[Escalation, ...] = ()
    """Who is told, and when, while it stays owed after its deadline."""


class Programme(Value):
    """One version of a programme, immutable once published."""

    programme: Slug
    version: Annotated[int, Field(ge=1, le=HIGHEST_VERSION)]
    effective_from: Day
    title: Words
    purpose: Prose
    stage: ProgrammeStage
    legal_basis: Line | None = None
    period: ProgrammePeriod | None = None
    purposes: dict[Code, Purpose] = {}
    anchor: tuple[Anchor, ...] = ()
    """The units that answer for it, one after the other; without any, the orderer."""
    owner: Owner | None = None
    evaluations: tuple[ProgrammeEvaluation, ...] = ()
    duration: Duration
    roles: Units
    units: dict[Code, Words]
    citizen: dict[Code, Circumstance]
    referral: Referral
    intake: Intake
    places: Annotated[int, Field(ge=1, le=MOST_PLACES)] | None = None
    """How many citizens there is room for at a time, in all versions together; without it, for everybody."""
    calendar: WorkingCalendar | None = None
    """What is closed besides weekends, for working days and for deadlines that end on a closed day."""
    rule_sets: tuple[Slug, ...] = ()
    """The rule sets by which `rule.NAME` is read."""
    contact_person: Literal["required", "optional"]
    weekly_hours: WeeklyHours | None = None
    intensities: dict[Code, Intensity] = {}
    sites: dict[Code, Site]
    phases: Annotated[dict[Code, Phase], Field(min_length=1)]
    throughout: tuple[Code, ...] = ()
    """Elements offered in every phase, from enrolment on."""
    elements: dict[Code, Element]
    part_titles: Annotated[dict[Code, Part], Field(alias="parts")] = {}
    partners: dict[Code, Words] = {}
    """The associations and others that citizens are accompanied to. Source: V6."""
    events: dict[Code, DeclaredEvent] = {}
    obligations: dict[Code, Recurring] = {}
    relations: tuple[Relation, ...] = ()
    decisions: dict[Code, Decision]
    outcomes: dict[Code, Outcome]
    providers: dict[Code, Provider] = {}
    orders: dict[Code, Ordered] = {}
    aftercare: Aftercare | None = None
    open_pause: OpenPause = OpenPause()
    """Who looks after whoever rests without an end."""
    hearing: Hearing = Hearing()
    """The deadlines around decisions to the citizen's detriment."""
    measures: dict[Code, Measure] = {}
    _closed: frozenset[date] = PrivateAttr(default=frozenset())
    _rules: tuple[RuleSet, ...] = PrivateAttr(default=())

    def under(self, closed: Iterable[date], rules: Iterable[RuleSet]) -> Self:
        """The same version with what it names: the days that its calendar closes, and its rule sets."""
        bound = self.model_copy()
        bound._closed, bound._rules = frozenset(closed), tuple(rules)  # noqa: SLF001 - its own copy
        return bound

    @property
    def ref(self) -> str:
        """The version as one word, such as `sundere-sammen@2`."""
        return f"{self.programme}@{self.version}"

    @property
    def rules(self) -> tuple[RuleSet, ...]:
        """The rule sets that it names, as they were when it was published."""
        return self._rules

    @cached_property
    def closings(self) -> Closings:
        """The closed days by which working days are counted and deadlines moved."""
        moves = self.calendar is not None and self.calendar.when_closed is WhenClosed.NEXT_WORKING_DAY
        return Closings(self._closed, moves)

    def reckoned(self, within: Period | RuleName, on: date, case: Case) -> Reckoned:
        """How long something may take that was called for *on* a day, and by which rule set."""
        if isinstance(within, Period):
            return Reckoned(within)
        rule_set = governing(self._rules, within.parameter, on, case)
        known = rule_set.parameters[within.parameter]
        return Reckoned(Period(str(known.value)), rule_set, known.legal_ref or rule_set.legal_ref)

    def length_of(self, within: Within, since: datetime, case: Case) -> Period:
        """How long that is for what began then."""
        return self.reckoned(within, local_date(since), case).period

    @property
    def first_phase(self) -> str:
        """The phase that enrolment begins with: the first in the file."""
        return next(iter(self.phases))

    @property
    def fixed_duration(self) -> FixedLength | UntilDate | None:
        """How the programme ends by itself, or None when its duration is open."""
        return None if self.duration == "open" else self.duration

    @property
    def counts_weeks(self) -> bool:
        """Whether each week's sessions are held against an expectation."""
        return self.weekly_hours is not None or any(element.per_week for element in self.elements.values())

    def phase(self, name: str | None) -> Phase | None:
        """The phase of that name, or None when this version has none."""
        return self.phases.get(name) if name else None

    def offered_in(self, phase: str) -> tuple[str, ...]:
        """The elements offered in *phase*, those offered throughout included."""
        known = self.phase(phase)
        return (*(known.elements if known else ()), *self.throughout)

    @cached_property
    def responses(self) -> Mapping[str, Response]:
        """Every response that the programme calls for, by rule: those written as relations and those implied."""
        return MappingProxyType(
            {response.rule: response for response in (*self._written(), *_implied(self), *_of_orders(self))}
        )

    @cached_property
    def upon_decisions(self) -> frozenset[str]:
        """The rules by which something is owed upon a decision that was made, and for each such decision by itself."""
        named = (name for name, each in self.decisions.items() if each.may_be_adverse and each.by)
        return frozenset(each.rule for name in named for each in upon(name, Role.CASEWORKER, self.hearing).values())

    @cached_property
    def talks_after_scores(self) -> frozenset[str]:
        """The steps by which staff say that they talked with a citizen about a low score, such as `who5.talked`."""
        return frozenset(f"{name}.talked" for name in self.measures.keys() & BANDED)

    def _written(self) -> Iterator[Response]:
        return (relation for relation in self.relations if isinstance(relation, Response))

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """What must have happened before what."""
        return tuple(relation for relation in self.relations if isinstance(relation, Condition))

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """What must not be owed when something else is done."""
        return tuple(relation for relation in self.relations if isinstance(relation, Milestone))

    @cached_property
    def exclusions(self) -> tuple[Exclude | Include, ...]:
        """What puts steps aside and what brings them back."""
        return tuple(relation for relation in self.relations if isinstance(relation, (Exclude, Include)))


def _of_orders(programme: Programme) -> Iterator[Response]:
    for name, ordered in programme.orders.items():
        yield from called_for(name, ordered)


def _implied(programme: Programme) -> Iterator[Response]:
    """The responses that reviews, proposals, recurring duties, absences and the end of the programme imply."""
    for name, phase in programme.phases.items():
        if phase.review_every:
            yield Response(
                after=(f"{name}.review",),
                respond=f"{name}.reviewed",
                within=phase.review_within,
                by=phase.review_by,
                during=name,
            )
        if phase.advance:
            yield Response(
                after=(f"{name}.proposed",),
                respond=f"{name}.answered",
                within=phase.advance.answer_within,
                by=phase.advance.by[0],
                during=name,
            )
    for name, recurring in programme.obligations.items():
        yield Response(
            after=("enrolled", name),
            respond=name,
            within=recurring.every,
            by=recurring.by,
            remind=recurring.remind,
            in_pause=recurring.in_pause,
            escalate=recurring.escalate,
        )
    for name, element in programme.elements.items():
        if element.obligation is not Duty.VOLUNTARY:
            yield Response(
                after=(f"{name}.missed",),
                respond=f"{name}.assessed",
                within=element.absence.within,
                by=element.absence.by,
            )
    for name, measure in programme.measures.items():
        yield from asked_for(name, measure, banded=name in BANDED)
    for name, decision in programme.decisions.items():
        yield from _seconded(name, decision)
        yield from around(name, decision, programme.hearing)
    yield in_open_pause(programme.open_pause)
    if programme.fixed_duration:
        yield Response(
            after=("time_up",),
            respond=programme.fixed_duration.at_end.answer,
            within=programme.fixed_duration.decide_within,
            by=programme.fixed_duration.by,
            escalate=programme.fixed_duration.ladder,
        )


def _seconded(name: str, decision: Decision) -> Iterator[Response]:
    """The answer that a prepared decision calls for, whether the pathway rests or not."""
    if decision.second:
        yield Response(
            after=(f"{name}.prepared",),
            respond=f"{name}.seconded",
            within=decision.second.within,
            by=decision.second.by[0],
            in_pause=InPause.RUN,
        )

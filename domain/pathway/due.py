"""When something next happens by itself on a pathway."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from domain.calendar import week_of
from domain.pathway.clocks import stands_since
from domain.pathway.entering import counted_at
from domain.pathway.proceeding import Heard, Recoursing
from domain.pathway.state import Obligation, Pathway, Stage
from domain.programme.relations import outlives


class Coming(NamedTuple):
    """Something that time alone will cause."""

    at: datetime
    what: Literal[
        "begins",
        "ends",
        "review",
        "week",
        "resume",
        "silence",
        "hearing",
        "complaint",
        "reminder",
        "deadline",
        "escalation",
        "rules",
    ]
    about: str | None = None
    """The rule that is owed under, the phase or the decision, where there is one."""


def next_due(pathway: Pathway) -> datetime | None:
    """The next instant at which time alone causes something, or None. The only interface to timers."""
    return min((each.at for each in coming(pathway)), default=None)


def coming(pathway: Pathway) -> Iterator[Coming]:
    """What time alone will cause as things stand, the next of each kind, in no order."""
    for rule, obligation in pathway.obligations.items():
        if not pathway.is_over or outlives(rule):
            yield from _of_obligation(pathway, rule, obligation)
    for decision, recourse in pathway.recourses.items():
        if recourse.stage is Recoursing.NOTIFIED and recourse.due:
            yield Coming(recourse.due, "complaint", decision)
    if pathway.next_rules and not pathway.is_over:
        yield Coming(pathway.next_rules, "rules")
    if not pathway.is_over:
        yield from _coming(pathway)


def _coming(pathway: Pathway) -> Iterator[Coming]:
    """What only comes while the pathway goes on."""
    for decision, prepared in pathway.prepared.items():
        yield Coming(prepared.due, "silence", decision)
    for decision, hearing in pathway.hearings.items():
        if hearing.stage is Heard.SENT and hearing.due:
            yield Coming(hearing.due, "hearing", decision)
    if pathway.week_counted and counts(pathway):
        yield Coming(pathway.week_counted, "week")
    if pathway.paused_since:
        if pathway.resume_due:
            yield Coming(pathway.resume_due, "resume")
        return
    if pathway.stage is Stage.WAITING and pathway.begins:
        yield Coming(pathway.begins, "begins")
    if pathway.ends and not pathway.time_up:
        yield Coming(pathway.ends, "ends")
    if pathway.review_due and pathway.phase:
        yield Coming(pathway.review_due, "review", pathway.phase)


def runs(pathway: Pathway, obligation: Obligation) -> bool:
    """Whether the clock of *obligation* runs now: pauses stop it unless the programme lets it run, and waits do."""
    return stands_since(pathway, obligation) is None


def counts(pathway: Pathway) -> bool:
    """Whether weeks are counted now: a pause lets the week in which it began be counted, and none after it."""
    if pathway.paused_since is None or pathway.week_counted is None:
        return pathway.week_counted is not None
    return counted_at(pathway.week_counted) <= week_of(pathway.paused_since)


def _of_obligation(pathway: Pathway, rule: str, obligation: Obligation) -> Iterator[Coming]:
    if obligation.overdue:
        yield from (Coming(rung.at, "escalation", rule) for rung in obligation.ladder[obligation.level :][:1])
    elif runs(pathway, obligation):
        yield from _while_it_runs(rule, obligation)


def _while_it_runs(rule: str, obligation: Obligation) -> Iterator[Coming]:
    if obligation.remind_at and not obligation.reminded:
        yield Coming(min(obligation.remind_at, obligation.due), "reminder", rule)
    yield Coming(obligation.due, "deadline", rule)

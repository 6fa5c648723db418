"""What lies ahead on one pathway, counted by week and role: reminders, deadlines, reviews, decisions, sessions."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.actor import Role
from domain.calendar import Week, week_of
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.facts.obligations import ObligationCreated, ObligationOverdue, ObligationReminded
from domain.pathway.facts.phases import ReviewCameDue
from domain.pathway.registering import registers
from domain.pathway.settling import settled
from domain.pathway.state import Pathway


class Load(StrEnum):
    """What staff will meet."""

    REMINDERS = "reminders"
    DEADLINES = "deadlines"
    REVIEWS = "reviews"
    DECISIONS = "decisions"
    SESSIONS = "sessions"


class Cell(NamedTuple):
    """One number's place."""

    week: Week
    role: Role
    load: Load


DECIDED = ("end_decided", "end_reviewed")
"""What is owed that only a decision answers, besides the answers to proposals."""


def workload(binding: Binding, pathway: Pathway, at: datetime, weeks: int) -> Counter[Cell]:
    """By week, role and kind, what will come in the next *weeks* if nobody acts; sessions as they are booked."""
    until = at + timedelta(weeks=weeks)
    found: Counter[Cell] = Counter()
    for passed in settled(binding, pathway, until):
        for fact in passed.facts:
            if passed.due > at:
                found.update(_of_fact(binding, fact))
    for booking in pathway.bookings.values():
        if at < booking.starts <= until:
            role = registers(binding.programme, booking.element)
            found[Cell(week_of(booking.starts), role, Load.SESSIONS)] += 1
    return found


def _of_fact(binding: Binding, fact: PathwayFact) -> Iterator[Cell]:
    match fact:
        case ObligationReminded():
            yield Cell(week_of(fact.at), fact.owner, Load.REMINDERS)
        case ObligationOverdue():  # it is to be done by the last day on which it is in time
            yield Cell(week_of(fact.due - timedelta(microseconds=1)), fact.owner, Load.DEADLINES)
        case ObligationCreated(name=name) if name in DECIDED or name.endswith(".answered"):
            yield Cell(week_of(fact.at), fact.owner, Load.DECISIONS)
        case ReviewCameDue():
            phase = binding.programme.phase(fact.phase)
            yield Cell(week_of(fact.at), phase.review_by if phase else Role.CONTACT_PERSON, Load.REVIEWS)
        case _:
            return

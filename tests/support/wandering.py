"""Somebody who does whatever comes to mind about a pathway, some of it refused, as in real life."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Protocol
from uuid import UUID

from domain.actor import Actor, Role
from domain.calendar import local, local_date
from domain.pathway.command import Command
from domain.pathway.due import next_due
from domain.pathway.state import Pathway
from domain.programme.elements import Kind
from domain.programme.shape import Programme

MOMENT = timedelta(microseconds=1)
LATEST = datetime.max.replace(tzinfo=UTC)
HOURS = (0, 1, 1, 3, 3, 8, 24, 24, 24, 50, 50, 72, 24 * 7, 24 * 7, 24 * 20, 24 * 70)
CLOCKS_CHANGE = ((3, 1), (3, 2), (10, 1), (10, 2))
"""Months, with hours on both sides of the change of Danish clocks in the night to their last Sunday."""


class Watched(Protocol):
    """What a wanderer sees of a pathway."""

    @property
    def programme(self) -> Programme:
        """What it follows now."""

    @property
    def pathway(self) -> Pathway:
        """Where it stands."""

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of everything that has happened, in order."""


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.isoweekday() % 7)


Idea = Callable[["Wanderer", datetime], Command]
Fitting = Callable[["Wanderer", datetime], Sequence[Idea]]
"""What suggests itself as things stand."""


class Wanderer:
    """Somebody who has ideas about a pathway."""

    def __init__(self, random: Random, watched: Watched, fitting: Fitting, ideas: Sequence[Idea]) -> None:
        self.random = random
        self.watched = watched
        self._fitting = fitting
        self._ideas = ideas

    @property
    def programme(self) -> Programme:
        """What the pathway follows now."""
        return self.watched.programme

    @property
    def pathway(self) -> Pathway:
        """Where it stands now."""
        return self.watched.pathway

    def instant(self, last: datetime) -> datetime:
        """When something is done next: mostly soon, now and then after months or at an awkward time."""
        if self.chance(0.9):
            return last + timedelta(hours=self.random.choice(HOURS), minutes=self.random.randrange(60))
        awkward = self._at_the_deadline() if self.chance(0.7) else self._at_the_turn_of(last)
        return max(last, self.random.choice(awkward or [last]))

    def _at_the_turn_of(self, last: datetime) -> list[datetime]:
        """Midnight, New Year and the nights in which clocks are changed."""
        day = local_date(last)
        turns = [local(day + timedelta(days=1), time()), local(date(day.year + 1, 1, 1), time())]
        nights = [local(_last_sunday(day.year, month), time(hour, 30)) for month, hour in CLOCKS_CHANGE]
        return [*turns, *(night for night in nights if night >= last)]

    def _at_the_deadline(self) -> list[datetime]:
        """The very instant at which something falls due, and the moment before."""
        due = next_due(self.pathway)
        return [due - MOMENT, due, due] if due else []

    def command(self, at: datetime) -> Command:
        """What is done then: half of the time what suggests itself, if anything does."""
        fitting = self._fitting(self, at)
        return self.random.choice(fitting if fitting and self.chance(0.5) else self._ideas)(self, at)

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in that share of cases."""
        return self.random.random() < share

    def one_of(self, things: Iterable[object]) -> str:
        """One of *things* by name, or one that is not there."""
        names = sorted(map(str, things))
        return self.random.choice(names) if names and not self.chance(0.03) else "findes_ikke"

    def told_late(self, at: datetime) -> dict[str, datetime]:
        """When it happened, where it is told afterwards; now and then it is told before it happened."""
        if self.chance(0.5):
            return {}
        return {"happened": at - timedelta(hours=self.random.choice([-1, 0, 1, 20, 30, 24 * 6, 24 * 40, 24 * 70]))}

    def new_session(self) -> UUID:
        """The id of a session, which may have been used before."""
        return UUID(int=self.random.randrange(60), version=4)

    def session(self, until: datetime = LATEST) -> UUID:
        """A session that is booked and begins until then, or another."""
        booked = sorted(session for session, each in self.pathway.bookings.items() if each.starts <= until)
        return self.random.choice(booked) if booked and not self.chance(0.1) else self.new_session()

    def held(self) -> UUID:
        """A session that has been registered, or another."""
        seen = [each.session for each in self.pathway.attendance if each.session]
        return self.random.choice(seen) if seen else self.new_session()

    def element(self, *kinds: Kind) -> str:
        """An element of one of these kinds."""
        return self.one_of(name for name, each in self.programme.elements.items() if each.kind in kinds)

    def obligation(self) -> str:
        """Something that is owed, or was."""
        return self.one_of([*self.pathway.obligations, *list(self.pathway.ended)[-1:]])

    def fact(self, *kinds: str) -> int:
        """The number of a fact of one of these kinds, or of any."""
        versions = [number for number, kind in enumerate(self.watched.kinds, start=1) if not kinds or kind in kinds]
        return self.random.choice(versions or [1])

    def somebody(self) -> Actor:
        """Anybody at all."""
        return Actor.of(self.random.choice(list(Role)), "x-1")

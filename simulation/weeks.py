"""Which sessions are agreed for a week: the programme's rhythm first, then what fills its hours, by the phase's mix."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from domain.calendar import local, local_date
from domain.pathway.deciding.bookings import minutes_of
from domain.programme.elements import Kind
from domain.programme.phases import Phase
from domain.programme.shape import Programme
from simulation.dice import Dice

BOOKED = frozenset({Kind.TRAINING, Kind.ACTIVITY, Kind.PLACEMENT})
WORKDAYS = 5
HOURS = (time(9), time(13), time(15))
"""When the first, second and third session of a day begin."""
SELDOM = 0.05
"""What an element weighs whose track has no share in the phase's mix."""


def rhythm(programme: Programme, phase: str) -> list[str]:
    """The sessions of a week that the programme itself asks for."""
    return [
        name
        for name in programme.offered_in(phase)
        if programme.elements[name].kind in BOOKED
        for _ in range(programme.elements[name].per_week or 0)
    ]


def occasional(programme: Programme, phase: str) -> list[str]:
    """The elements of the phase that have no rhythm of their own."""
    offered = (name for name in programme.offered_in(phase) if programme.elements[name].kind in BOOKED)
    return [name for name in offered if not programme.elements[name].per_week]


def filling(programme: Programme, phase: str, minutes: int, choice: Sequence[str], dice: Dice) -> Iterator[str]:
    """Elements of *choice* by the mix of the phase, until with *minutes* the norm of weekly hours is reached."""
    known, norm = programme.phase(phase), programme.weekly_hours
    wanted = norm.norm * 60 if norm else 0
    weights = [_weight(programme, known, each) for each in choice]
    for _ in range(len(HOURS) * WORKDAYS if choice else 0):
        if minutes >= wanted:
            return
        name = dice.weighed(choice, weights)
        minutes += minutes_of(programme.elements[name])
        yield name


def _weight(programme: Programme, phase: Phase | None, element: str) -> float:
    return (phase.mix.get(programme.elements[element].track) if phase else None) or SELDOM


def starts(monday: datetime, sessions: Sequence[str], dice: Dice) -> list[datetime]:
    """When the sessions of a week begin: spread over its working days, a second one on a day after lunch."""
    days = dice.several_of(range(WORKDAYS), min(len(sessions), WORKDAYS))
    first = local_date(monday)
    return [
        local(first + timedelta(days=days[place % len(days)]), HOURS[place // len(days) % len(HOURS)])
        for place in range(len(sessions))
    ]

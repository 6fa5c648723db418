"""What a simulation shows: waiting, time in phases, hours and load week by week, and how pathways stand at the end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.actor import Role
from domain.calendar import local_date
from domain.pathway.state import Stage
from simulation.records import Load, Walk, What
from simulation.setting import Setting
from simulation.survival import FEWEST, Curve, Spell, curve

DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Weekly:
    """What one week held."""

    first_day: date
    running: int
    """How many took part in it."""
    sessions: int
    minutes: int


@dataclass(frozen=True)
class Work:
    """One kind of work of one role over all weeks."""

    role: Role
    what: What
    by_week: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.by_week)

    @property
    def a_week(self) -> float:
        """How much of it falls in a week, on average."""
        return self.total / len(self.by_week) if self.by_week else 0.0

    @property
    def busiest(self) -> int:
        """How much of it fell in the week with the most."""
        return max(self.by_week, default=0)


@dataclass(frozen=True)
class Figures:
    """Everything that is printed, written and drawn of one simulation."""

    citizens: int
    citizen_years: float
    """How long citizens were seen, from their referral to the end of the simulation."""
    facts: int
    waiting: Curve
    """From the referral to the first day; whoever was turned away is seen up to then."""
    phases: dict[str, Curve]
    """By phase, the time in it; whoever is still in it is seen up to the end."""
    weeks: tuple[Weekly, ...]
    work: tuple[Work, ...]
    open: dict[Stage, int]
    """By stage, how many pathways are not closed at the end; those under way are no outcome, and never zero."""
    outcomes: dict[str, int]
    """With which outcome those are closed that are closed at the end."""
    reopened: int
    """How many times a pathway that had ended went on again."""

    @property
    def hours_a_week(self) -> float | None:
        """Hours attended in a week by somebody who is in a phase; None where too few were seen."""
        weeks = sum(week.running for week in self.weeks)
        return sum(week.minutes for week in self.weeks) / 60 / weeks if self.citizens >= FEWEST and weeks else None


def figures(setting: Setting, walks: Sequence[Walk]) -> Figures:
    """The figures of those walks."""
    weeks = -(-_days(setting.first_day, setting.until) // 7)
    return Figures(
        citizens=len(walks),
        citizen_years=sum((w.until - w.referred).days for w in walks if w.referred) / DAYS_A_YEAR,
        facts=sum(walk.facts for walk in walks),
        waiting=curve(_waits(walks)),
        phases={phase: curve(_stays(walks, phase)) for phase in setting.programme.phases},
        weeks=tuple(_weekly(setting, walks, weeks)),
        work=tuple(_work(walks, weeks)),
        open={
            stage: count
            for stage in Stage
            if stage is not Stage.CLOSED and (count := sum(walk.stage is stage for walk in walks))
        },
        outcomes={
            name: count for name in setting.programme.outcomes if (count := sum(walk.outcome == name for walk in walks))
        },
        reopened=sum(walk.reopened for walk in walks),
    )


def _waits(walks: Sequence[Walk]) -> Iterator[Spell]:
    for walk in walks:
        if walk.referred:
            seen_until = walk.begun or walk.turned_away or walk.until
            yield Spell(_days(walk.referred, seen_until), walk.begun is not None)


def _stays(walks: Sequence[Walk], phase: str) -> Iterator[Spell]:
    for walk in walks:
        for stay in walk.stays:
            if stay.phase == phase:
                yield Spell(_days(stay.entered, stay.left or walk.until), stay.left is not None)


def _days(begun: datetime, ended: datetime) -> int:
    return (local_date(ended) - local_date(begun)).days


def _weekly(setting: Setting, walks: Sequence[Walk], weeks: int) -> Iterator[Weekly]:
    running = Counter(week for walk in walks for week in _weeks_in(walk))
    sessions: Counter[int] = Counter()
    minutes: Counter[int] = Counter()
    for walk in walks:
        for week, attended in walk.weeks.items():
            sessions[week] += attended.sessions
            minutes[week] += attended.minutes
    for week in range(weeks):
        monday = local_date(setting.first_day) + timedelta(weeks=week)
        yield Weekly(monday, running[week], sessions[week], minutes[week])


def _weeks_in(walk: Walk) -> set[int]:
    """The weeks in which a citizen was in a phase."""
    return {
        week
        for stay in walk.stays
        for week in range(walk.week_of(stay.entered), walk.week_of(stay.left or walk.until) + 1)
    }


def _work(walks: Sequence[Walk], weeks: int) -> Iterator[Work]:
    load: Counter[Load] = Counter()
    for walk in walks:
        load.update(walk.load)
    for role in Role:
        for what in What:
            by_week = tuple(load[Load(week, role, what)] for week in range(weeks))
            if any(by_week):
                yield Work(role, what, by_week)

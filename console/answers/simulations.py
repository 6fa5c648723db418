"""What `simulate` answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SimulatedSpan:
    """How long something lasts, in what `simulate` answers. Numbers of people from 1 to 4 are null."""

    what: str
    """`waiting`, or the phase."""
    cases: int | None
    ended: int | None
    open: int | None
    """How many had not ended when they were last seen; they count up to then, never as ended."""
    median_days: int | None
    """After how many days half had ended (Kaplan-Meier); null where half had not, or fewer than 5 had."""


@dataclass(frozen=True)
class SimulatedWork:
    """One kind of work of one role, in what `simulate` answers."""

    role: str
    what: str
    """`talks`, `sessions`, `decisions`, `reviews`, `duties` or `overdue`."""
    a_week: float
    """On average."""
    busiest: int
    """In the week with the most."""


@dataclass(frozen=True)
class SimulatedStanding:
    """How many synthetic citizens stand so at the end, in what `simulate` answers."""

    stage: str
    outcome: str | None
    """With which outcome the pathway is closed; null where it is not closed."""
    citizens: int | None
    """Null where they are from 1 to 4."""


@dataclass(frozen=True)
class Simulated:
    """What `simulate` answers."""

    programme: str
    first_day: str
    last_day: str
    seed: int
    citizens: int
    citizen_years: float
    facts: int
    waiting: SimulatedSpan
    """From the referral to the first day."""
    phases: list[SimulatedSpan]
    """The time in each phase."""
    hours_a_week: float | None
    """Hours attended for each citizen in a phase; null where too few were seen."""
    load: list[SimulatedWork]
    standing: list[SimulatedStanding]
    reopened: int | None
    """How many times a pathway that had ended went on again; null where it was from 1 to 4."""
    files: list[str]
    """What was written."""

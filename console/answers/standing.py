"""What `pathway` answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class StoodStill:
    """A stretch in which a clock stood still."""

    began: datetime
    ended: datetime | None
    days: int
    because: str | None
    """What was waited for; nothing for a pause or a rest."""


@dataclass(frozen=True)
class OwedLedger:
    """How a deadline is reckoned."""

    says: str
    """The same in a sentence."""
    within: str
    rule_set: str | None
    legal_ref: str | None
    chosen: bool
    """Whether somebody set the day."""
    days: int
    """For how many days its clock has stood still."""
    stops: list["StoodStill"]


@dataclass(frozen=True)
class OwedThing:
    """Something that is owed, in what `pathway` answers."""

    rule: str
    name: str
    owner: str
    since: datetime
    due: datetime
    overdue: bool
    stopped: bool
    """Whether its clock stands still."""
    ledger: "OwedLedger | None"
    """How its deadline is reckoned, or nothing where staff promised it by hand."""


@dataclass(frozen=True)
class AgreedSession:
    """A session that is booked, in what `pathway` answers."""

    session: UUID
    element: str
    starts: datetime
    minutes: int
    site: str | None
    mandatory: bool


@dataclass(frozen=True)
class ComingThing:
    """Something that happens by itself, in what `pathway` answers."""

    at: datetime
    what: str
    """`begins`, `ends`, `review`, `week`, `resume`, `reminder` or `deadline`."""
    about: str | None
    """The phase or the thing owed, where there is one."""


@dataclass(frozen=True)
class PossibleCommand:
    """Something that could be done, in what `pathway` answers."""

    command: str
    step: str | None
    number: int | None
    """Which of several decisions of that name it is about; null where there is only one."""
    by: list[str]
    """The roles that may do it."""
    open: bool
    why_not: str | None
    """The refusal as a sentence."""
    code: str | None
    """The refusal's code."""


@dataclass(frozen=True)
class PossibleTelling:
    """Something that may be told now, in what `pathway` answers."""

    command: str
    step: str | None
    """What it is about: an element, a circumstance, a measure, an outcome, something owed."""
    by: list[str]
    """The roles that may tell it."""


@dataclass(frozen=True)
class Answered:
    """What somebody answered last to a measure."""

    measure: str
    rater: str
    """`citizen` or `worker`."""
    at: datetime
    answers: list[int | None]
    """In the order of the questions; null for one without an answer."""
    score: float | None
    before: float | None
    """The score before, or null."""


@dataclass(frozen=True)
class Standing:
    """What `pathway` answers."""

    pathway: UUID
    citizen: UUID | None
    """Whom it is about; null when that has been erased."""
    version: int
    programme: str
    stage: str
    phase: str | None
    ahead: int | None
    """How many have waited longer for a place; null for somebody who does not wait for one."""
    paused_since: datetime | None
    responsible: dict[str, str]
    """By role, the person."""
    proposal: str | None
    """The phase that is proposed and awaits its answer."""
    next_due: datetime | None
    owed: list[OwedThing]
    bookings: list[AgreedSession]
    coming: list[ComingThing]
    outcomes: list[str]
    answers: list[Answered]
    """What was answered to measures; empty for roles that never see it."""
    options: list[PossibleCommand]
    """What may be decided, and what may not."""
    tellings: list[PossibleTelling]
    """What may be told besides."""

"""What is kept of one synthetic citizen's walk: when, how long, how much, and how it stands at the end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from domain.actor import Role
from domain.calendar import local_date
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands import course, obligations, phases, referrals, sessions
from domain.pathway.facts import course as course_facts
from domain.pathway.facts import obligations as obligation_facts
from domain.pathway.facts import phases as phase_facts
from domain.pathway.facts import referrals as referral_facts
from domain.pathway.facts.sessions import TOOK_PART, AttendanceRecorded, TalkHeld
from domain.pathway.state import Stage
from domain.programme.shape import Programme


class What(StrEnum):
    """What staff spend their weeks on, as far as the facts tell."""

    TALKS = "talks"
    SESSIONS = "sessions"
    DECISIONS = "decisions"
    REVIEWS = "reviews"
    DUTIES = "duties"
    """Plans, assessments and whatever else is owed and done."""
    OVERDUE = "overdue"
    """What was not done by its deadline."""


DONE: Mapping[type[Command], What] = {
    sessions.HoldTalk: What.TALKS,
    phases.HoldReview: What.REVIEWS,
    **dict.fromkeys(
        (
            referrals.AcceptReferral,
            referrals.RefuseReferral,
            referrals.ReturnReferral,
            phases.EnterPhase,
            phases.ApproveTransition,
            phases.RejectTransition,
            phases.ExtendDuration,
            course.MakeDecision,
            course.PausePathway,
            course.ClosePathway,
            course.ReopenPathway,
        ),
        What.DECISIONS,
    ),
    **dict.fromkeys((course.AgreePlan, sessions.AssessAbsence, obligations.MeetObligation), What.DUTIES),
}
"""By command, what it is work of; sessions are counted by who holds them."""


class Load(NamedTuple):
    """One kind of work of one role in one week."""

    week: int
    """Counted from the first day of the simulation."""
    role: Role
    what: What


class Stay(NamedTuple):
    """A stretch in one phase."""

    phase: str
    entered: datetime
    left: datetime | None
    """None where the citizen was still in it when the simulation ended."""


class Attendance(NamedTuple):
    """What was attended in one week."""

    sessions: int
    minutes: int


@dataclass
class Walk:
    """One citizen's way, as far as the simulation went."""

    number: int
    first_day: datetime
    until: datetime
    referred: datetime | None = None
    begun: datetime | None = None
    turned_away: datetime | None = None
    """When the referral was refused or taken back."""
    closed: datetime | None = None
    """When it first closed."""
    outcome: str | None = None
    """With which outcome it is closed; None while it is not."""
    stage: Stage = Stage.NEW
    reopened: int = 0
    facts: int = 0
    commands: int = 0
    stays: list[Stay] = field(default_factory=list)
    weeks: dict[int, Attendance] = field(default_factory=dict)
    """By week, what was attended in it."""
    load: Counter[Load] = field(default_factory=Counter)

    @property
    def is_running(self) -> bool:
        """Whether the citizen takes part when the simulation ends."""
        return self.stage is Stage.UNDERWAY

    def week_of(self, at: datetime) -> int:
        """The week of an instant, counted from the first day of the simulation."""
        return (local_date(at) - local_date(self.first_day)).days // 7

    def note(self, programme: Programme, command: Command, facts: Sequence[PathwayFact]) -> None:
        """Keeps what matters of what a command caused."""
        self.commands += 1
        self.facts += len(facts)
        for fact in facts:
            self._note(programme, command, fact)
        what = DONE.get(type(command))
        if what:
            self.load[Load(self.week_of(command.at), command.by.role, what)] += 1

    def _note(self, programme: Programme, command: Command, fact: PathwayFact) -> None:
        match fact:
            case referral_facts.CitizenReferred():
                self.referred = fact.at
            case referral_facts.CitizenEnrolled():
                self.begun = fact.at
            case referral_facts.ReferralRefused() | referral_facts.ReferralWithdrawn():
                self.turned_away = fact.at
            case phase_facts.PhaseEntered():
                self._leave(fact.at)
                self.stays.append(Stay(fact.phase, fact.at, None))
            case course_facts.PathwayClosed():
                self._leave(fact.at)
                self.closed = self.closed or fact.at
                self.outcome = fact.outcome
            case course_facts.PathwayReopened():
                self.outcome = None
                self.reopened += 1
                self.stays += [Stay(fact.phase, fact.at, None)] if fact.phase else []
            case AttendanceRecorded() | TalkHeld():
                self._took_part(programme, command, fact)
            case obligation_facts.ObligationOverdue():
                self.load[Load(self.week_of(fact.at), fact.owner, What.OVERDUE)] += 1
            case _:
                pass

    def _took_part(self, programme: Programme, command: Command, fact: AttendanceRecorded | TalkHeld) -> None:
        if isinstance(fact, AttendanceRecorded) and fact.attendance in TOOK_PART:
            self._attended(fact.at, fact.minutes)
            self._held(programme, command, fact)
        if isinstance(fact, TalkHeld) and fact.session is None:
            self._attended(fact.at, fact.minutes)

    def _leave(self, at: datetime) -> None:
        if self.stays and self.stays[-1].left is None:
            self.stays[-1] = self.stays[-1]._replace(left=at)

    def _attended(self, at: datetime, minutes: int) -> None:
        week = self.week_of(at)
        known = self.weeks.get(week, Attendance(0, 0))
        self.weeks[week] = Attendance(known.sessions + 1, known.minutes + minutes)

    def _held(self, programme: Programme, command: Command, fact: AttendanceRecorded) -> None:
        element = programme.elements.get(fact.element)
        for role in (element.staffed_by if element else ()) or (command.by.role,):
            self.load[Load(self.week_of(fact.at), role, What.SESSIONS)] += 1

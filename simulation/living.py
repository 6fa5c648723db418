"""One synthetic citizen's life in a programme, from the referral on: well or ill, going on, ending, coming back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.actor import Actor, Role
from domain.pathway.acts import SOMEBODY, TEXT
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands import course, phases, referrals
from domain.pathway.facts import course as course_facts
from domain.pathway.facts import obligations as obligation_facts
from domain.pathway.facts import referrals as referral_facts
from domain.pathway.permissions import MAY
from domain.pathway.state import Stage
from domain.programme.decisions import Valence
from domain.programme.phases import How
from simulation.attending import Attending
from simulation.citizens import referral
from simulation.dice import DAY, Dice, in_office_hours, monday_from
from simulation.duties import Duties
from simulation.records import Walk
from simulation.setting import Setting
from simulation.way import Way

WEEK = timedelta(weeks=1)
WEEKS_A_YEAR = 52


class Life:
    """One citizen, with those who meet the citizen."""

    def __init__(self, setting: Setting, number: int) -> None:
        self._setting = setting
        self._programme = setting.programme
        self._assumed = setting.assumptions
        self._number = number
        self._dice = Dice(setting.seed, number)
        self._leaving: Valence | None = None
        self._latest_week: datetime | None = None
        self.walk = Walk(number, setting.first_day, setting.until)
        self.way = Way(setting.programme, self.walk, self._react)
        self._attending = Attending(setting, number, self.way, self._dice)
        self._duties = Duties(setting, self.way, self._attending, self._dice)

    def live(self) -> Walk:
        """Everything from the referral to the end of the simulation."""
        arrives = self._dice.workday_within(self._assumed.arriving.over_weeks, self._setting.first_day)
        self.way.plan(in_office_hours(arrives), self._be_referred)
        self.way.go(self._setting.until)
        return self.walk

    def _be_referred(self, at: datetime) -> None:
        arriving, fitting = self._assumed.arriving, self._setting.fitting
        self.way.tell(referral(self._programme, fitting, arriving, self._dice, self._number, at))

    def _react(self, at: datetime, facts: Sequence[PathwayFact]) -> None:
        for fact in facts:
            match fact:
                case obligation_facts.ObligationCreated() | obligation_facts.ObligationMoved():
                    self._duties.take_on(fact, at)
                case referral_facts.CitizenEnrolled():
                    self._begin(at)
                case referral_facts.ReferralReturned():
                    self.way.plan(in_office_hours(at + self._dice.days(self._assumed.staff.late_days)), self._complete)
                case course_facts.PathwayClosed():
                    self._perhaps_relapse(at, fact.outcome)
                case course_facts.PathwayReopened():
                    self._plan_week(at)
                case _:
                    pass

    def _complete(self, at: datetime) -> None:
        self._tell(referrals.CompleteReferral, self._programme.referral.by, at)

    def _begin(self, at: datetime) -> None:
        self._plan_week(at)
        agreed = at + self._dice.day_within(self._assumed.staff.plan_within_days)
        self.way.plan(in_office_hours(agreed), self._agree_plan)

    def _agree_plan(self, at: datetime) -> None:
        self.way.tell(course.AgreePlan(by=Actor.of(Role.CASEWORKER, SOMEBODY), at=at, goals=TEXT))

    def _plan_week(self, at: datetime) -> None:
        """Puts the next Monday on the agenda, once."""
        monday = monday_from(at)
        if self._latest_week is None or monday > self._latest_week:
            self._latest_week = monday
            self.way.plan(monday, self._live_a_week)

    def _live_a_week(self, at: datetime) -> None:
        if self.way.pathway.stage is not Stage.UNDERWAY:
            return
        self._plan_week(at + DAY)
        self._perhaps_ill(at)
        self._perhaps_end(at)
        self._perhaps_go_on(at)
        if self.way.pathway.stage is Stage.UNDERWAY and not self.way.pathway.paused_since:
            self._attending.agree(at)

    def _perhaps_ill(self, at: datetime) -> None:
        illness = self._assumed.illness
        if self._attending.is_ill(at) or not self._dice.happens(illness.spells_per_year / WEEKS_A_YEAR):
            return
        spell = self._dice.days(illness.days)
        self._attending.fall_ill(at + spell)
        if spell >= DAY * illness.paused_from_days:
            by = Actor.of(Role.CASEWORKER, SOMEBODY)
            self.way.tell(course.PausePathway(by=by, at=at, reason=TEXT, until=at + spell))

    def _perhaps_end(self, at: datetime) -> None:
        ending, begun = self._assumed.ending, self.walk.begun
        drawn = self._dice.share()
        if begun is None or at < begun + WEEK * ending.from_week:
            return
        for valence in Valence:
            if self._leaving is None and drawn < ending.per_week(valence):
                self._leaving = valence
            drawn -= ending.per_week(valence)
        if self._leaving:
            self._close(self._leaving, at)

    def _close(self, valence: Valence, at: datetime) -> None:
        """Tries to close; where something stands in the way, it is tried again the week after."""
        decision = self._programme.decisions["close"]
        fitting = [name for name in decision.outcomes if self._programme.outcomes[name].valence is valence]
        if fitting and self._tell(course.ClosePathway, decision.by, at, outcome=self._dice.one_of(fitting)):
            self._leaving = None

    def _perhaps_relapse(self, at: datetime, outcome: str) -> None:
        relapse, known = self._assumed.relapse, self._programme.outcomes.get(outcome)
        if known is None or known.valence is not Valence.POSITIVE:
            return
        weeks = (week for week in range(1, relapse.within_weeks + 1) if self._dice.happens(relapse.per_week))
        first = next(weeks, None)
        if first:
            self.way.plan(in_office_hours(at + WEEK * first), self._reopen)

    def _reopen(self, at: datetime) -> None:
        self._tell(course.ReopenPathway, (Role.CASEWORKER,), at)

    def _perhaps_go_on(self, at: datetime) -> None:
        """Staff take or propose the next phase where no rule of the programme does."""
        known = self._programme.phase(self.way.pathway.phase)
        advance = known.advance if known else None
        if advance is None or advance.when or not self._dice.happens(self._assumed.going_on.per_week):
            return
        if advance.how is How.PROPOSAL:
            self._tell(phases.ProposeTransition, advance.proposed_by, at)
        else:
            self._tell(phases.EnterPhase, advance.by, at, phase=advance.to)

    def _tell(self, command: type[Command], by: Sequence[Role], at: datetime, **fields: str) -> bool:
        """Gives a command with a reason, in the first of those roles that may give it; whether it was taken."""
        role = next((role for role in by if role in MAY[command]), None)
        return role is not None and self.way.tell(
            command(by=Actor.of(role, SOMEBODY), at=at, **{"reason": TEXT, **fields})
        )

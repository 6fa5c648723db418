"""What staff owe: put on the agenda when the rules call for it, and seen to sooner or later."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from domain.pathway.command import Command
from domain.pathway.facts.obligations import ObligationCreated, ObligationMoved
from simulation.answering import answers
from simulation.attending import Attending
from simulation.dice import DAY, Dice, in_office_hours
from simulation.setting import Setting
from simulation.way import Way
from simulation.weeks import BOOKED

WEEK = timedelta(weeks=1)


class Duties:
    """What is owed to one citizen, and by this citizen's staff."""

    def __init__(self, setting: Setting, way: Way, attending: Attending, dice: Dice) -> None:
        self._programme = setting.programme
        self._staff = setting.assumptions.staff
        self._weights = setting.assumptions.choices.weights
        self._way = way
        self._attending = attending
        self._dice = dice

    def take_on(self, owed: ObligationCreated | ObligationMoved, now: datetime) -> None:
        """Puts it on the agenda: before its deadline as a rule, now and then after it."""
        see_to = partial(self._see_to, owed.obligation, owed.due)
        if not self._dice.happens(self._staff.in_time):
            self._way.plan(in_office_hours(max(now, owed.due) + self._dice.days(self._staff.late_days)), see_to)
            return
        share = self._staff.unhurried * (1 + self._dice.share()) / 2
        asked = max(now, owed.since + (owed.due - owed.since) * share)
        proper = in_office_hours(asked)
        self._way.plan(proper if proper < owed.due else asked, see_to)

    def _see_to(self, rule: str, due: datetime, now: datetime) -> None:
        owed = self._way.pathway.obligations.get(rule)
        if owed is None or owed.due != due:
            return
        element = self._programme.elements.get(owed.name)
        if element and element.kind in BOOKED:
            self._attending.book(owed.name, in_office_hours(now + DAY), now)
        else:
            self._choose(answers(self._way.binding, self._way.pathway, rule, now))
        still = self._way.pathway.obligations.get(rule)
        if still and still.due == due:
            self._way.plan(now + WEEK, partial(self._see_to, rule, due))

    def _choose(self, possible: Sequence[Command]) -> None:
        """Takes one of the commands that answer the same, as often as each is taken."""
        weights = [self._weights.get(command.kind, 1.0) for command in possible]
        if any(weights):
            self._way.tell(self._dice.weighed(possible, weights))

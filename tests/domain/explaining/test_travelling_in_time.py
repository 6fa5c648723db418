"""How it was on a day: what was true then and what was known then, which differ where things are told late."""

from datetime import datetime, timedelta

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as chance

from domain.explaining.travelling import Glimpse, Recorded, as_of, differences, known_on, versions_of
from domain.explaining.ways import settled_to
from domain.pathway.binding import Binding
from domain.pathway.commands.course import AgreePlan, CorrectFact
from domain.pathway.commands.sessions import HoldTalk
from domain.pathway.due import next_due
from domain.pathway.evolve import fold
from domain.pathway.facts.course import PlanAgreed
from domain.pathway.facts.sessions import Scaling
from domain.pathway.history import Erased, as_corrected
from tests.domain.beginnings import on_sick_leave
from tests.domain.laws.lives import VERSIONS, Lived, law, lives
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, SICK
from tests.support.life import Step
from tests.support.spec import Story

TUESDAY = MONDAY + DAY
FRIDAY = MONDAY + 4 * DAY
FEW = settings(law, max_examples=60)


class Told:
    """A story with the instants at which its facts were learnt."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.record = [Recorded(event, event.at) for event in story.history]

    def tell(self, *commands: AgreePlan | CorrectFact | HoldTalk) -> "Told":
        """Carries commands out; what they cause is learnt when they are given."""
        for command in commands:
            self.story.settle(command.at)
            self.record += [Recorded(event, event.at) for event in self.story.history[len(self.record) :]]
            self.story.tell(command)
            self.record += [Recorded(event, command.at) for event in self.story.history[len(self.record) :]]
        return self

    def true(self, at: datetime) -> Glimpse:
        """What was true then."""
        return as_of(self.record, SICK.ref, {SICK.ref: SICK}, at)

    def known(self, at: datetime) -> Glimpse:
        """What was known then."""
        return known_on(self.record, SICK.ref, {SICK.ref: SICK}, at)


TALK = HoldTalk(
    by=CONTACT, at=FRIDAY, happened=TUESDAY, element="first_talk", scaling=(Scaling(question="today", answer=4),)
)


def names(glimpse: Glimpse) -> set[str]:
    """What was owed."""
    return {each.name for each in glimpse.pathway.obligations.values()}


def test_a_talk_that_was_told_late_was_held_before_anybody_knew() -> None:
    told = Told(on_sick_leave()).tell(TALK)
    wednesday = TUESDAY + DAY
    assert "first_talk" not in names(told.true(wednesday))
    assert "first_talk" in names(told.known(wednesday))
    assert "owed" in differences(told.true(wednesday), told.known(wednesday))


def test_what_was_put_right_later_was_never_true_though_it_was_known() -> None:
    told = Told(on_sick_leave()).tell(AgreePlan(by=CASEWORKER, at=TUESDAY, goals="praktik"))
    version = told.story.version(PlanAgreed)
    told.tell(CorrectFact(by=CASEWORKER, at=FRIDAY, corrects=version, withdraw=True, reason="forkert borger"))
    wednesday = TUESDAY + DAY
    assert told.true(wednesday).pathway.plan_version == 0
    assert told.known(wednesday).pathway.plan_version == 1
    assert told.known(FRIDAY).pathway.plan_version == 0


def test_before_the_referral_there_was_nothing() -> None:
    told = Told(on_sick_leave())
    assert told.true(MONDAY - DAY).pathway.stage == told.known(MONDAY - DAY).pathway.stage == "new"


def test_a_glimpse_is_settled_to_its_instant() -> None:
    told = Told(on_sick_leave())
    later = MONDAY + 200 * DAY
    assert all(each.overdue for each in told.known(later).pathway.obligations.values())


def recorded(steps: Lived) -> list[Recorded]:
    """The history of a life with the instants at which it was learnt, as it can be read at its end."""
    last = steps[-1]
    learnt: list[datetime] = []
    for step in steps:
        learnt += [each.due for each in step.passed for _ in each.facts]
        learnt += [step.command.at] * len(step.facts)
    return [Recorded(event, at) for event, at in zip(last.history, learnt, strict=True)]


@FEW
@for_all(lives)
def test_with_both_at_now_it_is_the_present(steps: Lived) -> None:
    last = steps[-1]
    record, at = recorded(steps), last.command.at
    versions = {**VERSIONS, last.programme.ref: last.programme}
    known = known_on(record, last.programme.ref, versions, at)
    is_whole = not any(isinstance(each.event, Erased) for each in record)
    assert known.programme == last.programme, last
    stands = last.after if is_whole else fold(as_corrected(last.history))
    present = settled_to(Binding(last.programme), stands, at)
    assert known.pathway == present, last
    if is_whole:
        true = as_of(record, last.programme.ref, versions, at)
        assert (true.programme, true.pathway) == (last.programme, present), last
        assert differences(true, known) == []


@FEW
@for_all(lives, chance.integers(0, 50))
def test_what_was_known_then_is_what_the_facts_until_then_say(steps: Lived, which: int) -> None:
    last, then = steps[-1], steps[which % len(steps)]
    record = recorded(steps)
    last_of_that_instant = _last_at(steps, then)
    versions = {**VERSIONS, last.programme.ref: last.programme, then.programme.ref: then.programme}
    assert versions_of(record, last.programme.ref) <= {each.ref for each in (*versions.values(),)}
    glimpse = known_on(record, last.programme.ref, versions, then.command.at)
    if any(isinstance(each.event, Erased) for each in record):
        events = [each.event for each in record][: len(last_of_that_instant.history)]
        programme = glimpse.programme
        assert glimpse.pathway == settled_to(Binding(programme), fold(as_corrected(events)), then.command.at)
    else:
        programme, after = last_of_that_instant.programme, last_of_that_instant.after
        assert glimpse.programme == programme
        assert glimpse.pathway == settled_to(Binding(programme), after, then.command.at)


def _last_at(steps: Lived, then: Step) -> Step:
    return [step for step in steps if step.command.at <= then.command.at][-1]


@FEW
@for_all(lives, chance.integers(0, 400))
def test_a_day_between_can_always_be_looked_at(steps: Lived, days: int) -> None:
    last = steps[-1]
    at = steps[0].command.at + timedelta(days=days)
    versions = {**VERSIONS, last.programme.ref: last.programme}
    record = recorded(steps)
    for look in (as_of, known_on):
        glimpse = look(record, last.programme.ref, versions, at)
        due = next_due(glimpse.pathway)
        assert due is None or due > at, "what was due by then has happened"

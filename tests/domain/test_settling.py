"""Settling: what time alone causes comes first and never depends on how late anybody looks."""

from datetime import timedelta

from domain.actor import SETTLING
from domain.pathway.commands.course import PassTime
from domain.pathway.commands.sessions import HoldTalk
from domain.pathway.decide import decide
from domain.pathway.due import next_due
from domain.pathway.facts.obligations import ObligationMet, ObligationOverdue
from domain.pathway.settling import settled
from domain.refusal import RoleMayNot
from tests.domain.beginnings import ENROLLED, HOUR, on_sick_leave
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, SICK, WEEK
from tests.support.spec import MOMENT, given, passing

FIRST_TALK = "first_talk"


def test_before_anything_is_decided_everything_that_is_due_has_happened() -> None:
    late = ENROLLED + 9 * WEEK
    kinds = on_sick_leave().tell(HoldTalk(by=CONTACT, at=late, element=FIRST_TALK)).kinds
    assert kinds.index("obligation_overdue") < kinds.index("talk_held")


def test_what_is_told_late_is_overdue_then_met_in_time_and_registered_late() -> None:
    late = ENROLLED + 9 * WEEK
    story = on_sick_leave().tell(HoldTalk(by=CONTACT, at=late, element=FIRST_TALK, happened=MONDAY + DAY))
    [overdue] = [fact for fact in story.every(ObligationOverdue) if fact.name == FIRST_TALK]
    met = story.the(ObligationMet)
    assert overdue.at == overdue.due
    assert (met.in_time, met.registered_late) == (True, True)


def test_a_command_at_the_very_deadline_comes_after_it() -> None:
    due = given(SICK, refer()).pathway.obligations["referral_answered.after.referred"].due
    assert "obligation_overdue" in given(SICK, refer()).tell(accept(due)).kinds
    assert "obligation_overdue" not in given(SICK, refer()).tell(accept(due - MOMENT)).kinds


def test_looking_often_or_seldom_gives_the_same_history() -> None:
    end = ENROLLED + 40 * WEEK
    seldom, often = on_sick_leave().settle(end), on_sick_leave()
    at = ENROLLED
    while at < end:
        at += timedelta(hours=37)
        often.settle(min(at, end))
    assert often.history == seldom.history


def test_time_that_is_told_too_early_does_nothing() -> None:
    story = on_sick_leave()
    due = next_due(story.pathway)
    assert due is not None
    story.when(PassTime(by=SETTLING, at=due - MOMENT)).then_nothing()


def test_a_late_timer_lets_one_instant_pass_at_a_time_as_if_it_had_been_in_time() -> None:
    story = on_sick_leave()
    due = next_due(story.pathway)
    assert due is not None
    assert decide(story.binding, story.pathway, passing(due + 9 * WEEK)) == decide(
        story.binding, story.pathway, passing(due)
    )


def test_a_forecast_is_the_same_settling_run_ahead() -> None:
    story = on_sick_leave()
    forecast = [fact for passed in settled(story.binding, story.pathway, ENROLLED + 12 * WEEK) for fact in passed.facts]
    before = len(story.history)
    assert story.settle(ENROLLED + 12 * WEEK).history[before:] == forecast


def test_only_the_system_lets_time_pass() -> None:
    on_sick_leave().when(PassTime(by=CASEWORKER, at=ENROLLED + HOUR)).then_refused(RoleMayNot, may="system")


def test_what_is_over_waits_for_nothing() -> None:
    closed = on_sick_leave().tell(close(ENROLLED + DAY))
    assert next_due(closed.pathway) is None
    closed.when(passing(ENROLLED + 99 * WEEK)).then_nothing()

"""Consequences before they are confirmed: what a preview shows is what the command then does."""

from dataclasses import replace

import pytest
from hypothesis import given

from domain.calendar import deadline
from domain.pathway.commands.course import AgreePlan
from domain.pathway.commands.proceedings import ExemptHearing, NotifyDecision
from domain.pathway.due import next_due
from domain.pathway.facts.proceedings import Channel
from domain.pathway.previewing import Shift, preview
from domain.period import Period
from domain.refusal import HearingNeeded, Invalid, Refused
from tests.domain.beginnings import on_sick_leave
from tests.domain.laws.lives import Lived, law, lives
from tests.support.asking import book, close
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, SESSION, WEEK
from tests.support.life import Step
from tests.support.spec import Story

TUESDAY = MONDAY + DAY


def exempted() -> Story:
    exempt = ExemptHearing(by=CASEWORKER, at=TUESDAY, decision="close", reason="har selv bedt om det")
    return on_sick_leave().tell(exempt, book(TUESDAY, TUESDAY + 2 * WEEK, "diet_exercise"))


def test_a_closing_is_seen_with_what_it_calls_off_what_is_owed_no_more_and_what_is_owed_then() -> None:
    story, at = exempted(), TUESDAY + DAY
    found = preview(story.binding, story.pathway, close(at, "own_wish", against_wish=True))
    assert [fact.kind for fact in found.facts][:2] == ["pathway_closed", "session_cancelled"]
    assert found.called_off == (SESSION,)
    rule = "close.notified.after.close.adverse"
    assert Shift("owed", rule, "close.notified", None, deadline(at, Period("P1W"))) in found.owed
    gone = {each.name for each in found.owed if each.after is None}
    assert "first_talk" in gone
    assert {each.what for each in found.coming if each.after is None} == {"review", "week"}
    assert found.calls_for == ()
    assert story.pathway.stage == "underway", "a preview changes nothing"


def test_letters_are_seen_before_they_go_out() -> None:
    story = exempted().tell(close(TUESDAY + DAY, "own_wish", against_wish=True))
    told = NotifyDecision(by=CASEWORKER, at=TUESDAY + 2 * DAY, decision="close", channel=Channel.LETTER)
    found = preview(story.binding, story.pathway, told)
    assert [each.name for each in found.calls_for] == ["decision_notified"]
    assert [(each.what, each.after) for each in found.coming] == [
        ("complaint", deadline(TUESDAY + 2 * DAY, Period("P4W")))
    ]


def test_what_has_fallen_due_is_seen_first() -> None:
    story = on_sick_leave()
    late = TUESDAY + 20 * WEEK
    found = preview(story.binding, story.pathway, AgreePlan(by=CONTACT, at=late, goals="job"))
    kinds = [fact.kind for each in found.passed for fact in each.facts]
    assert "obligation_overdue" in kinds
    assert [fact.kind for fact in found.facts] == ["plan_agreed"]


def test_what_is_refused_is_refused_in_the_preview_too() -> None:
    story = on_sick_leave()
    with pytest.raises(HearingNeeded):
        preview(story.binding, story.pathway, close(TUESDAY, "own_wish", against_wish=True))


@law
@given(lives)
def test_a_preview_equals_the_effect(steps: Lived) -> None:
    """From where the pathway stood before anybody looked, with what falls due until then."""
    step, earlier = steps[-1], steps[-2] if len(steps) > 1 else None
    if earlier is None:
        return
    answer = _previewed(step, earlier)
    if step.refusal:
        assert answer == str(step.refusal), step
    else:
        assert answer == (list(step.passed), list(step.facts), next_due(step.after)), step


def _previewed(step: Step, earlier: Step) -> object:
    history = step.binding.history[: len(earlier.history)]
    binding = replace(step.binding, history=history)
    try:
        found = preview(binding, earlier.after, step.command)
    except (Refused, Invalid) as refusal:
        return str(refusal)
    return list(found.passed), list(found.facts), found.next_due

"""What happens by itself if nobody acts: the whole chain, until nothing but what recurs is left."""

from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as chance

from domain.explaining.forecasting import RECURRING, Forecast, forecast
from domain.explaining.ways import settled_to
from domain.pathway.binding import Binding
from domain.pathway.commands.course import PausePathway
from domain.pathway.settling import settled
from domain.programme.shape import Programme
from tests.domain.beginnings import on_sick_leave, together
from tests.domain.laws.lives import Lived, law, lives
from tests.semantics.test_relations import acts, lived, programmes
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, DAY, MONDAY, SICK, SIX_WEEKS, WEEK
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
FEW = settings(law, max_examples=40)
YEAR = timedelta(days=366)


def foreseen(story: Story) -> Forecast:
    """What is foreseen on Tuesday."""
    return forecast(Binding(story.programme), settled_to(story.binding, story.pathway, TUESDAY), TUESDAY)


def kinds(found: Forecast) -> list[str]:
    """The kinds of what will happen, in order."""
    return [fact.kind for passed in found.chain for fact in passed.facts]


def test_a_referral_that_nobody_answers_is_reminded_of_and_overdue_and_then_nothing_happens() -> None:
    found = foreseen(given(SICK, refer(MONDAY)))
    assert kinds(found)[-1] == "obligation_overdue"
    assert (found.is_stable, list(found.rhythms)) == (True, [])


def test_an_intake_comes_and_with_it_all_that_the_beginning_brings() -> None:
    found = kinds(foreseen(given(SICK, refer(MONDAY), accept(MONDAY))))
    assert found.index("citizen_enrolled") < found.index("phase_entered") < found.index("obligation_created")


def test_an_open_pathway_is_stable_when_only_reviews_and_counted_weeks_are_left() -> None:
    found = foreseen(together())
    assert found.is_stable
    assert {(each.fact.kind, each.every_days) for each in found.rhythms} >= {("review_came_due", 28)}
    assert "review_came_due" in kinds(found), "the first review makes something owed"


def test_a_pathway_whose_time_is_limited_comes_to_the_end_of_its_time() -> None:
    found = foreseen(together(SIX_WEEKS))
    assert "time_up" in kinds(found)
    assert found.is_stable


def test_a_pause_that_ends_is_foreseen() -> None:
    ending = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="syg", until=TUESDAY + WEEK))
    assert "pathway_resumed" in kinds(foreseen(ending))


def test_the_week_before_a_pause_is_counted_for_the_last_time_and_is_no_rhythm() -> None:
    found = foreseen(on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="syg")))
    assert kinds(found).count("week_counted") == 1
    assert (list(found.rhythms), found.is_stable) == ([], True)


def test_what_is_over_waits_for_nothing() -> None:
    assert foreseen(on_sick_leave().tell(close(TUESDAY))) == Forecast([], is_stable=True, rhythms=[])


@FEW
@for_all(lives, chance.integers(1, 500))
def test_when_time_passes_what_was_foreseen_happens(steps: Lived, days: int) -> None:
    last = steps[-1]
    binding, at = Binding(last.programme), last.command.at
    until = at + timedelta(days=days)
    found = forecast(binding, last.after, at, until)
    life = Story(last.programme, last.history)
    before = len(life.history)
    life.settle(until)
    assert [fact for passed in found.chain for fact in passed.facts] == life.history[before:], last


@settings(law, max_examples=25)
@for_all(lives)
def test_after_a_stable_chain_nothing_but_what_recurs_happens_for_years(steps: Lived) -> None:
    last = steps[-1]
    binding, at = Binding(last.programme), last.command.at
    found = forecast(binding, last.after, at)
    assert found.is_stable, last
    length = len(found.chain)
    later = list(settled(binding, last.after, (found.chain[-1].due if found.chain else at) + 2 * YEAR))
    assert [each.facts for each in later[:length]] == [each.facts for each in found.chain]
    assert all(isinstance(fact, tuple(RECURRING)) for each in later[length:] for fact in each.facts), last


@settings(law, max_examples=60)
@for_all(programmes, acts)
def test_in_programmes_made_by_chance_what_was_foreseen_happens_too(
    programme: Programme, steps: list[tuple[str, int]]
) -> None:
    both = lived(programme, steps)
    binding, pathway = Binding(programme), both.story.pathway
    found = forecast(binding, pathway, both.at)
    assert found.is_stable
    until = found.chain[-1].due if found.chain else both.at
    story = Story(programme, both.story.history)
    before = len(story.history)
    story.settle(until)
    assert story.history[before:] == [fact for passed in found.chain for fact in passed.facts]


@pytest.mark.parametrize("days", [3, 40])
def test_a_forecast_until_a_day_ends_there(days: int) -> None:
    story = on_sick_leave()
    found = forecast(Binding(SICK), story.pathway, TUESDAY, TUESDAY + days * DAY)
    assert all(passed.due <= TUESDAY + days * DAY for passed in found.chain)

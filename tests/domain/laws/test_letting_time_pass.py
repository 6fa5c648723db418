"""Laws of time: what falls due happens by itself, once, at its instant, however late anybody looks."""

from datetime import datetime
from random import Random
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import week_of
from domain.pathway.binding import Binding
from domain.pathway.clocks import case_of, ladder, stands_since
from domain.pathway.counting import week_counted
from domain.pathway.decide import decide
from domain.pathway.due import next_due, runs
from domain.pathway.fact import Fact
from domain.pathway.facts.course import FactErased
from domain.pathway.facts.obligations import ObligationOverdue, ObligationReminded
from domain.pathway.facts.phases import WeekCounted
from domain.pathway.history import Erased
from domain.pathway.state import LONGEST_WINDOW
from domain.programme.relations import outlives
from tests.domain.laws.lives import VERSIONS, Lived, every_fact, law, lives
from tests.support.life import Life, Step
from tests.support.spec import passing


@law
@given(lives)
def test_nothing_that_is_due_is_left_when_something_is_decided(steps: Lived) -> None:
    for step in steps:
        due = next_due(step.before)
        assert due is None or due > step.command.at, step


@law
@given(lives)
def test_time_always_moves_on(steps: Lived) -> None:
    """What lost its body may leave something behind that fell due long ago; it happens as soon as it can."""
    for step in steps:
        assert all(each.facts for each in step.passed), step
        if not _has_lost_anything(step):
            dues = [each.due for each in step.passed]
            assert dues == sorted(set(dues)), step
            following = next_due(step.before)
            assert following is None or not dues or following > dues[-1], step


@law
@given(lives)
def test_the_latest_count_of_a_week_holds_what_is_registered_of_it(steps: Lived) -> None:
    """However late it was registered, as far back as sessions are remembered."""
    for step in steps:
        if step.programme.counts_weeks and not _has_lost_anything(step):
            latest = {fact.week: fact for fact in step.history if isinstance(fact, WeekCounted)}
            for week in {week_of(seen.at) for seen in step.after.attendance}:
                if str(week) in step.after.counted and week > week_of(step.command.at - LONGEST_WINDOW):
                    now = week_counted(Binding(step.programme), step.after, week, step.command.at, None)
                    told = latest[str(week)]
                    hours = (told.attended_minutes, told.excused_minutes)
                    assert hours == (now.attended_minutes, now.excused_minutes), f"{week}: {step}"


def _has_lost_anything(step: Step) -> bool:
    return any(isinstance(event, Erased) for event in step.history)


@law
@given(lives)
def test_what_is_over_waits_for_nothing(steps: Lived) -> None:
    for step in steps:
        if step.after.is_over:
            assert all(map(outlives, step.after.obligations)), step
            complained_of = step.after.recourses or step.after.obligations
            assert next_due(step.after) is None or complained_of, step


@law
@given(lives, st.integers(0, 2**32))
def test_however_time_is_cut_into_pieces_the_same_things_happen(steps: Lived, chance: int) -> None:
    random = Random(chance)  # noqa: S311 - looks at the clock, not a secret
    again = Life(steps[0].binding.programme, VERSIONS)
    last: datetime = steps[0].command.at
    for step in steps:
        for at in sorted(last + (step.command.at - last) * random.random() for _ in range(random.randrange(4))):
            again.tell(passing(at))
        again.tell(step.command, step.binding.occupied)
        last = step.command.at
    assert again.steps[-1].history == steps[-1].history
    assert again.pathway == steps[-1].after


@law
@given(lives)
def test_a_timer_that_rings_late_brings_what_it_would_have_brought_in_time(steps: Lived) -> None:
    step = steps[-1]
    due = next_due(step.after)
    if due:
        binding, late = Binding(step.programme), due.replace(year=due.year + 1, day=1)
        assert decide(binding, step.after, passing(late)) == decide(binding, step.after, passing(due)), step


@law
@given(lives)
def test_a_deadline_that_passes_is_overdue_from_that_instant_on(steps: Lived) -> None:
    for step in steps:
        for rule, owed in step.before.obligations.items():
            has_passed = owed.due <= step.command.at and runs(step.before, owed)
            assert owed.overdue or not has_passed, f"{rule}: {step}"
        for fact in (fact for passed in step.passed for fact in passed.facts):
            if isinstance(fact, ObligationOverdue):
                assert fact.at >= fact.due, f"{fact.obligation}: {step}"


@law
@given(lives)
def test_a_deadline_is_overdue_once_and_reminded_of_once(steps: Lived) -> None:
    """Until it is met, moved or let go, when it is another one; or until it was forgotten that this was told."""
    told: set[tuple[str, str]] = set()
    for step, fact in every_fact(steps):
        if isinstance(fact, FactErased):
            told.clear()
        elif isinstance(fact, (ObligationOverdue, ObligationReminded)):
            assert (fact.kind, fact.obligation) not in told, step
            told.add((fact.kind, fact.obligation))
        elif fact.kind.startswith("obligation_"):
            rule = getattr(fact, "obligation", "")
            told -= {("obligation_overdue", rule), ("obligation_reminded", rule)}


@law
@given(lives)
def test_what_happens_by_itself_says_by_which_rule_of_which_version_and_why(steps: Lived) -> None:
    """DOMAIN 7, invariant 5."""
    for step in steps:
        caused = [(fact, step.binding.programme.ref) for passed in step.passed for fact in passed.facts]
        answered = [(fact, step.programme.ref) for fact in step.facts]
        for fact, ref in [*caused, *answered]:
            why = getattr(fact, "why", None)
            if why is None:
                assert not _needs_why(fact), step
            else:
                assert why.programme == ref, step
                assert why.rule, step
                assert why.inputs or fact.kind == "step_included", step


def _needs_why(fact: Fact) -> bool:
    field = type(fact).model_fields.get("why")
    return field is not None and type(None) not in get_args(field.annotation)


@law
@given(lives)
def test_nothing_becomes_overdue_while_its_clock_stands_still(steps: Lived) -> None:
    for each in (each for step in steps for each in step.passed):
        for fact in each.facts:
            if isinstance(fact, ObligationOverdue) and fact.obligation in each.pathway.obligations:
                assert stands_since(each.pathway, each.pathway.obligations[fact.obligation]) is None, fact


@law
@given(lives)
def test_what_stays_overdue_is_passed_on_as_far_as_its_ladder_says_by_then(steps: Lived) -> None:
    """Unless the pathway has moved since to a version with another ladder: nobody is told twice, or told less."""
    for step in steps:
        moved = step.before.last("moved")
        for rule, owed in step.before.obligations.items():
            response = step.binding.programme.responses.get(rule)
            stands = moved is None or moved < owed.since
            if stands and owed.overdue and response and not step.before.is_over and not _has_lost_anything(step):
                rungs = ladder(step.binding.programme, response, owed.since, owed.due, case_of(step.before))
                assert owed.level == sum(rung.at <= step.command.at for rung in rungs), (step, rule)

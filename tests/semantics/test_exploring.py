"""Exploring: it ends within its bound, and whatever it says can be come to is come to by the decider itself."""

from dataclasses import replace
from itertools import islice

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as chance

from domain.exploring.abstraction import Abstraction, everything, only_for
from domain.exploring.exploring import Explored, explore
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.decide import after, decide
from domain.pathway.due import next_due
from domain.pathway.state import Pathway, Stage
from domain.programme.shape import Programme
from domain.refusal import RunsAway
from programmes.exploring import examine, is_forgotten
from programmes.loader import reread
from tests.semantics.test_relations import HEAD, TAIL, programmes
from tests.support.altering import altered
from tests.support.cast import SICK, TOGETHER
from tests.support.deciding import DECISIONS, SECOND_ON_CLOSING, WITH_EYES

FEW = settings(max_examples=12)
BOUND = 40
REVIEWED = "    review_every: P4W\n"
OWED = """\
relations:
  - {after: referred, respond: referral_answered, within: P1W, by: caseworker}
  - {after: enrolled, respond: plan_agreed, within: P2W, by: caseworker}
  - {after: enrolled, respond: walk, within: P2W, by: caseworker}
"""


def gone(programme: Programme, way: tuple[Command, ...]) -> Pathway:
    """Where somebody stands who does all that, under the bare rules; nothing of it is turned down."""
    binding, pathway = Binding(programme), Pathway()
    for command in way:
        facts = decide(binding, pathway, command)
        assert facts, command
        pathway = after(binding, pathway, facts)
    return pathway


def replayed(explored: Explored, every: int = 1) -> None:
    """Every so many states are where the way to them leads."""
    for state in islice(explored.states, 0, None, every):
        assert gone(explored.programme, explored.way_to(state.number)) == state.pathway


@FEW
@for_all(programmes)
def test_it_ends_within_its_bound_and_every_way_leads_where_it_says(programme: Programme) -> None:
    explored = explore(everything(programme), BOUND)
    assert sum(state.explored for state in explored.states) <= BOUND
    replayed(explored, every=7)


@FEW
@for_all(programmes)
def test_every_finding_with_a_way_is_what_somebody_meets_there(programme: Programme) -> None:
    examined = examine(programme, BOUND)
    for problem, way in examined.witnesses:
        if problem.code == "runs_away":
            stands = gone(programme, way[:-1])
            try:
                decide(Binding(programme), stands, way[-1])
            except RunsAway:
                continue
            raise AssertionError("it ends after all")
        stands = gone(programme, way)
        if problem.code == "forgotten_citizen":
            assert (next_due(stands), stands.obligations) == (None, {})
        else:
            assert not stands.is_over


def test_the_ways_in_a_programme_that_ships_lead_where_they_say() -> None:
    replayed(explore(everything(TOGETHER), BOUND))
    replayed(explore(everything(SICK), BOUND), every=9)


def forgotten_in(explored: Explored) -> set[tuple[Stage, str | None]]:
    """The stages and phases in which somebody could be forgotten."""
    assert explored.whole
    return {(state.pathway.stage, state.pathway.phase) for state in explored.states if is_forgotten(state)}


def with_every_duty_told_apart(programme: Programme) -> Abstraction:
    """The abstraction that holds two pathways for one only if the very same is owed on both."""
    told_apart = everything(programme)
    rules, nothing = frozenset(programme.responses), frozenset[str]()
    return replace(told_apart, rules=rules, idle=nothing, lasting=nothing, telling=frozenset(told_apart.shown))


@FEW
@for_all(programmes, chance.sampled_from((REVIEWED, "")))
def test_whoever_is_forgotten_is_found_although_what_is_left_is_not_combined(programme: Programme, rhythm: str) -> None:
    some = attended_to(programme, rhythm)
    there = explore(with_every_duty_told_apart(some), 10 * BOUND)
    assert forgotten_in(explore(everything(some), 10 * BOUND)) == forgotten_in(there)


def attended_to(programme: Programme, rhythm: str) -> Programme:
    """The same with that rhythm, where a referral is answered and something is owed from the first day on."""
    text = HEAD.replace("events:\n", "").replace(REVIEWED, rhythm)
    known = reread(f"{text}{TAIL}{OWED}")
    return known.model_copy(update={"relations": (*known.relations, *programme.relations), "events": programme.events})


def test_states_that_the_rules_cannot_tell_apart_are_explored_once() -> None:
    explored, told_apart = explore(everything(TOGETHER), 5 * BOUND), everything(TOGETHER)
    keys = {told_apart.told(state.pathway, state.at) for state in explored.states}
    assert explored.whole
    assert len(explored.states) - len(keys) <= len(explored.sights), "but for those that show something new"


def test_what_matters_for_one_step_is_less_than_what_matters_at_all() -> None:
    everywhere, there = everything(SICK), only_for(SICK, frozenset({"work_placement"}))
    assert there.steps == {"plan_agreed"}
    assert there.rules < everywhere.rules
    closing = only_for(SICK, frozenset({"close"}))
    assert closing.rules == {"diet_exercise.assessed.after.diet_exercise.missed"}


def test_a_bound_that_is_reached_is_said_and_nothing_is_made_of_it() -> None:
    examined = examine(SICK, 5)
    assert not examined.whole
    assert examined.problems == []
    assert any("work_placement" in name for name in examined.unsettled)


def test_something_recurring_keeps_a_citizen_from_being_forgotten() -> None:
    silent = (("    review_every: P4W\n", ""), ("    per_week: 2\n", ""))
    assert examine(altered("sundere-sammen@2", *silent)).problems == [], "the progression review still comes back"


def test_what_asks_for_second_eyes_or_for_a_hearing_comes_about_when_they_have_come() -> None:
    lapsing = DECISIONS.replace("silence: stands", "silence: lapse")
    two_more = SECOND_ON_CLOSING.replace("outcomes", "second: {by: [caseworker], quorum: 2}\n    outcomes")
    strict = altered("sundere-sammen@3", (SECOND_ON_CLOSING, two_more), ("decisions:\n", lapsing))
    assert [examine(programme).problems for programme in (WITH_EYES, strict)] == [[], []]


def test_two_elements_that_wait_for_each_other_by_different_relations_never_happen() -> None:
    respond = "{after: enrolled, respond: training, within: P1W, by: instructor}"
    waiting = f"{respond}\n  - {{milestone: training, for: theme_talk}}\n  - {{condition: theme_talk, for: training}}"
    programme = altered("sundere-sammen@2", ("relations:\n", f"relations:\n  - {waiting}\n"))
    assert {(problem.code, problem.path) for problem in examine(programme).problems} == {
        ("never_happens", ("elements", "training")),
        ("never_happens", ("elements", "theme_talk")),
        ("never_met", ("relations", 0)),
    }

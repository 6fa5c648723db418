"""The shortest lawful way to a step: whoever goes it finds the step open, and no way is shorter."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as chance

from domain.actor import Actor, Role
from domain.explaining.ways import Done, Search, Waited, Way, settled_to, way_by_rule, way_to
from domain.explaining.why import is_open, steps_to_explain
from domain.pathway.acts import values_of
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.commands.course import PausePathway, RecordEvent
from domain.pathway.commands.obligations import DeclareNotRequired, ExcuseObligation
from domain.pathway.commands.proceedings import AssessHearing, SendHearing
from domain.pathway.commands.referrals import EnrolCitizen
from domain.pathway.decide import after, decide
from domain.pathway.deciding.referrals import eligibility
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from domain.refusal import Invalid, Plain, Refused
from tests.domain.beginnings import on_sick_leave, together
from tests.domain.laws.lives import ALTERED, VERSIONS, Lived, law, lives
from tests.semantics.reference import Marking, blocked, executed
from tests.semantics.test_relations import BEGAN, STEPS, acts, lived, programmes, written
from tests.support.altering import altered
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, DAY, MONDAY, SICK, WEEK
from tests.support.deciding import DECISIONS
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
FEW = settings(law, max_examples=30)
DEEPEST = 4
MOST_TRIED = 3


def way(story: Story, step: str, at: datetime = TUESDAY) -> Way:
    """The way to a step, as asked then."""
    return way_to(Binding(story.programme), settled_to(story.binding, story.pathway, at), step, at)


def told(found: Way) -> list[str]:
    """The moves in short."""
    return [move.command.kind if isinstance(move, Done) else "wait" for move in found.moves]


def gone(binding: Binding, pathway: Pathway, found: Way) -> Pathway:
    """Where somebody stands who has gone the way, by the real rules."""
    for move in found.moves:
        pathway = settled_to(binding, pathway, move.until if isinstance(move, Waited) else move.command.at)
        if isinstance(move, Done):
            facts = decide(binding, pathway, move.command)
            assert facts, "what is proposed changes something"
            pathway = after(binding, pathway, facts)
    return pathway


def test_what_is_open_needs_no_way() -> None:
    assert way(on_sick_leave(), "diet_exercise") == Way(Search.OPEN, ())


def test_the_way_to_a_placement_is_the_phase_that_offers_it_and_the_plan_that_it_asks_for() -> None:
    found = way(on_sick_leave(), "work_placement")
    assert told(found) == ["enter_phase", "agree_plan"]
    first = found.moves[0]
    assert isinstance(first, Done)
    assert set(first.by) == {Role.CASEWORKER, Role.COORDINATING_CASEWORKER}


def test_the_way_out_of_a_closed_pathway_begins_with_reopening_it() -> None:
    assert told(way(on_sick_leave().tell(close(TUESDAY)), "nature")) == ["reopen_pathway"]


def test_what_time_brings_is_waited_for_where_nobody_can_bring_it_sooner() -> None:
    until = TUESDAY + 3 * WEEK
    story = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="indlagt", until=until))
    assert told(way(story, "diet_exercise")) == ["resume_pathway"], "doing comes before waiting"
    waiting = given(SICK, refer(MONDAY), accept(MONDAY))
    assert told(way(waiting, "diet_exercise")) == [EnrolCitizen.kind]


def test_a_rule_that_counts_to_six_is_come_to_by_six_talks_which_count_like_sessions() -> None:
    story = on_sick_leave()
    found = way_by_rule(Binding(SICK), story.pathway, "labour_market", TUESDAY)
    assert told(found) == ["hold_talk"] * 6
    proposal = gone(Binding(SICK), story.pathway, found).proposal
    assert proposal
    assert proposal.proposed_by is None


def test_nobody_is_told_to_end_a_pathway_for_the_sake_of_a_step() -> None:
    refused = given(SICK, refer(MONDAY))
    assert told(way(refused, "enrol_citizen")) == ["accept_referral"]
    assert way(on_sick_leave(), "accept_referral").search is Search.NONE


def test_what_was_never_put_aside_and_what_can_never_come_again_are_told_apart() -> None:
    aside = on_sick_leave().tell(RecordEvent(by=CASEWORKER, at=TUESDAY, event="stand_by_begun"))
    assert told(way(aside, "follow_up_talk")) == ["record_event"]
    assert way(together(), "complete_referral").search is Search.NONE


@FEW
@for_all(lives, chance.integers(0, 30))
def test_whoever_goes_the_way_finds_the_step_open(steps: Lived, which: int) -> None:
    last = steps[-1]
    binding, at = Binding(last.programme), last.command.at + timedelta(minutes=7)
    pathway = settled_to(binding, last.after, at)
    known = [step for step in steps_to_explain(binding, pathway) if not is_open(binding, pathway, step)]
    for step in known[which % max(len(known), 1) :][:1]:
        found = way_to(binding, pathway, step, at)
        assert found.search in {Search.FOUND, Search.NONE, Search.GIVEN_UP}
        if found.search is Search.FOUND:
            assert is_open(binding, gone(binding, pathway, found), step), f"{step}: {told(found)}"


def fitting(programme: Programme) -> dict[str, Plain]:
    """What is so of a citizen whom the programme is for."""
    values = product(*(values_of(each) for each in programme.citizen.values()))
    every = (dict(zip(programme.citizen, each, strict=True)) for each in values)
    return next(each for each in every if eligibility(Binding(programme), each, MONDAY).met)


@pytest.mark.parametrize("programme", [*VERSIONS.values(), *ALTERED], ids=lambda each: each.ref)
def test_from_the_referral_on_there_is_a_way_to_every_step_of_every_programme(programme: Programme) -> None:
    story = given(
        programme, refer(MONDAY, by=Actor.of(programme.referral.by[0], "x-1"), circumstances=fitting(programme))
    )
    binding = Binding(programme)
    wanted = {*programme.elements, *programme.events, *programme.decisions, *programme.phases}
    for step in wanted:
        found = way(story, step)
        assert found.search in {Search.OPEN, Search.FOUND}, step
        assert is_open(binding, gone(binding, story.pathway, found), step), f"{step}: {told(found)}"


def shortest(marking: Marking, step: str, at: datetime) -> int | None:
    """By the reference alone, and by trying everything: after how few steps *step* can happen."""
    reached = [marking]
    for length in range(DEEPEST + 1):
        if any(not list(blocked(each, step)) for each in reached):
            return length
        then = at + timedelta(minutes=length)
        reached = [executed(each, other, then) for each in reached for other in STEPS if not list(blocked(each, other))]
    return None


@settings(law, max_examples=60)
@for_all(programmes, acts, chance.sampled_from(STEPS))
def test_no_way_is_shorter_than_the_one_proposed(programme: Programme, steps: list[tuple[str, int]], step: str) -> None:
    """On programmes and lives made by chance, held against every way on which nothing is let go."""
    both = lived(programme, steps)
    at = max(both.at, BEGAN) + DAY
    binding = Binding(programme)
    pathway = settled_to(binding, both.story.pathway, at)
    found, best = way_to(binding, pathway, step, at), shortest(both.marking, step, at)
    assert found.search is not Search.GIVEN_UP
    if best is None:
        assert len(found.moves) > DEEPEST or found.search is Search.NONE
    else:
        assert len(found.moves) <= best, told(found)
        assert is_open(binding, gone(binding, pathway, found), step)


FIRST_DECIDED = altered(
    "sundere-sammen@2",
    ("decisions:\n", DECISIONS.replace("silence: stands", "silence: lapse")),
    (
        "relations:\n",
        "relations:\n  - {condition: exempt, for: job_bridge}\n  - {condition: reduce, for: theme_talk}\n",
    ),
)


def test_to_what_waits_for_an_adverse_decision_the_way_leads_through_a_hearing_and_never_around_it() -> None:
    story = together(FIRST_DECIDED)
    found = way(story, "theme_talk")
    assert told(found) == ["send_hearing", "answer_hearing", "assess_hearing", "make_decision"]
    assert is_open(story.binding, gone(story.binding, story.pathway, found), "theme_talk")


def test_to_what_waits_for_more_eyes_the_way_names_who_may_confirm() -> None:
    found = way(together(FIRST_DECIDED), "job_bridge")
    assert told(found) == ["make_decision", "confirm_decision", "confirm_decision"]
    confirming = [move for move in found.moves[1:] if isinstance(move, Done)]
    assert all(move.by == (Role.CASEWORKER, Role.HEALTH_STAFF) for move in confirming)
    assert len({move.command.by.person for move in found.moves if isinstance(move, Done)}) == 3


LET_GO = (
    "{after: a, respond: b, within: P5D, by: caseworker}",
    "{milestone: b, for: c}",
    "{condition: d, for: b}",
)
"""After *a* one owes *b*, which waits for *d*; until it is done there is no *c*."""


def owing(*relations: str) -> Story:
    """Somebody who owes *b* since Tuesday."""
    return together(written(relations)).tell(RecordEvent(by=CASEWORKER, at=TUESDAY, event="a"))


def test_what_is_owed_is_let_go_where_that_is_shorter_than_doing_it() -> None:
    found = way(owing(*LET_GO), "c")
    assert told(found) == ["excuse_obligation"]
    first = found.moves[0]
    assert isinstance(first, Done)
    assert Role.CASEWORKER in first.by
    assert Role.PROVIDER not in first.by, "whoever only delivers lets nothing go"


def test_doing_what_is_owed_comes_before_letting_it_go_where_both_are_as_short() -> None:
    story = owing("{after: a, respond: b, within: P5D, by: caseworker}", "{milestone: b, for: c}")
    [move] = way(story, "c").moves
    assert isinstance(move, Done)
    assert isinstance(move.command, RecordEvent)
    assert move.command.event == "b"


def test_what_is_owed_again_and_again_need_not_happen_any_more() -> None:
    """To excuse from it this once would leave it owed from the next time on."""
    again = "{after: [a, b], respond: b, within: P5D, by: caseworker}"
    assert told(way(owing(again, *LET_GO[1:]), "c")) == ["declare_not_required"]


def test_closing_that_waits_for_a_hearing_is_opened_by_letting_go_of_what_was_intended() -> None:
    story = together(FIRST_DECIDED)
    asked = SendHearing(by=CASEWORKER, at=TUESDAY - DAY / 2, decision="reduce", outcome="own_wish", reason="udebliver")
    found = way(story.tell(asked), "close")
    assert told(found) == ["assess_hearing"]
    [move] = found.moves
    assert isinstance(move, Done)
    assert isinstance(move.command, AssessHearing)
    assert move.command.drop


def every_command(pathway: Pathway, at: datetime) -> list[Command]:
    """Everything that anybody could do or let go of on a programme made by chance."""
    owed = [each.name for each in pathway.obligations.values() if each.name in STEPS]
    return [
        *(RecordEvent(by=CASEWORKER, at=at, event=step) for step in STEPS),
        *(ExcuseObligation(by=CASEWORKER, at=at, obligation=name, reason="aftalt") for name in owed),
        *(DeclareNotRequired(by=CASEWORKER, at=at, obligation=name, reason="aftalt") for name in owed),
    ]


def fewest(binding: Binding, pathway: Pathway, step: str, at: datetime) -> int | None:
    """By trying everything, letting go included, with nothing left out: after how few commands *step* is open."""
    reached = [pathway]
    for length in range(MOST_TRIED + 1):
        if any(is_open(binding, each, step) for each in reached):
            return length
        then = at + timedelta(minutes=length)
        reached = [each for known in reached for each in _next(binding, settled_to(binding, known, then), then)]
    return None


def _next(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[Pathway]:
    for command in every_command(pathway, at):
        try:
            facts = decide(binding, pathway, command)
        except (Refused, Invalid):
            continue
        if facts:
            yield after(binding, pathway, facts)


@settings(law, max_examples=40)
@for_all(programmes, acts, chance.sampled_from(STEPS))
def test_no_way_is_shorter_when_things_may_be_let_go(
    programme: Programme, steps: list[tuple[str, int]], step: str
) -> None:
    both = lived(programme, steps)
    at = max(both.at, BEGAN) + DAY
    binding = Binding(programme)
    pathway = settled_to(binding, both.story.pathway, at)
    found, best = way_to(binding, pathway, step, at), fewest(binding, pathway, step, at)
    if best is None:
        assert len(found.moves) > MOST_TRIED or found.search is Search.NONE
    else:
        assert len(found.moves) == best, told(found)
        assert is_open(binding, gone(binding, pathway, found), step)

"""Why a step is open or closed: everything that must hold, with the facts that made it so."""

from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings

from domain.actor import Role
from domain.conditions.taking_apart import Part, taken_apart
from domain.explaining.why import BESIDE, CONDITION, LOOKS_AT, Door, Reason, doors, is_open, name_of, steps_to_explain
from domain.pathway.binding import Binding
from domain.pathway.commands.course import AgreePlan, PausePathway, RecordEvent
from domain.pathway.evolve import fold
from domain.pathway.facts.sessions import Attendance
from domain.pathway.history import as_corrected
from domain.pathway.options import options
from domain.pathway.requirements import What
from domain.programme.phases import How
from domain.words import LANGUAGES, Language
from tests.domain.beginnings import on_sick_leave, together
from tests.domain.laws.lives import Lived, law, lives
from tests.support.asking import attend, book, close
from tests.support.cast import CASEWORKER, DAY, MONDAY, SICK
from tests.support.spec import Story
from tests.texts.templates import templates

TUESDAY = MONDAY + DAY
WEDNESDAY = MONDAY + 2 * DAY
FEW = settings(law, max_examples=50)


def door(story: Story, step: str, command: str | None) -> Door:
    """The one way in which a step is taken by that command, as asked on Wednesday."""
    [found] = [each for each in doors(story.binding, story.history, step, WEDNESDAY) if each.command == command]
    return found


def reason(found: Door, what: str) -> Reason:
    """The one requirement of a kind."""
    [only] = [each for each in found.reasons if each.what == what]
    return only


def test_a_step_that_another_phase_offers_says_so_with_the_fact_that_the_present_one_began() -> None:
    story = on_sick_leave()
    offered = reason(door(story, "work_placement", "book_session"), What.OFFERED)
    assert offered.holds is False
    assert [each.kind for each in offered.because] == ["phase_entered"]


def test_a_condition_between_steps_names_the_step_that_is_missing_and_then_the_fact_that_it_happened() -> None:
    story = on_sick_leave()
    assert reason(door(story, "work_placement", "book_session"), What.HAPPENED).holds is False
    story.tell(AgreePlan(by=CASEWORKER, at=TUESDAY, goals="praktik"))
    happened = reason(door(story, "work_placement", "book_session"), What.HAPPENED)
    assert (happened.about, happened.holds) == ("plan_agreed", True)
    assert [(each.kind, each.at) for each in happened.because] == [("plan_agreed", TUESDAY)]


def test_what_is_put_aside_says_by_which_fact() -> None:
    story = on_sick_leave().tell(RecordEvent(by=CASEWORKER, at=TUESDAY, event="stand_by_begun"))
    aside = reason(door(story, "follow_up_talk", "hold_talk"), What.NOT_PUT_ASIDE)
    assert aside.holds is False
    assert [each.kind for each in aside.because] == ["step_excluded"]


def test_whoever_may_be_heard_about_a_closing_that_is_still_owed_something_is_told_that_it_is_closed() -> None:
    absent = attend(TUESDAY, Attendance.ABSENT)
    story = on_sick_leave().tell(book(MONDAY, MONDAY + timedelta(hours=1), "diet_exercise"), absent)
    first, *others = doors(story.binding, story.history, "close", WEDNESDAY)
    assert (first.command, first.is_open) == ("close_pathway", False)
    assert {each.command for each in others if each.is_open} == {"send_hearing", "exempt_hearing"}
    assert not is_open(story.binding, story.pathway, "close")


def test_a_pause_is_the_fact_that_closes_what_it_closes() -> None:
    story = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="indlagt"))
    paused = reason(door(story, "diet_exercise", "book_session"), What.NOT_PAUSED)
    assert (paused.holds, [each.kind for each in paused.because]) == (False, ["pathway_paused"])


def test_a_rule_shows_its_condition_with_what_it_counted() -> None:
    story = on_sick_leave().tell(book(MONDAY + 3 * DAY / 2, TUESDAY, "diet_exercise"), attend(WEDNESDAY))
    rule = door(story, "labour_market", None)
    condition = reason(rule, CONDITION)
    assert (rule.how, rule.is_open, condition.holds) == (How.PROPOSAL, False, False)
    assert condition.inputs == {"attended('P4W')": 1}
    assert [each.kind for each in condition.because] == ["attendance_recorded"]


def test_who_may_is_told_with_the_way() -> None:
    assert door(on_sick_leave(), "close", "close_pathway").by == (Role.CASEWORKER,)


def test_a_condition_is_taken_apart_by_its_operators() -> None:
    story = together()
    part = taken_apart("attended('P4W') >= 6 && !(missed('P4W') > 0 || false)", {}, story.pathway, TUESDAY)
    assert (part.operator, part.holds) == ("all", False)
    assert [(each.operator, each.holds) for each in part.parts] == [(None, False), ("not", True)]
    [either] = part.parts[1].parts
    assert (either.operator, [each.holds for each in either.parts]) == ("any", [False, False])


def test_every_part_of_a_condition_agrees_with_the_whole() -> None:
    story = on_sick_leave().tell(book(TUESDAY, TUESDAY, "diet_exercise"), attend(WEDNESDAY))
    for text in (
        "attended('P4W') >= 1 && citizen.benefit == 'sygedagpenge'",
        "attended('diet_exercise', 'P4W') > 1 || happened('enrolled')",
        "!(weeks_in_phase() < 2) || (citizen.benefit in ['ingen', 'sygedagpenge'] && -1 < attended('P1W'))",
        "missed('P4W') == 0 && hours('P4W') >= 1.5",
    ):
        _agrees(taken_apart(text, SICK.citizen, story.pathway, WEDNESDAY))


def _agrees(part: Part) -> None:
    held = [each.holds for each in part.parts]
    match part.operator:
        case "all":
            assert part.holds == all(held), part
        case "any":
            assert part.holds == any(held), part
        case "not":
            assert [part.holds] == [not each for each in held], part
        case None:
            assert not held
    for each in part.parts:
        _agrees(each)


@FEW
@for_all(lives)
def test_why_never_says_otherwise_than_the_list_of_options(steps: Lived) -> None:
    """A step is open when a way to it is, and closed for the first reason that does not hold."""
    last = steps[-1]
    binding, history = Binding(last.programme), last.history
    pathway = fold(as_corrected(history))
    known = steps_to_explain(binding, pathway)
    for step in known[last.number % 3 :: 3]:
        told = [each for each in doors(binding, history, step, last.command.at) if each.command]
        about = [each for each in options(binding, pathway) if name_of(each) == step]
        listed = sorted(about, key=lambda each: each.command in BESIDE)
        for way, option in zip(told, listed, strict=True):
            refusal = next((each.refusal for each in way.reasons if each.refusal), None)
            assert (way.command, way.by, str(refusal)) == (option.command, option.by, str(option.closed_by))
        is_there = pathway.phase == step and not pathway.is_over
        taking = [each for each in told if each.command not in BESIDE] or told
        assert is_open(binding, pathway, step) == (is_there or any(each.is_open for each in taking))


@FEW
@for_all(lives)
def test_every_fact_that_is_named_is_in_the_history_as_named(steps: Lived) -> None:
    last = steps[-1]
    for step in steps_to_explain(Binding(last.programme), last.after)[last.number % 5 :: 5]:
        for each in doors(Binding(last.programme), last.history, step, last.command.at):
            for found in (fact for told in each.reasons for fact in told.because):
                assert last.history[found.version - 1].kind == found.kind


def test_what_is_over_is_closed_for_everything_but_reopening() -> None:
    story = on_sick_leave().tell(close(TUESDAY))
    opened = [
        step for step in steps_to_explain(story.binding, story.pathway) if is_open(story.binding, story.pathway, step)
    ]
    assert opened == ["reopen_pathway"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_requirement_has_words_and_the_part_of_a_pathway_that_it_looks_at(language: Language) -> None:
    known = templates(language)
    assert [what for what in What if ("why", "requirement", what) not in known] == [], (
        "add it to texts, why, requirement"
    )
    assert set(LOOKS_AT) == set(What), "add what it looks at to LOOKS_AT in domain/explaining/why.py"

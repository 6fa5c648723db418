"""The lives that the laws are held against know everything that can happen, so that no law holds for want of cases."""

from functools import cache

from domain.pathway.catalogue import FACTS
from domain.pathway.decide import ANSWERS
from domain.pathway.state import Stage
from tests.domain.laws.lives import ALTERED, LIVES, LONGEST, VERSIONS, Lived, every_fact, lived

COMMON_REFUSALS = {
    *("excluded", "follows_already", "is_over", "is_paused", "no_proposal", "no_such_obligation", "no_such_session"),
    *("not_closed", "not_correctable", "not_in_place", "not_offered", "not_paused", "not_referred", "not_returned"),
    *("not_underway", "not_waiting", "role_may_not"),
}


@cache
def every_life() -> list[Lived]:
    return [lived(seed, LONGEST) for seed in range(LIVES)]


def test_every_kind_of_fact_happens_in_some_life() -> None:
    assert {fact.kind for steps in every_life() for _, fact in every_fact(steps)} == set(FACTS)


def test_every_command_is_given_and_accepted_in_some_life() -> None:
    given = {step.command.kind for steps in every_life() for step in steps if step.facts}
    assert given == {command.kind for command in ANSWERS} - {"pass_time"}


def test_every_stage_and_every_version_is_lived_in() -> None:
    assert {step.after.stage for steps in every_life() for step in steps} == set(Stage) - {Stage.NEW}
    lived_in = {id(step.programme) for steps in every_life() for step in steps}
    assert lived_in == {id(each) for each in (*VERSIONS.values(), *ALTERED)}


def test_people_are_turned_down_for_every_common_reason() -> None:
    assert {step.refusal.code for steps in every_life() for step in steps if step.refusal} >= COMMON_REFUSALS


def test_much_is_told_late_and_much_time_passes() -> None:
    late = [fact for steps in every_life() for step, fact in every_fact(steps) if fact.at < step.command.at]
    assert len(late) > LIVES * LONGEST

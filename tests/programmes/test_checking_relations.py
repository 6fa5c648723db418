"""Relations speak of steps that can happen, once each, and never wait for each other; what breaks that is found."""

import pytest

from tests.programmes.finding import altered_findings

SICK, SIX_WEEKS, TOGETHER = "sygedagpenge-driftstilbud@2", "sundere-sammen@1", "sundere-sammen@2"
Found = tuple[str, str, str]


def with_relation(written: str, ref: str = TOGETHER) -> list[Found]:
    """What is wrong with a version that has one more relation, which stands first."""
    return altered_findings(ref, ("relations:\n", f"relations:\n  - {written}\n"))


@pytest.mark.parametrize(
    ("relation", "at"),
    [
        ("{condition: yoga, for: close}", "condition"),
        ("{condition: plan_agreed, for: yoga}", "for"),
        ("{condition: plan_agreed, for: enrolled}", "for"),
        ("{milestone: yoga, for: close}", "milestone"),
        ("{milestone: training, for: close}", "milestone"),
        ("{milestone: consultant_talk, for: yoga}", "for"),
        ("{exclude: yoga, after: enrolled}", "exclude"),
        ("{exclude: training, after: yoga}", "after"),
        ("{include: yoga, after: enrolled}", "include"),
        ("{include: training, after: yoga}", "after"),
        ("{after: yoga, respond: training, within: P1W, by: caseworker}", "after"),
        ("{after: [enrolled, yoga], respond: training, within: P1W, by: caseworker}", "after"),
        ("{after: enrolled, respond: yoga, within: P1W, by: caseworker}", "respond"),
        ("{after: enrolled, respond: training, within: P1W, by: caseworker, during: autumn}", "during"),
    ],
)
def test_a_relation_speaks_of_steps_that_exist(relation: str, at: str) -> None:
    assert with_relation(relation) == [(f"- {relation}", f"relations[0].{at}", "unknown_code")]


@pytest.mark.parametrize(
    "step",
    ["time_up", "together.proposed", "together.answered", "theme_talk.missed", "training.held", "citizen_assigned"],
)
def test_a_response_that_could_never_be_met_is_found(step: str) -> None:
    relation = f"{{after: enrolled, respond: {step}, within: P1W, by: citizen}}"
    assert with_relation(relation) == [(f"- {relation}", "relations[0].respond", "unknown_code")]


def test_what_can_happen_in_one_programme_may_be_spoken_of_there() -> None:
    respond = "{{after: enrolled, respond: {}, within: P1W, by: caseworker}}"
    assert with_relation(respond.format("time_up"), SIX_WEEKS) == []
    assert with_relation(respond.format("health_first.proposed"), SICK) == []
    assert with_relation(respond.format("together.review")) == []
    silent = altered_findings(
        TOGETHER,
        ("    review_every: P4W\n", ""),
        ("relations:\n", f"relations:\n  - {respond.format('together.review')}\n"),
    )
    assert [each[1:] for each in silent] == [("relations[0].respond", "unknown_code")]


def test_a_rule_stands_once() -> None:
    relation = "{after: referred, respond: referral_answered, within: P3W, by: caseworker}"
    [(row, path, code)] = with_relation(relation)
    assert (path, code) == ("relations[1]", "rule_twice")
    assert row.startswith("- {after: referred, respond: referral_answered, within: P2W")


@pytest.mark.parametrize("remind", ["P2W", "P14D", "P1M"])
def test_a_reminder_lies_between_the_beginning_and_the_deadline(remind: str) -> None:
    found = altered_findings(TOGETHER, ("remind: P3D}", f"remind: {remind}}}"))
    assert [each[1:] for each in found] == [("relations[0].remind", "remind_too_early")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{condition: training, for: theme_talk}", "{condition: theme_talk, for: training}"),
        ("{condition: training, for: close}", "{condition: close, for: training}"),
        ("{condition: training.booked, for: theme_talk}", "{condition: theme_talk.booked, for: training}"),
    ],
)
def test_conditions_that_wait_for_each_other_are_found(first: str, second: str) -> None:
    found = altered_findings(TOGETHER, ("relations:\n", f"relations:\n  - {first}\n  - {second}\n"))
    assert [(path, code) for _, path, code in found] == [
        ("relations[0].condition", "condition_cycle"),
        ("relations[1].condition", "condition_cycle"),
    ]


@pytest.mark.parametrize(
    "relation",
    [
        "{condition: training, for: training}",
        "{condition: training.booked, for: training}",
        "{condition: closed, for: close}",
        "{condition: reopened, for: close}",
    ],
)
def test_a_step_that_waits_for_itself_is_found(relation: str) -> None:
    assert with_relation(relation) == [(f"- {relation}", "relations[0].condition", "condition_cycle")]

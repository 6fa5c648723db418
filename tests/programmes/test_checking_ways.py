"""Every phase and element can be reached and everybody can act and leave; whatever stands in the way is found."""

import pytest

from tests.programmes.finding import altered_findings

SICK, SIX_WEEKS, TOGETHER = "sygedagpenge-driftstilbud@2", "sundere-sammen@1", "sundere-sammen@2"


@pytest.mark.parametrize(
    ("ref", "old", "new", "path"),
    [
        (TOGETHER, "by: [caseworker]\n  eligible", "by: [caseworker, auditor]\n  eligible", "referral.by[1]"),
        (TOGETHER, "review_every: P4W", "review_every: P4W\n    review_by: citizen", "phases.together.review_by"),
        (SICK, "how: proposal, ", "how: proposal, by: [system], ", "phases.health_first.advance.by[0]"),
        (SICK, "how: proposal", "how: proposal, proposed_by: [auditor]", "phases.health_first.advance.proposed_by[0]"),
        (TOGETHER, "    per_week: 2", "    by: [instructor, citizen]", "elements.training.by[1]"),
        (TOGETHER, "    lasts: PT45M", "    by: [instructor]", "elements.consultant_talk.by[0]"),
        (TOGETHER, "    track: bridging", "    track: bridging\n    by: [hr_staff]", "elements.association.by[0]"),
        (TOGETHER, "    per_week: 2", "    absence: {by: instructor}", "elements.training.absence.by"),
        (TOGETHER, "begun}\n    by: [caseworker", "begun}\n    by: [steering_group", "events.stand_by_begun.by[0]"),
        (TOGETHER, "    by: [caseworker]\n    character", "    by: [system]\n    character", "decisions.close.by[0]"),
        (TOGETHER, "within: P2W, by: company_consultant", "within: P2W, by: auditor", "relations[0].by"),
        (TOGETHER, "    by: company_consultant\n", "    by: steering_group\n", "obligations.progression_review.by"),
        (SIX_WEEKS, "at_end: review}", "at_end: review, by: provider}", "duration.by"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_role_that_can_never_do_what_is_left_to_it_is_found(ref: str, old: str, new: str, path: str) -> None:
    [(row, where, code)] = altered_findings(ref, (old, new))
    assert (where, code) == (path, "role_never_may")
    assert path.rpartition(".")[2].partition("[")[0] in row


ADVANCE = "    advance: {to: labour_market, how: proposal, when: \"attended('P4W') >= 6\"}\n"
BASIS = "mandatory\n    legal_basis: Lov om sygedagpenge (verificeres før brug)"
PARTS = "    parts: [check_in, movement, closing_evaluation]\n"


@pytest.mark.parametrize(
    ("ref", "old", "new", "path", "code"),
    [
        (SICK, ADVANCE, "", "phases.labour_market", "unreachable_phase"),
        (TOGETHER, "[training, theme_talk]", "[training]", "elements.theme_talk", "unreachable_element"),
        (SICK, BASIS, "mandatory", "elements.diet_exercise", "legal_basis_missing"),
        (TOGETHER, PARTS, "", "elements.training.evaluation", "evaluation_without_parts"),
        (TOGETHER, "health: 0.7", "health: 0.6", "phases.together.mix", "mix_not_whole"),
        (SICK, ADVANCE, "    advance: {to: labour_market, how: automatic}\n", "phases.health_first.advance",
         "automatic_without_condition"),
        (TOGETHER, "  close:\n", "  finish:\n", "decisions", "no_closing_decision"),
        (TOGETHER, "by: [caseworker]\n    character", "by: []\n    character", "decisions.close.by", "nobody_decides"),
    ],
    ids=["phase", "element", "basis", "parts", "mix", "automatic", "close", "nobody"],
)  # fmt: skip
def test_what_cannot_be_reached_begun_or_ended_is_found(ref: str, old: str, new: str, path: str, code: str) -> None:
    found = {(where, what): row for row, where, what in altered_findings(ref, (old, new))}
    assert (path, code) in found
    assert path.rpartition(".")[2] in found[path, code]


def test_a_closing_decision_has_an_outcome() -> None:
    every = "[job, education, association_joined, other_effort, no_need, own_wish, moved, death, unknown_yet]"
    assert altered_findings(TOGETHER, (every, "[]")) == [
        ("outcomes: []", "decisions.close.outcomes", "no_closing_outcome")
    ]


def test_the_closing_decision_cannot_be_put_aside() -> None:
    relation = "{exclude: close, after: stand_by_begun}"
    assert altered_findings(TOGETHER, ("relations:\n", f"relations:\n  - {relation}\n")) == [
        (f"- {relation}", "relations[0].exclude", "closing_put_aside")
    ]

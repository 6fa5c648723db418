"""Each word that a programme or its conditions refer to is declared in it; whatever is not is found at its line."""

import pytest

from tests.programmes.finding import SHIPPED, altered_findings, findings, mends
from tests.support.altering import altered_text, text_of

SICK, TOGETHER = "sygedagpenge-driftstilbud@2", "sundere-sammen@2"


@pytest.mark.parametrize("ref", SHIPPED)
def test_what_is_shipped_breaks_no_rule(ref: str) -> None:
    assert findings(text_of(ref)) == []


@pytest.mark.parametrize(
    ("ref", "old", "new", "path"),
    [
        (TOGETHER, "elements: [training, ", "elements: [yoga, training, ", "phases.together.elements[0]"),
        (SICK, "to: labour_market, how", "to: work, how", "phases.health_first.advance.to"),
        (SICK, "to: labour_market, how", "to: health_first, how", "phases.health_first.advance.to"),
        (TOGETHER, "job_bridge, association]", "job_bridge, association, yoga]", "throughout[3]"),
        (TOGETHER, "parts: [check_in, movement, ", "parts: [check_in, sauna, ", "elements.training.parts[1]"),
        (SICK, "sites: [nature]", "sites: [forest]", "elements.nature.sites[0]"),
        (TOGETHER, "jobcenter\n    lasts: PT45M", "jobcentre\n    lasts: PT45M", "elements.consultant_talk.unit"),
        (TOGETHER, "order: jobcenter", "order: jobcentre", "roles.order"),
        (TOGETHER, "provide: [sundhed_og_seniorliv]", "provide: [sundhed_og_seniorliv, club]", "roles.provide[1]"),
        (TOGETHER, "outcomes: [job, ", "outcomes: [jobb, ", "decisions.close.outcomes[0]"),
        (TOGETHER, "  gse10: {by", "  sf12: {by", "measures.sf12"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_word_that_refers_to_nothing_is_found(ref: str, old: str, new: str, path: str) -> None:
    [(row, where, code)] = [each for each in altered_findings(ref, (old, new)) if each[2] == "unknown_code"]
    assert (where, code) == (path, "unknown_code")
    assert new.split("\n", maxsplit=1)[0].strip() in row


def test_the_mend_of_an_unknown_word_names_those_that_are_known() -> None:
    [finding] = findings(altered_text(SICK, ("sites: [nature]", "sites: [forest]")))
    assert all("matrikel_a, matrikel_b, nature" in mend for mend in mends(finding))


def test_the_bounds_of_a_number_are_the_right_way_round() -> None:
    bmi = "citizen:\n  bmi: {type: number, title: {da: BMI, en: BMI}, minimum: 90, maximum: 10}\n"
    found = altered_findings(TOGETHER, ("citizen:\n", bmi))
    assert [each[1:] for each in found] == [("citizen.bmi.minimum", "minimum_above_maximum")]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("  stand_by_begun:\n", "  training:\n", "events.training"),
        ("  stand_by_begun:\n", "  enrolled:\n", "events.enrolled"),
        ("  progression_review:\n", "  together:\n", "obligations.together"),
        ("  who5: {by", "  who5: {by: citizen}\n  training: {by", "measures.training"),
    ],
)
def test_one_word_means_one_thing(old: str, new: str, path: str) -> None:
    found = [each for each in altered_findings(TOGETHER, (old, new)) if each[2] == "name_taken"]
    assert [where for _, where, _ in found] == [path]
    assert found[0][0].startswith(path.rpartition(".")[2])


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("citizen.benefit == 'lotteri'", "unknown_code"),
        ("'lotteri' != citizen.benefit", "unknown_code"),
        ("citizen.benefit >= 'lotteri'", "unknown_code"),
        ("citizen.benefit in ['dagpenge', 'lotteri']", "unknown_code"),
        ("'lotteri' in [citizen.benefit]", "unknown_code"),
        ("attended('yoga', 'P4W') > 1", "unknown_code"),
        ("happened('yoga')", "unknown_code"),
        ("happened('time_up')", "unknown_code"),
        ("outcome('rich')", "unknown_code"),
        ("attended('often') > 1", "not_a_period"),
        ("attended('P27W') > 1", "window_too_long"),
        ("hours('P7M') > 1.0", "window_too_long"),
        ("missed('P999999M') > 1", "window_too_long"),
        ("attended('P1W', 'P1W') > 1", "unknown_code"),
        ("attended(citizen.benefit) > 1", "operand_not_a_word"),
        ("attended('P4W') > citizen.bmi", "condition_unknown_name"),
        ("hours('P4W') > 3", "condition_unfit"),
        ("attended('P4W')", "condition_not_true_or_false"),
    ],
)
def test_a_condition_asks_for_what_the_programme_knows(condition: str, code: str) -> None:
    [(row, path, found)] = altered_findings(SICK, ("attended('P4W') >= 6", condition))
    assert (path, found) == ("phases.health_first.advance.when", code)
    assert condition in row


def test_a_target_group_is_held_against_the_same_rules() -> None:
    found = altered_findings(SICK, ("citizen.benefit == 'sygedagpenge'", "citizen.benefit == 'sygdom'"))
    assert [each[1:] for each in found] == [("referral.eligible[0].when", "unknown_code")]


@pytest.mark.parametrize("window", ["P26W", "P6M", "P182D", "PT48H"])
def test_a_window_may_reach_back_half_a_year(window: str) -> None:
    assert altered_findings(SICK, ("attended('P4W') >= 6", f"attended('{window}') >= 6")) == []

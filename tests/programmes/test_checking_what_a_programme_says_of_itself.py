"""Checking purposes, anchors, evaluations, places and data: what a programme says of itself holds together."""

import pytest

from tests.programmes.finding import altered_findings

BASIS = "    legal_basis: Samtykke til registrering af BMI (verificeres før brug)\n"
SHELTER = "    meeting_point: {da: Shelterpladsen ved søen, en: The shelter by the lake}\n"
TOPICS = "    topics: {x: {da: X, en: X}}\n    prompts:\n"
FINAL, OFFER = "sundere-sammen@4", "sygedagpenge-driftstilbud@3"
LIGHTER, WILD = "bmi-30-plus@1", "sammen-i-vildmarken@1"


@pytest.mark.parametrize(
    ("ref", "old", "new", "path", "code"),
    [
        (FINAL, "    measured_by: [gse10]\n", "", "purposes.self_efficacy", "purpose_without_measure"),
        (FINAL, "measured_by: [gse10]", "measured_by: [sf12]", "purposes.self_efficacy.measured_by[0]", "unknown_code"),
        (FINAL, "from: 2027-01-01", "from: 2018-01-01", "anchor[1].from", "not_after_the_one_before"),
        (FINAL, "{unit: kultur_og_fritid,", "{unit: nowhere,", "anchor[1].unit", "unknown_code"),
        (FINAL, "    as_planned: 2\n", "", "evaluations[0]", "evaluation_unanswered"),
        (FINAL, "    kind: internal\n", "    kind: none\n", "evaluations[0]", "evaluation_unanswered"),
        (FINAL, "  - of: 2\n", "  - of: 9\n", "evaluations[0].of", "not_yet_a_version"),
        (FINAL, "    purpose_met: 3\n", "    purpose_met: 4\n", "evaluations[0].purpose_met", "less_than_equal"),
        (LIGHTER, "until: 2013-12-31", "until: 2009-12-31", "period.until", "not_after_the_one_before"),
        (LIGHTER, BASIS, "", "citizen.bmi", "sensitive_without_basis"),
        (WILD, SHELTER, "", "sites.wilderness", "meeting_point_missing"),
        (WILD, "    topics:\n", "    method: Ild\n    topics:\n", "elements.expedition", "prompts_without_talk"),
        (OFFER, "    prompts:\n", TOPICS, "elements.dls_talk.topics", "topics_in_a_talk"),
    ],
)
def test_what_does_not_hold_together_is_found(ref: str, old: str, new: str, path: str, code: str) -> None:
    assert (path, code) in [(found, what) for _, found, what in altered_findings(ref, (old, new))]


def test_what_was_done_otherwise_says_why() -> None:
    without = [
        ("    deviation:\n", ""),
        ("      da: Forløbet på seks uger blev uden udløbsdato, fordi deltagerne havde brug for længere tid.\n", ""),
        ("      en: The course of six weeks became open-ended, because those who took part needed longer.\n", ""),
    ]
    assert [code for _, _, code in altered_findings(FINAL, *without)] == ["deviation_missing"]
    assert altered_findings(FINAL, *without, ("    as_planned: 2\n", "    as_planned: 3\n")) == []

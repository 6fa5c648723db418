"""Decisions that cannot be made as they are declared are found, and so is anything adverse that nobody decides."""

import pytest

from tests.programmes.finding import altered_findings

SICK, TOGETHER = "sygedagpenge-driftstilbud@2", "sundere-sammen@2"
AGAINST = "    character: adverse_if_against_wish\n"
EYES = "    second: {by: [caseworker], silence: stands}\n"
CODES = "    reasons: {wish: {da: Eget ønske, en: Own wish}}\n"
AUTOMATIC = ("how: proposal, when:", "how: automatic, character: adverse, when:")


@pytest.mark.parametrize(
    ("ref", "old", "new", "path", "code"),
    [
        (SICK, *AUTOMATIC, "phases.health_first.advance.how", "adverse_by_itself"),
        (TOGETHER, AGAINST, AGAINST + EYES, "decisions.close.second.silence", "adverse_by_silence"),
        (TOGETHER, AGAINST, "    character: none\n" + EYES, "decisions.close.second.silence", "adverse_by_silence"),
        (TOGETHER, "by: [caseworker]\n    character", "by: [caseworker, contact_person]\n    character",
         "decisions.close.by[1]", "adverse_by_outsider"),
        (TOGETHER, AGAINST, AGAINST + "    second: {by: [health_staff]}\n",
         "decisions.close.second.by[0]", "adverse_by_outsider"),
        (TOGETHER, AGAINST, AGAINST + "    second: {by: [auditor]}\n",
         "decisions.close.second.by[0]", "role_never_may"),
        (TOGETHER, "reason: text", "reason: code", "decisions.close.reasons", "reasons_missing"),
        (TOGETHER, AGAINST, AGAINST + CODES, "decisions.close.reasons", "reasons_unused"),
    ],
    ids=["step", "silence", "closing", "outsider", "second", "nobody", "no codes", "unused codes"],
)  # fmt: skip
def test_a_decision_that_cannot_be_made_so_is_found(ref: str, old: str, new: str, path: str, code: str) -> None:
    [(row, where, what)] = altered_findings(ref, (old, new))
    assert (where, what) == (path, code)
    assert path.rpartition(".")[2].partition("[")[0] in row or code == "reasons_missing"


def test_what_is_adverse_may_take_a_second_pair_of_eyes_and_lapse() -> None:
    assert altered_findings(TOGETHER, (AGAINST, AGAINST + EYES.replace("stands", "lapse"))) == []


PROPOSED = AUTOMATIC[1].replace("automatic", "proposal")
DECIDED = """decisions:
  less:
    title: {da: Mindre hjælp, en: Less help}
    by: [caseworker]
    character: adverse
"""
FIRST = "relations:\n  - {condition: less, for: labour_market}\n"


def test_a_step_to_the_citizens_detriment_follows_a_decision_about_which_they_are_heard() -> None:
    """Otherwise whoever approves a proposal, or enters the phase, decides against them unheard. DOMAIN 7, inv. 2."""
    proposed, decision = (AUTOMATIC[0], PROPOSED), ("decisions:\n", DECIDED)
    [(_, *unheard)] = altered_findings(SICK, proposed)
    assert unheard == ["phases.health_first.advance.character", "adverse_unheard"]
    assert altered_findings(SICK, proposed, decision, ("relations:\n", FIRST)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("character: adverse", "character: none"), ("for: labour_market", "for: career_talk"),
     ("relations:", "relations:\n  - {exclude: less, after: enrolled}")],
    ids=["not adverse", "of something else", "put aside"],
)  # fmt: skip
def test_a_decision_by_which_nobody_need_be_heard_is_not_enough(old: str, new: str) -> None:
    decision, first = DECIDED.replace(old, new), FIRST.replace(old, new)
    found = altered_findings(SICK, (AUTOMATIC[0], PROPOSED), ("decisions:\n", decision), ("relations:\n", first))
    assert ("phases.health_first.advance.character", "adverse_unheard") in [each[1:] for each in found]

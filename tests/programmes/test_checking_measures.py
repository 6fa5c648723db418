"""Checking measures: they are asked sensibly, and never open, close or propose anything. Source: DOMAIN 3.1."""

import pytest

from tests.programmes.finding import altered_findings

SICK = "sygedagpenge-driftstilbud@2"
MEASURES = "  who5: {by: citizen}\n"
RELATIONS = "relations:\n"
Found = list[tuple[str, str]]
ADVANCE = "\"attended('P4W') >= 6\""


def found(*changes: tuple[str, str]) -> Found:
    return [(path, code) for _, path, code in altered_findings(SICK, *changes)]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (RELATIONS, f"{RELATIONS}  - {{condition: who5, for: labour_market}}\n", "relations[0].condition"),
        (RELATIONS, f"{RELATIONS}  - {{milestone: who5.talked, for: close}}\n", "relations[0].milestone"),
        (RELATIONS, f"{RELATIONS}  - {{exclude: nature, after: who5.low}}\n", "relations[0].after"),
        (ADVANCE, "\"happened('gse10')\"", "phases.health_first.advance.when"),
        (ADVANCE, "\"attended('P4W') >= 6 && !happened('who5.low')\"", "phases.health_first.advance.when"),
    ],
)
def test_a_measure_is_never_a_gate(old: str, new: str, path: str) -> None:
    assert (path, "measure_as_gate") in found((old, new))


def test_nor_is_what_an_answer_calls_for() -> None:
    called = f"{RELATIONS}  - {{after: who5.low, respond: dls_talk, within: P1W, by: health_staff}}\n"
    assert found((RELATIONS, called)) == []
    gate = f"{called}  - {{milestone: dls_talk, for: close}}\n"
    assert ("relations[1].milestone", "measure_as_gate") in found((RELATIONS, gate))


@pytest.mark.parametrize(
    ("measure", "path", "code"),
    [
        ("  sf12: {by: citizen}\n", "measures.sf12", "unknown_code"),
        ("  who5: {by: citizen, every: P1W}\n", "measures.who5.every", "asked_too_often"),
        ("  who5: {by: citizen, every: P4W, remind: P4W}\n", "measures.who5.remind", "remind_too_early"),
        ("  who5: {by: citizen, owner: steering_group}\n", "measures.who5.owner", "role_never_may"),
        ("  who5: {by: citizen, low: {by: instructor}}\n", "measures.who5.low.by", "literal_error"),
        ("  who5: {kind: survey}\n", "measures.who5", "not_a_measure"),
        ("  who5: {by: nobody}\n", "measures.who5.by", "enum"),
    ],
)
def test_a_measure_can_be_asked_as_it_says(measure: str, path: str, code: str) -> None:
    assert (path, code) in found((MEASURES, measure))

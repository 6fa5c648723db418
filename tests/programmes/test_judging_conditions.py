"""A condition that always holds or never does is found; about any other nothing is said, as CEL itself answers it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.conditions.engine import condition
from domain.conditions.syntax import Node, Variable, nodes
from domain.pathway.state import Pathway
from domain.refusal import Plain
from programmes.checks.truths import holds
from tests.programmes.finding import altered_findings
from tests.support.cast import MONDAY, WIDENED

SICK, TOGETHER = "sygedagpenge-driftstilbud@2", "sundere-sammen@3"
SIX = "attended('P4W') >= 6"
PARTS = (
    "citizen.municipal_employee", "citizen.benefit == 'ingen'", "citizen.course in ['andet']",
    "citizen.benefit != 'ingen'", "1 < 2", "'a' >= 'b'", "2.5 == 2.5",
)  # fmt: skip
TEXTS = st.recursive(
    st.sampled_from(PARTS),
    lambda each: st.one_of(
        st.builds("({} && {})".format, each, each),
        st.builds("({} || {})".format, each, each),
        st.builds("!({})".format, each),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (f"{SIX} && attended('P4W') < 6", "condition_never"),
        ("attended('P4W') < 0", "condition_never"),
        ("hours('P4W') >= 3.5 && hours('P4W') <= 3.0", "condition_never"),
        ("happened('plan_agreed') && !happened('plan_agreed')", "condition_never"),
        ("citizen.benefit == 'ingen' && citizen.benefit == 'dagpenge'", "condition_never"),
        ("attended('P4W') >= 0", "condition_always"),
        (f"{SIX} || attended('P4W') <= 5", "condition_always"),
        ("weeks_in_phase() >= -1", "condition_always"),
        ("attended('P4W') >= 6 && attended('P8W') < 3", "condition_never"),
        ("attended('dls_talk', 'P4W') >= 6 && attended('P1M') < 6", "condition_never"),
        ("hours('P2W') > hours('P3M')", "condition_never"),
        ("missed('P8W') >= 2 || missed('P4W') < 2", "condition_always"),
    ],
)
def test_a_condition_that_never_turns_is_found(when: str, code: str) -> None:
    assert [each[2] for each in altered_findings(SICK, (SIX, when))] == [code]


@pytest.mark.parametrize(
    "when",
    [
        SIX,
        f"{SIX} && attended('P4W') < 7",
        "hours('P4W') > 3.0 && hours('P4W') < 3.9",
        "attended('P4W') >= 6 && attended('dls_talk', 'P4W') < 3",
        "attended('P8W') >= 6 && attended('P4W') < 3",
        "attended('P4W') >= 6 && attended('P8W') < 7",
        "attended('dls_talk', 'P4W') >= 2 && attended('nature', 'P8W') < 2",
        "attended('P1M') >= 6 && attended('P30D') < 6",
        "attended('P4W') >= 6 && missed('P8W') < 3",
        "citizen.benefit == 'ingen' || citizen.benefit != 'ingen'",
        "happened('plan_agreed') || weeks_in_phase() >= 8",
    ],
)
def test_about_a_condition_that_can_turn_nothing_is_said(when: str) -> None:
    assert altered_findings(SICK, (SIX, when)) == []


@settings(max_examples=60)
@given(
    TEXTS,
    st.fixed_dictionaries(
        {},
        optional={
            "municipal_employee": st.booleans(),
            "benefit": st.sampled_from(["ingen", "sygedagpenge"]),
            "course": st.sampled_from(["andet", "genoptraening"]),
        },
    ),
)
def test_it_is_judged_by_what_cel_itself_answers(text: str, known: dict[str, Plain]) -> None:
    asked = condition(text, WIDENED.citizen)
    variables = (node for node in nodes(asked.syntax) if isinstance(node, Variable))
    values: dict[Node, Plain] = {node: known.get(node.name.removeprefix("citizen.")) for node in variables}
    assert holds(asked.syntax, values) is asked.ask(Pathway(circumstances=known), MONDAY).holds


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        ("intensity('hours_a_week') > 37.0", ["condition_never"]),
        ("intensity('hours_a_week') >= 0.0", ["condition_always"]),
        ("intensity('hours_a_week') >= 20.0", []),
    ],
)
def test_what_is_agreed_lies_where_the_programme_lets_it_lie(when: str, codes: list[str]) -> None:
    agreed = (
        "intensities:\n  hours_a_week:\n    title: {da: Timer, en: Hours}\n    unit: hours\n    minimum: 2\n"
        "    maximum: 37\n    starts: 10\nsites:\n"
    )
    assert [
        each[2] for each in altered_findings(SICK, (SIX, when), ("sites:\n  matrikel", f"{agreed}  matrikel"))
    ] == codes

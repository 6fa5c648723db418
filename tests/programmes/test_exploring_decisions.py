"""What waits for a decision with a hearing or with other eyes is explored: no such programme is turned away wrongly."""

import pytest

from programmes.exploring import examine
from programmes.finding import Finding
from tests.programmes.test_finding_mutants import everything_found
from tests.support.altering import altered, altered_text
from tests.support.deciding import DECISIONS

LAPSING = DECISIONS.replace("silence: stands", "silence: lapse")
STEP = "  - {{condition: {}, for: theme_talk}}\n"


def found(step: str, decisions: str = LAPSING) -> list[Finding]:
    """What is found in a programme with those decisions, where an element waits for a step."""
    text = altered_text(
        "sundere-sammen@2", ("decisions:\n", decisions), ("relations:\n", f"relations:\n{STEP.format(step)}")
    )
    return everything_found(text)


@pytest.mark.parametrize("step", ["reduce", "exempt", "close.heard"])
def test_an_element_that_waits_for_a_decision_that_takes_several_people_or_a_hearing_can_be_reached(step: str) -> None:
    assert found(step) == []


def test_a_decision_that_can_be_made_over_and_over_leads_to_no_end_of_states() -> None:
    waits = ("relations:\n", f"relations:\n{STEP.format('reduce')}")
    examined = examine(altered("sundere-sammen@2", ("decisions:\n", LAPSING), waits))
    assert (examined.problems, examined.whole) == ([], True)


def test_a_decision_that_waits_for_what_nobody_can_do_is_still_found() -> None:
    waits = f"  - {{exclude: reduce, after: referred}}\n{STEP.format('reduce')}"
    text = altered_text("sundere-sammen@2", ("decisions:\n", LAPSING), ("relations:\n", f"relations:\n{waits}"))
    assert "reduce" in {dict(each.values).get("value") for each in everything_found(text)}


def test_an_element_of_a_later_phase_is_reached_through_what_that_phase_waits_for() -> None:
    """Looking for it alone, it had been forgotten that its phase waits for something as well."""
    first = "relations:\n  - {condition: reduce, for: labour_market}\n"
    text = altered_text("sygedagpenge-driftstilbud@2", ("decisions:\n", LAPSING), ("relations:\n", first))
    assert everything_found(text) == []

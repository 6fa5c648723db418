"""Faults in what the language itself sees to: pauses, queues, reviews, absences, hearings, windows of time."""

import pytest

from tests.programmes.finding import mends
from tests.programmes.test_finding_mutants import SICK, SIX, TOGETHER, Mutant, added, everything_found
from tests.support.altering import altered_text

PLACES = "seksogtyve-uger-i-bevaegelse@1"
QUEUE = "  - {after: referral_accepted, respond: enrolled, within: P26W, by: company_consultant, remind: P4W}\n"
SECOND = "    reason: text\n    second: {by: [coordinating_caseworker]}\n"
MORE = (
    Mutant("a pause without an end that nobody need end", TOGETHER, added("{exclude: resumed, after: referred}"),
           "forgotten_citizen", "together:"),
    Mutant("a queue for places that nobody owns", PLACES, ((QUEUE, ""),), "forgotten_citizen", "intake:"),
    Mutant("a review that nobody holds", SICK, added("{exclude: health_first.reviewed, after: referred}"),
           "never_called", "health_first:"),
    Mutant("an absence that nobody looks into", SICK, added("{exclude: work_placement.assessed, after: referred}"),
           "never_called", "work_placement:"),
    Mutant("a proposal that nobody need answer", SICK, added("{exclude: health_first.answered, after: referred}"),
           "never_called", "health_first:"),
    Mutant("a hearing that nobody weighs", TOGETHER, added("{exclude: close.hearing_assessed, after: enrolled}"),
           "hearing_put_aside", "- {exclude: close.hearing_assessed"),
    Mutant("a complaint that nobody looks at", TOGETHER, added("{exclude: close.reassessed, after: enrolled}"),
           "hearing_put_aside", "- {exclude: close.reassessed"),
    Mutant("a condition that contradicts itself over two windows", SICK,
           ((SIX, f"{SIX} && attended('P8W') < 3"),), "condition_never", "advance: {to: labour_market"),
)  # fmt: skip


@pytest.mark.parametrize("mutant", MORE, ids=lambda mutant: mutant.what)
def test_what_is_spoilt_in_what_the_language_sees_to_is_found_at_its_line(mutant: Mutant) -> None:
    text = altered_text(mutant.ref, *mutant.changes)
    rows = [row.strip() for row in text.split("\n")]
    found = everything_found(text)
    assert [(each.code, rows[each.line - 1].startswith(mutant.row)) for each in found] == [(mutant.code, True)], found
    assert all(mend.endswith(".") for each in found for mend in mends(each))

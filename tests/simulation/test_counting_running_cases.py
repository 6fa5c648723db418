"""Durations with running cases: the estimate of Kaplan and Meier, small numbers untold."""

from math import log
from statistics import median

import pytest

from simulation.survival import Spell, curve
from simulation.tables import told
from tests.simulation.small import CERTAIN, SMALL, asked, walks

ENDING_AT_A_KNOWN_RATE = (
    CERTAIN.replace("over_weeks: 0", "over_weeks: 52").replace(
        "ending: {positive: 0", "ending: {from_week: 0, positive: 0.03"
    )
    + "relapse: {per_week: 0}\n"
)
"""Three in a hundred end each week, whoever they are and however long they have been there."""

REMISSIONS = [
    *((6, True), (6, True), (6, True), (6, False), (7, True), (9, False), (10, True), (10, False), (11, False)),
    *((13, True), (16, True), (17, False), (19, False), (20, False), (22, True), (23, True), (25, False)),
    *((32, False), (32, False), (34, False), (35, False)),
]
"""Weeks in remission of 21 patients under 6-mercaptopurine. Source: Freireich and others, Blood 21, 1963."""


def test_the_estimate_is_that_of_the_textbook() -> None:
    found = curve(Spell(*each) for each in REMISSIONS)
    expected = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {day: round(share, 3) for day, share in found.steps} == expected
    assert (found.median, found.cases, found.ended, found.open) == (23, 21, 9, 12)


def test_running_cases_do_not_shorten_the_median_as_leaving_them_out_would() -> None:
    truth = range(1, 101)
    seen = [Spell(min(days, 60), days <= 60) for days in truth]
    assert curve(seen).median == 50
    assert median(each.days for each in seen if each.ended) == 30.5, "what finished cases alone would say"


def test_a_simulation_with_a_known_truth_is_recovered_where_finished_cases_alone_are_not() -> None:
    found = walks(asked(SMALL.replace(", per_week: 2", ""), ENDING_AT_A_KNOWN_RATE, citizens=400))
    spells = [
        Spell(((stay.left or walk.until) - stay.entered).days, stay.left is not None)
        for walk in found
        for stay in walk.stays
    ]
    truth = 7 * log(0.5) / log(1 - 0.03)
    estimate = curve(spells).median
    assert estimate is not None
    assert abs(estimate - truth) < 0.1 * truth
    assert median(each.days for each in spells if each.ended) < 0.7 * truth, "who is still there is left out"
    assert sum(not each.ended for each in spells) > 100


def test_there_is_no_median_where_more_than_half_still_last() -> None:
    assert curve([*[Spell(10, ended=True)] * 5, *[Spell(20, ended=False)] * 6]).median is None


def test_fewer_than_five_ends_are_too_few_for_a_median() -> None:
    assert curve([Spell(10, ended=True)] * 4).median is None
    assert curve([Spell(10, ended=True)] * 5).median == 10


def test_nothing_seen_is_nothing_said() -> None:
    assert (curve([]).cases, curve([]).median, curve([]).steps) == (0, None, ())


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, "<5"), (4, "<5"), (5, 5)])
def test_small_numbers_of_people_are_not_told(count: int, shown: object) -> None:
    assert told(count) == shown

"""A simulation is the domain's own: its facts fold to where it stands, totals add up, more time changes no past."""

from collections import Counter
from pathlib import Path

import pytest

from domain.pathway.evolve import fold
from domain.pathway.facts.phases import PhaseEntered
from domain.pathway.facts.sessions import TOOK_PART, AttendanceRecorded, TalkHeld
from domain.pathway.state import Stage
from programmes.loader import loaded
from simulation.running import run
from tests.simulation.small import ROLLING, SOON_OVER, asked, lives, shown, walks
from tests.support.cast import PROGRAMMES

SHIPPED = sorted(PROGRAMMES.glob("*/v[0-9]*.yaml"))
SICK = loaded((PROGRAMMES / "sygedagpenge-driftstilbud" / "v2.yaml").read_text("utf-8"), "v2.yaml").bundle
LIVED = lives(asked(SICK, "{}", citizens=6, years=2))
"""Six citizens of a shipped programme, by the assumptions that ship."""


def test_where_a_citizen_stands_is_what_the_facts_fold_to() -> None:
    assert all(fold(life.way.history) == life.way.pathway for life in LIVED)


def test_hours_add_up_to_the_sessions_and_talks_that_were_attended() -> None:
    attended = [
        fact
        for life in LIVED
        for fact in life.way.history
        if (isinstance(fact, AttendanceRecorded) and fact.attendance in TOOK_PART) or isinstance(fact, TalkHeld)
    ]
    weeks = [week for life in LIVED for week in life.walk.weeks.values()]
    assert sum(week.minutes for week in weeks) == sum(fact.minutes for fact in attended)
    assert sum(week.sessions for week in weeks) == len(attended)


def test_each_stay_in_a_phase_was_entered_and_the_last_one_alone_may_last() -> None:
    for life in LIVED:
        entered = sum(isinstance(fact, PhaseEntered) for fact in life.way.history)
        assert len(life.walk.stays) == entered + life.walk.reopened
        assert all(stay.left for stay in life.walk.stays[:-1])


def test_a_longer_run_begins_with_all_of_the_shorter_one() -> None:
    shorter = lives(asked(SICK, "{}", citizens=6, years=1))
    for short, long in zip(shorter, LIVED, strict=True):
        assert long.way.history[: len(short.way.history)] == short.way.history
    assert sum(len(life.way.history) for life in shorter) < sum(len(life.way.history) for life in LIVED)


def test_what_becomes_of_one_citizen_hangs_on_no_other() -> None:
    assert walks(asked(SICK, "{}", citizens=2, years=2)) == [life.walk for life in LIVED[:2]]


def test_the_wait_for_an_intake_every_four_weeks_is_spread_evenly_over_them() -> None:
    found = walks(asked(ROLLING, SOON_OVER, citizens=400))
    waits = [(walk.begun - walk.referred).days for walk in found if walk.begun and walk.referred]
    assert len(waits) > 350, "all but those who wait on the last day"
    assert max(waits) < 28
    quarters = Counter(days // 7 for days in waits)
    assert set(quarters) == {0, 1, 2, 3}
    assert all(0.18 < many / len(waits) < 0.32 for many in quarters.values()), quarters


def test_those_who_still_wait_are_neither_zero_nor_finished() -> None:
    found = shown(asked(ROLLING, SOON_OVER, citizens=400))
    assert found.open[Stage.WAITING] == found.waiting.open
    assert sum(found.open.values()) + sum(found.outcomes.values()) == found.citizens


def test_however_many_processes_take_part_the_walks_are_the_same() -> None:
    told: list[tuple[int, int]] = []
    wanted = asked(ROLLING, SOON_OVER, citizens=50)
    assert run(wanted, lambda done, of: told.append((done, of)), 2) == run(wanted, lambda *_: None, 1)
    assert told[-1] == (50, 50)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}@{path.stem}")
def test_every_shipped_programme_can_be_walked(path: Path) -> None:
    text = loaded(path.read_text("utf-8"), str(path)).bundle
    found = walks(asked(text, "arriving: {over_weeks: 4}\n", citizens=2))
    assert all(walk.referred for walk in found)
    assert any(walk.begun for walk in found)

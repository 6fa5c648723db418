"""Looking ahead: each pathway that is read has its row in the log, each preview the history that it looks at."""

import pytest

from domain.pathway.commands.course import MovePathway
from domain.pathway.facts.course import PathwayMoved
from engine import foreseeing
from engine.foreseeing import workloads
from engine.previewing import preview_of
from eventstore.access import Look
from runtime.wiring import Trinvis
from tests.support.cast import CASEWORKER, MONDAY
from tests.support.clock import SetClock
from tests.support.walking import underway


async def test_every_pathway_that_lies_ahead_is_read_has_its_row_in_the_access_log(
    trinvis: Trinvis, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those of a later batch, whenever they were opened."""
    monkeypatch.setattr(foreseeing, "BATCH", 1)
    walks = [await underway(trinvis, clock) for _ in range(3)]
    assert await workloads(trinvis.engine, Look(CASEWORKER, "planlægning", MONDAY), 12)
    async with trinvis.database.connection() as connection:
        rows = await connection.fetch("SELECT subject, what FROM access_log WHERE ground = 'planlægning'")
    assert {(row["subject"], row["what"]) for row in rows} == {
        (walk.citizen, f"workload {walk.pathway}") for walk in walks
    }


async def test_taking_a_move_back_is_previewed_with_the_history_that_it_looks_at(
    trinvis: Trinvis, clock: SetClock
) -> None:
    walk = await underway(trinvis, clock)
    moved = await walk.tell(MovePathway(by=CASEWORKER, at=clock(), version=3, reason="udvidet"))
    undoing = MovePathway(by=CASEWORKER, at=clock(), version=2, reason="fortrudt", undoes=moved.first)
    found = await preview_of(trinvis.engine, walk.pathway, undoing, Look(CASEWORKER, "sag", clock()))
    assert any(isinstance(fact, PathwayMoved) for fact in found.preview.facts)
    assert tuple(fact.kind for fact in found.preview.facts) == (await walk.tell(undoing)).kinds

"""Looking ahead: each pathway that is read has its row in the log, each preview the history that it looks at."""

import pytest

from domain.actor import Actor
from domain.explaining.correcting import Cause
from domain.pathway.command import Command
from domain.pathway.commands.course import AgreePlan, CorrectFact, MovePathway, RecordLetter
from domain.pathway.commands.phases import EnterPhase
from domain.pathway.commands.referrals import EnrolCitizen
from domain.pathway.facts.course import PathwayMoved
from engine import foreseeing
from engine.draft import fact_id
from engine.foreseeing import workloads
from engine.previewing import preview_of
from eventstore.access import Look
from runtime.wiring import Trinvis
from tests.support.asking import accept, book
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, SICK
from tests.support.clock import SetClock
from tests.support.walking import referred, underway


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


async def test_a_correction_is_previewed_with_all_that_rests_on_it_and_its_effect_is_what_was_said(
    trinvis: Trinvis, clock: SetClock
) -> None:
    """A placement asked for a plan; without it there is no booking, and the letter about that has gone out."""
    walk = await referred(trinvis, clock, SICK.ref, benefit="sygedagpenge")
    told: list[Command] = [
        accept(clock()),
        EnrolCitizen(by=CASEWORKER, at=clock()),
        EnterPhase(by=CASEWORKER, at=clock(), phase="labour_market", reason="klar"),
        AgreePlan(by=CONTACT, at=clock(), goals="praktik"),
        book(clock(), clock() + DAY, "work_placement"),
    ]
    answers = [await walk.tell(command) for command in told]
    plan, booked = answers[3].first, answers[4].first
    about = fact_id(walk.pathway, booked)
    sent = RecordLetter(
        by=Actor("system:follow_up"), at=clock(), about=about, letter="session_booked", channel="outbox"
    )
    letter = (await walk.tell(sent)).first
    correction = CorrectFact(by=CASEWORKER, at=clock() + DAY, corrects=plan, withdraw=True, reason="forkert borger")
    found = await preview_of(trinvis.engine, walk.pathway, correction, Look(CASEWORKER, "sag", clock()))
    assert [(each.version, each.cause) for each in found.otherwise] == [(booked, Cause.DONE), (letter, Cause.SENT)]
    effect = await walk.tell(correction)
    assert effect.kinds[-len(found.preview.facts) :] == tuple(fact.kind for fact in found.preview.facts)
    assert (await walk.folded()).pathway == found.preview.after
    assert (await walk.alarm())["next_due"] == found.preview.next_due

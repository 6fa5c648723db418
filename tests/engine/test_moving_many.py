"""Moving many pathways: each once, whoever is refused or fails with the reason, stopped in time, and taken back."""

from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.pathway.commands.course import MovePathway, PausePathway
from domain.pathway.rehearsing import Turned
from domain.programme.shape import Programme
from domain.share import Share
from engine.asked import Outcome
from engine.jobs import Job, concerned
from engine.moving import Mover
from engine.transact import Engine
from eventstore.access import Look, looks
from eventstore.errors import StoreAway
from runtime.wiring import Trinvis
from tests.support.altering import altered_text
from tests.support.asking import close
from tests.support.cast import ADMINISTRATOR, AUDITOR, CASEWORKER, DAY, MONDAY, OTHER_CASEWORKER, SIX_WEEKS, WEEK
from tests.support.clock import SetClock
from tests.support.roles import scribble
from tests.support.servers import Servers
from tests.support.walking import Walk, another_process, underway

RENAMED = altered_text("sundere-sammen@3", ("version: 3", "version: 9"), ("  together:\n", "  side_by_side:\n"))
LOOK = Look(AUDITOR, "tilsyn", MONDAY)


async def many(trinvis: Trinvis, clock: SetClock, count: int) -> list[Walk]:
    walks = [await underway(trinvis, clock, SIX_WEEKS.ref) for _ in range(count)]
    clock.set(MONDAY + DAY)
    return walks


async def begun(trinvis: Trinvis, clock: SetClock, mover: Mover, **others: Any) -> Job:  # noqa: ANN401 - fields
    async with trinvis.database.connection() as connection:
        everybody = await concerned(connection, SIX_WEEKS.ref)
    usual: dict[str, Any] = {
        "source": SIX_WEEKS.ref,
        "target": "sundere-sammen@2",
        "phases": {},
        "by": ADMINISTRATOR,
        "stop": None,
    }
    job = Job(**{"id": uuid4(), "reason": "uden udløb", "at": clock(), **usual, **others})
    await mover.begin(job, everybody)
    return job


async def became(mover: Mover, job: UUID) -> Counter[str]:
    return Counter(each.outcome for each in await mover.outcomes(job, LOOK))


async def carried_out(mover: Mover, job: UUID, most: int = 2) -> None:
    while await mover.some(job, most):
        pass


async def nobody(outcome: Outcome) -> None:
    del outcome


async def test_everybody_moves_once_and_is_nudged(trinvis: Trinvis, clock: SetClock) -> None:
    nudged: list[UUID] = []

    async def nudge(outcome: Outcome) -> None:
        nudged.append(outcome.stream)

    walks, mover = await many(trinvis, clock, 3), Mover(trinvis.engine, nudge)
    job = await begun(trinvis, clock, mover)
    await carried_out(mover, job.id)
    assert [(await each.kinds()).count("pathway_moved") for each in walks] == [1, 1, 1]
    assert sorted(nudged) == sorted(each.pathway for each in walks)
    [(done, counted)] = await mover.jobs()
    assert (done.state, counted.moved, done.reason) == ("moved", 3, "uden udløb")
    assert await mover.under_way() == []


async def test_whoever_was_moved_before_the_worker_died_is_not_moved_again(trinvis: Trinvis, clock: SetClock) -> None:
    walks, mover = await many(trinvis, clock, 2), Mover(trinvis.engine, nobody)
    job = await begun(trinvis, clock, mover)
    async with trinvis.database.connection() as connection:
        first = await connection.fetchval(
            "SELECT stream FROM move_outcome WHERE job = $1 ORDER BY place LIMIT 1", job.id
        )
    await mover._one(job, first, None)  # and then it dies, before it could say so
    later = Mover(another_process(trinvis), nobody)
    clock.pass_(hours=1)
    await carried_out(later, job.id)
    assert [(await each.kinds()).count("pathway_moved") for each in walks] == [1, 1]
    assert await became(later, job.id) == {"moved": 2}


async def test_those_who_have_ended_or_follow_another_version_are_passed_over(
    trinvis: Trinvis, clock: SetClock
) -> None:
    walks, mover = await many(trinvis, clock, 3), Mover(trinvis.engine, nobody)
    job = await begun(trinvis, clock, mover)
    await walks[0].tell(close(clock(), "job"))
    await walks[1].tell(MovePathway(by=CASEWORKER, at=clock(), version=3, reason="andet"))
    await carried_out(mover, job.id)
    assert await became(mover, job.id) == {"passed_over": 2, "moved": 1}
    async with trinvis.database.connection() as connection:
        assert await trinvis.engine.store.programme(connection, walks[1].pathway) == "sundere-sammen@3"


async def test_a_job_stops_when_more_are_refused_than_it_may(trinvis: Trinvis, clock: SetClock) -> None:
    await trinvis.catalogue.publish(RENAMED, "v9.yaml", "administrator:it-1", clock())
    await many(trinvis, clock, 4)
    mover = Mover(trinvis.engine, nobody)
    job = await begun(trinvis, clock, mover, target="sundere-sammen@9", stop=Share(25, is_percent=True))
    await carried_out(mover, job.id)
    assert ((await mover.job(job.id)).state, await became(mover, job.id)) == ("stopped", {"refused": 2, "waiting": 2})
    [first, *_] = await mover.outcomes(job.id, LOOK)
    assert first.turned_down is not None
    assert (first.turned_down.field, first.turned_down.code) == ("phase", "unknown_code")
    mapped = await begun(trinvis, clock, mover, target="sundere-sammen@9", phases={"together": "side_by_side"})
    await carried_out(mover, mapped.id)
    assert await became(mover, mapped.id) == {"moved": 4}


def elsewhere(trinvis: Trinvis) -> Mover:
    """A mover in a process that remembers nothing."""
    return Mover(another_process(trinvis), nobody)


async def test_one_that_cannot_be_read_fails_alone_and_is_the_only_one_tried_again(
    servers: Servers, trinvis: Trinvis, clock: SetClock
) -> None:
    walks, mover = await many(trinvis, clock, 3), elsewhere(trinvis)
    job, broken = await begun(trinvis, clock, mover), walks[1].pathway
    await scribble(servers, trinvis, broken)
    await carried_out(mover, job.id)
    assert await became(mover, job.id) == {"moved": 2, "failed": 1}
    [failed] = [each for each in await mover.outcomes(job.id, LOOK) if each.turned_down]
    assert (failed.pathway, failed.turned_down) == (broken, Turned("InvalidTag", None, {}))
    assert (await mover.job(job.id)).state == "moved"
    assert await mover.again(job.id) == 1
    await carried_out(mover, job.id)
    assert await became(mover, job.id) == {"moved": 2, "failed": 1}, "it is as it was"
    await scribble(servers, trinvis, broken)
    assert await mover.again(job.id) == 1
    await carried_out(mover, job.id)
    assert await became(mover, job.id) == {"moved": 3}
    assert [(await each.kinds()).count("pathway_moved") for each in walks] == [1, 1, 1]
    assert await mover.again(job.id) == 0
    assert await mover.under_way() == []


async def test_one_that_cannot_be_read_when_it_is_moved_back_is_moved_back_when_it_can(
    servers: Servers, trinvis: Trinvis, clock: SetClock
) -> None:
    walks = await many(trinvis, clock, 2)
    job = await begun(trinvis, clock, Mover(trinvis.engine, nobody))
    await carried_out(Mover(trinvis.engine, nobody), job.id)
    mover = elsewhere(trinvis)
    await scribble(servers, trinvis, walks[0].pathway)
    await mover.undo(job.id, CASEWORKER)
    await carried_out(mover, job.id)
    assert await became(mover, job.id) == {"undone": 1, "failed": 1}
    await scribble(servers, trinvis, walks[0].pathway)
    assert await mover.again(job.id) == 1
    await carried_out(mover, job.id)
    assert await became(mover, job.id) == {"undone": 2}
    assert (await mover.job(job.id)).state == "undone"


async def test_a_job_stops_as_well_when_too_many_fail_and_goes_on_when_told(
    servers: Servers, trinvis: Trinvis, clock: SetClock
) -> None:
    walks, mover = await many(trinvis, clock, 3), elsewhere(trinvis)
    job = await begun(trinvis, clock, mover, stop=Share(1, is_percent=False))
    for each in walks:
        await scribble(servers, trinvis, each.pathway)
    await carried_out(mover, job.id)
    assert ((await mover.job(job.id)).state, await became(mover, job.id)) == ("stopped", {"failed": 2, "waiting": 1})
    for each in walks:
        await scribble(servers, trinvis, each.pathway)
    assert await mover.again(job.id) == 3
    await carried_out(mover, job.id)
    assert await became(mover, job.id) == {"moved": 3}


async def test_what_passes_by_itself_is_no_outcome(trinvis: Trinvis, clock: SetClock) -> None:
    [walk] = await many(trinvis, clock, 1)
    job = await begun(trinvis, clock, Mover(trinvis.engine, nobody))

    async def away(ref: str) -> Programme | None:
        raise StoreAway(ref)

    with pytest.raises(StoreAway):
        await Mover(Engine(trinvis.database, trinvis.keys, away, trinvis.catalogue.in_force, clock), nobody).some(
            job.id, 1
        )
    assert await became(elsewhere(trinvis), job.id) == {"waiting": 1}
    assert "pathway_moved" not in await walk.kinds()


async def test_whoever_was_moved_before_the_worker_died_is_moved_back_with_the_others(
    trinvis: Trinvis, clock: SetClock
) -> None:
    [walk], mover = await many(trinvis, clock, 1), Mover(trinvis.engine, nobody)
    job = await begun(trinvis, clock, mover)
    await mover._one(job, walk.pathway, None)  # and then it dies, before it could say so
    await mover.undo(job.id, CASEWORKER)
    await carried_out(mover, job.id)
    assert await became(mover, job.id) == {"undone": 1}
    assert (await walk.folded()).programme.ref == SIX_WEEKS.ref


async def test_a_job_is_taken_back_for_those_on_whom_nobody_has_decided(trinvis: Trinvis, clock: SetClock) -> None:
    walks, mover = await many(trinvis, clock, 3), Mover(trinvis.engine, nobody)
    before = [(await each.folded()).pathway.ends for each in walks]
    job = await begun(trinvis, clock, mover)
    await carried_out(mover, job.id)
    clock.set(MONDAY + WEEK)
    await walks[0].tell(PausePathway(by=OTHER_CASEWORKER, at=clock(), reason="syg"))
    await mover.undo(job.id, CASEWORKER)
    await carried_out(mover, job.id)
    assert await became(mover, job.id) == {"kept": 1, "undone": 2}
    [kept] = [each for each in await mover.outcomes(job.id, LOOK) if each.turned_down]
    assert kept.turned_down is not None
    assert (kept.pathway, kept.turned_down.code) == (walks[0].pathway, "decided_since")
    assert [(await each.folded()).pathway.ends for each in walks[1:]] == before[1:]
    assert (await mover.job(job.id)).state == "undone"
    assert [(await each.kinds()).count("pathway_moved") for each in walks] == [1, 2, 2]


async def test_a_job_that_is_taken_back_half_way_moves_nobody_more(trinvis: Trinvis, clock: SetClock) -> None:
    await many(trinvis, clock, 3)
    mover = Mover(trinvis.engine, nobody)
    job = await begun(trinvis, clock, mover)
    assert await mover.some(job.id, 1) == 2
    await mover.undo(job.id, CASEWORKER)
    await carried_out(mover, job.id)
    assert await became(mover, job.id) == {"undone": 1, "passed_over": 2}


async def test_looking_at_what_became_of_pathways_is_logged(trinvis: Trinvis, clock: SetClock) -> None:
    [walk] = await many(trinvis, clock, 1)
    mover = Mover(trinvis.engine, nobody)
    job = await begun(trinvis, clock, mover)
    await mover.outcomes(job.id, LOOK)
    async with trinvis.database.connection() as connection:
        seen = await looks(connection, walk.citizen, LOOK, 10)
    assert f"move {walk.pathway}" in {each.what for each in seen}


async def test_the_reason_lies_sealed_until_it_stands_in_facts(trinvis: Trinvis, clock: SetClock) -> None:
    await many(trinvis, clock, 1)
    mover = Mover(trinvis.engine, nobody)
    job = await begun(trinvis, clock, mover)
    async with trinvis.database.connection() as connection:
        row = await connection.fetchrow("SELECT * FROM move_job WHERE id = $1", job.id)
    assert row is not None
    assert not any("uden" in str(value) for value in row.values())

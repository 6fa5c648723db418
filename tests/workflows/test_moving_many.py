"""A job that moves pathways on real servers: begun, killed in the middle, gone on with, and taken back."""

import asyncio
from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from domain.pathway.rehearsing import Turned
from engine.jobs import Job, concerned
from engine.moving import Mover
from eventstore.citizens import Identity
from runtime.temporal import connect
from runtime.wiring import Trinvis
from tests.support.asking import accept, refer
from tests.support.cast import ADMINISTRATOR, CASEWORKER
from tests.support.keeping import LOOK
from tests.support.roles import scribble
from tests.support.servers import Servers
from tests.support.temporal import worker_process, working
from workflows.moving import take_up, workflow_id_of

pytestmark = pytest.mark.slow

MANY = 240
PATIENCE = 3_000
"""How often a test looks before it gives up. Unit: tenths of a second."""


async def six_weeks(trinvis: Trinvis, many: int) -> None:
    """So many take part in the course of six weeks; no workflow of theirs is nudged."""
    for _ in range(many):
        citizen = await trinvis.vault.register(Identity(name="Prøve Prøvesen"), LOOK)
        asked = refer(trinvis.now(), "ressourceforloeb", citizen=citizen)
        outcome = await trinvis.engine.refer("sundere-sammen@1", asked, uuid4())
        await trinvis.engine.transact(outcome.stream, accept(trinvis.now()), uuid4())


async def begun(trinvis: Trinvis) -> Job:
    async with trinvis.database.connection() as connection:
        everybody = await concerned(connection, "sundere-sammen@1")
    job = Job(
        id=uuid4(),
        source="sundere-sammen@1",
        target="sundere-sammen@2",
        phases={},
        by=ADMINISTRATOR,
        reason="uden udløb",
        at=trinvis.now(),
        stop=None,
    )
    await trinvis.mover().begin(job, everybody)
    return job


async def until(mover: Mover, job: UUID, state: str, moved: int = 0) -> None:
    """Waits until a job is in that state with at least so many moved; fails when it never is."""
    for _ in range(PATIENCE):
        counted = next(each for known, each in await mover.jobs() if known.id == job)
        if (await mover.job(job)).state == state and counted.moved >= moved:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"still {counted}")


async def waiting(trinvis: Trinvis) -> list[UUID]:
    """Whom a job would move, in its order."""
    async with trinvis.database.connection() as connection:
        return await concerned(connection, "sundere-sammen@1")


async def moves_each(trinvis: Trinvis) -> Counter[int]:
    """How often pathways were moved, and how many of them so often."""
    async with trinvis.database.connection() as connection:
        rows = await connection.fetch(
            "SELECT count(*) FILTER (WHERE kind = 'pathway_moved') AS moves FROM fact GROUP BY stream"
        )
    return Counter(row["moves"] for row in rows)


async def test_a_worker_killed_in_the_middle_moves_nobody_twice_and_forgets_nobody(
    servers: Servers, present: Trinvis
) -> None:
    await six_weeks(present, MANY)
    job, mover = await begun(present), present.mover()
    async with worker_process(servers, present) as first:
        await until(mover, job.id, "moving", moved=30)
        first.kill()
        await first.wait()
    assert (await mover.job(job.id)).state == "moving", "it was killed too late to show anything"
    async with worker_process(servers, present):
        await until(mover, job.id, "moved", moved=MANY)
    assert await moves_each(present) == {1: MANY}


async def has_ended(client: Client, job: Job) -> None:
    """Waits for the end of the job's workflow, since none that is about to end takes it up; in life the sweep does."""
    await client.get_workflow_handle(workflow_id_of(job.id)).result()


async def test_a_job_is_carried_out_and_taken_back_by_its_workflow(present: Trinvis) -> None:
    await six_weeks(present, 25)
    client = await connect(present.settings.temporal_address or "", "default", present.keys)
    trinvis, job = replace(present, client=client), await begun(present)
    async with working(trinvis, client):
        await take_up(client, job.id)
        await until(present.mover(), job.id, "moved", moved=25)
        await has_ended(client, job)
        await present.mover().undo(job.id, CASEWORKER)
        assert await trinvis.take_up(job.id)
        await until(present.mover(), job.id, "undone")
    assert await moves_each(present) == {2: 25}


async def test_one_that_cannot_be_read_holds_up_nobody_and_is_moved_when_it_can(
    servers: Servers, present: Trinvis
) -> None:
    await six_weeks(present, 3)
    client = await connect(present.settings.temporal_address or "", "default", present.keys)
    trinvis, job = replace(present, client=client), await begun(present)
    mover, [broken, *_] = present.mover(), await waiting(present)
    present.engine.recent.forget(broken)
    await scribble(servers, present, broken)
    async with working(trinvis, client):
        await take_up(client, job.id)
        await until(mover, job.id, "moved", moved=2)
        assert [each.turned_down for each in await mover.outcomes(job.id, LOOK) if each.outcome == "failed"] == [
            Turned("InvalidTag", None, {})
        ]
        await has_ended(client, job)
        await scribble(servers, present, broken)
        assert await mover.again(job.id) == 1
        assert await trinvis.take_up(job.id)
        await until(mover, job.id, "moved", moved=3)
    assert await moves_each(present) == {1: 3}

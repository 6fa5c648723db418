"""Whoever waits for a place gets the one that somebody leaves, by itself, on real servers."""

import asyncio
from datetime import datetime
from uuid import UUID, uuid4

import asyncpg
import pytest

from domain.pathway.history import Event
from engine.places import hold
from runtime.wiring import Trinvis
from tests.support.altering import altered_text
from tests.support.asking import accept, close, refer
from tests.support.clock import SetClock
from tests.support.keeping import events, somebody
from tests.support.roles import connected, database_of
from tests.support.servers import Servers
from tests.support.temporal import VirtualTime, until_happened, until_quiet, worker_process, working

pytestmark = pytest.mark.slow

REF = "sundere-sammen@9"
PATIENCE = 600
"""How often a test looks for what a process has to begin for. Unit: tenths of a second."""


async def coming(trinvis: Trinvis, many: int, places: int) -> list[UUID]:
    """So many who are taken in one after the other, into a programme with so many places."""
    text = altered_text(
        "sundere-sammen@2",
        ("version: 2\n", "version: 9\n"),
        ("contact_person: required", f"contact_person: required\nplaces: {places}"),
    )
    await trinvis.catalogue.publish(text, "v9.yaml", "administrator:it-1", trinvis.now())
    return [await taken_in(trinvis, trinvis.now()) for _ in range(many)]


async def taken_in(trinvis: Trinvis, at: datetime) -> UUID:
    asked = refer(at, benefit="ressourceforloeb", citizen=await somebody(trinvis))
    pathway = (await trinvis.engine.refer(REF, asked, uuid4())).stream
    await trinvis.engine.transact(pathway, accept(at), uuid4())
    return pathway


def begun(happened: list[Event]) -> int:
    """How often somebody began."""
    return [event.kind for event in happened].count("citizen_enrolled")


async def test_two_who_leave_at_once_let_the_only_one_who_waits_begin_once(
    living: Trinvis, virtual: VirtualTime, clock: SetClock
) -> None:
    first, second, waiting = await coming(living, 3, places=2)
    assert begun(await events(living, waiting)) == 0
    async with working(living, virtual.client):
        await asyncio.gather(*(living.tell(each, close(clock(), "job"), uuid4()) for each in (first, second)))
        await until_happened(living, waiting, "citizen_enrolled")
        for each in (first, second, waiting):
            await until_quiet(living, each)
    assert begun(await events(living, waiting)) == 1
    handed = [event.kind for each in (first, second) for event in await events(living, each)]
    assert (handed.count("passed_on"), handed.count("delivery_failed")) == (2, 0)


async def waits_for_the_lock(superuser: asyncpg.Connection) -> None:
    """Until somebody counts places, which has to wait."""
    for _ in range(PATIENCE):
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        if await superuser.fetchval(waiting):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("nobody hands the place over")


async def test_a_worker_killed_while_it_hands_a_place_over_leaves_it_to_the_next_one(
    servers: Servers, present: Trinvis
) -> None:
    leaving, first, second = await coming(present, 3, places=1)
    await present.engine.transact(leaving, close(present.now(), "job"), uuid4())
    programme = await present.engine.programme(REF)
    async with present.database.connection(seconds=None) as connection, connection.transaction():
        await hold(connection, programme)
        async with connected(servers, database_of(present)) as superuser, worker_process(servers, present) as killed:
            await waits_for_the_lock(superuser)
            killed.kill()
            await killed.wait()
    assert begun(await events(present, first)) == 0
    async with worker_process(servers, present):
        await until_happened(present, first, "citizen_enrolled", PATIENCE)
    assert (begun(await events(present, first)), begun(await events(present, second))) == (1, 0)

"""Read models say what the facts say: written along the way, made anew, and made anew while people go on."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.actor import Actor, Role
from domain.pathway.commands.course import GiveNotice, ReadNotice
from eventstore.errors import StreamConflict
from projections.rebuilding import BATCH, rebuild
from runtime.wiring import Trinvis
from tests.support.cast import CASEWORKER, MONDAY
from tests.support.clock import SetClock
from tests.support.keeping import commit, noted, somebody
from tests.support.living import LIVES, lived
from tests.support.roles import superuser
from tests.support.servers import Servers
from tests.support.shown import shown, told_by_facts
from tests.support.walking import Walk, underway

FOLLOWING_UP = Actor("system:follow_up")


@settings(max_examples=LIVES)
@given(st.integers(0, 2**32))
async def test_what_is_written_along_the_way_is_what_the_facts_say(
    trinvis: Trinvis, clock: SetClock, chance: int
) -> None:
    """Whatever people do, and whatever the processes forget meanwhile."""
    await lived(trinvis, clock, Random(chance), 30)  # noqa: S311 - a life, not a secret
    assert await shown(trinvis) == await told_by_facts(trinvis)


async def test_what_is_made_anew_is_the_same(servers: Servers, trinvis: Trinvis, clock: SetClock) -> None:
    """From nothing, and from rows that have nothing to do with the facts."""
    for chance in range(4):
        await lived(trinvis, clock, Random(chance), 30)  # noqa: S311 - a life, not a secret
    before = await shown(trinvis)
    for damage in (
        "TRUNCATE pathway_now, worklist",
        "UPDATE pathway_now SET stage = 'x', version = 999; UPDATE worklist SET name = 'x', item = 'x' || item",
        "UPDATE pathway_now SET stream = gen_random_uuid(); UPDATE worklist SET stream = gen_random_uuid()",
        "DELETE FROM pathway_now WHERE stream IN (SELECT stream FROM pathway_now LIMIT 2)",
    ):
        async with superuser(servers, trinvis) as connection:
            await connection.execute(damage)
        assert await rebuild(trinvis.database, trinvis.engine.folded) == 4
        assert await shown(trinvis) == before


async def test_progress_is_told(trinvis: Trinvis) -> None:
    citizen, told = await somebody(trinvis), list[tuple[int, int]]()
    count = BATCH + 5
    async with trinvis.database.transaction() as connection:
        for _ in range(count):
            await trinvis.engine.store.append(connection, commit(uuid4(), citizen, 0, noted("et")))
    assert await rebuild(trinvis.database, trinvis.engine.folded, lambda *done: told.append(done)) == count
    assert told == [(BATCH, count), (count, count)]


async def test_while_read_models_are_made_anew_people_go_on_writing(trinvis: Trinvis, clock: SetClock) -> None:
    """Notices come and go; none is left behind, none is missing, and nobody is sent back for it."""
    walks = [await underway(trinvis, clock) for _ in range(3)]
    written, done = {walk.pathway: 0 for walk in walks}, asyncio.Event()

    async def writing(walk: Walk) -> None:
        while not done.is_set():
            about, at = uuid4(), MONDAY + timedelta(seconds=written[walk.pathway])
            notice = GiveNotice(by=FOLLOWING_UP, at=at, about=about, notice="week_below", owner=Role.CASEWORKER)
            await _told(walk, notice)
            await _told(walk, ReadNotice(by=CASEWORKER, at=at, about=about, notice="week_below"))
            written[walk.pathway] += 1

    async with asyncio.TaskGroup() as together:
        for walk in walks:
            together.create_task(writing(walk))
        for _ in range(15):
            await rebuild(trinvis.database, trinvis.engine.folded)
        done.set()
    assert min(written.values()) > 5
    assert await shown(trinvis) == await told_by_facts(trinvis)


async def _told(walk: Walk, command: GiveNotice | ReadNotice) -> None:
    with suppress(StreamConflict):
        await walk.trinvis.engine.transact(walk.pathway, command, uuid4())


async def test_nobody_meets_an_empty_worklist_while_it_is_made_anew(trinvis: Trinvis, clock: SetClock) -> None:
    walks = [await underway(trinvis, clock) for _ in range(5)]
    before, done = await shown(trinvis), asyncio.Event()

    async def reading() -> None:
        while not done.is_set():
            assert await shown(trinvis) == before

    async with asyncio.TaskGroup() as together:
        together.create_task(reading())
        for _ in range(20):
            await rebuild(trinvis.database, trinvis.engine.folded)
        done.set()
    assert {row[0] for row in before["pathway_now"]} == {walk.pathway for walk in walks}
    assert isinstance(walks[0].pathway, UUID)

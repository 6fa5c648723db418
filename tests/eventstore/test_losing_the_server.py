"""What people hear when PostgreSQL is away or hangs, and how everything works again by itself."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import uuid4

import psutil
import pytest

from domain.pathway.commands.course import AgreePlan
from eventstore.database import Database
from eventstore.errors import StoreAway
from runtime.wiring import Trinvis
from tests.support.asking import accept
from tests.support.cast import CASEWORKER, MONDAY
from tests.support.clock import SetClock
from tests.support.keeping import LOOK
from tests.support.roles import APP_ROLE
from tests.support.servers import Servers, new_folder
from tests.support.walking import underway

HEARD_WITHIN = 10
"""Whoever asks hears within so many seconds."""


@pytest.fixture(scope="module")
async def own() -> AsyncIterator[Servers]:
    """A server that nobody else uses, for it is stopped and frozen here."""
    started = Servers(new_folder())
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def shaken(own: Servers, clock: SetClock) -> AsyncIterator[Trinvis]:
    """A process on that server."""
    async with own.installation(clock) as parts:
        yield parts


@asynccontextmanager
async def frozen(own: Servers) -> AsyncIterator[None]:
    """The server is there and does nothing, as on a machine that has run out of everything."""
    pid = own.postgres.pid
    assert pid is not None
    processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            if process.is_running():
                process.resume()


@contextmanager
def heard_in_time() -> Iterator[None]:
    """The answer is a clear one, and comes in time."""
    asked = time.monotonic()
    with pytest.raises(StoreAway):
        yield
    assert time.monotonic() - asked < HEARD_WITHIN


async def test_a_stopped_server_is_told_of_at_once_and_not_missed_when_it_is_back(
    own: Servers, shaken: Trinvis, clock: SetClock
) -> None:
    walk = await underway(shaken, clock)
    own.postgres._preferred = own.postgres.port
    await own.postgres.stop()
    with heard_in_time():
        await walk.tell(accept(MONDAY))
    with heard_in_time():
        await shaken.vault.identity(walk.citizen, LOOK)
    await own.postgres.start()
    assert (await walk.tell(accept(MONDAY))).kinds == ()
    assert (await shaken.vault.identity(walk.citizen, LOOK)).name == "Prøve Prøvesen"


async def test_a_hung_server_is_told_of_in_time_wherever_one_was(
    own: Servers, shaken: Trinvis, clock: SetClock
) -> None:
    """With a connection and without one, in the middle of a transaction, and in the middle of an append."""
    walk, plan = await underway(shaken, clock), AgreePlan(by=CASEWORKER, at=MONDAY, goals="en gåtur om dagen")
    command_id, begun, hung = uuid4(), asyncio.Event(), asyncio.Event()

    async def in_the_middle() -> None:
        with heard_in_time():
            async with shaken.database.transaction() as connection:
                await connection.execute("SELECT 1")
                begun.set()
                await hung.wait()
                await connection.execute("SELECT 2")

    async def connecting() -> None:
        with heard_in_time():
            async with unconnected.connection() as connection:
                await connection.execute("SELECT 1")

    async def asking() -> None:
        with heard_in_time():
            await shaken.vault.identity(walk.citizen, LOOK)

    async def telling() -> None:
        with heard_in_time():
            await walk.tell(plan, command_id)

    unconnected = await Database.open(shaken.settings.url("app") or "", APP_ROLE)
    async with asyncio.TaskGroup() as together:
        middle = together.create_task(in_the_middle())
        await begun.wait()
        async with frozen(own):
            hung.set()
            await asyncio.gather(middle, connecting(), asking(), telling())
    await unconnected.close()
    assert (await walk.tell(plan, command_id)).kinds[0] == "plan_agreed"
    assert (await walk.kinds()).count("plan_agreed") == 1


@pytest.mark.parametrize(
    "state", ["53100", "53200", "53300", "25006", "57014"], ids=["disk full", "no memory", "crowded", "standby", "cut"]
)
async def test_a_server_that_cannot_write_for_the_moment_is_away(trinvis: Trinvis, state: str) -> None:
    """Whoever gives a command hears that it may be given again, and whoever sweeps does so again."""
    with pytest.raises(StoreAway):
        async with trinvis.database.connection() as connection:
            await connection.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$")

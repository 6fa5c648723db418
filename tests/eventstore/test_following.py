"""Following the log: whoever reads by era, transaction and position misses nothing; by position alone, something."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from runtime.wiring import Trinvis
from tests.support.keeping import append, commit, noted, somebody
from tests.support.roles import superuser
from tests.support.servers import Servers

WRITERS = 8
COMMITS = 40
"""By each of the writers."""

Cursor = tuple[object, ...]


@dataclass
class Follower:
    """Somebody who reads on from where they were, again and again, while others write."""

    trinvis: Trinvis
    query: str
    cursor: Cursor
    seen: list[UUID] = field(default_factory=list)

    async def read_on(self) -> int:
        """Reads what is new; how much it was."""
        async with self.trinvis.database.connection() as connection:
            rows = await connection.fetch(self.query, *self.cursor)
        for row in rows:
            self.seen.append(row["command_id"])
            self.cursor = tuple(row)[1:]
        return len(rows)

    async def follow(self, done: asyncio.Event) -> None:
        """Reads on until nothing more comes."""
        while not done.is_set() or await self.read_on():
            await self.read_on()
            await asyncio.sleep(0.001)


BY_TRANSACTION = """
    SELECT command_id, era, tx_id::text AS transaction, position FROM commit
    WHERE (era, tx_id, position) > ($1::integer, $2::text::xid8, $3::bigint)
        AND tx_id < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY era, tx_id, position LIMIT 20
"""
BY_POSITION = "SELECT command_id, position FROM commit WHERE position > $1 ORDER BY position LIMIT 20"


async def _written(trinvis: Trinvis, following: Callable[[asyncio.Event], Coroutine[None, None, None]]) -> list[UUID]:
    """The commands of many writers, some of whom pause before they commit, in the order they were given in."""
    citizen, chance, done = await somebody(trinvis), random.Random(7), asyncio.Event()  # noqa: S311 - pauses
    given: list[UUID] = []

    async def writing(stream: UUID) -> None:
        for version in range(COMMITS):
            each = commit(stream, citizen, version, noted("et"))
            async with trinvis.database.transaction() as connection:
                await trinvis.engine.store.append(connection, each)
                await asyncio.sleep(chance.choice((0, 0, 0.002, 0.01)))
            given.append(each.command_id)

    async with asyncio.TaskGroup() as together:
        together.create_task(following(done))
        await asyncio.gather(*(writing(uuid4()) for _ in range(WRITERS)))
        done.set()
    return given


async def test_whoever_follows_by_transaction_misses_nothing_and_reads_nothing_twice(trinvis: Trinvis) -> None:
    follower = Follower(trinvis, BY_TRANSACTION, (0, "0", 0))
    given = await _written(trinvis, follower.follow)
    assert len(given) == WRITERS * COMMITS
    assert sorted(follower.seen) == sorted(given)


async def test_whoever_follows_by_position_alone_misses_some(trinvis: Trinvis) -> None:
    """Which shows that the specification above can fail."""
    follower = Follower(trinvis, BY_POSITION, (0,))
    given = await _written(trinvis, follower.follow)
    assert set(follower.seen) < set(given)


async def test_each_stream_is_followed_in_the_order_of_its_versions(trinvis: Trinvis) -> None:
    citizen, stream = await somebody(trinvis), uuid4()
    commits = [commit(stream, citizen, version, noted("et")) for version in range(30)]
    await append(trinvis, *commits)
    follower = Follower(trinvis, BY_TRANSACTION, (0, "0", 0))
    while await follower.read_on():
        pass
    assert follower.seen == [each.command_id for each in commits]


async def test_what_a_restored_cluster_writes_comes_after_what_the_old_one_wrote(
    servers: Servers, trinvis: Trinvis
) -> None:
    """A new cluster numbers its transactions from the start again; the era has been raised by then."""
    citizen = await somebody(trinvis)
    old, new = commit(uuid4(), citizen, 0, noted("før")), commit(uuid4(), citizen, 0, noted("efter"))
    await append(trinvis, new, old)
    async with superuser(servers, trinvis) as connection:
        await connection.execute("UPDATE commit SET era = 2, tx_id = '5' WHERE stream = $1", new.stream)
    follower = Follower(trinvis, BY_TRANSACTION, (0, "0", 0))
    await follower.read_on()
    assert follower.seen == [old.command_id, new.command_id]
    assert await follower.read_on() == 0

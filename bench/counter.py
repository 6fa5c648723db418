"""The worker of rows d and e, in a process of its own: an update that counts, and one that stores a row too.

Run as `python -m bench.counter ADDRESS URL`.
"""

import asyncio
import sys
from datetime import timedelta
from uuid import uuid4

import asyncpg
import uvloop
from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import Worker

QUEUE = "bench-peers"


@workflow.defn(name="BenchCounter")
class Counter:
    """A workflow whose update counts, or counts and stores a row."""

    def __init__(self) -> None:
        self._count = 0

    @workflow.run
    async def run(self) -> None:
        """Lives until it is stopped."""
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def count(self) -> int:
        """Only counts."""
        self._count += 1
        return self._count

    @workflow.update
    async def store(self, body: str) -> int:
        """Counts, and stores a row by an activity."""
        await workflow.execute_activity("bench_insert", body, start_to_close_timeout=timedelta(seconds=30))
        self._count += 1
        return self._count


class Inserting:
    """The activity of row e."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool

    @activity.defn(name="bench_insert")
    async def insert(self, body: str) -> None:
        """One row."""
        await self._pool.execute("INSERT INTO public.bare VALUES ($1, $2)", uuid4(), body.encode())


async def work(address: str, url: str) -> None:
    """The worker of rows d and e, in a process of its own."""
    pool = await asyncpg.create_pool(url, min_size=1, max_size=10)
    client = await Client.connect(address)
    async with Worker(client, task_queue=QUEUE, workflows=[Counter], activities=[Inserting(pool).insert]):
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(work(sys.argv[1], sys.argv[2]))

"""The worker of rows d and e, in a process of its own: `python -m bench.counting ADDRESS URL`."""

import asyncio
import sys
from uuid import uuid4

import asyncpg
import uvloop
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from bench.counter import QUEUE, Counter


class Inserting:
    """The activity of row e."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool

    @activity.defn(name="bench_insert")
    async def insert(self, body: str) -> None:
        """One row."""
        await self._pool.execute("INSERT INTO public.bare VALUES ($1, $2)", uuid4(), body.encode())


async def work(address: str, url: str) -> None:
    """Works until it is stopped."""
    pool = await asyncpg.create_pool(url, min_size=1, max_size=10)
    client = await Client.connect(address)
    async with Worker(client, task_queue=QUEUE, workflows=[Counter], activities=[Inserting(pool).insert]):
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(work(sys.argv[1], sys.argv[2]))

"""Rows d, e and f: what others would cost, with the same facts, durability and number of callers."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from temporalio.client import Client, WorkflowHandle

from bench.counter import QUEUE, Counter
from bench.field import GOALS, Place
from bench.measuring import Call

WORKFLOWS = 100
CALLERS = 32


async def temporal_calls(place: Place) -> list[tuple[str, Call, int]]:
    """Rows d and e at 32 callers."""
    client = await Client.connect(place.temporal.address)
    handles: list[WorkflowHandle[Counter, None]] = [
        await client.start_workflow(Counter.run, id=f"bench-{uuid4()}", task_queue=QUEUE) for _ in range(WORKFLOWS)
    ]
    turn = iter(range(1_000_000_000))

    def handle() -> WorkflowHandle[Counter, None]:
        return handles[next(turn) % WORKFLOWS]

    async def count(number: int) -> None:
        del number
        await handle().execute_update(Counter.count)

    async def store(number: int) -> None:
        del number
        await handle().execute_update(Counter.store, GOALS)

    return [("d", count, CALLERS), ("e", store, CALLERS)]


class Plans(Aggregate):
    """The peer's aggregate of the same facts."""

    @event("PlanAgreed")
    def agree(self, plan_version: int, goals: str) -> None:
        """One fact."""
        self.plan_version = plan_version
        self.goals = goals


class Library:
    """Row f: the PyPI library eventsourcing on the same PostgreSQL, as it comes."""

    def __init__(self, place: Place) -> None:
        parts = urlsplit(place.superuser)
        os.environ.update(
            {
                "PERSISTENCE_MODULE": "eventsourcing.postgres",
                "POSTGRES_DBNAME": place.database,
                "POSTGRES_HOST": parts.hostname or "",
                "POSTGRES_PORT": str(parts.port),
                "POSTGRES_USER": parts.username or "",
                "POSTGRES_PASSWORD": parts.password or "",
                "POSTGRES_POOL_SIZE": str(CALLERS),
                "POSTGRES_SCHEMA": "public",
            }
        )
        self.application: Application[UUID] = Application()
        self._aggregates = [Plans() for _ in range(256)]
        self._threads = ThreadPoolExecutor(CALLERS)
        for aggregate in self._aggregates:
            self.application.save(aggregate)

    def call(self) -> Call:
        """Saves one fact of an aggregate that is in memory: the library's best case."""

        def save(number: int, turn: int) -> None:
            aggregate = self._aggregates[number + 32 * (turn % 8)]
            aggregate.agree(turn, GOALS)
            self.application.save(aggregate)

        turns = [0] * CALLERS

        async def call(number: int) -> None:
            turns[number] += 1
            await asyncio.get_running_loop().run_in_executor(self._threads, save, number, turns[number])

        return call

    def loaded(self, events: int) -> UUID:
        """An aggregate of so many facts."""
        aggregate = Plans()
        for number in range(events - 1):
            aggregate.agree(number, GOALS)
        self.application.save(aggregate)
        return aggregate.id

    def load(self, aggregate: UUID) -> None:
        """Folds an aggregate from the database."""
        self.application.repository.get(aggregate)

    def close(self) -> None:
        """Lets the connections go."""
        self._threads.shutdown()
        self.application.close()

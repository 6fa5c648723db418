"""Rows a, b, c and l: what it costs to store a fact."""

import asyncio
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from uuid import UUID, uuid4

import asyncpg

from bench.field import CASEWORKER, GOALS, Place, begin, plan
from bench.measuring import Call
from bench.table import Row
from domain.pathway.facts.course import PlanAgreed
from domain.pathway.history import Event
from engine.state import REVISION
from eventstore.appending import Commit
from eventstore.citizens import Identity
from eventstore.codec import PATHWAY
from eventstore.database import Connection, Database
from eventstore.store import EventStore
from tests.support.keeping import LOOK

CALLERS = (1, 8, 32)
PATHWAYS = 256
SEALED_BYTES = 420
"""About what one sealed fact weighs, for the bare rows."""


async def bare(place: Place, callers: int) -> Call:
    """One row into a plain table, one connection for each caller."""
    setup = await asyncpg.connect(place.superuser)
    await setup.execute("CREATE TABLE IF NOT EXISTS public.bare (id uuid PRIMARY KEY, body bytea NOT NULL)")
    await setup.close()
    connections = [await asyncpg.connect(place.superuser) for _ in range(callers)]
    body = bytes(SEALED_BYTES)

    async def call(number: int) -> None:
        await connections[number].execute("INSERT INTO public.bare VALUES ($1, $2)", uuid4(), body)

    return call


@dataclass
class Writer:
    """One caller of the event store, on a stream and a connection of its own."""

    citizen: UUID
    connection: Connection
    stream: UUID = field(default_factory=uuid4)
    version: int = 0


async def appending(place: Place, callers: int) -> Call:
    """One fact through `append`, sealed and chained, one connection for each caller."""
    trinvis = place.trinvis
    database = await Database.open(trinvis.settings.url("app") or "", "trinvis_app", callers)
    store: EventStore[Event] = EventStore(database, trinvis.keys, PATHWAY, REVISION)
    writers = [
        Writer(
            await trinvis.vault.register(Identity(name="Prøve Prøvesen"), LOOK),
            await place.held.enter_async_context(database.connection(seconds=None)),
        )
        for _ in range(callers)
    ]

    async def call(number: int) -> None:
        writer = writers[number]
        now = trinvis.now()
        commit: Commit[Event] = Commit(
            stream=writer.stream,
            subject=writer.citizen,
            programme="sundere-sammen@2",
            expected=writer.version,
            command_id=uuid4(),
            digest=bytes(32),
            actor=CASEWORKER,
            at=now,
            recorded_at=now,
            facts=[PlanAgreed(at=now, plan_version=writer.version + 1, goals=GOALS)],
            next_due=None,
            over=True,  # no pathway: nothing that a sweep should arm
            calls=False,
        )
        await store.append(writer.connection, commit)
        writer.version += 1

    return call


async def transacting(place: Place) -> Call:
    """One command, whole: load, decide, append, read models; over many pathways."""
    pathways = await asyncio.gather(*(begin(place.trinvis) for _ in range(PATHWAYS)))
    turn = iter(range(1_000_000_000))

    async def call(number: int) -> None:
        pathway = pathways[(next(turn) * 7 + number * 31) % PATHWAYS]
        await place.trinvis.engine.transact(pathway, plan(place.trinvis), uuid4())

    return call


async def long_pathways(place: Place) -> Row:
    """Row l: a command on a pathway of 5,000 facts beside one of 50, both read cold and warm in turn."""
    short, long = await begin(place.trinvis), await begin(place.trinvis)
    engine = place.trinvis.engine
    for pathway, facts in ((short, 50), (long, 5_000)):
        for _ in range(facts - 9):
            await engine.transact(pathway, plan(place.trinvis), uuid4())
    took: dict[UUID, list[float]] = {short: [], long: []}
    for number in range(200):
        for pathway in (short, long):
            if number % 2:
                engine.recent.forget(pathway)
            began = perf_counter()
            await engine.transact(pathway, plan(place.trinvis), uuid4())
            took[pathway].append(perf_counter() - began)
    ratio = median(took[long]) / median(took[short])
    return Row(
        "l",
        "transact on a pathway of 5,000 facts, every other one read from the store",
        f"{1000 * median(took[long]):.2f} ms",
        f"{ratio:.2f} x that of 50 facts (aim: at most 2)",
        ratio <= 2,
    )


async def rates(place: Place) -> list[tuple[str, Call, int]]:
    """The calls of rows a, b and c."""
    calls: list[tuple[str, Call, int]] = []
    transact = await transacting(place)
    for callers in CALLERS:
        calls.append((f"a{callers}", await bare(place, callers), callers))
        calls.append((f"b{callers}", await appending(place, callers), callers))
        calls.append((f"c{callers}", transact, callers))
    return calls

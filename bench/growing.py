"""Row k: one citizen's history when the table has grown from ten thousand to two million facts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from uuid import UUID, uuid4

import asyncpg

from bench.field import CASEWORKER, GOALS, Place
from bench.table import Row
from domain.actor import Actor
from domain.pathway.facts.course import PlanAgreed
from domain.pathway.history import Event
from eventstore.access import Look
from eventstore.chain import CommitHeader, first_head, instant, next_head
from eventstore.citizens import Identity
from eventstore.codec import PATHWAY
from eventstore.facts import seal
from tests.support.keeping import LOOK

FACTS_EACH = 50
FIRST, GROWN = 10_000, 2_000_000
BATCH = 400
"""Pathways written together."""
QUERIES = 300


async def growing(place: Place) -> Row:
    """Row k, genuinely sealed and chained facts copied in."""
    connection = await asyncpg.connect(place.superuser, server_settings={"search_path": "trinvis"})
    try:
        there = await connection.fetchval("SELECT count(*) FROM fact")
        pathways = await _grown(place, connection, max(0, FIRST - there) + FACTS_EACH * 20)
        small = await _asked(place, pathways)
        there = await connection.fetchval("SELECT count(*) FROM fact")
        pathways += await _grown(place, connection, GROWN - there)
        await connection.execute("ANALYZE")
        large = await _asked(place, pathways)
        there = await connection.fetchval("SELECT count(*) FROM fact")
    finally:
        await connection.close()
    return Row(
        "k",
        f"one citizen's history of {FACTS_EACH} facts, opened and logged, at {there:,} facts",
        f"{1000 * large:.2f} ms",
        f"{large / small:.2f} x that in the small table (aim: at most 2)",
        large / small <= 2,
    )


async def _asked(place: Place, pathways: list[UUID]) -> float:
    """How long a history takes to be read, over pathways spread over the table. Unit: seconds."""
    took: list[float] = []
    step = max(1, len(pathways) // QUERIES)
    for pathway in pathways[::step][:QUERIES]:
        began = perf_counter()
        await place.trinvis.engine.store.history(pathway, Look(Actor("auditor:rev-1"), "bench", place.trinvis.now()))
        took.append(perf_counter() - began)
    return median(took)


async def _grown(place: Place, connection: asyncpg.Connection, facts: int) -> list[UUID]:
    pathways: list[UUID] = []
    for _ in range(-(-facts // (FACTS_EACH * BATCH))):
        pathways += await _batch(place, connection)
    return pathways


async def _batch(place: Place, connection: asyncpg.Connection) -> list[UUID]:
    return await copied(place, connection, _plans(place.trinvis.now()), BATCH)


async def copied(place: Place, connection: asyncpg.Connection, events: Sequence[Event], many: int) -> list[UUID]:
    """Pathways of one citizen with those facts each, sealed and chained as `append` does it, copied in."""
    citizen = await place.trinvis.vault.register(Identity(name="Prøve Prøvesen"), LOOK)
    key = await place.trinvis.engine.store.ring.current(connection, citizen)
    now = place.trinvis.now()
    streams, commits, facts, keys = [], [], [], []
    for _ in range(many):
        stream, command_id = uuid4(), uuid4()
        at = instant(now)
        encoded = CommitHeader(stream.bytes, command_id.bytes, bytes(32), CASEWORKER, at, at).encoded()
        head = first_head(stream, "pathway", citizen)
        sealed = seal(map(PATHWAY.encode, events), stream, 0, key)
        for version, fact in enumerate(sealed, start=1):
            head = next_head(encoded, head, version, fact.kind, fact.schema, instant(fact.occurred_at), fact.body)
            facts.append((stream, version, fact.kind, fact.schema, fact.occurred_at, fact.body, head))
            keys.append((stream, version, key.id, fact.wrapped))
        streams.append((stream, "pathway", citizen, "sundere-sammen@2", len(events), head, now))
        commits.append((stream, command_id, bytes(32), 1, len(events), str(CASEWORKER), now, now))
    await _copy(connection, "stream", ("id", "kind", "subject", "programme", "version", "head", "at"), streams)
    await _copy(
        connection,
        "commit",
        ("stream", "command_id", "digest", "first", "last", "actor", "at", "recorded_at"),
        commits,
    )
    await _copy(connection, "fact", ("stream", "version", "kind", "schema", "occurred_at", "body", "hash"), facts)
    await _copy(connection, "fact_key", ("stream", "version", "key", "wrapped"), keys)
    return [row[0] for row in streams]


def _plans(now: datetime) -> list[PlanAgreed]:
    return [
        PlanAgreed(at=now + timedelta(seconds=number), plan_version=number, goals=GOALS) for number in range(FACTS_EACH)
    ]


async def _copy(
    connection: asyncpg.Connection, table: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    await connection.copy_records_to_table(table, records=rows, columns=columns, schema_name="trinvis")

"""New keys for old: wrapped keys are wrapped anew, and no fact is touched."""

from collections.abc import Callable
from uuid import UUID

import asyncpg

from eventstore.citizens import reseal
from eventstore.database import Connection, Database
from eventstore.keys import FileKeys
from eventstore.ring import CitizenKey, KeyRing, context, unwrapped_by, wrapped_by

BATCH = 500

Told = Callable[[int, int], None]
"""Hears how many are done, of how many."""


async def rotate_kek(database: Database, keys: FileKeys, told: Told = lambda _done, _of: None) -> int:
    """A new key-encryption key: every citizen's key is wrapped by it, and the old ones go; how many keys there were."""
    keys.add()
    done = 0
    async with database.connection() as connection:
        total = await connection.fetchval("SELECT count(*) FROM citizen_key WHERE kek <> $1", keys.current)
        while rows := await connection.fetch(
            "SELECT id, subject, kek, wrapped FROM citizen_key WHERE kek <> $1 LIMIT $2", keys.current, BATCH
        ):
            await connection.executemany(
                "UPDATE citizen_key SET kek = $2, wrapped = $3 WHERE id = $1",
                [
                    (row["id"], keys.current, keys.wrap(_unwrapped(keys, row), context(row["id"], row["subject"])))
                    for row in rows
                ],
            )
            done += len(rows)
            told(done, total)
        kept = {row["kek"] for row in await connection.fetch("SELECT DISTINCT kek FROM citizen_key")}
    keys.drop(kept)
    return done


def _unwrapped(keys: FileKeys, row: asyncpg.Record) -> bytes:
    return keys.unwrap(row["kek"], row["wrapped"], context(row["id"], row["subject"]))


async def rotate_citizen(database: Database, ring: KeyRing, citizen: UUID, told: Told = lambda _done, _of: None) -> int:
    """A new key for a citizen: every fact's key is wrapped by it, and the old ones go; how many facts there were.

    Facts may be written meanwhile. A rotation that was cut off is finished by the next one.

    Raises: NoSuchCitizen.
    """
    ring.forget(citizen)
    async with database.transaction() as connection:
        old = await ring.current(connection, citizen)
        await connection.execute("UPDATE citizen_key SET retired = true WHERE id = $1", old.id)
        await reseal(connection, citizen, old, await ring.make(connection, citizen))
    ring.forget(citizen)
    done = 0
    async with database.connection() as connection:
        new = await ring.current(connection, citizen)
        rows = await connection.fetch("SELECT id FROM citizen_key WHERE subject = $1 AND retired", citizen)
        for old in (await ring.by_ids(connection, {row["id"] for row in rows})).values():
            done += await _replaced(connection, old, new, told)
    ring.forget(citizen)
    return done


async def _replaced(connection: Connection, old: CitizenKey, new: CitizenKey, told: Told) -> int:
    """Wraps anew while others write; then once more with the old key locked, when nobody can write under it."""
    done = 0
    total = await connection.fetchval(f"SELECT count(*) {_UNDER}", old.subject, old.id)
    while again := await _wrap_batch(connection, old, new):
        done += again
        told(done, max(done, total))
    async with connection.transaction():
        await connection.execute("SELECT 1 FROM citizen_key WHERE id = $1 FOR UPDATE", old.id)
        while again := await _wrap_batch(connection, old, new):
            done += again
        await connection.execute(
            "DELETE FROM state_cache c USING stream s WHERE s.id = c.stream AND s.subject = $1", old.subject
        )
        await connection.execute("DELETE FROM citizen_key WHERE id = $1", old.id)
    told(done, done)
    return done


_UNDER = "FROM fact_key k JOIN stream s ON s.id = k.stream WHERE s.subject = $1 AND k.key = $2"


async def _wrap_batch(connection: Connection, old: CitizenKey, new: CitizenKey) -> int:
    rows = await connection.fetch(
        f"SELECT k.stream, k.version, k.wrapped {_UNDER} LIMIT $3",
        old.subject,
        old.id,
        BATCH,
    )
    await connection.executemany(
        "UPDATE fact_key SET key = $3, wrapped = $4 WHERE stream = $1 AND version = $2",
        [(row["stream"], row["version"], new.id, _again(row, old, new)) for row in rows],
    )
    return len(rows)


def _again(row: asyncpg.Record, old: CitizenKey, new: CitizenKey) -> bytes:
    fact_key = unwrapped_by(old, row["wrapped"], row["stream"], row["version"])
    return wrapped_by(new, fact_key, row["stream"], row["version"])

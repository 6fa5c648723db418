"""Rows g and h: reading a pathway back, and checking every chain."""

import asyncio
import json
import subprocess
from statistics import median
from time import perf_counter
from uuid import uuid4

import asyncpg

from bench.field import Place, analyse, begin, plan
from bench.peers import Library
from bench.table import Row
from domain.pathway.evolve import fold
from runtime.sharing import PROCESSES
from runtime.verifying import PAYS

FACTS = 1_000
ROUNDS = 15


async def folding(place: Place, library: Library) -> Row:
    """Row g: read, open and fold 1,000 facts, beside what the library loads."""
    engine, pathway = place.trinvis.engine, await begin(place.trinvis)
    for _ in range(FACTS - 9):
        await engine.transact(pathway, plan(place.trinvis), uuid4())
    await analyse(place)
    theirs = await asyncio.to_thread(library.loaded, FACTS)
    ours: list[float] = []
    others: list[float] = []
    for _ in range(ROUNDS):
        began = perf_counter()
        async with place.trinvis.database.connection() as connection:
            fold(await engine.store.facts(connection, pathway))
        ours.append(perf_counter() - began)
        began = perf_counter()
        await asyncio.to_thread(library.load, theirs)
        others.append(perf_counter() - began)
    rate, peer = FACTS / median(ours), FACTS / median(others)
    return Row(
        "g",
        "fold of a pathway of 1,000 facts, read and unsealed",
        f"{rate:,.0f} facts/s",
        f"{rate / peer:.1f} x what (f) loads ({peer:,.0f}/s) (aims: 100,000/s, 4 x)",
        rate >= 100_000 and rate >= 4 * peer,
    )


async def verifying(place: Place) -> Row:
    """Row h: every chain of the database, by a command that does nothing else, as `trinvis verify` does."""
    connection = await asyncpg.connect(place.superuser)
    commands = await connection.fetchval("SELECT count(*) FROM trinvis.commit")
    await connection.close()
    checking = place.start("bench.checking", stdout=subprocess.PIPE)
    told, _ = await asyncio.to_thread(checking.communicate)
    found = json.loads(told)
    rate = found["facts"] / median(found["took"])
    processes = PROCESSES if found["facts"] >= PAYS else 1
    return Row(
        "h",
        f"verify, processes: {processes}",
        f"{rate:,.0f} facts/s",
        f"of {found['facts']:,} facts by {commands:,} commands (aim: 150,000/s)",
        rate >= 150_000,
    )

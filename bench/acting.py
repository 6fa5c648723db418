"""Rows i and j: how soon a workflow acts, and what open, idle pathways weigh."""

import asyncio
import random
from datetime import datetime
from time import perf_counter
from uuid import UUID, uuid4

import psutil

from bench.field import CASEWORKER, Place, begin, plan
from bench.table import Row
from domain.actor import Role
from domain.pathway.command import Command
from domain.pathway.commands.referrals import AssignResponsible

SECONDS = 30
PER_SECOND = 100
FOLLOWED_UP = 10
"""One command in so many has a follow-up."""
PATHWAYS = 200
IDLE = (0, 1_000, 10_000)


async def acting(place: Place) -> Row:
    """Row i: from the commit of a fact to the commit of its follow-up, at a steady pace."""
    trinvis = place.trinvis
    pathways = [await begin(trinvis) for _ in range(PATHWAYS)]
    worker = place.start("worker")
    try:
        await _quiet(place)
        began = trinvis.now()
        await _load(place, pathways)
        await _quiet(place)
        waits = await _waits(place, pathways, began)
    finally:
        worker.terminate()
        await asyncio.to_thread(worker.wait)
    waits.sort()
    p50, p99 = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    return Row(
        "i",
        f"from commit to the workflow having acted, {PER_SECOND} commands/s, one in {FOLLOWED_UP} followed up",
        f"p50 {1000 * p50:.0f} ms, p99 {1000 * p99:.0f} ms",
        f"of {len(waits)} follow-ups (aim: p99 under 2 s)",
        p99 < 2,
    )


async def _load(place: Place, pathways: list[UUID]) -> None:
    chance = random.Random(1)  # noqa: S311 - a load, not a secret
    began = perf_counter()
    under_way: set[asyncio.Task[object]] = set()
    for number in range(SECONDS * PER_SECOND):
        await asyncio.sleep(max(0.0, began + number / PER_SECOND - perf_counter()))
        pathway = chance.choice(pathways)
        task = asyncio.create_task(place.trinvis.tell(pathway, _command(place, number), uuid4()))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)


def _command(place: Place, number: int) -> Command:
    if number % FOLLOWED_UP:
        return plan(place.trinvis)
    return AssignResponsible(
        by=CASEWORKER, at=place.trinvis.now(), role=Role.HEALTH_STAFF, person=f"s-{number}", reason="overtager"
    )


async def _quiet(place: Place) -> None:
    """Until every workflow is armed, and everything that was called for is carried out."""
    await _until_none(place, "NOT over AND armed IS NULL OR reacted < version")


async def _until_none(place: Place, which: str) -> None:
    for _ in range(6_000):
        async with place.trinvis.database.connection() as connection:
            if not await connection.fetchval(f"SELECT count(*) FROM alarm WHERE {which}"):  # noqa: S608 - ours
                return
        await asyncio.sleep(0.1)
    raise RuntimeError("the workflows did not come to an end")


async def _waits(place: Place, pathways: list[UUID], since: datetime) -> list[float]:
    """For each notice of the load, how long after the fact that called for it it was stored. Unit: seconds."""
    async with place.trinvis.database.connection() as connection:
        rows = await connection.fetch(
            "SELECT f.stream, f.kind, c.recorded_at FROM fact f JOIN commit c ON c.stream = f.stream"
            " AND f.version BETWEEN c.first AND c.last WHERE f.stream = ANY($1::uuid[])"
            " AND f.kind IN ('responsible_assigned', 'notice_given') AND c.recorded_at >= $2"
            " ORDER BY f.stream, f.version",
            pathways,
            since,
        )
    called: dict[UUID, list[float]] = {}
    waits: list[float] = []
    for stream, kind, recorded_at in rows:
        waiting = called.setdefault(stream, [])
        if kind == "responsible_assigned":
            waiting.append(recorded_at.timestamp())
        else:
            waits.append(recorded_at.timestamp() - waiting.pop(0))
    return waits


async def idle(place: Place) -> Row:
    """Row j: a worker's memory with so many open pathways that wait for their next date."""
    sizes: list[float] = []
    begun = 0
    async with place.trinvis.database.connection() as connection:
        await connection.execute("UPDATE alarm SET reacted = version")
    for pathways in IDLE:
        while begun < pathways:
            await asyncio.gather(*(begin(place.trinvis) for _ in range(50)))
            begun += 50
        sizes.append(await _worker_memory(place))
    growth = sizes[2] / sizes[1] - 1
    figure = ", ".join(f"{count:,}: {size:.0f} MB" for count, size in zip(IDLE, sizes, strict=True))
    return Row(
        "j",
        "worker memory by open, idle pathways",
        figure,
        f"{growth:+.0%} from 1,000 to 10,000 (aim: at most +10 %)",
        growth <= 0.10,
    )


async def _worker_memory(place: Place) -> float:
    """What a fresh worker weighs once every pathway is armed by it. Unit: MB."""
    async with place.trinvis.database.connection() as connection:
        await connection.execute("UPDATE alarm SET armed = NULL, nudge_after = '-infinity', nudges = 0")
    worker = place.start("worker", TRINVIS_SWEEP_SECONDS="5")
    try:
        await asyncio.sleep(5)
        await _quiet(place)
        await asyncio.sleep(5)
        return float(psutil.Process(worker.pid).memory_info().rss) / 1024 / 1024
    finally:
        worker.terminate()
        await asyncio.to_thread(worker.wait)

"""Row p: another version rehearsed on a whole caseload, every history read, opened and folded from its facts."""

import asyncio
import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from uuid import UUID

import asyncpg

from bench.field import Place, analyse
from bench.growing import copied
from bench.table import Row
from domain.pathway.evolve import fold
from domain.pathway.facts.sessions import Attendance
from domain.pathway.history import Event, as_corrected
from tests.support.asking import accept, attend, book, refer
from tests.support.cast import TOGETHER
from tests.support.life import Life

PATHWAYS = int(os.environ.get("TRINVIS_BENCH_PATHWAYS", "5000"))
FACTS = 200
BATCH = 100
AIM = 60
"""Unit: seconds."""
MOST_GROWTH = 0.10
"""By how much of its memory a rehearsal of ten times as many pathways may grow."""


async def rehearsing(place: Place) -> Row:
    """Row p: no folded state is kept of any pathway, as after a release."""
    events = _lived(place.trinvis.now())
    connection = await asyncpg.connect(place.superuser, server_settings={"search_path": "trinvis"})
    try:
        pathways: list[UUID] = []
        while len(pathways) < PATHWAYS:
            pathways += await copied(place, connection, events, BATCH)
        await connection.execute(
            "INSERT INTO alarm (stream, version, reacted, over) SELECT unnest($1::uuid[]), $2, $2, false",
            pathways,
            len(events),
        )
    finally:
        await connection.close()
    await analyse(place)
    few, many = await _rehearsed(place, pathways[: PATHWAYS // 10]), await _rehearsed(place, pathways)
    plain = await _folded(place, pathways[: PATHWAYS // 10]) * 10
    growth = many.memory / few.memory - 1
    return Row(
        "p",
        f"rehearse {PATHWAYS:,} pathways of {len(events)} facts, nothing kept folded, on two processes",
        f"{many.took:.1f} s, {many.worked:.0f} s of work, {many.memory:,.0f} MB in all",
        f"{many.took / plain:.2f} x a plain fold of them in one process (aim: under {AIM} s);"
        f" {growth:+.0%} memory from {PATHWAYS // 10:,} pathways (aim: at most +10 %)",
        many.took < AIM and growth <= MOST_GROWTH,
    )


@dataclass(frozen=True)
class Rehearsed:
    """What a rehearsal took, as `bench.caseload` says it."""

    total: int
    unaffected: int
    took: float
    """Unit: seconds."""
    worked: float
    """How long its processes computed. Unit: seconds."""
    memory: float
    """The most that the process that asks and the two that answer held. Unit: MB."""


async def _rehearsed(place: Place, pathways: Sequence[UUID]) -> Rehearsed:
    """What a process of its own needs to rehearse on those."""
    asking = place.start("bench.caseload", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    told, _ = await asyncio.to_thread(asking.communicate, json.dumps([str(each) for each in pathways]).encode())
    found = Rehearsed(**json.loads(told))
    if found.total < len(pathways) or found.unaffected == found.total:
        raise RuntimeError(f"{found.total} rehearsed, {found.unaffected} unaffected")
    return found


async def _folded(place: Place, pathways: Sequence[UUID]) -> float:
    """How long it takes to read, open and fold those. Unit: seconds."""
    began = perf_counter()
    async with place.trinvis.database.connection(seconds=None) as connection:
        for pathway in pathways:
            fold(as_corrected(await place.trinvis.engine.store.facts(connection, pathway)))
    return perf_counter() - began


def _lived(now: datetime) -> list[Event]:
    """A life of that many facts that ends today: sessions week by week, with everything that time brought."""
    began = now - timedelta(weeks=45)
    life = Life(TOGETHER, {})
    life.tell(refer(began, "ressourceforloeb"))
    life.tell(accept(began))
    week = began
    while len(life.history) < FACTS and week < now - timedelta(weeks=1):
        week += timedelta(weeks=1)
        for day in (1, 3):
            session = UUID(int=len(life.history), version=4)
            at = week + timedelta(days=day)
            life.tell(book(at - timedelta(hours=3), at, "training", session=session))
            life.tell(attend(at + timedelta(hours=1), Attendance.PRESENT, session=session))
    return life.history[:FACTS]

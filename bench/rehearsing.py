"""Row p: another version rehearsed on a whole caseload, every history read, opened and folded from its facts."""

import os
import resource
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import perf_counter
from uuid import UUID

import asyncpg

from bench.field import CASEWORKER, Place, analyse
from bench.growing import copied
from bench.table import Row
from domain.pathway.evolve import fold
from domain.pathway.facts.sessions import Attendance
from domain.pathway.history import Event, as_corrected
from engine.rehearsing import Question
from eventstore.access import Look
from runtime.rehearsing import rehearse_caseload
from tests.support.altering import altered_text
from tests.support.asking import accept, attend, book, refer
from tests.support.cast import TOGETHER
from tests.support.life import Life

PATHWAYS = int(os.environ.get("TRINVIS_BENCH_PATHWAYS", "5000"))
FACTS = 200
BATCH = 100
AIM = 60
"""Unit: seconds."""
LATER = altered_text("sundere-sammen@2", ("version: 2", "version: 9"), ("within: P4W", "within: P6W"))


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
    look = Look(CASEWORKER, "bench", place.trinvis.now())
    began, worked = perf_counter(), _worked()
    found = await rehearse_caseload(place.trinvis, Question("sundere-sammen", 9, None, {}, look, None), LATER, pays=0)
    took, worked = perf_counter() - began, _worked() - worked
    if found.total < PATHWAYS or found.unaffected == found.total:
        raise RuntimeError(f"{found.total} rehearsed, {found.unaffected} unaffected")
    plain = await _folded(place, pathways[: PATHWAYS // 10]) * 10
    return Row(
        "p",
        f"rehearse {PATHWAYS:,} pathways of {len(events)} facts, nothing kept folded, on two processes",
        f"{took:.1f} s, {worked:.0f} s of work",
        f"{took / plain:.2f} x a plain fold of them in one process (aim: under {AIM} s)",
        took < AIM,
    )


def _worked() -> float:
    """How long the processes have computed that were waited for. Unit: seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


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

"""The synthetic municipality: whole, the same on the same day, silent, and only ever in an empty database of ours."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from domain.calendar import local, local_date
from domain.pathway.state import Stage
from eventstore.access import Look
from eventstore.citizens import Identity
from eventstore.verifying import verify
from runtime.municipality import BEGUN, CITIZENS, seed
from runtime.wiring import Trinvis
from tests.support.asking import refer
from tests.support.cast import AUDITOR, MONDAY
from tests.support.clock import SetClock
from tests.support.keeping import LOOK
from tests.support.servers import Servers
from tests.support.walking import underway

pytestmark = pytest.mark.slow

EVENING = MONDAY + timedelta(hours=11)


class Told:
    """What seeding tells while it works; stops it when told to."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.stopping = asyncio.Event()
        self.heard: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def __call__(self, done: int, of: int) -> None:
        self.heard.append((done, of))
        if self._stop_at is not None and done >= self._stop_at:
            self.stopping.set()


async def seeded(trinvis: Trinvis, state: Path, told: Told, *, wanted: bool = True) -> int:
    return await seed(trinvis, state, told, told.stopping, wanted=wanted)


async def one(trinvis: Trinvis, query: str, *values: object) -> object:
    async with trinvis.database.connection() as connection:
        return await connection.fetchval(query, *values)


@pytest.fixture(scope="module")
async def morning(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Trinvis]:
    """A database that was filled on a Monday morning."""
    async with servers.installation(SetClock(MONDAY)) as trinvis:
        told = Told()
        assert await seeded(trinvis, tmp_path_factory.mktemp("morning"), told) == CITIZENS
        assert told.heard[-1] == (CITIZENS, CITIZENS)
        yield trinvis


@pytest.fixture(scope="module")
async def evening(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Trinvis]:
    """Another one, filled in the evening of the same day, but for a stop in between."""
    async with servers.installation(SetClock(EVENING)) as trinvis:
        state, stopped = tmp_path_factory.mktemp("evening"), Told(stop_at=16)
        assert await seeded(trinvis, state, stopped) < CITIZENS
        assert (state / BEGUN).exists()
        await seeded(trinvis, state, Told(), wanted=False)
        assert not (state / BEGUN).exists()
        yield trinvis


async def told_until(trinvis: Trinvis, until: datetime) -> dict[str, list[tuple[str, datetime]]]:
    """What happened on each pathway before an instant: kinds and instants."""
    async with trinvis.database.connection() as connection:
        rows = await connection.fetch(
            "SELECT stream, kind, occurred_at FROM fact WHERE occurred_at < $1 ORDER BY stream, version", until
        )
    return {
        stream: [(row["kind"], row["occurred_at"]) for row in rows if str(row["stream"]) == stream]
        for stream in {str(row["stream"]) for row in rows}
    }


async def test_it_is_the_same_for_the_same_day_also_when_it_was_stopped_in_between(
    morning: Trinvis, evening: Trinvis
) -> None:
    today = local(local_date(MONDAY), datetime.min.time())
    assert await told_until(morning, today) == await told_until(evening, today)


async def test_there_are_at_least_forty_citizens_in_every_stage(morning: Trinvis) -> None:
    citizens = await one(morning, "SELECT count(DISTINCT subject) FROM stream")
    assert isinstance(citizens, int)
    assert citizens >= 40
    async with morning.database.connection() as connection:
        stages = {row["stage"] for row in await connection.fetch("SELECT DISTINCT stage FROM pathway_now")}
    assert stages == {str(stage) for stage in Stage} - {Stage.NEW, Stage.ERASED}


async def test_there_are_citizens_in_every_phase_of_both_programmes(morning: Trinvis) -> None:
    async with morning.database.connection() as connection:
        rows = await connection.fetch(
            "SELECT s.programme, array_agg(DISTINCT n.phase) AS phases FROM pathway_now n"
            " JOIN stream s ON s.id = n.stream WHERE n.phase IS NOT NULL GROUP BY s.programme"
        )
    found = {row["programme"]: set(row["phases"]) for row in rows}
    assert len(found) >= 4
    for ref in ("sygedagpenge-driftstilbud@2", "sundere-sammen@3"):
        assert found[ref] == set((await morning.engine.programme(ref)).phases)


async def test_there_are_months_of_history(morning: Trinvis) -> None:
    earliest = await one(morning, "SELECT min(occurred_at) FROM fact")
    assert isinstance(earliest, datetime)
    assert MONDAY - earliest > timedelta(weeks=26)
    facts = await one(morning, "SELECT count(*) FROM fact")
    assert isinstance(facts, int)
    assert facts > 40 * 20


async def test_nothing_in_it_happens_after_now(evening: Trinvis) -> None:
    assert await one(evening, "SELECT count(*) FROM fact WHERE occurred_at > $1", EVENING) == 0
    assert await one(evening, "SELECT count(*) FROM alarm WHERE NOT over AND next_due <= $1", EVENING) == 0


async def test_no_letter_is_owed_to_anybody(morning: Trinvis, evening: Trinvis) -> None:
    for trinvis in (morning, evening):
        assert await one(trinvis, "SELECT count(*) FROM alarm WHERE reacted < version") == 0
        assert not trinvis.settings.outbox.exists()


async def test_every_chain_is_whole(morning: Trinvis) -> None:
    found = await verify(morning.database, lambda _done, _of: None)
    assert (found.streams, found.faults) == (CITIZENS, [])


async def test_nobody_in_it_can_be_found_in_denmark(morning: Trinvis) -> None:
    async with morning.database.connection() as connection:
        citizens = [row["id"] for row in await connection.fetch("SELECT id FROM citizen")]
    for citizen in citizens:
        identity = await morning.vault.identity(citizen, Look(AUDITOR, "stikprøve", MONDAY))
        assert identity.cpr
        assert int(identity.cpr[:2]) > 60, "a day that no calendar has"
        assert identity.email is None, "nobody to write to"


async def test_a_database_that_holds_somebody_is_never_touched(trinvis: Trinvis, tmp_path: Path) -> None:
    citizen = await trinvis.vault.register(Identity(name="Anna Prøvesen", cpr="610180-1234"), LOOK)
    await trinvis.engine.refer("sygedagpenge-driftstilbud@2", refer(citizen=citizen), uuid4())
    assert await seeded(trinvis, tmp_path, Told()) == 0
    assert await one(trinvis, "SELECT count(*) FROM stream") == 1
    assert not (tmp_path / BEGUN).exists()


async def test_somebody_real_who_is_referred_while_it_is_filled_gets_their_letters(
    trinvis: Trinvis, clock: SetClock, tmp_path: Path
) -> None:
    told = Told()
    told.stopping.set()
    await seeded(trinvis, tmp_path, told)
    assert (tmp_path / BEGUN).exists()
    alarm = await (walk := await underway(trinvis, clock)).alarm()
    await seeded(trinvis, tmp_path, told)
    assert (await walk.alarm())["reacted"] == alarm["reacted"] < alarm["version"]


async def test_whoever_does_not_want_it_gets_an_empty_database(trinvis: Trinvis, tmp_path: Path) -> None:
    assert await seeded(trinvis, tmp_path, Told(), wanted=False) == 0
    assert await one(trinvis, "SELECT count(*) FROM stream") == 0

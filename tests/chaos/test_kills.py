"""Workers, Temporal and PostgreSQL are killed under load: nothing acknowledged is lost, nothing is done twice."""

import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from eventstore.keys import FileKeys
from runtime.embedded.postgres import SUPERUSER
from runtime.embedded.temporal import TemporalServer
from tests.chaos.judge import Verdict, acknowledged, judge, read_ledger
from tests.support.servers import Servers, new_folder
from tests.support.temporal import temporal_server

KILLS = int(os.environ.get("TRINVIS_KILLS", "12"))
WORKERS = 2
DRAIN_SECONDS = 150
FEWEST_ACKNOWLEDGED = 1_000


@dataclass
class Field:
    """Where the killing takes place."""

    servers: Servers
    temporal: TemporalServer
    database: str
    folder: Path
    processes: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)
    kills: list[float] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """What the processes are told."""
        return self.servers.environment(
            self.database,
            self.folder / "outbox",
            TEMPORAL_ADDRESS=self.temporal.address,
            TRINVIS_SWEEP_SECONDS="2",
        )

    def start(self, name: str, *arguments: str) -> None:
        """Starts a process of ours."""
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", *arguments], env=self.environment(), stdout=log, stderr=log
        )
        log.close()

    def start_worker(self, name: str) -> None:
        """Starts a worker."""
        self.start(name, "worker")

    @property
    def ledger(self) -> Path:
        """What the ledger wrote."""
        return self.folder / "ledger"


@pytest.fixture
async def servers() -> AsyncIterator[Servers]:
    """A server that waits for the disk, as the one that ships does."""
    started = Servers(new_folder())
    await started.start()
    yield started
    await started.stop()


@asynccontextmanager
async def _battle(servers: Servers) -> AsyncIterator[Field]:
    folder = new_folder()
    keys = FileKeys.made(servers.folder / "keys.json")
    async with temporal_server(new_folder(), keys) as temporal:
        place = Field(servers, temporal, await servers.new_database(), folder)
        try:
            yield place
        finally:
            for process in place.processes.values():
                process.kill()
                process.wait()
            await asyncio.to_thread(shutil.rmtree, folder)


async def _kill_worker(place: Field, chance: random.Random) -> None:
    name = f"worker-{chance.randrange(WORKERS)}"
    place.kills.append(time.time())
    place.processes[name].kill()
    place.processes[name].wait()
    place.start_worker(name)


async def _kill_temporal(place: Field, chance: random.Random) -> None:
    del chance
    pid = place.temporal.pid
    assert pid is not None
    place.kills.append(time.time())
    os.kill(pid, signal.SIGKILL)
    await place.temporal.start()


async def _restart_postgres(place: Field, chance: random.Random) -> None:
    """Sometimes at once, sometimes as the kernel would: the postmaster killed, its children left behind."""
    pid = place.servers.postgres.pid
    assert pid is not None
    place.kills.append(time.time())
    os.kill(pid, chance.choice([signal.SIGQUIT, signal.SIGKILL]))
    await _until(lambda: place.servers.postgres.pid is None, 20, "the end of the postmaster")
    await place.servers.postgres.start()


KILLERS = (_kill_worker, _kill_temporal, _kill_worker, _restart_postgres)


async def _fight(place: Field, kills: int, chance: random.Random) -> None:
    """Load, and kills in between, in an order that the seed decides."""
    socket = str(place.folder / "ledger.socket")
    place.start("ledger", "tests.chaos.ledger", socket, str(place.ledger))
    await _until(lambda: Path(socket).exists(), 10, "the ledger")
    for number in range(WORKERS):
        place.start_worker(f"worker-{number}")
    place.start("commander", "tests.chaos.commander", socket)
    await _until(lambda: place.ledger.exists() and place.ledger.stat().st_size > 20_000, 60, "some load")
    for number in range(kills):
        await KILLERS[number % len(KILLERS)](place, chance)
        await asyncio.sleep(chance.uniform(0.5, 1.5))
    await _until(lambda: _acknowledged(place) >= FEWEST_ACKNOWLEDGED, 120, "enough load")
    place.processes["commander"].send_signal(signal.SIGTERM)
    await asyncio.to_thread(place.processes["commander"].wait, 60)


def _acknowledged(place: Field) -> int:
    assert place.processes["commander"].poll() is None, (place.folder / "commander.log").read_text()[-2000:]
    return len(acknowledged(read_ledger(place.ledger)))


async def _until(is_so: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"{what} did not come"
        await asyncio.sleep(0.1)


async def _drained(place: Field, seconds: int) -> None:
    """Waits until what Temporal took is in the store, every call has been carried out, and nothing that came is due."""
    told = [UUID(line["id"]) for line in read_ledger(place.ledger) if line["what"] == "told"]
    behind = (
        "SELECT count(*) FROM trinvis.alarm WHERE reacted < version OR next_due < now() - interval '1 second'",
        "SELECT count(*) FROM unnest($1::uuid[]) AS told WHERE told NOT IN (SELECT command_id FROM trinvis.commit)",
    )
    connection = await asyncpg.connect(place.servers.postgres.url(SUPERUSER, place.database))
    try:
        for _ in range(2 * seconds):
            if not await connection.fetchval(behind[0]) and not await connection.fetchval(behind[1], told):
                return
            await asyncio.sleep(0.5)
    finally:
        await connection.close()


async def _judged(place: Field, kills: int, seed: int, drain_seconds: int = DRAIN_SECONDS) -> Verdict:
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    await _fight(place, kills, chance)
    await _drained(place, drain_seconds)
    verdict = await judge(read_ledger(place.ledger), place.kills, place.servers.postgres.url(SUPERUSER, place.database))
    print(f"\nseed {seed}: {verdict.summary()}")  # noqa: T201 - the run's result, with what repeats it
    return verdict


@pytest.mark.chaos
async def test_kills_under_load_lose_nothing_and_double_nothing(servers: Servers) -> None:
    seed = int(os.environ.get("TRINVIS_SEED", "7"))
    async with _battle(servers) as place:
        _require(await _judged(place, KILLS, seed))


@pytest.mark.chaos
async def test_without_the_rule_of_uniqueness_the_same_judge_finds_doubled_commands(servers: Servers) -> None:
    async with _battle(servers) as place:
        await _without_uniqueness(place)
        verdict = await _judged(place, 2, 11, drain_seconds=10)
    with pytest.raises(AssertionError, match="doubled"):
        _require(verdict)


def _require(verdict: Verdict) -> None:
    """What the judge found is good, and was looked for where it could have been otherwise."""
    assert verdict.acknowledged >= FEWEST_ACKNOWLEDGED, "too little was asked for"
    assert verdict.kills_in_flight * 2 >= verdict.kills, "too few kills met a command"
    assert not verdict.doubled, "doubled"
    assert not verdict.lost, "lost"
    assert not verdict.ghosts, "ghosts"
    assert not verdict.broken, "broken"


async def _without_uniqueness(place: Field) -> None:
    """Plants the fault: a command id may be used again, and nobody looks whether it was."""
    connection = await asyncpg.connect(place.servers.postgres.url(SUPERUSER, place.database))
    try:
        await connection.execute("ALTER TABLE trinvis.commit DROP CONSTRAINT commit_pkey")
        source = await connection.fetchval("SELECT pg_get_functiondef('trinvis.append'::regproc)")
        planted = source.replace("IF FOUND THEN", "IF false THEN", 1)
        assert planted != source
        await connection.execute(planted)
    finally:
        await connection.close()

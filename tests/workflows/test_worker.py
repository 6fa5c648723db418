"""The worker as a process: it sweeps whatever happens, finishes what it has begun, and says why it cannot start."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from activities.pathways import Life
from engine.clock import system_clock
from eventstore.citizens import Identity
from eventstore.keys import FileKeys
from runtime.embedded.ports import HOST, free_port
from runtime.embedded.temporal import TemporalServer
from runtime.temporal import connect
from runtime.wiring import Trinvis, wired
from tests.support.asking import accept, refer
from tests.support.keeping import LOOK
from tests.support.roles import connected, database_of
from tests.support.servers import Servers, new_folder
from tests.support.temporal import temporal_server, until_quiet, worker_process
from worker import SweepEnded, keep_sweeping, until_stopped
from workflows.generation import generation

pytestmark = pytest.mark.slow

SECONDS = 30
"""How long anything here may take."""


@pytest.fixture
async def server(servers: Servers) -> AsyncIterator[TemporalServer]:
    """A Temporal server that a test may stop."""
    async with temporal_server(new_folder(), FileKeys.made(servers.folder / "keys.json")) as started:
        yield started


@pytest.fixture
async def present(servers: Servers, server: TemporalServer, tmp_path: Path) -> AsyncIterator[Trinvis]:
    """The parts of a process that lives now, for workers are processes of their own with the system's clock."""
    settings = servers.settings(
        await servers.new_database(),
        temporal_address=server.address,
        sweep_seconds=0.2,
        heartbeat=tmp_path / "heartbeat",
    )
    async with wired(settings, system_clock) as parts:
        yield parts


async def _underway(trinvis: Trinvis, address: str | None = None) -> UUID:
    citizen = await trinvis.vault.register(Identity(name="Prøve Prøvesen", email=address), LOOK)
    referral = refer(trinvis.now(), "ressourceforloeb", citizen=citizen)
    outcome = await trinvis.refer("sundere-sammen@2", referral, uuid4())
    await trinvis.tell(outcome.stream, accept(trinvis.now()), uuid4())
    return outcome.stream


async def _kinds(trinvis: Trinvis, pathway: UUID) -> list[str]:
    return [entry.kind for entry in await trinvis.engine.store.history(pathway, LOOK)]


async def _until_there(file: Path) -> None:
    for _ in range(10 * SECONDS):
        if await asyncio.to_thread(file.exists):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"no {file.name}")


@asynccontextmanager
async def read_only(servers: Servers, trinvis: Trinvis) -> AsyncIterator[None]:
    """A database that takes nothing in, as a standby after it was switched to, or a disk that its provider closed."""
    name = database_of(trinvis)
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()"
    async with connected(servers, "postgres") as superuser:
        await superuser.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        await superuser.fetch(cut, name)
        try:
            yield
        finally:
            await superuser.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
            await superuser.fetch(cut, name)


async def test_a_database_that_takes_nothing_in_ends_no_sweep(
    servers: Servers, server: TemporalServer, present: Trinvis
) -> None:
    client, beaten = await connect(server.address, "default", present.keys), present.settings.heartbeat
    assert beaten
    sweeping = asyncio.create_task(keep_sweeping(present, client, Life(await generation(client))))
    await _until_there(beaten)
    async with read_only(servers, present):
        await asyncio.sleep(1)
        beaten.unlink()
        await asyncio.sleep(1)
        assert not beaten.exists(), "it could sweep all the same, so this shows nothing"
        assert not sweeping.done()
    await _until_there(beaten)
    sweeping.cancel()


async def test_a_sweep_that_ends_by_itself_ends_the_worker() -> None:
    ended = asyncio.create_task(asyncio.sleep(0))
    with pytest.raises(SweepEnded):
        await until_stopped(asyncio.Event(), ended)


async def test_a_worker_that_is_told_to_stop_ends_the_sweep() -> None:
    stopping, sweeping = asyncio.Event(), asyncio.create_task(asyncio.sleep(SECONDS))
    stopping.set()
    await until_stopped(stopping, sweeping)
    assert sweeping.cancelled()


@dataclass
class SlowPost:
    """A mail server that takes its time."""

    taken: list[str] = field(default_factory=list)
    began: asyncio.Event = field(default_factory=asyncio.Event)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Takes a message after three seconds."""
        del server, session, envelope
        self.loop.call_soon_threadsafe(self.began.set)
        await asyncio.sleep(3)
        self.taken.append("a letter")
        return "250 taken"


async def test_a_worker_that_is_told_to_stop_finishes_what_it_has_begun(servers: Servers, present: Trinvis) -> None:
    post, port = SlowPost(), free_port()
    controller = Controller(post, hostname=HOST, port=port)
    controller.start()
    pathway = await _underway(present, "proeve@example.invalid")
    try:
        async with worker_process(servers, present, TRINVIS_SMTP_HOST=HOST, TRINVIS_SMTP_PORT=str(port)) as process:
            await asyncio.wait_for(post.began.wait(), SECONDS)
            assert not post.taken
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), SECONDS) == 0
    finally:
        await asyncio.to_thread(controller.stop)
    assert post.taken
    assert (await _kinds(present, pathway)).count("letter_sent") == len(post.taken)


async def test_while_temporal_is_away_commands_work_and_the_living_worker_catches_up_with_them(
    servers: Servers, server: TemporalServer, present: Trinvis
) -> None:
    async with worker_process(servers, present) as process:
        await until_quiet(present, await _underway(present))
        await server.stop()
        meanwhile = await _underway(present)
        assert "letter_sent" not in await _kinds(present, meanwhile)
        await server.start()
        await until_quiet(present, meanwhile)
        assert process.returncode is None, "it is the same worker"
    assert (await _kinds(present, meanwhile)).count("letter_sent") == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [("not json", "does not hold keys"), ('{"current": "a", "keys": {}}', "does not hold keys")],
)
async def test_a_key_file_that_holds_no_keys_is_told_of_in_a_sentence(
    servers: Servers, present: Trinvis, tmp_path: Path, content: str, says: str
) -> None:
    file = tmp_path / "keys.json"
    file.touch(mode=0o600)
    file.write_text(content)
    said = await _last_words(servers, present, TRINVIS_KEY_FILE=str(file))
    assert says in said


async def test_that_no_temporal_is_named_is_told_of_in_a_sentence(
    servers: Servers, present: Trinvis, tmp_path: Path
) -> None:
    settings = present.settings.model_copy(update={"temporal_address": None})
    said = await _last_words(servers, replace(present, settings=settings), TRINVIS_STATE=str(tmp_path))
    assert "TEMPORAL_ADDRESS names no server" in said


async def _last_words(servers: Servers, trinvis: Trinvis, **others: str) -> str:
    """What a worker says that cannot start: one line, and no traceback."""
    async with worker_process(servers, trinvis, stderr=asyncio.subprocess.PIPE, **others) as process:
        _, said = await asyncio.wait_for(process.communicate(), SECONDS)
    assert process.returncode == 1
    [line] = said.decode().splitlines()
    assert line.startswith("the worker cannot start: ")
    return line

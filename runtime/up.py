"""Everything started from one command: servers, migrations, programmes, a municipality on first run, a worker."""

import asyncio
import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import IO

from temporalio.service import RPCError

import programmes as shipped
from runtime.embedded.postgres import APP, OWNER, RECORDS, NotStarted, Postgres
from runtime.embedded.temporal import TemporalServer
from runtime.installation import Installation, installation
from runtime.municipality import fill
from runtime.preparing import prepare
from runtime.settings import RUNNING, Settings
from runtime.temporal import connect, register_search_attributes
from runtime.wiring import Trinvis, wired

POSTGRES_PORT = 54330
TEMPORAL_PORT = 7233
DRAIN_SECONDS = 30
PUBLISHER = "administrator:trinvis-up"

Say = Callable[..., str]


class Up:
    """One run of `trinvis up`."""

    def __init__(self, progress: Callable[[str], None], line: Callable[[str], None], say: Say, *, seed: bool) -> None:
        self._progress = progress
        self._line = line
        self._say = say
        self._seed = seed

    async def run(self) -> None:
        """Starts everything, tells where it is, and stops it when asked to."""
        stopping = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        place = installation()
        with _locked(place.state / "lock"):
            async with self._servers(place) as settings:
                await self._ready(settings, stopping)
                if stopping.is_set():
                    return
                running = self._start_worker()
                try:
                    self._tell(settings)
                    await self._until(stopping, running)
                finally:
                    self._progress(self._say("up", "stopping"))
                    await asyncio.to_thread(_stop_worker, running)
        self._line(self._say("up", "stopped"))

    @asynccontextmanager
    async def _servers(self, place: Installation) -> AsyncIterator[Settings]:
        """The servers that are used: one's own where they are named, otherwise embedded ones."""
        own = Settings()
        if os.environ.get("TRINVIS_DATABASE_URL") and os.environ.get("TEMPORAL_ADDRESS"):
            self._progress(self._say("up", "own_servers"))
            yield own
            return
        postgres = Postgres(place.postgres, POSTGRES_PORT)
        temporal = TemporalServer(place.temporal, TEMPORAL_PORT)
        left = place.state / RUNNING
        try:
            self._progress(self._say("up", "postgres"))
            await postgres.start()
            self._other_port("PostgreSQL", POSTGRES_PORT, postgres.port)
            self._progress(self._say("up", "temporal"))
            await temporal.start()
            self._other_port("Temporal", TEMPORAL_PORT, temporal.port)
            _leave(left, postgres, temporal, place)
            yield Settings()
        finally:
            await temporal.stop()
            await postgres.stop()
            left.unlink(missing_ok=True)

    def _other_port(self, server: str, preferred: int, port: int) -> None:
        if port != preferred:
            self._progress(self._say("up", "other_port", server=server, preferred=preferred, port=port))

    async def _ready(self, settings: Settings, stopping: asyncio.Event) -> None:
        self._progress(self._say("up", "migrating"))
        await prepare(settings)
        async with wired(settings) as trinvis:
            for ref in await publish_shipped(trinvis):
                self._progress(self._say("up", "published", ref=ref))
            await self._registered(settings, trinvis)
            if self._seed and "TRINVIS_DATABASE_URL" not in os.environ:
                await fill(
                    trinvis, lambda done, of: self._progress(self._say("up", "filling", done=done, of=of)), stopping
                )

    async def _registered(self, settings: Settings, trinvis: Trinvis) -> None:
        try:
            client = await connect(settings.temporal_address or "", settings.temporal_namespace, trinvis.keys)
            await register_search_attributes(client)
        except (RPCError, RuntimeError) as error:
            raise NotStarted(self._say("temporal_away")) from error

    def _start_worker(self) -> "subprocess.Popen[bytes]":
        self._progress(self._say("up", "worker"))
        log = (installation().state / "worker.log").open("ab")
        return subprocess.Popen([sys.executable, "-m", "worker"], stdout=log, stderr=log, start_new_session=True)

    def _tell(self, settings: Settings) -> None:
        place = settings.url("app") or ""
        self._line("")
        self._line(self._say("up", "running"))
        self._line(f"  PostgreSQL  {place.partition('@')[2]}")
        self._line(f"  Temporal    {settings.temporal_address}")
        self._line(f"  {self._say('up', 'outbox')}  {settings.outbox}")
        self._line(f"  {self._say('up', 'logs')}  {installation().state}")
        self._line("")
        self._line(self._say("up", "try"))
        command = _command()
        for example in ("worklist --by caseworker:sb-1", "programmes list", "verify"):
            self._line(f"  {command} {example}")
        self._line("")
        self._line(self._say("up", "stop"))

    async def _until(self, stopping: asyncio.Event, running: "subprocess.Popen[bytes]") -> None:
        while not stopping.is_set():
            if running.poll() is not None:
                raise NotStarted(self._say("up", "worker_died", log=str(installation().state / "worker.log")))
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), 0.5)


def _locked(path: Path) -> IO[str]:
    """The lock of the state folder. Raises: NotStarted when another `up` has it."""
    lock = path.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise NotStarted("Trinvis runs here already; stop the other one with Ctrl-C first") from None
    return lock


def _leave(path: Path, postgres: Postgres, temporal: TemporalServer, place: Installation) -> None:
    """Leaves where the servers are for the other commands, readable by nobody else."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(
        json.dumps(
            {
                "database_url": postgres.url(APP),
                "owner_database_url": postgres.url(OWNER),
                "records_database_url": postgres.url(RECORDS),
                "temporal_address": temporal.address,
                "key_file": str(place.keys),
            }
        )
    )


def shipped_programmes() -> list[tuple[str, str]]:
    """The programme files that come with the release: name and text."""
    folder = Path(str(files(shipped)))
    return [(str(path.relative_to(folder)), path.read_text("utf-8")) for path in sorted(folder.glob("*/v*.yaml"))]


async def publish_shipped(trinvis: Trinvis) -> list[str]:
    """Publishes the programmes that come with the release; those that are new."""
    new = []
    for name, text in shipped_programmes():
        programme, is_new = await trinvis.catalogue.publish(text, name, PUBLISHER, trinvis.now())
        new += [programme.ref] if is_new else []
    return new


def _stop_worker(running: "subprocess.Popen[bytes]") -> None:
    running.terminate()
    try:
        running.wait(DRAIN_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


def _command() -> str:
    """How this program is called from here."""
    program = Path(sys.argv[0])
    return str(program.relative_to(Path.cwd())) if program.is_relative_to(Path.cwd()) else program.name

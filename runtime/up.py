"""Everything started from one command: servers, migrations, programmes, a municipality on first run, a worker."""

import asyncio
import fcntl
import json
import os
import shutil
import signal
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
from runtime.embedded.worker import WorkerProcess
from runtime.installation import Installation, installation, leave
from runtime.municipality import seed
from runtime.preparing import prepare
from runtime.settings import RUNNING, Settings
from runtime.temporal import client_of, register_search_attributes
from runtime.wiring import Trinvis, wired

POSTGRES_PORT = 54330
TEMPORAL_PORT = 7233
PUBLISHER = "administrator:trinvis-up"
OWN_SERVERS = ("TRINVIS_DATABASE_URL", "TEMPORAL_ADDRESS")

Say = Callable[..., str]


class Up:
    """One run of `trinvis up`."""

    def __init__(self, progress: Callable[[str], None], line: Callable[[str], None], say: Say, *, seed: bool) -> None:
        self._progress = progress
        self._line = line
        self._say = say
        self._seed = seed

    async def run(self) -> None:
        """Starts everything, tells where it is, and stops it when asked to.

        Raises: NotStarted with a sentence that says what stands in the way.
        """
        stopping = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        own = _own_servers()
        place = installation()
        with _locked(place.state / "lock"):
            worker = WorkerProcess(place.state)
            await worker.stop()  # one that a killed `up` left behind
            async with self._own() if own else self._embedded(place) as settings:
                await self._ready(settings, None if own else place, stopping)
                if not stopping.is_set():
                    await self._work(worker, settings, place, stopping)
        self._line(self._say("up", "stopped"))

    @asynccontextmanager
    async def _own(self) -> AsyncIterator[Settings]:
        """The servers that the environment names."""
        self._progress(self._say("up", "own_servers"))
        yield Settings()

    @asynccontextmanager
    async def _embedded(self, place: Installation) -> AsyncIterator[Settings]:
        """Servers of this installation, for as long as they are needed."""
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
            leave(left, _addresses(postgres, temporal, place))
            yield Settings()
        finally:
            left.unlink(missing_ok=True)
            await temporal.stop()
            await postgres.stop()

    def _other_port(self, server: str, preferred: int, port: int) -> None:
        if port != preferred:
            self._progress(self._say("up", "other_port", server=server, preferred=preferred, port=port))

    async def _ready(self, settings: Settings, place: Installation | None, stopping: asyncio.Event) -> None:
        """Makes the servers ready; those of an installation of ours are filled when they are new."""
        self._progress(self._say("up", "migrating"))
        await prepare(settings)
        async with wired(settings) as trinvis:
            for ref in await publish_shipped(trinvis):
                self._progress(self._say("up", "published", ref=ref))
            await self._registered(settings, trinvis)
            if place:
                await seed(trinvis, place.state, self._filling, stopping, wanted=self._seed)

    def _filling(self, done: int, of: int) -> None:
        self._progress(self._say("up", "filling", done=done, of=of))

    async def _registered(self, settings: Settings, trinvis: Trinvis) -> None:
        try:
            await register_search_attributes(await client_of(settings, trinvis.keys))
        except (RPCError, RuntimeError) as error:
            raise NotStarted(self._say("temporal_away")) from error

    async def _work(
        self, worker: WorkerProcess, settings: Settings, place: Installation, stopping: asyncio.Event
    ) -> None:
        self._progress(self._say("up", "worker"))
        worker.start()
        try:
            self._tell(settings, place)
            while not stopping.is_set():
                if worker.has_ended:
                    raise NotStarted(self._say("up", "worker_died", log=str(worker.log)))
                with suppress(TimeoutError):
                    await asyncio.wait_for(stopping.wait(), 0.5)
        finally:
            self._progress(self._say("up", "stopping"))
            await worker.stop()

    def _tell(self, settings: Settings, place: Installation) -> None:
        self._line("")
        self._line(self._say("up", "running"))
        self._line(f"  PostgreSQL  {(settings.url('app') or '').rpartition('@')[2]}")
        self._line(f"  Temporal    {settings.temporal_address}")
        self._line(f"  {self._say('up', 'outbox')}  {settings.outbox}")
        self._line(f"  {self._say('up', 'logs')}  {place.state}")
        self._line("")
        self._line(self._say("up", "try"))
        command = _command()
        for example in ("worklist --by caseworker:sb-1", "programmes list", "verify"):
            self._line(f"  {command} {example}")
        self._line("")
        self._line(self._say("up", "stop"))


def _own_servers() -> bool:
    """Whether the environment names servers to use. Raises: NotStarted when it names one of the two only."""
    named = [name for name in OWN_SERVERS if os.environ.get(name)]
    if len(named) == 1:
        [missing] = set(OWN_SERVERS) - set(named)
        raise NotStarted(f"{named[0]} is set, but {missing} is not; set both to use servers of your own, or neither")
    return bool(named)


def _locked(path: Path) -> IO[str]:
    """The lock of the state folder, held until it is closed. Raises: NotStarted when another `up` has it."""
    lock = path.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise NotStarted("Trinvis runs here already; stop the other one with Ctrl-C first") from None
    return lock


def _addresses(postgres: Postgres, temporal: TemporalServer, place: Installation) -> str:
    """Where the servers are, for the other commands."""
    return json.dumps(
        {
            "database_url": postgres.url(APP),
            "owner_database_url": postgres.url(OWNER),
            "records_database_url": postgres.url(RECORDS),
            "temporal_address": temporal.address,
            "key_file": str(place.keys),
        }
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


def _command() -> str:
    """How this program is called from here."""
    program, here = Path(sys.argv[0]).absolute(), Path.cwd()
    if program.is_relative_to(here):
        return str(program.relative_to(here))
    found = shutil.which(program.name)
    return program.name if found and Path(found).samefile(program) else str(program)

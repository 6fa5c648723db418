"""Real servers for tests: one PostgreSQL for each test process, one database for each test that wants one."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg

from engine.clock import Clock
from runtime.embedded.postgres import APP, OWNER, RECORDS, SUPERUSER, Postgres
from runtime.preparing import prepare
from runtime.settings import Settings
from runtime.up import publish_shipped
from runtime.wiring import Trinvis, wired
from tests.support.cast import MONDAY
from tests.support.clock import SetClock

TEMPLATE = "template_trinvis"


class Servers:
    """The PostgreSQL of this test process, with a migrated database that others are copied from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = Postgres(folder / "postgres")

    async def start(self) -> None:
        """Starts the server and makes the template: migrated, the shipped programmes published."""
        await self.postgres.start()
        await self._owner(f"CREATE DATABASE {TEMPLATE}")
        settings = self.settings(TEMPLATE)
        await prepare(settings)
        async with wired(settings, SetClock(MONDAY)) as trinvis:
            await publish_shipped(trinvis)

    async def spare_the_disk(self) -> None:
        """From now on nothing waits for the disk: what tests keep is gone with them, whatever the machine does."""
        connection = await asyncpg.connect(self.postgres.url(SUPERUSER, "postgres"))
        try:
            await connection.execute("ALTER SYSTEM SET fsync = off")
            await connection.execute("SELECT pg_reload_conf()")
        finally:
            await connection.close()

    async def stop(self) -> None:
        """Stops the server at once, with nothing put in order, and takes its folder away."""
        if self.postgres.pid:
            os.kill(self.postgres.pid, signal.SIGQUIT)
        await self.postgres.stop()
        await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)

    def settings(self, database: str, **others: object) -> Settings:
        """The settings of a process that works on *database*."""
        return Settings.model_validate(
            {
                "database_url": self.postgres.url(APP, database),
                "owner_database_url": self.postgres.url(OWNER, database),
                "records_database_url": self.postgres.url(RECORDS, database),
                "key_file": self.folder / "keys.json",
                "outbox": self.folder / f"outbox-{database}",
                "temporal_address": None,
                **others,
            }
        )

    def environment(self, database: str, outbox: Path, **others: str) -> dict[str, str]:
        """What a process of ours is told that works on *database*."""
        return {
            **os.environ,
            "TRINVIS_DATABASE_URL": self.postgres.url(APP, database),
            "TRINVIS_OWNER_DATABASE_URL": self.postgres.url(OWNER, database),
            "TRINVIS_RECORDS_DATABASE_URL": self.postgres.url(RECORDS, database),
            "TRINVIS_KEY_FILE": str(self.folder / "keys.json"),
            "TRINVIS_OUTBOX": str(outbox),
            "TRINVIS_LOG_LEVEL": "error",
            **others,
        }

    async def new_database(self, template: str = TEMPLATE) -> str:
        """A database of its own, by its name."""
        name = f"t{uuid4().hex[:12]}"
        await self._owner(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    async def _owner(self, statement: str) -> None:
        connection = await asyncpg.connect(self.postgres.url(OWNER, "postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    @asynccontextmanager
    async def installation(self, clock: Clock, **others: object) -> AsyncIterator[Trinvis]:
        """The parts of a process on a database of its own."""
        async with wired(self.settings(await self.new_database(), **others), clock) as trinvis:
            yield trinvis


def new_folder() -> Path:
    """A folder that an unprivileged server may reach, for it may have to run as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="trinvis-test-"))
    folder.chmod(0o711)
    return folder

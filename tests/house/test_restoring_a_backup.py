"""A backup as docs/how-to/deploy.md makes it, restored on another PostgreSQL: nothing lost, all armed anew."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from eventstore.citizens import Identity
from eventstore.verifying import verify
from runtime.embedded.postgres import APP, DATABASE, OWNER, RECORDS, SUPERUSER, Postgres, installed
from runtime.preparing import prepare
from runtime.wiring import wired
from tests.support.asking import accept, refer
from tests.support.cast import DAY, MONDAY
from tests.support.checkout import ROOT
from tests.support.clock import SetClock
from tests.support.keeping import LOOK
from tests.support.servers import Servers, new_folder

pytestmark = pytest.mark.slow

PAGE = ROOT / "docs" / "how-to" / "deploy.md"


def statements(heading: str) -> list[str]:
    """The SQL that the page names under a heading, block by block."""
    section = PAGE.read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```sql\n(.*?)```", section, re.DOTALL)


async def tool(name: str, url: str, *options: str) -> None:
    """One of PostgreSQL's own tools."""
    binary = installed() / "pginstall18" / "bin" / name
    process = await asyncio.create_subprocess_exec(str(binary), f"--dbname={url}", *options)
    assert await process.wait() == 0


async def carried_out(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(sql)
    await connection.close()


@pytest.fixture
async def other() -> AsyncIterator[Postgres]:
    """A PostgreSQL that has just been made."""
    folder = new_folder()
    postgres = Postgres(folder / "postgres")
    await postgres.start()
    yield postgres
    await postgres.stop()
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def test_a_backup_is_restored_on_another_server_with_the_keys(
    servers: Servers, other: Postgres, tmp_path: Path
) -> None:
    database, dump = await servers.new_database(), tmp_path / "trinvis.dump"
    first = servers.settings(database)
    async with wired(first, SetClock(MONDAY)) as trinvis:
        citizen = await trinvis.vault.register(Identity(name="Anna Prøvesen", cpr="610180-1234"), LOOK)
        outcome = await trinvis.engine.refer("sygedagpenge-driftstilbud@2", refer(citizen=citizen), uuid4())
        before = await verify(trinvis.database)
        async with trinvis.database.connection() as connection:
            await connection.execute("UPDATE alarm SET armed = 'a Temporal that is gone'")
    await tool("pg_dump", servers.postgres.url(SUPERUSER, database), "--format=custom", f"--file={dump}")

    roles, afterwards = statements("Restore")
    await carried_out(other.url(OWNER), roles)
    await tool("pg_restore", other.url(SUPERUSER), "--exit-on-error", "--single-transaction", str(dump))
    await carried_out(other.url(OWNER), afterwards)

    urls = {"database_url": APP, "owner_database_url": OWNER, "records_database_url": RECORDS}
    second = first.model_copy(update={field: other.url(login, DATABASE) for field, login in urls.items()})
    await prepare(second)
    async with wired(second, SetClock(MONDAY + DAY)) as trinvis:
        after = await verify(trinvis.database)
        assert (after.streams, after.facts, after.faults) == (before.streams, before.facts, [])
        await trinvis.engine.transact(outcome.stream, accept(MONDAY + DAY), uuid4())
        async with trinvis.database.connection() as connection:
            assert await connection.fetchval("SELECT bool_and(armed IS NULL) FROM alarm")
            assert await connection.fetchval("SELECT max(era) FROM commit") == 2, "followers see a new beginning"

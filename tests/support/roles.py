"""Looking at a test's database from outside the program: as the superuser, as the owner, or in one of its roles."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from runtime.embedded.postgres import OWNER, SUPERUSER
from runtime.wiring import Trinvis, wired
from tests.support.servers import Servers

APP_ROLE = "trinvis_app"
RECORDS_ROLE = "trinvis_records"


def database_of(trinvis: Trinvis) -> str:
    """The name of the database that *trinvis* works on."""
    return (trinvis.settings.database_url or "").rpartition("/")[2]


@asynccontextmanager
async def connected(servers: Servers, database: str, login: str = SUPERUSER) -> AsyncIterator[asyncpg.Connection]:
    """A connection of a login to a database, with our schema in sight."""
    connection = await asyncpg.connect(
        servers.postgres.url(login, database), server_settings={"search_path": "trinvis, pg_catalog"}
    )
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def superuser(servers: Servers, trinvis: Trinvis) -> AsyncIterator[asyncpg.Connection]:
    """Somebody who may do everything, with every trigger switched off, as a forger would."""
    async with connected(servers, database_of(trinvis)) as connection:
        await connection.execute("SET session_replication_role = replica")
        yield connection


@asynccontextmanager
async def acting(servers: Servers, trinvis: Trinvis, role: str) -> AsyncIterator[asyncpg.Connection]:
    """Somebody who may do what *role* may, and nothing else."""
    async with connected(servers, database_of(trinvis)) as connection:
        await connection.execute(f"SET ROLE {role}")
        yield connection


@asynccontextmanager
async def owning(servers: Servers, trinvis: Trinvis) -> AsyncIterator[asyncpg.Connection]:
    """The owner of the tables."""
    async with connected(servers, database_of(trinvis), OWNER) as connection:
        yield connection


@asynccontextmanager
async def keeping_records(trinvis: Trinvis) -> AsyncIterator[Trinvis]:
    """The parts of a process that may erase and rotate, on the same database."""
    async with wired(trinvis.settings, trinvis.clock, role="records") as parts:
        yield parts


async def scribble(servers: Servers, trinvis: Trinvis, pathway: UUID) -> None:
    """Makes the first fact of a pathway unreadable, so that nobody can fold it; or readable again, the second time."""
    async with superuser(servers, trinvis) as connection:
        await connection.execute(
            "UPDATE fact SET body = set_byte(body, 20, 255 - get_byte(body, 20)) WHERE stream = $1 AND version = 1",
            pathway,
        )

"""Bringing a database to the shape that this release needs: numbered SQL under a lock, each file once."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import asyncpg

FOLDER = Path(__file__).parent
LOCK = 0x7472696E
"""The advisory lock that migrations share, so that two of them never run at once."""


@dataclass(frozen=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    sql: str = field(repr=False)

    @property
    def digest(self) -> str:
        """The content, so that a changed file is noticed."""
        return sha256(self.sql.encode()).hexdigest()


class MigrationChanged(Exception):  # noqa: N818 - says what was found
    """A file that has been applied reads differently now; add a new one instead."""


def migrations() -> list[Migration]:
    """Every migration in order."""
    return [
        Migration(int(path.name[:4]), path.stem[5:], path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    ]


async def migrate(connection: asyncpg.Connection, told: Callable[[str], None] = lambda _: None) -> list[Migration]:
    """Applies what is missing, in one transaction each, and returns it; *told* hears of each.

    Raises: MigrationChanged when an applied file reads differently now.
    """
    async with alone(connection):
        return await _apply_missing(connection, told)


@asynccontextmanager
async def alone(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Nobody else makes this database ready meanwhile; whoever holds the lock already goes on."""
    await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
    try:
        yield
    finally:
        await connection.execute("SELECT pg_advisory_unlock($1)", LOCK)


async def _apply_missing(connection: asyncpg.Connection, told: Callable[[str], None]) -> list[Migration]:
    await connection.execute("CREATE SCHEMA IF NOT EXISTS trinvis")
    await connection.execute("SET search_path = trinvis, pg_catalog")
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY, name text NOT NULL, digest text NOT NULL,"
        " applied_at timestamptz NOT NULL DEFAULT now())"
    )
    applied = {row["number"]: row["digest"] for row in await connection.fetch("SELECT number, digest FROM migration")}
    new = []
    for migration in migrations():
        if applied.get(migration.number, migration.digest) != migration.digest:
            raise MigrationChanged(f"migration {migration.number:04} {migration.name} was changed after it was applied")
        if migration.number not in applied:
            told(migration.name)
            await _apply(connection, migration)
            new.append(migration)
    return new


async def _apply(connection: asyncpg.Connection, migration: Migration) -> None:
    async with connection.transaction():
        await connection.execute(migration.sql)
        await connection.execute(
            "INSERT INTO migration (number, name, digest) VALUES ($1, $2, $3)",
            migration.number,
            migration.name,
            migration.digest,
        )

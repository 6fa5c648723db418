"""Making a database ready: migrated, and its logins in their roles."""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import asyncpg

from eventstore.database import CONNECT_SECONDS
from migrations.apply import alone, migrate
from runtime.scram import verifier_of
from runtime.settings import Settings
from runtime.wiring import NotRunning


async def prepare(settings: Settings, told: Callable[[str], None] = lambda _: None) -> None:
    """Migrates the database and lets the logins that the settings name act in their roles; *told* hears of each step.

    A login that does not exist yet is made, with the password that the settings give it.

    Raises: NotRunning, MigrationChanged, asyncpg.PostgresError, OSError.
    """
    owner = settings.url("owner")
    if owner is None:
        raise NotRunning
    connection = await asyncpg.connect(owner, password=settings.password("owner"), timeout=CONNECT_SECONDS)
    try:
        async with alone(connection):
            await migrate(connection, told)
            await _refuse_temporary_tables(connection)
            await _let_act(connection, settings.url("app"), settings.password("app"), "trinvis_app")
            await _let_act(connection, settings.url("records"), settings.password("records"), "trinvis_records")
    finally:
        await connection.close()


async def _refuse_temporary_tables(connection: asyncpg.Connection) -> None:
    """Nobody but the owner makes any: one would hide our table of its name for as long as a connection is kept."""
    database = await connection.fetchval("SELECT current_database()")
    await _run(connection, "REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC", database)


async def _let_act(connection: asyncpg.Connection, url: str | None, password: str | None, role: str) -> None:
    parts = urlsplit(url or "")
    login = unquote(parts.username or "") or await connection.fetchval("SELECT session_user")
    secret = password or unquote(parts.password or "")
    known = await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = $1", login)
    if known is None:
        # Without a password, the server must know the login by other means, such as a certificate.
        kept = verifier_of(secret) if secret else None
        await _run(connection, "CREATE ROLE %I LOGIN NOINHERIT PASSWORD %L", login, kept)
    if not known:
        await _run(connection, "GRANT %I TO %I WITH SET TRUE, INHERIT FALSE", role, login)


async def _run(connection: asyncpg.Connection, statement: str, *values: str | None) -> None:
    """Carries out a statement that takes names, quoted by the server itself."""
    places = ", ".join(f"${index}::text" for index in range(2, len(values) + 2))
    await connection.execute(await connection.fetchval(f"SELECT format($1, {places})", statement, *values))

"""The way to PostgreSQL: a pool that acts in one role, answers within seconds, and mends itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from eventstore.errors import StoreAway

CONNECT_SECONDS = 4
STATEMENT_SECONDS = 8
"""Whoever asks hears within ten seconds, also when the server hangs."""

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"

AWAY = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
)
"""What asyncpg says, one way or another, when the server is not there."""


async def _nothing_to_reset(connection: Connection) -> None:
    """No statement of ours leaves anything behind in a session, so a connection goes back without a round trip."""
    del connection


class Database:
    """A pool of connections that act in one role."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool

    @classmethod
    async def open(cls, url: str, role: str, connections: int = 10, password: str | None = None) -> "Database":
        """A pool on *url* in which every statement runs as *role*; connections are made when first needed."""
        pool = await asyncpg.create_pool(
            url,
            password=password,
            min_size=0,
            max_size=connections,
            timeout=CONNECT_SECONDS,
            command_timeout=STATEMENT_SECONDS,
            reset=_nothing_to_reset,
            server_settings={
                "role": role,
                "search_path": "trinvis, pg_catalog",
                "application_name": "trinvis",
                "jit": "off",
                "tcp_user_timeout": str(STATEMENT_SECONDS * 1000),
            },
        )
        return cls(pool)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection of the pool. Raises: StoreAway when PostgreSQL does not answer."""
        try:
            async with self._pool.acquire(timeout=CONNECT_SECONDS) as connection:
                yield connection
        except AWAY as error:
            raise StoreAway("PostgreSQL does not answer; nothing was stored, try again in a moment") from error

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction of its own. Raises: StoreAway."""
        async with self.connection() as connection, connection.transaction():
            yield connection

    async def close(self) -> None:
        """Lets the connections go."""
        self._pool.terminate()

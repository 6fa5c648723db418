"""The way to PostgreSQL: a pool that acts in one role, answers within seconds, and mends itself."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from eventstore.errors import StoreAway, StreamConflict

HEARD_SECONDS = 9.0
"""Whoever asks hears within ten seconds, also when the server hangs in the middle of a transaction."""
CONNECT_SECONDS = 4
STATEMENT_SECONDS = 8
RETURN_SECONDS = 0.5
"""How long a connection may take to come back in order; one that does not is given up."""

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Progress = Callable[[int, int], None]
"""Hears how many are done, of how many."""

AWAY = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InsufficientResourcesError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.QueryCanceledError,
    asyncpg.InternalClientError,
)
"""What asyncpg says, one way or another, when the server is not there, or cannot write for want of something.

The last one is what it says of a connection that heard the server's last word between two statements.
"""
MISUSED = (asyncpg.DataError, asyncpg.UnsupportedClientFeatureError)
"""Interface errors that say nothing about the server: trying again would not help."""
ENTANGLED = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
"""What PostgreSQL says to the one whom it sends back when two wait for each other."""


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
    async def connection(self, seconds: float | None = HEARD_SECONDS) -> AsyncIterator[Connection]:
        """A connection of the pool, for as long as somebody waits; for as long as it takes when *seconds* is None.

        Raises: StoreAway when PostgreSQL does not answer; StreamConflict when it sent this side of a deadlock back.
        """
        try:
            async with self._borrowed(seconds) as connection:
                yield connection
        except MISUSED:
            raise
        except AWAY as error:
            raise StoreAway("PostgreSQL does not answer; give the same command again in a moment") from error
        except ENTANGLED as error:
            raise StreamConflict("another transaction came first") from error

    @asynccontextmanager
    async def _borrowed(self, seconds: float | None) -> AsyncIterator[Connection]:
        """A connection that is cut when its time is up: on a server that hangs, even a rollback would wait for ever."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        connection = await self._pool.acquire(timeout=CONNECT_SECONDS)
        watch = None if seconds is None else loop.call_at(began + seconds, connection.terminate)
        try:
            yield connection
        except AWAY:
            connection.terminate()  # the server has spoken its last word; whoever comes next must not meet the remains
            raise
        finally:
            if watch:
                watch.cancel()
            await self._pool.release(connection, timeout=RETURN_SECONDS)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction of its own. Raises: StoreAway."""
        async with self.connection() as connection, connection.transaction():
            yield connection

    async def close(self) -> None:
        """Lets the connections go."""
        self._pool.terminate()

"""Carrying a command out: parts put together, errors turned into sentences and exit codes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal, NoReturn, TypeVar

import asyncpg
import uvloop

from console.output import Out
from domain.refusal import Invalid, Refused, code_of
from eventstore.errors import (
    CommandReused,
    NoSuchCitizen,
    NoSuchStream,
    StoreAway,
    StreamConflict,
    WrongKeys,
)
from eventstore.keys import KeyFileUnreadable, KeyFileUnsafe, KeyUnknown
from migrations.apply import MigrationChanged
from runtime.embedded.postgres import NotStarted
from runtime.logging import configure
from runtime.settings import Settings
from runtime.temporal import NoTemporalNamed
from runtime.wiring import NotRunning, Trinvis, wired

T = TypeVar("T")
Work = Callable[[Trinvis], Awaitable[T]]

PLAIN = (
    NoSuchStream,
    NoSuchCitizen,
    CommandReused,
    StreamConflict,
    WrongKeys,
    KeyUnknown,
    NotRunning,
    NoTemporalNamed,
)
"""Errors whose sentence needs no values."""
AWAY = (StoreAway, TimeoutError, OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError)
SECONDS = 10
"""Whoever gives a command hears within so many seconds."""


def carry_out(out: Out, work: Work[T], role: Literal["app", "records"] = "app", seconds: float | None = None) -> T:
    """What *work* gives, done with the parts of this installation; errors end the command with a sentence."""
    settings = Settings()
    configure(settings.log_level if settings.log_level == "debug" else "error")

    async def wired_work() -> T:
        async with asyncio.timeout(seconds), wired(settings, role=role) as trinvis:
            return await work(trinvis)

    return ended_well(out, wired_work)


def ended_well(out: Out, work: Callable[[], Awaitable[T]]) -> T:
    """What *work* gives; errors end the command with a sentence."""
    try:
        return uvloop.run(_awaited(work))
    except Refused as refusal:
        out.refuse(refusal)
    except Invalid as invalid:
        out.misunderstand(invalid)
    except PLAIN as error:
        _fail(out, error)
    except AWAY:
        _away(out)
    except KeyFileUnsafe:
        out.fail("key_file_unsafe", out.told("error", "key_file_unsafe", file=Settings().key_file))
    except KeyFileUnreadable:
        out.fail("no_key_file", out.told("error", "no_key_file", file=Settings().key_file))
    except (NotStarted, MigrationChanged) as error:
        code = code_of(type(error).__name__)
        out.fail(code, out.told("error", "not_started", problem=error))
    except (asyncpg.UndefinedTableError, asyncpg.UndefinedFunctionError, asyncpg.InvalidSchemaNameError):
        out.fail("not_migrated", out.told("error", "not_migrated"))
    except (asyncpg.InsufficientPrivilegeError, asyncpg.InvalidAuthorizationSpecificationError):
        out.fail("not_allowed", out.told("error", "not_allowed"))


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


def _fail(out: Out, error: Exception) -> NoReturn:
    code = code_of(type(error).__name__)
    out.fail(code, out.told("error", code))


def _away(out: Out) -> NoReturn:
    """Ends without an answer of the database; a command that may have been stored is told how to be repeated."""
    if out.command_id is None:
        out.fail("store_away", out.told("error", "store_away"))
    values = {"command_id": str(out.command_id)}
    out.fail("store_away", out.told("error", "maybe_stored", **values), values=values)

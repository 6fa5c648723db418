"""Carrying a command out: parts put together, errors turned into sentences and exit codes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal, NoReturn, TypeVar

import asyncpg
import uvloop

from console.output import WRONG_USE, Out
from domain.refusal import Invalid, Refused
from eventstore.errors import (
    CommandReused,
    NoSuchCitizen,
    NoSuchStream,
    StoreAway,
    StreamConflict,
    WrongKeys,
)
from eventstore.keys import KeyFileUnsafe, KeyUnknown
from programmes.catalogue import AlreadyPublished
from runtime.embedded.postgres import NotStarted
from runtime.logging import configure
from runtime.settings import Settings
from runtime.wiring import NotRunning, Trinvis, wired

T = TypeVar("T")
Work = Callable[[Trinvis], Awaitable[T]]

PLAIN = (NoSuchStream, NoSuchCitizen, CommandReused, StreamConflict, StoreAway, WrongKeys, NotRunning)
"""Errors whose sentence needs no values."""
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
    except (TimeoutError, OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError):
        out.fail("store_away", out.wording.say("error", "store_away"))
    except AlreadyPublished as error:
        out.fail("already_published", out.wording.say("error", "already_published", programme=str(error)))
    except (NotStarted, KeyFileUnsafe, KeyUnknown) as error:
        out.fail(_code(error), str(error))


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


def _fail(out: Out, error: Exception) -> NoReturn:
    code = _code(error)
    out.fail(code, out.wording.say("error", code), exit_code=WRONG_USE if isinstance(error, NotRunning) else 1)


def _code(error: Exception) -> str:
    name = type(error).__name__
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in name).lstrip("_")

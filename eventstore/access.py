"""Who looked at what about a citizen, and on which ground."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.actor import Actor
from eventstore.database import Connection
from eventstore.errors import NoSuchCitizen


@dataclass(frozen=True)
class Look:
    """A read about a citizen: who reads, on which ground, when. Its row is written in the same statement."""

    by: Actor
    ground: str
    at: datetime


@dataclass(frozen=True)
class Looked:
    """A row of the access log."""

    at: datetime
    actor: str
    ground: str
    what: str


async def log_look(connection: Connection, citizen: UUID, look: Look, what: str) -> None:
    """Keeps who looked at what, where what was seen did not come from one statement."""
    await connection.execute(
        "INSERT INTO access_log (at, actor, ground, subject, what) VALUES ($2, $3, $4, $1, $5)",
        citizen,
        look.at,
        str(look.by),
        look.ground,
        what,
    )


async def log_answer(connection: Connection, stream: UUID, look: Look) -> None:
    """Keeps that somebody heard where a pathway stands: why a command was refused, or that it was so already."""
    await connection.execute(
        "INSERT INTO access_log (at, actor, ground, subject, what)"
        " SELECT $2, $3, $4, s.subject, 'command ' || s.id FROM stream s WHERE s.id = $1",
        stream,
        look.at,
        str(look.by),
        look.ground,
    )


async def looks(connection: Connection, citizen: UUID, look: Look, most: int) -> list[Looked]:
    """Who looked at a citizen, newest first, also at one who has been erased since; this look is logged too.

    Raises: NoSuchCitizen when nobody ever had that id.
    """
    rows = await connection.fetch(
        "WITH logged AS (INSERT INTO access_log (at, actor, ground, subject, what)"
        " SELECT $2, $3, $4, id, 'access log' FROM citizen WHERE id = $1)"
        " SELECT at, actor, ground, what FROM access_log WHERE subject = $1 ORDER BY id DESC LIMIT $5",
        citizen,
        look.at,
        str(look.by),
        look.ground,
        most,
    )
    if not rows and not await connection.fetchval("SELECT true FROM citizen WHERE id = $1", citizen):
        raise NoSuchCitizen(f"no citizen {citizen}")
    return [Looked(*row) for row in rows]

"""Who waits for a place in a programme, and how many places are taken?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.pathway.places import Occupied
from domain.pathway.state import Stage
from eventstore.access import Look
from eventstore.database import Connection

_OF_PROGRAMME = f"split_part(n.programme, '@', 1) = $1 AND n.stage IN ('{Stage.WAITING}', '{Stage.UNDERWAY}')"
_OCCUPIED = f"""
    SELECT count(*) FILTER (WHERE n.queued_since IS NULL), count(n.queued_since)
    FROM pathway_now n WHERE {_OF_PROGRAMME}
"""  # noqa: S608 - constants
_ORDER = f"""
    SELECT n.stream FROM pathway_now n WHERE {_OF_PROGRAMME} AND n.queued_since IS NOT NULL
    ORDER BY n.queued_since, n.stream
"""  # noqa: S608 - constants
_QUEUES = f"""
    SELECT DISTINCT split_part(programme, '@', 1) AS programme FROM pathway_now
    WHERE stage = '{Stage.WAITING}' AND queued_since IS NOT NULL ORDER BY 1
"""  # noqa: S608 - constants
_AHEAD = f"""
    SELECT count(*) FROM pathway_now n, pathway_now own
    WHERE {_OF_PROGRAMME} AND own.stream = $2 AND (n.queued_since, n.stream) < (own.queued_since, own.stream)
"""  # noqa: S608 - constants
_QUEUE = f"""
    WITH queue AS (
        SELECT n.stream, n.subject, n.programme, n.queued_since FROM pathway_now n
        WHERE {_OF_PROGRAMME} AND n.queued_since IS NOT NULL
    ), logged AS (
        INSERT INTO access_log (at, actor, ground, subject, what)
        SELECT DISTINCT $2::timestamptz, $3, $4, subject, 'queue' FROM queue
    )
    SELECT stream, programme, queued_since FROM queue ORDER BY queued_since, stream
"""  # noqa: S608 - constants


@dataclass(frozen=True)
class Queued:
    """Somebody who waits for a place."""

    pathway: UUID
    programme: str
    since: datetime


async def occupied(connection: Connection, programme: str, places: int | None) -> Occupied:
    """How many of the *places* of a programme are taken, in all its versions, and how many citizens wait for one."""
    taken, waiting = await connection.fetchrow(_OCCUPIED, programme)  # type: ignore[misc]  # counting gives one row
    return Occupied(places, taken, waiting)


async def queues(connection: Connection) -> list[str]:
    """The programmes in which somebody waits for a place."""
    return [row["programme"] for row in await connection.fetch(_QUEUES)]


async def order(connection: Connection, programme: str) -> list[UUID]:
    """The pathways that wait for a place in a programme, who waited longest first."""
    return [row["stream"] for row in await connection.fetch(_ORDER, programme)]


async def ahead(connection: Connection, programme: str, pathway: UUID) -> int:
    """How many wait for a place in a programme since before *pathway* did."""
    found: int = await connection.fetchval(_AHEAD, programme, pathway)
    return found


async def queue(connection: Connection, programme: str, look: Look) -> list[Queued]:
    """Who waits for a place in a programme, who waited longest first; the look is logged in the same statement."""
    rows = await connection.fetch(_QUEUE, programme, look.at, str(look.by), look.ground)
    return [Queued(*row) for row in rows]

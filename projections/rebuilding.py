"""Making the read models anew from the facts, while others write."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from domain.pathway.state import Pathway
from eventstore.database import Connection, Database
from projections import pathway_now, worklist

BATCH = 100

Told = Callable[[int, int], None]
"""Hears how many pathways are done, of how many."""


@dataclass(frozen=True)
class Folded:
    """A pathway as its facts say that it stands."""

    stream: UUID
    subject: UUID
    version: int
    pathway: Pathway


Fold = Callable[[Connection, UUID], Awaitable[Folded]]
"""Reads and folds the facts of one pathway."""

_NOT_A_REPETITION = "WITH a AS (SELECT false AS duplicate) "


async def rebuild(database: Database, fold: Fold, told: Told = lambda _done, _of: None) -> int:
    """Drops every read model and makes it again, pathway by pathway; how many pathways there were."""
    async with database.connection() as connection:
        await connection.execute("TRUNCATE pathway_now, worklist")
        total = await connection.fetchval("SELECT count(*) FROM stream WHERE kind = 'pathway'")
        done, last = 0, UUID(int=0)
        while rows := await connection.fetch(
            "SELECT id, subject FROM stream WHERE id > $1 AND kind = 'pathway' ORDER BY id LIMIT $2", last, BATCH
        ):
            for row in rows:
                await _again(connection, row["id"], row["subject"], fold)
            done, last = done + len(rows), rows[-1]["id"]
            told(done, max(done, total))
    return done


async def _again(connection: Connection, stream: UUID, subject: UUID, fold: Fold) -> None:
    """Holds the row that every writer writes, so that what is folded stays the newest until it is written."""
    async with connection.transaction():
        await connection.execute(
            "INSERT INTO pathway_now (stream, version, subject, programme, stage, paused)"
            " VALUES ($1, 0, $2, '', '', false) ON CONFLICT DO NOTHING",
            stream,
            subject,
        )
        await connection.execute("SELECT 1 FROM pathway_now WHERE stream = $1 FOR UPDATE", stream)
        folded = await fold(connection, stream)
        await connection.execute("DELETE FROM worklist WHERE stream = $1", stream)
        await _write(connection, folded)


async def _write(connection: Connection, folded: Folded) -> None:
    now = pathway_now.row(folded.stream, folded.subject, folded.version, folded.pathway)
    items = worklist.items(folded.pathway)
    programme = folded.pathway.programme or ""
    work = (folded.stream, folded.subject, programme, *worklist.columns(items))
    for sql, values in ((pathway_now.WRITE, now), (worklist.WRITE, work)):
        numbered = sql.format(*(f"${index}" for index in range(1, len(values) + 1)))
        await connection.execute(_NOT_A_REPETITION + numbered, *values)

"""Making the read models anew from the facts, while others read and write."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from domain.pathway.due import next_due
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from eventstore.appending import reckon
from eventstore.database import Connection, Database, Progress
from projections import pathway_now, worklist

BATCH = 100
TRIES = 3
"""How often a pathway is folded while others may write on it, before they have to wait for it."""


@dataclass(frozen=True)
class Folded:
    """A pathway as its facts say that it stands."""

    stream: UUID
    subject: UUID
    programme: Programme
    version: int
    pathway: Pathway


Fold = Callable[[Connection, UUID], Awaitable[Folded]]
"""Reads and folds the facts of one pathway."""

_NOT_A_REPETITION = "WITH a AS (SELECT false AS duplicate) "


async def rebuild(database: Database, fold: Fold, told: Progress = lambda _done, _of: None) -> int:
    """Makes every read model again, pathway by pathway, and drops what belongs to none; how many pathways there were.

    Each pathway's rows are replaced at once, so that nobody ever meets an empty worklist. What is due next is reckoned
    again too: a release may reckon it otherwise, and the sweep believes what is kept.
    """
    async with database.connection(seconds=None) as connection:
        for table in ("pathway_now", "worklist"):
            await connection.execute(f"DELETE FROM {table} WHERE stream NOT IN (SELECT id FROM stream)")  # noqa: S608 - constants
        total = await connection.fetchval("SELECT count(*) FROM stream WHERE kind = 'pathway'")
        done, last = 0, UUID(int=0)
        while rows := await connection.fetch(
            "SELECT id FROM stream WHERE id > $1 AND kind = 'pathway' ORDER BY id LIMIT $2", last, BATCH
        ):
            for row in rows:
                folded = await _again(connection, row["id"], fold)
                await reckon(connection, folded.stream, folded.version, next_due(folded.pathway))
            done, last = done + len(rows), rows[-1]["id"]
            told(done, max(done, total))
    return done


async def _again(connection: Connection, stream: UUID, fold: Fold) -> Folded:
    """Makes the rows of one pathway again; as folded, before anybody had to wait unless it never stood still."""
    for _ in range(TRIES):
        folded = await fold(connection, stream)
        async with _nobody_writing(connection):
            if folded.version == await connection.fetchval("SELECT version FROM stream WHERE id = $1", stream):
                await _replace(connection, folded)
                return folded
    async with _nobody_writing(connection):
        folded = await fold(connection, stream)
        await _replace(connection, folded)
        return folded


@asynccontextmanager
async def _nobody_writing(connection: Connection) -> AsyncIterator[None]:
    """A transaction during which no writer is on the way.

    A writer's statement sees the tables as they were when it began, so one that began before the rows are replaced and
    ends afterwards would leave behind what it should take away. Every writer writes pathway_now: it is locked.
    """
    async with connection.transaction():
        await connection.execute("LOCK TABLE pathway_now IN SHARE ROW EXCLUSIVE MODE")
        yield


async def _replace(connection: Connection, folded: Folded) -> None:
    await connection.execute("DELETE FROM pathway_now WHERE stream = $1", folded.stream)
    await connection.execute("DELETE FROM worklist WHERE stream = $1", folded.stream)
    await _write(connection, folded)


async def _write(connection: Connection, folded: Folded) -> None:
    stream, subject, programme = folded.stream, folded.subject, folded.programme.ref
    now = pathway_now.row(stream, subject, programme, folded.version, folded.pathway)
    work = (stream, subject, programme, *worklist.columns(worklist.items(folded.programme, folded.pathway)))
    for sql, values in ((pathway_now.WRITE, now), (worklist.WRITE, work)):
        numbered = sql.format(*(f"${index}" for index in range(1, len(values) + 1)))
        await connection.execute(_NOT_A_REPETITION + numbered, *values)

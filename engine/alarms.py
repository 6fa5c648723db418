"""What the store knows of appointments: how far a workflow has come, and which pathways need a nudge."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from domain.pathway.state import OVER
from engine.clock import Clock
from eventstore.database import Connection, Database
from eventstore.errors import NoSuchStream

GRACE = timedelta(seconds=60)
"""How late a timer may be before the sweep steps in."""
BATCH = 200
LONGEST_PAUSE = timedelta(hours=1)

Nudge = Callable[[UUID, int], Awaitable[None]]
"""Lets a pathway's workflow look again."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Alarm:
    """What is kept of one pathway's appointments."""

    version: int
    reacted: int
    next_due: datetime | None
    over: bool
    subject: UUID
    programme: str
    phase: str | None
    stage: str | None

    @property
    def is_closed(self) -> bool:
        """Whether nobody takes part any more, though a complaint may still be under way."""
        return self.stage in OVER


async def alarm_of(connection: Connection, stream: UUID) -> Alarm:
    """The alarm of a pathway.

    Raises: NoSuchStream.
    """
    row = await connection.fetchrow(
        "SELECT l.version, l.reacted, l.next_due, l.over, s.subject, s.programme, n.phase, n.stage"
        " FROM alarm l JOIN stream s ON s.id = l.stream LEFT JOIN pathway_now n USING (stream) WHERE l.stream = $1",
        stream,
    )
    if row is None:
        raise NoSuchStream(f"no pathway {stream}")
    return Alarm(*row)


async def caught_up(connection: Connection, stream: UUID, reacted: int, generation: str) -> None:
    """Keeps how far the workflow has come, and in which life of Temporal it is armed."""
    await connection.execute(
        "UPDATE alarm SET reacted = greatest(reacted, $2), armed = $3, nudges = 0, nudge_after = '-infinity'"
        " WHERE stream = $1 AND (reacted < $2 OR armed IS DISTINCT FROM $3 OR nudges > 0)",
        stream,
        reacted,
        generation,
    )


class Sweep:
    """The repair for a lost signal, a lost timer and a lost Temporal alike."""

    def __init__(self, database: Database, clock: Clock, nudge: Nudge) -> None:
        self._database = database
        self._clock = clock
        self._nudge = nudge

    async def run(self, generation: str) -> int:
        """Nudges everything that is behind, in batches; how many there were.

        Raises: what the nudge raises; those that were not tried by then stand as if they had not been taken.
        """
        nudged = 0
        while batch := await self._behind(generation):
            for number, (stream, version) in enumerate(batch, start=1):
                try:
                    await self._nudge(stream, version)
                except BaseException:
                    await self._not_tried([stream for stream, _ in batch[number:]])
                    raise
            nudged += len(batch)
        if nudged:
            log.info("swept", nudged=nudged)
        return nudged

    async def _behind(self, generation: str) -> list[tuple[UUID, int]]:
        """The next pathways that are behind, marked so that nobody else takes them and each try waits longer."""
        now = self._clock()
        async with self._database.connection() as connection:
            rows = await connection.fetch(_TAKE, now, now - GRACE, generation, BATCH, LONGEST_PAUSE)
        return [(row["stream"], row["version"]) for row in rows]

    async def _not_tried(self, streams: list[UUID]) -> None:
        async with self._database.connection() as connection:
            await connection.execute(
                "UPDATE alarm SET nudges = greatest(nudges - 1, 0), nudge_after = '-infinity'"
                " WHERE stream = ANY($1::uuid[])",
                streams,
            )


_TAKE = """
    WITH behind AS MATERIALIZED (
        SELECT stream FROM alarm
        WHERE nudge_after <= $1
            AND (reacted < version OR (NOT over AND (next_due < $2 OR armed IS DISTINCT FROM $3)))
        LIMIT $4 FOR UPDATE SKIP LOCKED
    )
    UPDATE alarm a SET nudges = a.nudges + 1,
        nudge_after = $1::timestamptz + least(interval '30 seconds' * power(2, least(a.nudges, 10)), $5)
    FROM behind WHERE a.stream = behind.stream RETURNING a.stream, a.version
"""

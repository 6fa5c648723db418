"""Moving many pathways to another version, each by the same command once, and back until somebody has decided."""

import json
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID, uuid5

import asyncpg
import structlog

from domain.actor import Actor
from domain.pathway.rehearsing import Turned
from domain.refusal import Invalid, IsOver, Plain, Refused
from domain.share import Share
from engine.asked import PASSING, Outcome
from engine.jobs import Became, Counted, Job
from engine.transact import Engine
from eventstore.access import Look
from eventstore.appending import written_by
from eventstore.database import Connection
from eventstore.sealing import opened, sealed

Told = Callable[[], None]
Nudge = Callable[[Outcome], Awaitable[None]]
"""Lets the workflow of a pathway that was moved look again."""
UNDER_WAY = {"moving": ("waiting",), "undoing": ("waiting", "moved")}
"""The states in which a job goes on, each with the outcomes of those whose turn has yet to come."""

STOPPING = ("refused", "failed")
"""What may not become of too many, or the job stops."""

log = structlog.get_logger()


class Mover:
    """The jobs of one database."""

    def __init__(self, engine: Engine, nudge: Nudge) -> None:
        self._engine = engine
        self._nudge = nudge

    async def begin(self, job: Job, pathways: Sequence[UUID]) -> None:
        """Keeps a job and whom it is about; nothing has moved yet. Raises: StoreAway."""
        reason = sealed(self._key(), job.reason.encode(), job.id.bytes)
        async with self._engine.database.transaction() as connection:
            await connection.execute(
                "INSERT INTO move_job (id, source, target, phases, actor, reason, at, stop)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                *(job.id, job.source, job.target, json.dumps(dict(job.phases)), str(job.by), reason, job.at),
                str(job.stop) if job.stop else None,
            )
            await connection.execute(
                "INSERT INTO move_outcome (job, stream, place)"
                " SELECT $1, stream, place FROM unnest($2::uuid[]) WITH ORDINALITY AS t (stream, place)",
                job.id,
                list(pathways),
            )

    async def undo(self, job: UUID, by: Actor) -> None:
        """Has a job taken back, whoever has not been moved yet left alone, whoever could not be moved back tried again.

        Raises: Invalid when there is no such job.
        """
        await self.job(job)
        async with self._engine.database.transaction() as connection:
            await connection.execute(_TURN_AGAIN, job)
            await connection.execute(
                "UPDATE move_job SET state = 'undoing', undone_by = coalesce(undone_by, $2) WHERE id = $1", job, str(by)
            )

    async def again(self, job: UUID) -> int:
        """Has a job go on with those for whom it failed, and with whoever waits where it had stopped; how many.

        Raises: Invalid when there is no such job.
        """
        await self.job(job)
        async with self._engine.database.transaction() as connection:
            await connection.execute(_TURN_AGAIN, job)
            await connection.execute(_GO_ON, job)
            row = await connection.fetchrow(f"{_JOBS} WHERE id = $1", job)
            counted = await _counted(connection, job)
            return counted.of(UNDER_WAY.get(row["state"], ())) if row else 0

    async def some(self, job_id: UUID, most: int, told: Told = lambda: None) -> int:
        """Moves, or moves back, the next pathways of a job; how many are left.

        Whatever one pathway meets with becomes its own outcome, and the others go on.

        Raises: StoreAway, StreamConflict, or that a key is away; whoever was moved by then is not moved again.
        """
        job = await self.job(job_id)
        wanted = UNDER_WAY.get(job.state, ())
        async with self._engine.database.connection() as connection:
            rows = await connection.fetch(_NEXT, job_id, wanted, most)
        for row in rows:
            became, version = await self._one(job, row["stream"], row["version"])
            told()
            if await self._kept(job, became, version):
                return 0
        return await self._left(job)

    async def _one(self, job: Job, pathway: UUID, moved: int | None) -> tuple[Became, int | None]:
        """What becomes of one pathway, and the version of its move."""
        try:
            return await (self._moved(job, pathway) if job.state == "moving" else self._moved_back(job, pathway, moved))
        except PASSING:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one pathway holds, the others must not wait for it for ever
            failed = type(error).__name__
            log.warning("not_moved", job=str(job.id), pathway=str(pathway), error=failed)
            return Became(pathway, "failed", Turned(failed, None, {})), moved

    async def _moved(self, job: Job, pathway: UUID) -> tuple[Became, int | None]:
        command_id = _moving(job, pathway)
        if not await self._concerns(job, pathway, command_id):
            return Became(pathway, "passed_over", None), None
        command = job.command.model_copy(update={"at": self._engine.clock()})
        try:
            outcome = await self._engine.transact(pathway, command, command_id)
        except IsOver as refusal:
            return Became(pathway, "passed_over", Turned.by(refusal)), None
        except (Refused, Invalid) as refusal:
            return Became(pathway, "refused", Turned.by(refusal)), None
        await self._nudge(outcome)
        return Became(pathway, "moved" if outcome.kinds else "passed_over", None), outcome.first

    async def _moved_back(self, job: Job, pathway: UUID, moved: int | None) -> tuple[Became, int | None]:
        """Whoever was moved by a worker that died before it could say so is moved back as well."""
        async with self._engine.database.connection() as connection:
            moved = moved or await written_by(connection, pathway, _moving(job, pathway))
        if moved is None:
            return Became(pathway, "passed_over", None), None
        command = job.undoing(moved).model_copy(update={"at": self._engine.clock()})
        try:
            outcome = await self._engine.transact(pathway, command, uuid5(job.id, f"undo {pathway}"))
        except (Refused, Invalid) as refusal:
            return Became(pathway, "kept", Turned.by(refusal)), moved
        await self._nudge(outcome)
        return Became(pathway, "undone", None), moved

    async def _concerns(self, job: Job, pathway: UUID, command_id: UUID) -> bool:
        """Whether the pathway follows the version that the job moves from, or was moved by it already."""
        async with self._engine.database.connection() as connection:
            follows = await self._engine.store.programme(connection, pathway)
            return follows == job.source or await written_by(connection, pathway, command_id) is not None

    async def _kept(self, job: Job, became: Became, version: int | None) -> bool:
        """Keeps what became of a pathway; whether so many were refused, or failed, that the job stops."""
        turned = became.turned_down
        async with self._engine.database.transaction() as connection:
            await connection.execute(
                "UPDATE move_outcome SET outcome = $3, version = $4, field = $5, code = $6, said = $7"
                " WHERE job = $1 AND stream = $2",
                *(job.id, became.pathway, became.outcome, version),
                *((turned.field, turned.code, json.dumps(dict(turned.values))) if turned else (None, None, None)),
            )
            if became.outcome not in STOPPING or job.state != "moving" or job.stop is None:
                return False
            counted = await _counted(connection, job.id)
            stops = job.stop.is_exceeded(counted.of(STOPPING), counted.total)
            if stops:
                await _be(connection, job.id, "stopped", while_it_is="moving")
            return stops

    async def _left(self, job: Job) -> int:
        async with self._engine.database.transaction() as connection:
            left = (await _counted(connection, job.id)).of(UNDER_WAY.get(job.state, ()))
            if not left and job.state in UNDER_WAY:
                done = "moved" if job.state == "moving" else "undone"
                await _be(connection, job.id, done, while_it_is=job.state)
            return left

    async def job(self, job: UUID) -> Job:
        """A job by its id. Raises: Invalid when there is none."""
        async with self._engine.database.connection() as connection:
            row = await connection.fetchrow(f"{_JOBS} WHERE id = $1", job)
        if row is None:
            raise Invalid("job", "unknown_move", value=str(job))
        return self._read(row)

    async def jobs(self) -> list[tuple[Job, Counted]]:
        """Every job with how far it has come, the newest first."""
        async with self._engine.database.connection() as connection:
            rows = await connection.fetch(f"{_JOBS} ORDER BY at DESC, id")
            return [(self._read(row), await _counted(connection, row["id"])) for row in rows]

    async def under_way(self) -> list[UUID]:
        """The jobs that are not done."""
        async with self._engine.database.connection() as connection:
            rows = await connection.fetch("SELECT id FROM move_job WHERE state = ANY($1::text[])", list(UNDER_WAY))
        return [row["id"] for row in rows]

    async def outcomes(self, job: UUID, look: Look) -> list[Became]:
        """What became of each pathway; the looks are logged in the same statement."""
        async with self._engine.database.connection() as connection:
            rows = await connection.fetch(_OUTCOMES, job, look.at, str(look.by), look.ground)
        return [Became(row["stream"], row["outcome"], _turned(row)) for row in rows]

    def _key(self) -> bytes:
        return self._engine.keys.derived("move")

    def _read(self, row: asyncpg.Record) -> Job:
        return Job(
            id=row["id"],
            source=row["source"],
            target=row["target"],
            phases=json.loads(row["phases"]),
            by=Actor(row["actor"]),
            reason=opened(self._key(), row["reason"], row["id"].bytes).decode(),
            at=row["at"],
            stop=Share.read(row["stop"]) if row["stop"] else None,
            state=row["state"],
            undone_by=Actor(row["undone_by"]) if row["undone_by"] else None,
        )


def _moving(job: Job, pathway: UUID) -> UUID:
    """The id of the command by which a job moves a pathway, the same however often it is tried."""
    return uuid5(job.id, f"move {pathway}")


def _turned(row: asyncpg.Record) -> Turned | None:
    values: dict[str, Plain] = json.loads(row["said"]) if row["said"] else {}
    return Turned(row["code"], row["field"], values) if row["code"] else None


async def _counted(connection: Connection, job: UUID) -> Counted:
    rows = await connection.fetch(
        "SELECT outcome, count(*) AS many FROM move_outcome WHERE job = $1 GROUP BY outcome", job
    )
    return Counted(**{row["outcome"]: row["many"] for row in rows})


async def _be(connection: Connection, job: UUID, state: str, *, while_it_is: str) -> None:
    """Lets a job be done, unless somebody has had it taken back meanwhile."""
    await connection.execute("UPDATE move_job SET state = $2 WHERE id = $1 AND state = $3", job, state, while_it_is)


_JOBS = "SELECT id, source, target, phases, actor, reason, at, stop, state, undone_by FROM move_job"
_NEXT = "SELECT stream, version FROM move_outcome WHERE job = $1 AND outcome = ANY($2::text[]) ORDER BY place LIMIT $3"
_TURN_AGAIN = """
    UPDATE move_outcome
    SET outcome = CASE WHEN version IS NULL THEN 'waiting' ELSE 'moved' END, code = NULL, said = NULL
    WHERE job = $1 AND outcome = 'failed'
"""
_GO_ON = """
    UPDATE move_job SET state = CASE WHEN undone_by IS NULL THEN 'moving' ELSE 'undoing' END
    WHERE id = $1 AND EXISTS (
        SELECT 1 FROM move_outcome
        WHERE job = $1 AND (outcome = 'waiting' OR outcome = 'moved' AND undone_by IS NOT NULL)
    )
"""
_OUTCOMES = """
    WITH became AS (SELECT stream, place, outcome, field, code, said FROM move_outcome WHERE job = $1), logged AS (
        INSERT INTO access_log (at, actor, ground, subject, what)
        SELECT $2::timestamptz, $3, $4, s.subject, 'move ' || s.id FROM stream s JOIN became b ON b.stream = s.id
    )
    SELECT stream, outcome, field, code, said FROM became ORDER BY place
"""

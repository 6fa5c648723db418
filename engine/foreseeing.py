"""What lies ahead on every open pathway together: read pathway by pathway, in bounded memory."""

from collections import Counter
from uuid import UUID

from domain.explaining.workload import Cell, workload
from domain.pathway.binding import Binding
from domain.pathway.permissions import LOOKING, require_may
from engine.transact import Engine
from eventstore.access import Look
from eventstore.database import Progress

BATCH = 100
_OPEN = "FROM alarm a JOIN stream s ON s.id = a.stream WHERE NOT a.over AND s.kind = 'pathway'"
_TAKE = f"""
    WITH taken AS (SELECT s.id, s.subject {_OPEN} AND s.id > $1 ORDER BY s.id LIMIT $2), logged AS (
        INSERT INTO access_log (at, actor, ground, subject, what)
        SELECT $3::timestamptz, $4, $5, subject, 'workload ' || id FROM taken
    )
    SELECT id FROM taken ORDER BY id
"""  # noqa: S608 - constants


async def workloads(engine: Engine, look_: Look, weeks: int, told: Progress = lambda _done, _of: None) -> Counter[Cell]:
    """By week, role and kind, what will come on all open pathways if nobody acts; each look is logged as it is taken.

    Raises: RoleMayNot.
    """
    require_may(look_.by, LOOKING)
    found: Counter[Cell] = Counter()
    async with engine.database.connection(seconds=None) as connection:
        total, done, last = await connection.fetchval(f"SELECT count(*) {_OPEN}"), 0, UUID(int=0)
        while rows := await connection.fetch(_TAKE, last, BATCH, look_.at, str(look_.by), look_.ground):
            for row in rows:
                folded = await engine.folded(connection, row["id"])
                found.update(workload(Binding(folded.programme), folded.pathway, look_.at, weeks))
            done, last = done + len(rows), rows[-1]["id"]
            told(done, max(done, total))
    return found

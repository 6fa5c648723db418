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
_LOGGED = f"""
    INSERT INTO access_log (at, actor, ground, subject, what)
    SELECT DISTINCT $1::timestamptz, $2, $3, s.subject, 'workload' {_OPEN}
"""


async def workloads(engine: Engine, look_: Look, weeks: int, told: Progress = lambda _done, _of: None) -> Counter[Cell]:
    """By week, role and kind, what will come on all open pathways if nobody acts; the look is logged once for each.

    Raises: RoleMayNot.
    """
    require_may(look_.by, LOOKING)
    found: Counter[Cell] = Counter()
    async with engine.database.connection(seconds=None) as connection:
        await connection.execute(_LOGGED, look_.at, str(look_.by), look_.ground)
        total, done, last = await connection.fetchval(f"SELECT count(*) {_OPEN}"), 0, UUID(int=0)
        while rows := await connection.fetch(
            f"SELECT s.id {_OPEN} AND s.id > $1 ORDER BY s.id LIMIT $2",
            last,
            BATCH,
        ):
            for row in rows:
                folded = await engine.folded(connection, row["id"])
                found.update(workload(Binding(folded.programme), folded.pathway, look_.at, weeks))
            done, last = done + len(rows), rows[-1]["id"]
            told(done, max(done, total))
    return found

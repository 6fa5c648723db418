"""What the read models show, beside what the facts say that they should."""

from uuid import UUID

from domain.pathway.evolve import fold
from domain.pathway.history import as_corrected
from projections import pathway_now, worklist
from runtime.wiring import Trinvis
from tests.support.keeping import events

Row = tuple[object, ...]


async def shown(trinvis: Trinvis) -> dict[str, list[Row]]:
    """Every row of every read model, as it is stored."""
    now = f"SELECT {pathway_now.COLUMNS} FROM pathway_now ORDER BY stream"  # noqa: S608 - constants
    async with trinvis.database.connection() as connection:
        return {
            "pathway_now": [tuple(row) for row in await connection.fetch(now)],
            "worklist": [tuple(row) for row in await connection.fetch(_WORKLIST)],
        }


_WORKLIST = """
    SELECT stream, subject, programme, item, kind, name, owner, person, since, due, overdue
    FROM worklist ORDER BY stream, item
"""


async def told_by_facts(trinvis: Trinvis) -> dict[str, list[Row]]:
    """The same rows, reckoned from the facts alone."""
    async with trinvis.database.connection() as connection:
        streams = await connection.fetch("SELECT id, subject, programme, version FROM stream ORDER BY id")
    rows: dict[str, list[Row]] = {"pathway_now": [], "worklist": []}
    for stream, subject, programme, version in streams:
        pathway = fold(as_corrected(await events(trinvis, stream)))
        rows["pathway_now"].append(pathway_now.row(stream, subject, programme, version, pathway))
        items = worklist.items(await trinvis.engine.programme(programme), pathway)
        for item in sorted(items, key=lambda each: each.item):
            rows["worklist"].append(_as_row(stream, subject, programme, item))
    return rows


def _as_row(stream: UUID, subject: UUID, programme: str, item: worklist.Item) -> Row:
    what = (item.item, item.kind, item.name, str(item.owner), item.person)
    return (stream, subject, programme, *what, item.since, item.due, item.overdue)

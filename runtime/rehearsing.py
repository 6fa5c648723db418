"""Rehearsing on a whole caseload: in this process where it is small, in two where that pays."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import uvloop

from engine.rehearsing import Question, Rehearsal, count, rehearsed
from eventstore.stretches import stretches
from programmes.loader import reread
from runtime.settings import Settings
from runtime.sharing import PARTS, shared_out
from runtime.wiring import Trinvis, wired

PAYS = 400
"""How many pathways it takes for other processes to be worth their beginning."""

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Part:
    """What one process is asked, as plain values."""

    settings: Settings
    question: Question
    bundle: str
    """The version as it is kept, or would be."""
    after: UUID
    until: UUID


async def rehearse_caseload(
    trinvis: Trinvis, question: Question, bundle: str, told: Told = lambda _done, _of: None, pays: int = PAYS
) -> Rehearsal:
    """What the version would do to everybody concerned.

    Raises: StoreAway and whatever reading a pathway raises.
    """
    async with trinvis.database.connection() as connection:
        total = await count(connection, question)
    if total < pays:
        return await rehearsed(trinvis.engine, question, reread(bundle))
    found = Rehearsal()
    parts = [Part(trinvis.settings, question, bundle, *each) for each in stretches(PARTS)]
    async for part in shared_out(_answer, parts):
        found.join(part)
        told(found.total, max(found.total, total))
    return found


def _answer(part: Part) -> Rehearsal:
    return uvloop.run(_part(part))


async def _part(part: Part) -> Rehearsal:
    async with wired(part.settings) as trinvis:
        return await rehearsed(trinvis.engine, part.question, reread(part.bundle), part.after, part.until)

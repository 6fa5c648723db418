"""Verifying every history: in this process where there are few facts, in two where that pays."""

from dataclasses import dataclass
from uuid import UUID

import uvloop

from eventstore.database import Progress
from eventstore.stretches import stretches
from eventstore.verifying import Verified, verify
from runtime.settings import Settings
from runtime.sharing import PARTS, shared_out
from runtime.wiring import Trinvis, wired

PAYS = 500_000
"""How many facts it takes for other processes to be worth their beginning."""


@dataclass(frozen=True)
class Part:
    """What one process is asked, as plain values."""

    settings: Settings
    after: UUID
    until: UUID


async def verify_all(trinvis: Trinvis, told: Progress = lambda _done, _of: None, pays: int = PAYS) -> Verified:
    """What reckoning every chain anew gives, while others write. Raises: StoreAway."""
    async with trinvis.database.connection() as connection:
        total = await connection.fetchval("SELECT count(*) FROM stream")
        much = await connection.fetchval("SELECT coalesce(sum(version), 0) FROM stream")
    if much < pays:
        return await verify(trinvis.database, told)
    streams = facts = 0
    faults = []
    async for found in shared_out(_answer, [Part(trinvis.settings, *each) for each in stretches(PARTS)]):
        streams, facts = streams + found.streams, facts + found.facts
        faults += found.faults
        told(streams, max(streams, total))
    return Verified(streams, facts, sorted(faults, key=lambda fault: fault.stream))


def _answer(part: Part) -> Verified:
    return uvloop.run(_part(part))


async def _part(part: Part) -> Verified:
    async with wired(part.settings) as trinvis:
        return await verify(trinvis.database, after=part.after, until=part.until)

"""A small synthetic municipality: citizens in every phase, with months of history. Nobody in it exists."""

import asyncio
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from random import Random
from uuid import UUID

from domain.calendar import local, local_date
from engine.transact import Engine
from eventstore.database import Progress
from runtime.installation import leave
from runtime.life import Life, Story, now, pathway_of
from runtime.wiring import Trinvis

CITIZENS = 48
TOGETHER = 6
"""How many lives are written at a time."""
SEED = 20100301
BEGUN = "municipality-begun"
"""What lies in the state folder from the first citizen to the last: the instant up to which their lives are told."""


def _lives(random: Random) -> list[Life]:
    sick, together = "sygedagpenge-driftstilbud@2", "sundere-sammen@3"
    fixed = [
        Life(sick, "referred", 1),
        Life(sick, "returned", 2),
        Life(sick, "refused", 3),
        Life(sick, "withdrawn", 4),
        Life(sick, "waiting", 1),
        Life(sick, "waiting", 2),
        Life(sick, "paused", 14),
        Life(sick, "closed", 26, advance=True),
        Life(sick, "closed", 30, advance=True),
        Life(sick, "reopened", 28, advance=True),
        Life(together, "referred", 1),
        Life(together, "returned", 1),
        Life(together, "refused", 5),
        Life(together, "paused", 20),
        Life(together, "closed", 24),
        Life("sundere-sammen@1", "underway", 4),
        Life("sundere-sammen@1", "underway", 9),
        Life("sundere-sammen@1", "moved", 18),
    ]
    rest = [
        Life(
            sick if index % 2 else together,
            "underway",
            random.randint(5, 30),
            advance=bool(index % 4 == 1),
        )
        for index in range(CITIZENS - len(fixed))
    ]
    return fixed + rest


async def seed(trinvis: Trinvis, state: Path, told: Progress, stopping: asyncio.Event, *, wanted: bool) -> int:
    """Fills an empty database with a synthetic municipality, or goes on where it was stopped; how many lives it told.

    The lives are told up to the beginning of today, so that they are the same however late it is.
    """
    begun = state / BEGUN
    if not begun.exists():
        async with trinvis.database.connection() as connection:
            if not wanted or await connection.fetchval("SELECT EXISTS (SELECT FROM stream)"):
                return 0
        leave(begun, local(local_date(trinvis.now()), time.min).isoformat())
    count = await fill(trinvis, datetime.fromisoformat(begun.read_text(encoding="utf-8")), told, stopping)
    if not stopping.is_set():
        begun.unlink()
    return count


async def fill(trinvis: Trinvis, present: datetime, told: Progress, stopping: asyncio.Event) -> int:
    """Tells every life that has not been begun, up to *present*; how many they were.

    Nothing is sent: what their history calls for counts as carried out long ago. The workflows begin with the sweep.
    """
    lives = _lives(Random(SEED))  # noqa: S311 - the same municipality every time
    pathways = [pathway_of(number) for number in range(len(lives))]
    simulated = _simulated(trinvis)
    async with trinvis.database.connection() as connection:
        begun = {row["id"] for row in await connection.fetch("SELECT id FROM stream")}
    untold = [(number, life) for number, life in enumerate(lives) if pathways[number] not in begun]
    places = asyncio.Semaphore(TOGETHER)
    done = 0

    async def live(number: int, life: Life) -> None:
        nonlocal done
        async with places:
            if stopping.is_set():
                return
            await Story(simulated, life, Random(SEED + number), number, present).tell()  # noqa: S311 - the same
            done += 1
            if done % 8 == 0 or done == len(untold):
                told(done, len(untold))

    await asyncio.gather(*(asyncio.create_task(live(number, life)) for number, life in untold))
    await _bring_up_to_date(trinvis, pathways)
    return done


async def _bring_up_to_date(trinvis: Trinvis, pathways: list[UUID]) -> None:
    """Lets pass on those pathways what has fallen due by now, and takes all of it for carried out.

    Somebody real who was referred meanwhile is to get their letters.
    """
    async with trinvis.database.connection() as connection:
        due = "SELECT stream FROM alarm WHERE NOT over AND next_due <= $1 AND stream = ANY($2::uuid[])"
        for row in await connection.fetch(due, trinvis.now(), pathways):
            await trinvis.engine.settle(connection, row["stream"])
        await connection.execute("UPDATE alarm SET reacted = version WHERE stream = ANY($1::uuid[])", pathways)


def _simulated(trinvis: Trinvis) -> Trinvis:
    """The same parts under a clock that each life sets for itself, without a way to Temporal."""
    engine = Engine(trinvis.database, trinvis.keys, trinvis.catalogue.programme, trinvis.catalogue.in_force, now.get)
    return replace(trinvis, engine=engine, client=None, clock=now.get)

"""A citizen on the real engine, told command by command, with the clock going along."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from domain.pathway.command import Command
from domain.pathway.history import Event
from engine.asked import Outcome
from engine.transact import Engine
from eventstore.keys import FileKeys
from projections.rebuilding import Folded
from runtime.wiring import Trinvis
from tests.support.asking import accept, refer
from tests.support.cast import MONDAY, TOGETHER
from tests.support.clock import SetClock
from tests.support.keeping import events, somebody


@dataclass
class Walk:
    """One citizen's pathway in one process."""

    trinvis: Trinvis
    clock: SetClock
    citizen: UUID
    pathway: UUID

    async def tell(self, command: Command, command_id: UUID | None = None, engine: Engine | None = None) -> Outcome:
        """Gives a command when its time has come."""
        self.clock.set(max(self.clock(), command.at))
        return await (engine or self.trinvis.engine).transact(self.pathway, command, command_id or uuid4())

    async def settle(self) -> None:
        """Lets everything happen that has fallen due, in a process that remembers nothing."""
        async with self.trinvis.database.connection() as connection:
            await another_process(self.trinvis).settle(connection, self.pathway)

    async def folded(self) -> Folded:
        """Where it stands, folded from all its facts."""
        async with self.trinvis.database.connection() as connection:
            return await self.trinvis.engine.folded(connection, self.pathway)

    async def events(self) -> list[Event]:
        """Everything that happened."""
        return await events(self.trinvis, self.pathway)

    async def kinds(self) -> list[str]:
        """The kinds of everything that happened, in order."""
        return [event.kind for event in await self.events()]

    async def alarm(self) -> asyncpg.Record:
        """The row that the sweep looks at."""
        async with self.trinvis.database.connection() as connection:
            row = await connection.fetchrow("SELECT * FROM alarm WHERE stream = $1", self.pathway)
        assert row is not None
        return row


async def referred(trinvis: Trinvis, clock: SetClock, programme: str = TOGETHER.ref, **fields: Any) -> Walk:  # noqa: ANN401 - fields
    """A citizen who has been referred, on Monday unless *at* says otherwise."""
    citizen = await somebody(trinvis)
    command = refer(**{"at": MONDAY, "benefit": "ressourceforloeb", "citizen": citizen, **fields})
    clock.set(max(clock(), command.at))
    outcome = await trinvis.engine.refer(programme, command, uuid4())
    return Walk(trinvis, clock, citizen, outcome.stream)


async def underway(trinvis: Trinvis, clock: SetClock, programme: str = TOGETHER.ref, **fields: Any) -> Walk:  # noqa: ANN401 - fields
    """A citizen who has been taken in, and has begun where the intake is continuous."""
    walk = await referred(trinvis, clock, programme, **fields)
    await walk.tell(accept(clock()))
    return walk


def another_process(trinvis: Trinvis) -> Engine:
    """An engine that remembers and knows keys for itself, on the same database, as in another process."""
    keys, catalogue = FileKeys(trinvis.settings.key_file), trinvis.catalogue
    return Engine(trinvis.database, keys, catalogue.programme, catalogue.in_force, trinvis.clock)

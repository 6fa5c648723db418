"""The commanders: many callers that give commands as a municipality's systems would, and never take no answer for one.

Run as `python -m tests.chaos.commander SOCKET`, with the settings in the environment, until it is told to stop.
"""

import asyncio
import json
import random
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from temporalio.service import RPCError

from activities.messages import TASK_QUEUE, Told
from domain.actor import Actor, Role
from domain.pathway.commands.course import AgreePlan
from domain.pathway.commands.obligations import CreateObligation
from engine.asked import Outcome
from eventstore.citizens import Identity
from eventstore.errors import StoreAway, StreamConflict
from runtime.settings import Settings
from runtime.wiring import Trinvis, wired
from tests.support.asking import accept, refer
from tests.support.keeping import LOOK
from workflows.nudging import workflow_id
from workflows.pathway import PATHWAY, TELLING, PathwayStart

T = TypeVar("T")

CALLERS = 8
PATHWAYS = 24
REPEATED = 0.1
"""How many commands are sent again though they were answered."""
CASEWORKER = Actor("caseworker:sb-1")


class Caller:
    """One caller with a line to the ledger."""

    def __init__(self, trinvis: Trinvis, socket: str, number: int, pathways: list[UUID]) -> None:
        self._trinvis = trinvis
        self._socket = socket
        self._random = random.Random(number)  # noqa: S311 - a load, not a secret
        self._pathways = pathways

    async def open(self) -> "Caller":
        """Opens the line."""
        self._reader, self._writer = await asyncio.open_unix_connection(self._socket)
        return self

    async def write_down(self, **line: object) -> None:
        """Goes on only when the ledger has it on the disk."""
        self._writer.write(json.dumps(line, default=str).encode() + b"\n")
        await self._reader.readline()

    async def call(self, stopping: asyncio.Event) -> None:
        """Gives commands until it is time to stop."""
        while not stopping.is_set():
            drawn = self._random.random()
            if drawn < 0.05 or len(self._pathways) < PATHWAYS:
                await self.refer()
            elif drawn < 0.15:
                await self.tell_workflow()
            else:
                await self.tell(self._random.choice(self._pathways), promise=drawn < 0.25)

    async def refer(self) -> None:
        """Somebody new is referred and taken in."""
        citizen = await self._insisting(lambda: self._trinvis.vault.register(Identity(name="Prøve Prøvesen"), LOOK))
        begun = uuid4()
        referral = refer(self._trinvis.now(), "ressourceforloeb", citizen=citizen)
        outcome = await self._given(begun, None, lambda: self._trinvis.refer("sundere-sammen@2", referral, begun))
        accepted = uuid4()
        await self._given(
            accepted,
            outcome.stream,
            lambda: self._trinvis.tell(outcome.stream, accept(self._trinvis.now()), accepted),
        )
        self._pathways.append(outcome.stream)

    async def tell(self, pathway: UUID, *, promise: bool) -> None:
        """A plan, or a promise that soon falls due."""
        command_id, now = uuid4(), self._trinvis.now()
        command = (
            CreateObligation(
                by=CASEWORKER,
                at=now,
                obligation=f"ring_{command_id.hex[:12]}",
                owner=Role.CASEWORKER,
                due=now + timedelta(seconds=self._random.uniform(1, 5)),
                note="ringer",
            )
            if promise
            else AgreePlan(by=CASEWORKER, at=now, goals=f"plan {command_id}")
        )
        await self._given(
            command_id, pathway, lambda: self._trinvis.tell(pathway, command, command_id), promise=promise
        )

    async def tell_workflow(self) -> None:
        """A command by way of the workflow: what Temporal took must end in the store, once."""
        pathway, command_id = self._random.choice(self._pathways), uuid4()
        told = Told(str(command_id), CASEWORKER, "agree_plan", json.dumps({"goals": f"plan {command_id}"}))
        await self.write_down(what="try", id=command_id, stream=pathway)
        client = self._trinvis.client
        if client is None:
            raise RuntimeError("no Temporal")
        while True:
            try:
                async with asyncio.timeout(5):
                    await client.start_workflow(
                        PATHWAY,
                        PathwayStart(str(pathway)),
                        id=workflow_id(pathway),
                        task_queue=TASK_QUEUE,
                        start_signal=TELLING,
                        start_signal_args=[told],
                    )
                break
            except (RPCError, TimeoutError, RuntimeError):
                await asyncio.sleep(0.1)
        await self.write_down(what="told", id=command_id, stream=pathway)

    async def _given(
        self, command_id: UUID, pathway: UUID | None, give: Callable[[], Awaitable[Outcome]], *, promise: bool = False
    ) -> Outcome:
        await self.write_down(what="try", id=command_id, stream=pathway, promise=promise)
        outcome = await self._insisting(give)
        await self.write_down(what="ack", id=command_id, stream=outcome.stream, first=outcome.first, last=outcome.last)
        if self._random.random() < REPEATED:
            again = await self._insisting(give)
            await self.write_down(what="ack", id=command_id, stream=again.stream, first=again.first, last=again.last)
        return outcome

    async def _insisting(self, give: Callable[[], Awaitable[T]]) -> T:
        """Asks with the same id until there is an answer."""
        while True:
            try:
                return await give()
            except (StoreAway, StreamConflict):
                await asyncio.sleep(0.05)


async def main(socket: str) -> None:
    """Calls until SIGTERM."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    async with wired(Settings()) as trinvis:
        pathways: list[UUID] = []
        callers = [await Caller(trinvis, socket, number, pathways).open() for number in range(CALLERS)]
        await callers[0].refer()
        await asyncio.gather(*(caller.call(stopping) for caller in callers))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

"""Recording what workflows of this release do, on real servers: `python -m tests.histories.record RELEASE [LIFE...]`.

Payloads are written without the sealing codec, so that everybody can read what a release did; they hold ids, codes and
numbers only. The workflow's code is the same with and without it.
"""

import asyncio
import gzip
import json
import re
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from temporalio.client import Client, WorkflowHandle, WorkflowHistory

from activities.messages import Told
from domain.actor import Role
from domain.pathway.commands.course import ReopenPathway
from domain.pathway.commands.obligations import CreateObligation
from engine.jobs import Job, concerned
from eventstore.citizens import Identity
from eventstore.keys import FileKeys
from runtime.embedded.ports import HOST, free_port
from runtime.wiring import Trinvis
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, CONTACT
from tests.support.clock import SetClock
from tests.support.keeping import LOOK
from tests.support.servers import Servers, new_folder
from tests.support.temporal import SKIPPING, VirtualTime, temporal_server, until_passed, until_quiet, working
from workflows.moving import take_up, workflow_id_of
from workflows.nudging import workflow_id
from workflows.pathway import TELLING

FOLDER = Path(__file__).parent
TRACE = re.compile(r'"stackTrace": "(?:[^"\\]|\\.)*"')
"""Where a failure came from: paths of the machine that recorded, which no replay looks at."""


async def _begun(trinvis: Trinvis, email: str | None = None, *, quiet: bool = False) -> UUID:
    citizen = await trinvis.vault.register(Identity(name="Prøve Prøvesen", email=email), LOOK)
    outcome = await trinvis.refer(
        "sundere-sammen@2", refer(trinvis.now(), "ressourceforloeb", citizen=citizen), uuid4()
    )
    await trinvis.tell(outcome.stream, accept(trinvis.now()), uuid4())
    await asyncio.sleep(0 if quiet else 1)
    return outcome.stream


class Recorder:
    """Lives through what a workflow can meet, and keeps the histories."""

    def __init__(self, trinvis: Trinvis, virtual: VirtualTime, clock: SetClock, release: str) -> None:
        self._trinvis = trinvis
        self._virtual = virtual
        self._clock = clock
        self._release = release

    @property
    def lives(self) -> list[Callable[[], Awaitable[None]]]:
        """Everything that can be recorded."""
        return [self.a_year, self.told, self.given_up, self.continued, self.moved_and_undone]

    async def a_year(self) -> None:
        """Reviews, reminders, weeks; closed and reopened."""
        pathway = await _begun(self._trinvis)
        await until_quiet(self._trinvis, pathway)
        await self._reach(pathway, timedelta(weeks=20))
        await self._trinvis.tell(pathway, close(self._clock(), "job"), uuid4())
        await until_quiet(self._trinvis, pathway)
        await self._keep(pathway, "a-year-closed")
        reopened = ReopenPathway(by=CASEWORKER, at=self._clock.pass_(days=1), reason="igen")
        await self._trinvis.tell(pathway, reopened, uuid4())
        await until_quiet(self._trinvis, pathway)
        await self._keep(pathway, "reopened")

    async def told(self) -> None:
        """Commands that come to the workflow, one of them refused, one repeated."""
        pathway = await _begun(self._trinvis)
        handle = self._virtual.client.get_workflow_handle(workflow_id(pathway))
        plan = Told(str(uuid4()), CASEWORKER, "agree_plan", json.dumps({"goals": "to ture om ugen"}))
        refused = Told(str(uuid4()), CASEWORKER, "close_pathway", json.dumps({"outcome": "no_such"}))
        for each in (plan, refused, plan):
            await handle.signal(TELLING, each)
        await asyncio.sleep(2)
        await self._keep(pathway, "told")

    async def given_up(self) -> None:
        """A letter that cannot be delivered while time goes on."""
        pathway = await _begun(self._trinvis, "proeve@example.invalid")
        promise = CreateObligation(
            by=CONTACT,
            at=self._clock(),
            obligation="ring_op",
            owner=Role.CONTACT_PERSON,
            due=self._clock() + timedelta(days=1),
            note="ringer",
        )
        await self._trinvis.tell(pathway, promise, uuid4())
        await self._reach(pathway, timedelta(days=2))
        await until_quiet(self._trinvis, pathway)
        await self._keep(pathway, "given-up")

    async def continued(self) -> None:
        """A run so long that it made place for another one."""
        pathway = await _begun(self._trinvis)
        await until_quiet(self._trinvis, pathway)
        first = self._virtual.client.get_workflow_handle(workflow_id(pathway))
        run = (await first.describe()).run_id
        while (await self._virtual.client.get_workflow_handle(workflow_id(pathway)).describe()).run_id == run:
            await self._reach(pathway, timedelta(weeks=4))
        await self._keep(pathway, "continued-as-new", run)

    async def moved_and_undone(self) -> None:
        """A job that moves some pathways, and one that moves them back."""
        for _ in range(25):
            await _begun(self._trinvis, quiet=True)
        async with self._trinvis.database.connection() as connection:
            everybody = await concerned(connection, "sundere-sammen@2")
        job = Job(uuid4(), "sundere-sammen@2", "sundere-sammen@3", {}, CASEWORKER, "ny ordning", self._clock(), None)
        mover = self._trinvis.mover()
        await mover.begin(job, everybody)
        await take_up(self._virtual.client, job.id)
        await self._keep_run(workflow_id_of(job.id), "moved")
        await mover.undo(job.id, CASEWORKER)
        await take_up(self._virtual.client, job.id)
        await self._keep_run(workflow_id_of(job.id), "moved-and-undone")

    async def _reach(self, pathway: UUID, length: timedelta) -> None:
        self._clock.set(self._clock() + length)
        await self._virtual.reach(workflow_id(pathway), self._clock())
        await until_passed(self._trinvis, pathway, self._clock())

    async def _keep(self, pathway: UUID, name: str, run: str | None = None) -> None:
        await self._kept(self._virtual.client.get_workflow_handle(workflow_id(pathway), run_id=run), name)

    async def _keep_run(self, id_: str, name: str) -> None:
        """Keeps what a run did that comes to its end by itself."""
        handle = self._virtual.client.get_workflow_handle(id_)
        await handle.result()
        await self._kept(handle, name)

    async def _kept(self, handle: "WorkflowHandle[Any, Any]", name: str) -> None:
        history: WorkflowHistory = await handle.fetch_history()
        content = gzip.compress(TRACE.sub('"stackTrace": ""', history.to_json()).encode(), mtime=0)
        await asyncio.to_thread((FOLDER / f"{self._release}-{name}.json.gz").write_bytes, content)


async def main(release: str, only: list[str]) -> None:
    """Records everything for *release*, or those lives only."""
    servers, clock = Servers(new_folder()), SetClock(datetime.now(UTC))
    await servers.start()
    keys = FileKeys.made(servers.folder / "keys.json")
    nobody = {"smtp_host": HOST, "smtp_port": free_port(), "patience_seconds": 3}
    try:
        async with AsyncExitStack() as stack:
            temporal = await stack.enter_async_context(temporal_server(new_folder(), keys, SKIPPING))
            parts = await stack.enter_async_context(servers.installation(clock, **nobody))
            virtual = VirtualTime(await Client.connect(temporal.address))
            trinvis = replace(parts, client=virtual.client)
            await stack.enter_async_context(working(trinvis, virtual.client))
            recorder = Recorder(trinvis, virtual, clock, release)
            lives = {each.__name__: each for each in recorder.lives}
            for name in only or lives:
                await lives[name]()
    finally:
        await servers.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2:]))

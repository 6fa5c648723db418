"""A real Temporal server for tests, with virtual time where a test lives years."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from activities.pathways import Life
from domain.pathway.history import Event
from engine.alarms import Alarm, alarm_of
from eventstore.keys import FileKeys
from runtime.embedded.temporal import TemporalServer
from runtime.temporal import connect, register_search_attributes
from runtime.wiring import Trinvis
from tests.support.checkout import ROOT
from tests.support.keeping import events
from tests.support.roles import database_of
from tests.support.servers import Servers
from worker import AFTER_WORKER, make_worker
from workflows.generation import generation
from workflows.nudging import workflow_id

SKIPPING = (
    "--dynamic-config-value",
    "frontend.WorkflowTimeSkippingEnabled=true",
    "--dynamic-config-value",
    'history.timerProcessorMaxTimeShift="1ms"',
)
"""What lets workflows have a time of their own, and skips six times faster."""
LONGEST_SLICE = timedelta(weeks=4)
"""One longer jump would stop silently after 200 skips."""


PATIENCE = 600
"""How often a test looks before it gives up. Unit: tenths of a second."""


class VirtualTime:
    """The times of workflows on a server that can skip."""

    def __init__(self, client: Client) -> None:
        self._skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False))

    @property
    def client(self) -> Client:
        """A client whose workflows wait to be moved."""
        return self._skipper.client

    async def reach(self, workflow_id: str, at: datetime) -> None:
        """Moves a workflow's time to *at*, and makes sure that it came there."""
        handle = self.client.get_workflow_handle(workflow_id)
        while (left := at - await self._now(workflow_id)) > timedelta():
            assert await self._skipper.fast_forward(handle, min(left, LONGEST_SLICE)), "the workflow ended on the way"
        assert await self._now(workflow_id) >= at

    async def _now(self, workflow_id: str) -> datetime:
        info = await self._skipper.get_time_skipping_info(self.client.get_workflow_handle(workflow_id))
        return info.current_time.ToDatetime(UTC) if info else datetime.now(UTC)


@asynccontextmanager
async def temporal_server(folder: Path, keys: FileKeys, options: tuple[str, ...] = ()) -> AsyncIterator[TemporalServer]:
    """A Temporal server of its own, with our search attributes."""
    server = TemporalServer(folder, options=options)
    await server.start()
    await register_search_attributes(await connect(server.address, "default", keys))
    try:
        yield server
    finally:
        await server.stop()
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


@asynccontextmanager
async def working(trinvis: Trinvis, client: Client) -> AsyncIterator[Life]:
    """A worker, for as long as the test needs it."""
    life = Life(await generation(client))
    async with make_worker(trinvis, client, life):
        yield life
    await asyncio.sleep(AFTER_WORKER)


@asynccontextmanager
async def worker_process(
    servers: Servers, trinvis: Trinvis, *, stderr: int = asyncio.subprocess.DEVNULL, **others: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker in a process of its own, which may be told *others*, and killed."""
    told = {"TEMPORAL_ADDRESS": trinvis.settings.temporal_address or "", "TRINVIS_SWEEP_SECONDS": "1", **others}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "worker",
        cwd=ROOT,
        env=servers.environment(database_of(trinvis), trinvis.settings.outbox, **told),
        stderr=stderr,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def wipe(server: TemporalServer) -> None:
    """Takes everything away that Temporal knew."""
    await server.stop()
    for file in server.log.parent.glob("temporal.sqlite*"):
        file.unlink()
    await server.start()


async def until_quiet(trinvis: Trinvis, pathway: UUID) -> None:
    """Waits until everything that the pathway's facts call for has been carried out; fails when it is not."""
    await _until(trinvis, pathway, lambda alarm: alarm.reacted == alarm.version)


async def until_passed(trinvis: Trinvis, pathway: UUID, at: datetime) -> None:
    """Waits until nothing is due on the pathway at *at*; fails when something stays due."""
    await _until(trinvis, pathway, lambda alarm: alarm.next_due is None or alarm.next_due > at)


async def _until(trinvis: Trinvis, pathway: UUID, wanted: Callable[[Alarm], bool]) -> None:
    for _ in range(PATIENCE):
        async with trinvis.database.connection() as connection:
            alarm = await alarm_of(connection, pathway)
        if wanted(alarm):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"still {alarm}")


async def until_idle(client: Client, pathway: UUID) -> None:
    """Waits until no activity of the pathway's workflow is under way or will be tried again; fails when one is."""
    handle = client.get_workflow_handle(workflow_id(pathway))
    for _ in range(PATIENCE):
        pending = (await handle.describe()).raw_description.pending_activities
        if not pending:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"still {[each.activity_type.name for each in pending]}")


async def until_carried_out(client: Client, pathway: UUID, activity: str, times: int) -> None:
    """Waits until the pathway's workflow has carried an activity out so many times; fails when it does not."""
    handle = client.get_workflow_handle(workflow_id(pathway))
    for _ in range(PATIENCE):
        done = await carried_out(handle, activity)
        if done >= times:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{activity} was carried out {done} times")


async def carried_out(handle: "WorkflowHandle[Any, Any]", activity: str) -> int:
    """How many times the workflow has carried an activity out."""
    asked_for: set[int] = set()
    done = 0
    async for event in handle.fetch_history_events():
        if event.activity_task_scheduled_event_attributes.activity_type.name == activity:
            asked_for.add(event.event_id)
        done += event.activity_task_completed_event_attributes.scheduled_event_id in asked_for
    return done


async def until_armed(client: Client, pathway: UUID, due: datetime) -> None:
    """Waits until the pathway's workflow has a timer for *due*; fails when none comes."""
    handle = client.get_workflow_handle(workflow_id(pathway))
    for _ in range(PATIENCE):
        armed = [at async for at in _timers(handle)]
        if any(abs(at - due) < timedelta(seconds=2) for at in armed):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"no timer for {due.isoformat()}, but for {armed}")


async def _timers(handle: "WorkflowHandle[Any, Any]") -> AsyncIterator[datetime]:
    try:
        async for event in handle.fetch_history_events():
            if event.HasField("timer_started_event_attributes"):
                began = event.event_time.ToDatetime(UTC)
                yield began + event.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta()
    except RPCError:
        return  # it has not begun yet


async def until_happened(trinvis: Trinvis, pathway: UUID, kind: str, patience: int = PATIENCE) -> list[Event]:
    """Everything that happened on the pathway, once it holds something of that kind; fails when it never does."""
    for _ in range(patience):
        happened = await events(trinvis, pathway)
        if any(event.kind == kind for event in happened):
            return happened
        await asyncio.sleep(0.1)
    raise AssertionError(f"no {kind}")

"""The worker: carries out what workflows ask for, and sweeps; several may run at once."""

import asyncio
import signal
import sys
from contextlib import suppress
from datetime import timedelta

import structlog
import uvloop
from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.discretion import Discretion
from activities.messages import TASK_QUEUE
from activities.moving import MoveActivities
from activities.pathways import Life
from eventstore.errors import StoreAway, WrongKeys
from eventstore.keys import KeyFileUnreadable, KeyFileUnsafe, KeyUnknown
from runtime.heartbeat import beat
from runtime.logging import configure
from runtime.settings import Settings, WrongSetting
from runtime.temporal import NoTemporalNamed, client_of
from runtime.wiring import NotRunning, Trinvis, wired
from workflows.generation import GenerationWorkflow, generation
from workflows.moving import MoveWorkflow, take_up
from workflows.pathway import PathwayWorkflow

PASSED_THROUGH = ("activities", "workflows", "domain", "engine", "eventstore", "programmes", "projections", "texts",
                  "structlog", "pydantic", "asyncpg", "cryptography")  # fmt: skip
"""Modules that the sandbox does not load anew: what workflows import holds no state and reads no clock."""
AFTER_WORKER = 0.3
"""A pause after the last worker, without which the SDK may abort the interpreter at exit. Unit: seconds."""
DRAIN = timedelta(seconds=20)
CANNOT_START = (WrongSetting, NotRunning, NoTemporalNamed, WrongKeys, KeyFileUnsafe, KeyFileUnreadable, KeyUnknown)
"""What whoever runs the worker has to see to; starting it again is then enough."""

log = structlog.get_logger()


class SweepEnded(Exception):  # noqa: N818 - says what was found
    """The sweep has ended by itself, which it never should."""


def runner() -> SandboxedWorkflowRunner:
    """How workflows run: in the sandbox, what they import passed through."""
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))


def make_worker(trinvis: Trinvis, client: Client, life: Life) -> Worker:
    """A worker of *trinvis*, ready to run."""
    activities, errands = trinvis.activities(life), trinvis.errands()
    return Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[PathwayWorkflow, GenerationWorkflow, MoveWorkflow],
        activities=[
            activities.catch_up,
            activities.tell,
            activities.send_letter,
            activities.give_notice,
            activities.give_up,
            errands.call_child,
            errands.tell_parent,
            errands.end_child,
            trinvis.place_activities().give_place,
            MoveActivities(trinvis.mover()).move_some,
        ],
        workflow_runner=runner(),
        interceptors=[Discretion()],
        max_cached_workflows=trinvis.settings.workflow_cache,
        graceful_shutdown_timeout=DRAIN,
    )


async def keep_sweeping(trinvis: Trinvis, client: Client, life: Life) -> None:
    """Sweeps at once and then every so often, as long as it runs."""
    sweep = trinvis.sweep(client)
    while True:
        try:
            life.generation = await generation(client)
            await sweep.run(life.generation)
            for job in await trinvis.mover().under_way():
                await take_up(client, job)
            beat(trinvis.settings.heartbeat)
            await trinvis.places().sweep()
        except Exception as error:  # noqa: BLE001 - nothing else repairs what is lost, so nothing may end it
            log.warning("not_swept", error=type(error).__name__)
        await asyncio.sleep(trinvis.settings.sweep_seconds)


async def until_stopped(stopping: asyncio.Event, sweeping: "asyncio.Task[None]") -> None:
    """Waits until the worker is told to stop, and ends the sweep.

    Raises: SweepEnded when the sweep has ended before, whatever ended it: a worker that does not sweep must be missed.
    """
    told = asyncio.create_task(stopping.wait())
    await asyncio.wait((told, sweeping), return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    log.info("worker_draining")
    sweeping.cancel()
    with suppress(asyncio.CancelledError):
        await sweeping
    if not stopping.is_set():
        raise SweepEnded


async def run(settings: Settings) -> None:
    """Runs a worker until SIGTERM or SIGINT, then lets it finish what it has begun; waits for servers that are away."""
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    while not stopping.is_set():
        try:
            async with wired(settings) as trinvis:
                await _work(trinvis, stopping)
        except (StoreAway, RPCError, RuntimeError) as error:
            log.warning("server_away", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), 1)
    log.info("worker_stopped")
    await asyncio.sleep(AFTER_WORKER)


async def _work(trinvis: Trinvis, stopping: asyncio.Event) -> None:
    client = await client_of(trinvis.settings, trinvis.keys)
    life = Life(await generation(client))
    async with make_worker(trinvis, client, life):
        log.info("worker_started", generation=life.generation)
        await until_stopped(stopping, asyncio.create_task(keep_sweeping(trinvis, client, life)))


def main() -> None:
    """Starts a worker with the settings of this process."""
    try:
        settings = Settings()
        configure(settings.log_level)
        uvloop.run(run(settings))
    except CANNOT_START as error:
        sys.exit(f"the worker cannot start: {error}")


if __name__ == "__main__":
    main()

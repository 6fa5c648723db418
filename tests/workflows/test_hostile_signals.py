"""A signal that nobody should have sent does a pathway no harm: its appointments go on."""

import asyncio
import json
from uuid import UUID, uuid4

import pytest
from temporalio.api.common.v1 import Payloads, WorkflowExecution
from temporalio.api.workflowservice.v1 import SignalWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionStatus

from activities.messages import Told
from engine.alarms import alarm_of
from eventstore.citizens import Identity
from runtime.embedded.temporal import TemporalServer
from runtime.wiring import Trinvis
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER
from tests.support.keeping import LOOK
from tests.support.roles import superuser
from tests.support.servers import Servers
from tests.support.temporal import VirtualTime, until_quiet, working
from workflows.nudging import Nudger, workflow_id
from workflows.pathway import LONG_HISTORY, NOTED, TELLING

pytestmark = pytest.mark.slow

SECONDS = 60
"""How long anything here may take."""
PLAN = json.dumps({"goals": "to ture om ugen"})


@pytest.fixture
async def plain(temporal: TemporalServer) -> Client:
    """Somebody who reaches Temporal and has none of our keys."""
    return await Client.connect(temporal.address)


async def _underway(trinvis: Trinvis) -> UUID:
    citizen = await trinvis.vault.register(Identity(name="Prøve Prøvesen"), LOOK)
    referral = refer(trinvis.now(), "ressourceforloeb", citizen=citizen)
    outcome = await trinvis.refer("sundere-sammen@2", referral, uuid4())
    await trinvis.tell(outcome.stream, accept(trinvis.now()), uuid4())
    await until_quiet(trinvis, outcome.stream)
    return outcome.stream


async def _is_kept(trinvis: Trinvis, client: Client, pathway: UUID) -> None:
    """What people decide is still seen to; and the run that does it never failed on the way."""
    await trinvis.tell(pathway, close(trinvis.now(), "job"), uuid4())
    await until_quiet(trinvis, pathway)
    handle = client.get_workflow_handle(workflow_id(pathway))
    await asyncio.wait_for(handle.result(), SECONDS)
    history = (await handle.fetch_history()).to_json()
    assert "EVENT_TYPE_WORKFLOW_TASK_FAILED" not in history


@pytest.mark.parametrize("signal", [NOTED, TELLING, "no_such"])
@pytest.mark.parametrize(
    "words", [(), ({"version": 1},), ("a", "b", "c"), (None,)], ids=["none", "one", "more", "null"]
)
async def test_a_signal_that_is_not_sealed_is_dropped(
    living: Trinvis, virtual: VirtualTime, plain: Client, signal: str, words: tuple[object, ...]
) -> None:
    """As `temporal workflow signal` sends it."""
    async with working(living, virtual.client):
        pathway = await _underway(living)
        await plain.get_workflow_handle(workflow_id(pathway)).signal(signal, args=list(words))
        await _is_kept(living, virtual.client, pathway)


async def test_a_sealed_signal_of_another_shape_is_dropped(living: Trinvis, virtual: VirtualTime) -> None:
    async with working(living, virtual.client):
        pathway = await _underway(living)
        handle = virtual.client.get_workflow_handle(workflow_id(pathway))
        shapes: tuple[list[object], ...] = ([], [{"body": "{}"}], ["a"], [None], [[]])
        for words in shapes:
            for signal in (NOTED, TELLING):
                await handle.signal(signal, args=words)
        await _is_kept(living, virtual.client, pathway)


async def test_what_was_told_to_one_pathway_is_not_told_to_another_by_copying_it(
    living: Trinvis, virtual: VirtualTime, plain: Client
) -> None:
    async with working(living, virtual.client):
        one, other = await _underway(living), await _underway(living)
        handle = virtual.client.get_workflow_handle(workflow_id(one))
        closing = json.dumps({"outcome": "job", "reason": "målet er nået"})
        await handle.signal(TELLING, Told(str(uuid4()), CASEWORKER, "close_pathway", closing))
        await asyncio.wait_for(handle.result(), SECONDS)
        for copied in await _told_to(plain, one):
            await plain.workflow_service.signal_workflow_execution(
                SignalWorkflowExecutionRequest(
                    namespace="default",
                    workflow_execution=WorkflowExecution(workflow_id=workflow_id(other)),
                    signal_name=TELLING,
                    input=copied,
                )
            )
        await asyncio.sleep(1)
        async with living.database.connection() as connection:
            assert (await alarm_of(connection, one)).over
            assert not (await alarm_of(connection, other)).over
        await _is_kept(living, virtual.client, other)


async def _told_to(client: Client, pathway: UUID) -> list[Payloads]:
    """The sealed words of what was told to a pathway, as Temporal keeps them."""
    found = [
        event.workflow_execution_signaled_event_attributes.input
        async for event in client.get_workflow_handle(workflow_id(pathway)).fetch_history_events()
        if event.workflow_execution_signaled_event_attributes.signal_name == TELLING
    ]
    assert found
    return found


async def test_a_command_that_cannot_be_carried_out_for_the_moment_keeps_nothing_else_waiting(
    servers: Servers, living: Trinvis, virtual: VirtualTime
) -> None:
    """Somebody holds the stream, so that what is told has to wait; the workflow looks again all the same."""
    async with working(living, virtual.client) as life, superuser(servers, living) as holder:
        pathway, plan = await _underway(living), str(uuid4())
        handle = virtual.client.get_workflow_handle(workflow_id(pathway))
        async with holder.transaction():
            await holder.execute("SELECT 1 FROM stream WHERE id = $1 FOR UPDATE", pathway)
            await handle.signal(TELLING, Told(plan, CASEWORKER, "agree_plan", PLAN))
            async with living.database.connection() as connection:
                await connection.execute("UPDATE alarm SET armed = 'another life' WHERE stream = $1", pathway)
            await Nudger(virtual.client).nudge(pathway, 9)
            await _until_armed_in(living, pathway, life.generation)
        await _until_answered(living, pathway, [plan])


async def _until_armed_in(trinvis: Trinvis, pathway: UUID, generation: str) -> None:
    armed = None
    for _ in range(10 * SECONDS):
        async with trinvis.database.connection() as connection:
            armed = await connection.fetchval("SELECT armed FROM alarm WHERE stream = $1", pathway)
        if armed == generation:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"armed in {armed}")


async def _until_answered(trinvis: Trinvis, pathway: UUID, command_ids: list[str]) -> None:
    """Waits until every one of those commands has been answered; fails when one is not."""
    for _ in range(10 * SECONDS):
        async with trinvis.database.connection() as connection:
            answered = await connection.fetchval(
                "SELECT count(*) FROM commit WHERE stream = $1 AND command_id = ANY($2::uuid[])", pathway, command_ids
            )
        if answered == len(command_ids):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{answered} of {len(command_ids)} are answered")


async def test_a_stream_of_commands_without_end_lets_the_run_make_place_for_another_and_loses_none(
    living: Trinvis, virtual: VirtualTime
) -> None:
    async with working(living, virtual.client):
        pathway = await _underway(living)
        handle = virtual.client.get_workflow_handle(workflow_id(pathway))
        first, told = (await handle.describe()).run_id, list[str]()
        while (described := await handle.describe()).run_id == first:
            assert described.history_length < 2 * LONG_HISTORY, "it never makes place"
            if len(told) < described.history_length / 8:  # some always wait, and never so many that it takes minutes
                told.append(str(uuid4()))
                await handle.signal(TELLING, Told(told[-1], CASEWORKER, "agree_plan", PLAN))
        await _until_answered(living, pathway, told)
        ended = virtual.client.get_workflow_handle(workflow_id(pathway), run_id=first)
        assert (await ended.describe()).status is WorkflowExecutionStatus.CONTINUED_AS_NEW

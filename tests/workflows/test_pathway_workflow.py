"""How a pathway's workflow lives: told, terminated, wiped, reopened, several workers, nothing readable."""

import asyncio
import json
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client, WorkflowExecutionStatus

from activities.messages import TELL, Told
from domain.pathway.commands.course import ReopenPathway
from engine.alarms import alarm_of
from engine.looking import look
from eventstore.access import Look
from eventstore.citizens import Identity
from runtime.embedded.temporal import TemporalServer
from runtime.temporal import connect
from runtime.wiring import Trinvis
from tests.support.asking import accept, close, refer
from tests.support.cast import AUDITOR, CASEWORKER
from tests.support.clock import SetClock
from tests.support.keeping import LOOK
from tests.support.temporal import VirtualTime, until_carried_out, until_passed, until_quiet, working
from workflows.generation import generation
from workflows.nudging import Nudger, workflow_id
from workflows.pathway import TELLING

pytestmark = pytest.mark.slow

CANARY = "Kanariefugl"
REASON = "Kanariefuglen vil i gang igen"


async def _underway(trinvis: Trinvis, clock: SetClock) -> UUID:
    citizen = await trinvis.vault.register(Identity(name=f"{CANARY} Prøvesen", cpr="610180-1234"), LOOK)
    referral = refer(clock(), "ressourceforloeb", citizen=citizen, reason=REASON)
    outcome = await trinvis.refer("sundere-sammen@2", referral, uuid4())
    await trinvis.tell(outcome.stream, accept(clock()), uuid4())
    return outcome.stream


async def _status(client: Client, pathway: UUID) -> WorkflowExecutionStatus | None:
    return (await client.get_workflow_handle(workflow_id(pathway)).describe()).status


async def test_a_command_told_to_the_workflow_goes_the_same_way_and_counts_once(
    living: Trinvis, virtual: VirtualTime, clock: SetClock
) -> None:
    async with working(living, virtual.client):
        pathway = await _underway(living, clock)
        handle = virtual.client.get_workflow_handle(workflow_id(pathway))
        plan = Told(str(uuid4()), CASEWORKER, "agree_plan", json.dumps({"goals": "to ture om ugen"}))
        nonsense = Told(str(uuid4()), CASEWORKER, "close_pathway", json.dumps({"outcome": "no_such"}))
        for told in (plan, nonsense, plan):
            await handle.signal(TELLING, told)
        await until_carried_out(virtual.client, pathway, TELL, 3)
        await until_quiet(living, pathway)
    seen = await look(living.engine, pathway, Look(AUDITOR, "test", clock()))
    assert seen.pathway.plan_version == 1
    assert not seen.pathway.is_over


async def test_nothing_about_the_citizen_can_be_read_in_temporal(
    living: Trinvis, virtual: VirtualTime, temporal: TemporalServer, clock: SetClock
) -> None:
    async with working(living, virtual.client):
        pathway = await _underway(living, clock)
        handle = virtual.client.get_workflow_handle(workflow_id(pathway))
        note = json.dumps({"goals": f"{CANARY} går to ture"})
        await handle.signal(TELLING, Told(str(uuid4()), CASEWORKER, "agree_plan", note))
        await handle.signal(TELLING, Told(str(uuid4()), "nobody", f"{CANARY}_kommando", "{}"))
        await until_carried_out(virtual.client, pathway, TELL, 2)
        await until_quiet(living, pathway)
    await temporal.stop()
    kept = b"".join(path.read_bytes() for path in temporal.log.parent.iterdir() if path.is_file())
    await temporal.start()
    assert str(pathway).encode() in kept, "the search would find what is there"
    for secret in (CANARY, "610180", "Kanariefuglen", "går to ture"):
        assert secret.encode() not in kept


async def test_a_terminated_workflow_is_begun_again_by_the_sweep_when_it_is_missed(
    living: Trinvis, virtual: VirtualTime, clock: SetClock
) -> None:
    async with working(living, virtual.client) as life:
        pathway = await _underway(living, clock)
        await until_quiet(living, pathway)
        await virtual.client.get_workflow_handle(workflow_id(pathway)).terminate("gone")
        assert await living.sweep(virtual.client).run(life.generation) == 0, "nothing is due yet"
        clock.pass_(weeks=5)
        assert await living.sweep(virtual.client).run(life.generation) == 1
        await virtual.reach(workflow_id(pathway), clock())
        await until_passed(living, pathway, clock())


async def test_a_closed_pathway_ends_its_workflow_and_a_reopened_one_begins_it_anew(
    living: Trinvis, virtual: VirtualTime, clock: SetClock
) -> None:
    async with working(living, virtual.client):
        pathway = await _underway(living, clock)
        await living.tell(pathway, close(clock(), "job"), uuid4())
        await until_quiet(living, pathway)
        await virtual.client.get_workflow_handle(workflow_id(pathway)).result()
        assert await _status(virtual.client, pathway) is WorkflowExecutionStatus.COMPLETED
        await living.tell(pathway, ReopenPathway(by=CASEWORKER, at=clock.pass_(days=1), reason="igen"), uuid4())
        await until_quiet(living, pathway)
        assert await _status(virtual.client, pathway) is WorkflowExecutionStatus.RUNNING


async def test_several_workers_share_the_work_and_do_it_once(
    living: Trinvis, virtual: VirtualTime, temporal: TemporalServer, clock: SetClock
) -> None:
    other = await connect(temporal.address, "default", living.keys)
    async with working(living, virtual.client), working(living, other):
        pathways = [await _underway_again(living, clock, number) for number in range(10)]
        for pathway in pathways:
            await until_quiet(living, pathway)
    for pathway in pathways:
        kinds = [entry.kind for entry in await living.engine.store.history(pathway, Look(AUDITOR, "test", clock()))]
        assert kinds.count("letter_sent") == 2
        assert kinds.count("notice_given") == 1


async def _underway_again(trinvis: Trinvis, clock: SetClock, number: int) -> UUID:
    citizen = await trinvis.vault.register(Identity(name=f"Prøve {number}"), LOOK)
    outcome = await trinvis.refer("sundere-sammen@2", refer(clock(), "ressourceforloeb", citizen=citizen), uuid4())
    await trinvis.tell(outcome.stream, accept(clock()), uuid4())
    return outcome.stream


async def test_a_worker_without_any_cache_replays_every_step_and_does_the_same(
    living: Trinvis, virtual: VirtualTime, clock: SetClock
) -> None:
    living.settings.__dict__["workflow_cache"] = 0
    async with working(living, virtual.client):
        pathway = await _underway(living, clock)
        await living.tell(pathway, close(clock(), "job"), uuid4())
        await until_quiet(living, pathway)
        assert await _status(virtual.client, pathway) is not WorkflowExecutionStatus.FAILED
    async with living.database.connection() as connection:
        assert (await alarm_of(connection, pathway)).over


async def test_a_burst_of_nudges_is_looked_at_a_few_times_only(
    living: Trinvis, virtual: VirtualTime, clock: SetClock
) -> None:
    async with working(living, virtual.client):
        pathway = await _underway(living, clock)
        await until_quiet(living, pathway)
        nudger = Nudger(virtual.client)
        await asyncio.gather(*(nudger.nudge(pathway, 9) for _ in range(100)))
        await asyncio.sleep(1)
        handle = virtual.client.get_workflow_handle(workflow_id(pathway))
        history = (await handle.fetch_history()).to_json()
        looks = history.count("EVENT_TYPE_ACTIVITY_TASK_SCHEDULED")
    assert looks < 60, "a look for every nudge"


async def test_the_generation_stays_while_temporal_lives(living: Trinvis, virtual: VirtualTime) -> None:
    async with working(living, virtual.client) as life:
        assert await generation(virtual.client) == life.generation

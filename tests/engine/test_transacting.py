"""One command at a time: once whatever is repeated, nothing when refused, and an answer that stays the same."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from domain.actor import Role
from domain.pathway.commands.course import AgreePlan, RecordEvent
from domain.pathway.commands.obligations import CreateObligation
from domain.pathway.commands.referrals import RefuseReferral
from domain.refusal import Invalid, IsOver, NotEligible
from engine.asked import pathway_id
from eventstore.errors import CommandReused, NoSuchCitizen, NoSuchStream, StreamConflict
from eventstore.verifying import verify
from runtime.wiring import Trinvis
from tests.support.asking import accept, refer
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, SICK, SIX_WEEKS, TOGETHER
from tests.support.clock import SetClock
from tests.support.keeping import LOOK, somebody
from tests.support.walking import Walk, another_process, referred, underway


def plan(goals: str = "en gåtur om dagen", at: datetime = MONDAY) -> AgreePlan:
    """A plan is agreed."""
    return AgreePlan(by=CASEWORKER, at=at, goals=goals)


async def _rows(walk: Walk) -> list[int]:
    """How many rows there are in each table that a command writes."""
    async with walk.trinvis.database.connection() as connection:
        tables = ("stream", "commit", "fact", "fact_key", "alarm", "pathway_now", "worklist", "state_cache")
        return [await connection.fetchval(f"SELECT count(*) FROM {table}") for table in tables]  # noqa: S608 - ours


async def test_a_referral_begins_a_pathway_and_its_repetition_the_same_one(trinvis: Trinvis, clock: SetClock) -> None:
    citizen, command_id = await somebody(trinvis), uuid4()
    command = refer(citizen=citizen, benefit="ressourceforloeb")
    first = await trinvis.engine.refer(TOGETHER.ref, command, command_id)
    later = command.model_copy(update={"at": clock.pass_(days=3)})
    again = await another_process(trinvis).refer(TOGETHER.ref, later, command_id)
    assert first.stream == again.stream == pathway_id(command_id)
    assert (again.first, again.last, again.kinds) == (first.first, first.last, first.kinds)
    assert (first.duplicate, again.duplicate) == (False, True)


async def test_a_referral_into_another_programme_is_another_command(trinvis: Trinvis, clock: SetClock) -> None:
    citizen, command_id = await somebody(trinvis), uuid4()
    command = refer(citizen=citizen, benefit="ressourceforloeb")
    await trinvis.engine.refer(TOGETHER.ref, command, command_id)
    for engine in (trinvis.engine, another_process(trinvis)):
        with pytest.raises(CommandReused):
            await engine.refer(SIX_WEEKS.ref, command, command_id)
    assert clock()


async def test_nobody_is_referred_whom_nobody_knows_or_into_what_nobody_offers(trinvis: Trinvis) -> None:
    with pytest.raises(NoSuchCitizen):
        await trinvis.engine.refer(TOGETHER.ref, refer(citizen=uuid4()), uuid4())
    with pytest.raises(Invalid, match="unknown_programme"):
        await trinvis.engine.refer("sundere-sammen@99", refer(citizen=await somebody(trinvis)), uuid4())


async def test_nothing_is_told_to_a_pathway_that_nobody_began(trinvis: Trinvis) -> None:
    with pytest.raises(NoSuchStream):
        await trinvis.engine.transact(uuid4(), plan(), uuid4())
    with pytest.raises(NoSuchStream):
        await trinvis.engine.pass_time(uuid4(), MONDAY)


async def test_a_repeated_command_gets_its_first_answer_however_late_and_wherever(
    trinvis: Trinvis, clock: SetClock
) -> None:
    walk, command_id = await underway(trinvis, clock), uuid4()
    first = await walk.tell(plan(), command_id)
    await walk.tell(plan("to gåture om dagen", MONDAY + DAY))
    late = plan(at=MONDAY + timedelta(weeks=30))
    for engine in (trinvis.engine, another_process(trinvis)):
        again = await walk.tell(late, command_id, engine)
        assert (again.first, again.last, again.kinds, again.duplicate) == (first.first, first.last, first.kinds, True)
    assert (await walk.kinds()).count("plan_agreed") == 2


async def test_a_repeated_command_gets_its_first_answer_also_when_it_would_be_refused_now(
    trinvis: Trinvis, clock: SetClock
) -> None:
    walk, command_id = await referred(trinvis, clock), uuid4()
    refusal = RefuseReferral(by=CASEWORKER, at=MONDAY, reason="et andet tilbud passer bedre")
    accepted = await walk.tell(accept(MONDAY), command_id)
    with pytest.raises(Exception, match="not_referred"):
        await walk.tell(refusal)
    assert (await walk.tell(accept(MONDAY), command_id)).last == accepted.last


async def test_a_command_that_asks_for_what_is_so_answers_the_same_when_it_no_longer_is(
    trinvis: Trinvis, clock: SetClock
) -> None:
    walk, command_id = await underway(trinvis, clock), uuid4()
    await walk.tell(plan())
    nothing = await walk.tell(accept(MONDAY), command_id)
    assert (nothing.kinds, nothing.last, nothing.nudge) == ((), nothing.first - 1, False)
    await walk.tell(plan("noget nyt"))
    again = await walk.tell(accept(MONDAY), command_id, another_process(trinvis))
    assert (again.first, again.last, again.duplicate) == (nothing.first, nothing.last, True)


async def test_a_command_id_is_not_used_for_other_content_or_by_somebody_else(
    trinvis: Trinvis, clock: SetClock
) -> None:
    walk, command_id = await underway(trinvis, clock), uuid4()
    await walk.tell(plan(), command_id)
    for other in (plan("noget andet"), AgreePlan(by=CONTACT, at=MONDAY, goals="en gåtur om dagen"), accept(MONDAY)):
        for engine in (trinvis.engine, another_process(trinvis)):
            with pytest.raises(CommandReused):
                await walk.tell(other, command_id, engine)


async def test_a_refused_command_stores_nothing(trinvis: Trinvis, clock: SetClock) -> None:
    """Not even what time had caused by then; its id may be used once it is no longer refused."""
    walk, command_id = await referred(trinvis, clock, SICK.ref, benefit="kontanthjaelp"), uuid4()
    before, late = await _rows(walk), MONDAY + timedelta(weeks=4)
    for engine in (trinvis.engine, another_process(trinvis)):
        with pytest.raises(NotEligible):
            await walk.tell(accept(late), command_id, engine)
        with pytest.raises(Invalid):
            await walk.tell(RecordEvent(by=CASEWORKER, at=late, event="findes_ikke"), command_id, engine)
    assert await _rows(walk) == before
    taken_in = await walk.tell(accept(late, judgement="deltager efter aftale"), command_id)
    assert not taken_in.duplicate


async def test_a_pathway_that_is_over_says_so(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await referred(trinvis, clock)
    await walk.tell(RefuseReferral(by=CASEWORKER, at=MONDAY, reason="et andet tilbud passer bedre"))
    with pytest.raises(IsOver):
        await walk.tell(accept(MONDAY))


@pytest.mark.parametrize("processes", [1, 3])
async def test_everybody_who_writes_at_once_is_heard(trinvis: Trinvis, clock: SetClock, processes: int) -> None:
    """Ten people in one process or in several, whose clocks differ; each is decided on what the others had done."""
    walk = await underway(trinvis, clock)
    engines = [trinvis.engine, *(another_process(trinvis) for _ in range(processes - 1))]

    async def telling(number: int) -> int:
        while True:
            try:
                at = MONDAY + timedelta(seconds=number * 7 % 10)
                outcome = await walk.tell(plan(f"mål {number}", at), engine=engines[number % processes])
            except StreamConflict:
                continue
            return outcome.last

    versions = await asyncio.gather(*(telling(number) for number in range(10)))
    assert len(set(versions)) == 10
    plans = [event for event in await walk.events() if event.kind == "plan_agreed"]
    assert [getattr(event, "plan_version", None) for event in plans] == list(range(1, 11))
    assert (await verify(trinvis.database)).faults == []


async def test_a_command_that_arrives_many_times_at_once_is_carried_out_once(trinvis: Trinvis, clock: SetClock) -> None:
    walk, command_id = await underway(trinvis, clock), uuid4()
    engines = [trinvis.engine, another_process(trinvis), another_process(trinvis)]
    outcomes = await asyncio.gather(*(walk.tell(plan(), command_id, engines[number % 3]) for number in range(12)))
    assert len({(outcome.first, outcome.last) for outcome in outcomes}) == 1
    assert [outcome.duplicate for outcome in outcomes].count(False) == 1
    assert (await walk.kinds()).count("plan_agreed") == 1


async def test_what_was_asked_is_never_earlier_than_what_was_asked_before(trinvis: Trinvis, clock: SetClock) -> None:
    """A caller's clock may be behind another's, or behind the last timer."""
    walk = await underway(trinvis, clock)
    await walk.tell(plan(at=MONDAY + 2 * DAY))
    await walk.tell(plan("lidt senere", MONDAY + DAY))
    due = (await walk.alarm())["next_due"]
    clock.set(due)
    await trinvis.engine.pass_time(walk.pathway, due)
    await walk.tell(plan("efter uret", due - DAY))
    async with trinvis.database.connection() as connection:
        rows = await connection.fetch("SELECT at FROM commit ORDER BY first, tx_id, position")
    instants = [row["at"] for row in rows]
    assert instants == sorted(instants)
    plans = [each for each in await trinvis.engine.store.history(walk.pathway, LOOK) if each.kind == "plan_agreed"]
    assert len(plans) == 3, "none of them was taken for another"
    assert plans[-1].occurred_at > due


async def test_what_is_recorded_late_keeps_both_times(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await underway(trinvis, clock)
    told = MONDAY + 3 * DAY
    await walk.tell(AgreePlan(by=CASEWORKER, at=told, happened=MONDAY + DAY, goals="aftalt i går"))
    entry = next(each for each in await trinvis.engine.store.history(walk.pathway, LOOK) if each.kind == "plan_agreed")
    assert (entry.occurred_at, entry.recorded_at, entry.actor) == (MONDAY + DAY, told, CASEWORKER)


async def test_a_workflow_is_nudged_only_when_there_is_something_for_it(trinvis: Trinvis, clock: SetClock) -> None:
    """Follow-ups to carry out, or an earlier appointment than it has."""
    walk = await referred(trinvis, clock)
    assert (await walk.alarm())["reacted"] == (await walk.alarm())["version"]
    accepted = await walk.tell(accept(MONDAY))
    assert accepted.nudge, "letters are called for"
    assert (await walk.alarm())["reacted"] < (await walk.alarm())["version"]
    assert not (await walk.tell(plan())).nudge
    due = (await walk.alarm())["next_due"]
    promised = CreateObligation(
        by=CASEWORKER, at=MONDAY, obligation="ring_op", owner=Role.CASEWORKER, due=due - DAY, note="ring til borgeren"
    )
    assert (await walk.tell(promised)).nudge, "the appointment comes earlier"
    assert (await walk.alarm())["next_due"] == due - DAY
    later = promised.model_copy(update={"obligation": "skriv", "due": due + DAY})
    assert not (await walk.tell(later)).nudge


async def test_a_pathway_without_open_follow_ups_has_been_reacted_to(trinvis: Trinvis, clock: SetClock) -> None:
    """So that nobody is woken for nothing; what stands open stays open, whatever is written after it."""
    walk = await referred(trinvis, clock)
    await walk.tell(accept(MONDAY))
    open_from = (await walk.alarm())["reacted"]
    await walk.tell(plan())
    assert (await walk.alarm())["reacted"] == open_from

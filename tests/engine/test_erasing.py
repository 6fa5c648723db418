"""Erasing: what was destroyed is read nowhere any more, and everything that is left goes on working."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from random import Random
from uuid import UUID, uuid4

import pytest

from domain.actor import Actor
from domain.pathway.commands.course import AgreePlan, CorrectFact, ReadNotice, RecordLetter
from domain.pathway.facts.course import PlanAgreed
from domain.pathway.history import Erased
from domain.pathway.state import Stage
from domain.refusal import IsOver, NoSuchFact, RoleMayNot
from engine.alarms import Sweep
from engine.draft import fact_id
from engine.erasing import Eraser
from engine.looking import look
from engine.transact import Engine
from eventstore.errors import NoSuchCitizen, NoSuchStream, StreamConflict
from eventstore.rotating import rotate_citizen
from eventstore.verifying import verify
from projections.rebuilding import rebuild
from runtime.wiring import Trinvis
from tests.support.asking import accept, refer
from tests.support.cast import CASEWORKER, DAY, MONDAY, RECORDS, TOGETHER, WEEK
from tests.support.clock import SetClock
from tests.support.keeping import LOOK, commit, noted, somebody
from tests.support.living import lived
from tests.support.roles import keeping_records, superuser
from tests.support.servers import Servers
from tests.support.walking import Walk, another_process, referred, underway

FOLLOWING_UP = Actor("system:follow_up")
DECISION = "sag 2026-1234"
SAID = "hemmeligheden"


@pytest.fixture
async def records(trinvis: Trinvis) -> AsyncIterator[Trinvis]:
    """A process that keeps the records, beside the one that works."""
    async with keeping_records(trinvis) as parts:
        yield parts


@pytest.fixture
def eraser(records: Trinvis) -> Eraser:
    """Whoever erases."""
    return Eraser(records.engine)


def plan(goals: str, at: datetime = MONDAY) -> AgreePlan:
    """A plan with something in it."""
    return AgreePlan(by=CASEWORKER, at=at, goals=goals)


async def _said(walk: Walk, *engines: Engine) -> bool:
    """Whether the secret can be read anywhere: in history, in the folded state, in what is kept or remembered."""
    entries = await walk.trinvis.engine.store.history(walk.pathway, LOOK)
    places = [repr(entries), repr(await walk.folded())]
    async with walk.trinvis.database.connection() as connection:
        loaded = await walk.trinvis.engine.store.load(connection, walk.pathway)
    places += [repr(loaded), *(repr(engine.recent.get(walk.pathway)) for engine in engines)]
    return any(SAID in place for place in places)


async def _noted(servers: Servers, trinvis: Trinvis) -> list[tuple[object, ...]]:
    """What is kept of what was erased."""
    async with superuser(servers, trinvis) as connection:
        rows = await connection.fetch("SELECT actor, decision, subject, stream, version FROM erasure ORDER BY id")
    return [tuple(row) for row in rows]


async def test_an_erased_fact_is_a_header_and_the_pathway_goes_on_without_it(
    servers: Servers, trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    walk = await underway(trinvis, clock)
    first = await walk.tell(plan(SAID))
    erasure = await eraser.erase_fact(walk.pathway, first.first, RECORDS, DECISION)
    assert erasure.facts == ((walk.pathway, first.first),)
    assert not await _said(walk)
    assert isinstance((await walk.events())[first.first - 1], Erased)
    assert (await walk.kinds())[-1] == "fact_erased"
    assert (await walk.tell(plan("et nyt mål", MONDAY + DAY))).kinds == ("plan_agreed",)
    assert (await verify(trinvis.database)).faults == []
    assert await _noted(servers, trinvis) == [(RECORDS, DECISION, walk.citizen, walk.pathway, first.first)]


async def test_whatever_corrected_an_erased_fact_is_erased_with_it(
    servers: Servers, trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    walk = await underway(trinvis, clock)
    first = await walk.tell(plan("noget andet"))
    for goals in (SAID, f"{SAID} igen"):
        changes = {"goals": goals}
        await walk.tell(CorrectFact(by=CASEWORKER, at=MONDAY, corrects=first.first, changes=changes, reason="forkert"))
    erasure = await eraser.erase_fact(walk.pathway, first.first, RECORDS, DECISION)
    assert len(erasure.facts) == 3
    assert not await _said(walk)
    assert len(erasure.fact_ids) == len(await _noted(servers, trinvis)) == 3


async def test_an_erased_correction_lets_the_original_stand(trinvis: Trinvis, clock: SetClock, eraser: Eraser) -> None:
    """And what is kept folded says the same as the facts do."""
    walk = await underway(trinvis, clock)
    first = await walk.tell(plan("en gåtur"))
    withdrawn = CorrectFact(by=CASEWORKER, at=MONDAY, corrects=first.first, withdraw=True, reason=SAID)
    correction = await walk.tell(withdrawn)
    assert (await walk.folded()).pathway.plan_version == 0
    await eraser.erase_fact(walk.pathway, correction.first, RECORDS, DECISION)
    assert not await _said(walk)
    assert (await walk.folded()).pathway.plan_version == 1
    await walk.tell(plan("to gåture", MONDAY + DAY), engine=another_process(trinvis))
    assert (await walk.folded()).pathway.plan_version == 2


@pytest.mark.parametrize("version", range(1, 7))
async def test_any_fact_may_be_erased_and_the_pathway_is_shown_all_the_same(
    trinvis: Trinvis, clock: SetClock, eraser: Eraser, version: int
) -> None:
    """Also the referral, without which nobody would know what it was about."""
    walk = await underway(trinvis, clock)
    await eraser.erase_fact(walk.pathway, version, RECORDS, DECISION)
    seen = await look(trinvis.engine, walk.pathway, LOOK)
    assert seen.programme.ref == TOGETHER.ref
    assert (await _shown(trinvis)) == await _rebuilt(trinvis)
    clock.pass_(weeks=6)
    await walk.settle()
    assert (await _shown(trinvis)) == await _rebuilt(trinvis)
    assert (await verify(trinvis.database)).faults == []


async def _shown(trinvis: Trinvis) -> list[object]:
    """Every row of every read model."""
    async with trinvis.database.connection() as connection:
        return [
            [tuple(row) for row in await connection.fetch(f"SELECT * FROM {table} ORDER BY 1, 2")]  # noqa: S608 - two of ours
            for table in ("pathway_now", "worklist")
        ]


async def _rebuilt(trinvis: Trinvis) -> list[object]:
    await rebuild(trinvis.database, trinvis.engine.folded)
    return await _shown(trinvis)


@pytest.mark.parametrize("chance", range(6))
async def test_chance_lives_go_on_after_chance_facts_are_erased(
    trinvis: Trinvis, clock: SetClock, eraser: Eraser, chance: int
) -> None:
    random = Random(chance)  # noqa: S311 - a life, not a secret
    walk, _ = await lived(trinvis, clock, random, 25)
    for _ in range(4):
        version = random.randrange(1, (await walk.folded()).version + 1)
        await eraser.erase_fact(walk.pathway, version, RECORDS, DECISION)
        clock.pass_(days=20)
        await walk.settle()
        assert (await _shown(trinvis)) == await _rebuilt(trinvis)
    assert (await verify(trinvis.database)).faults == []


async def test_erasing_the_same_fact_again_changes_nothing(trinvis: Trinvis, clock: SetClock, eraser: Eraser) -> None:
    walk = await underway(trinvis, clock)
    first = await walk.tell(plan(SAID))
    for _ in range(2):
        await eraser.erase_fact(walk.pathway, first.first, RECORDS, DECISION)
    assert (await walk.kinds()).count("fact_erased") == 1


async def test_nobody_else_erases_and_nothing_that_is_not_there(
    servers: Servers, trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    """Nor is a citizen erased by somebody else who happens to have no pathway."""
    walk, alone = await underway(trinvis, clock), await somebody(trinvis, "610180-1234")
    with pytest.raises(RoleMayNot):
        await eraser.erase_fact(walk.pathway, 1, CASEWORKER, DECISION)
    for citizen in (walk.citizen, alone):
        with pytest.raises(RoleMayNot):
            await eraser.erase_citizen(citizen, CASEWORKER, DECISION)
    with pytest.raises(NoSuchFact):
        await eraser.erase_fact(walk.pathway, 99, RECORDS, DECISION)
    with pytest.raises(NoSuchStream):
        await eraser.erase_fact(uuid4(), 1, RECORDS, DECISION)
    with pytest.raises(NoSuchCitizen):
        await eraser.erase_citizen(uuid4(), RECORDS, DECISION)
    assert await _noted(servers, trinvis) == []


async def test_an_erased_citizen_is_gone_from_everywhere(
    servers: Servers, trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    citizen = await somebody(trinvis, "610180-1234")
    walks = [await referred(trinvis, clock, citizen=citizen, reason=SAID) for _ in range(2)]
    for walk in walks:
        await walk.tell(accept(MONDAY, reason=SAID))
        for number in range(20):
            await walk.tell(plan(f"{SAID} {number}", MONDAY + number * DAY))
    erasure = await eraser.erase_citizen(citizen, RECORDS, DECISION)
    assert {stream for stream, _ in erasure.facts} == {walk.pathway for walk in walks}
    for walk in walks:
        assert not await _said(walk)
        folded = await walk.folded()
        assert (folded.pathway.stage, folded.pathway.citizen, folded.pathway.is_over) == (Stage.ERASED, None, True)
        assert (await walk.kinds())[-1] == "citizen_erased"
        assert (await look(trinvis.engine, walk.pathway, LOOK)).pathway.stage == Stage.ERASED
    with pytest.raises(NoSuchCitizen):
        await trinvis.vault.identity(citizen, LOOK)
    assert await somebody(trinvis, "610180-1234") != citizen, "the number is free again"
    async with superuser(servers, trinvis) as connection:
        for table in ("citizen_key WHERE subject = $1", "worklist WHERE subject = $1"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}", citizen) == 0  # noqa: S608 - ours
        for table in ("fact_key", "state_cache"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0  # noqa: S608 - ours
    assert (await verify(trinvis.database)).faults == []
    assert await _noted(servers, trinvis) == [(RECORDS, DECISION, citizen, None, None)]


async def test_after_a_citizen_is_erased_the_rest_of_the_house_goes_on(
    trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    """Rebuilding gives the same rows, the sweep finds nothing that waits for ever, and others are not touched."""
    walk, other = await underway(trinvis, clock), await underway(trinvis, clock)
    before = (await other.folded()).pathway
    await eraser.erase_citizen(walk.citizen, RECORDS, DECISION)
    assert (await _shown(trinvis)) == await _rebuilt(trinvis)
    assert (await other.folded()).pathway == before
    alarm = await walk.alarm()
    assert (alarm["over"], alarm["next_due"]) == (True, None)
    async with trinvis.database.connection() as connection:
        await connection.execute("UPDATE alarm SET reacted = version, armed = 'g'")
    nudged: list[UUID] = []
    clock.pass_(weeks=1)

    async def nudge(pathway: UUID, version: int) -> None:
        assert version
        nudged.append(pathway)

    await Sweep(trinvis.database, clock, nudge).run("g")
    assert walk.pathway not in nudged


async def test_commands_to_an_erased_citizens_pathway_are_refused_clearly(
    trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    """Also by a process that still remembers the pathway, and from those who only carry out what was called for."""
    walk, remembering = await underway(trinvis, clock), another_process(trinvis)
    await walk.tell(plan(SAID), engine=remembering)
    await eraser.erase_citizen(walk.citizen, RECORDS, DECISION)
    late = MONDAY + 8 * WEEK
    follow_up = RecordLetter(by=FOLLOWING_UP, at=late, about=uuid4(), letter="enrolled", channel="outbox")
    read = ReadNotice(by=CASEWORKER, at=late, about=uuid4(), notice="week_below")
    for engine in (remembering, trinvis.engine, another_process(trinvis)):
        for command in (plan("mere", late), accept(late), follow_up, read):
            with pytest.raises(IsOver):
                await walk.tell(command, engine=engine)
        await engine.pass_time(walk.pathway, late)
    with pytest.raises(NoSuchCitizen):
        await trinvis.engine.refer(TOGETHER.ref, refer(citizen=walk.citizen), uuid4())


async def test_erasing_a_citizen_again_destroys_nothing_and_finds_the_same_letters(
    servers: Servers, trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    """Whoever erased may have been stopped before the letters were gone."""
    walk = await underway(trinvis, clock)
    await eraser.erase_fact(walk.pathway, 1, RECORDS, DECISION)
    erased = await eraser.erase_citizen(walk.citizen, RECORDS, DECISION)
    noted_before = await _noted(servers, trinvis)
    again = await eraser.erase_citizen(walk.citizen, RECORDS, DECISION)
    everything = {fact_id(walk.pathway, version) for version in range(1, len(await walk.events()) + 1)}
    assert (erased.repeated, again.repeated, again.facts) == (False, True, ())
    assert again.fact_ids == erased.fact_ids == everything
    assert await _noted(servers, trinvis) == noted_before
    with pytest.raises(NoSuchCitizen):
        await eraser.erase_citizen(uuid4(), RECORDS, DECISION)


async def test_a_live_process_that_remembers_does_not_bring_the_content_back(
    trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    """It writes on what it remembers, is told that somebody was faster, and reads anew."""
    walk, remembering = await underway(trinvis, clock), another_process(trinvis)
    for number in range(14):
        await walk.tell(plan(f"mål {number}", MONDAY + number * DAY), engine=remembering)
    told = await walk.tell(plan(SAID, MONDAY + 15 * DAY), engine=remembering)
    await eraser.erase_fact(walk.pathway, told.first, RECORDS, DECISION)
    for number in range(20):
        await walk.tell(plan(f"nyt mål {number}", MONDAY + (16 + number) * DAY), engine=remembering)
    assert not await _said(walk, remembering)
    versions = [event.plan_version for event in await walk.events() if isinstance(event, PlanAgreed)]
    assert versions[14] == 15, "the erased plan does not count"


async def test_whoever_writes_while_a_citizen_is_erased_loses_cleanly(
    trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    walk = await underway(trinvis, clock)
    engines = [another_process(trinvis) for _ in range(4)]

    async def writing(number: int) -> None:
        while True:
            try:
                await walk.tell(plan(f"{SAID} {number}"), engine=engines[number])
            except StreamConflict:
                continue
            except (IsOver, NoSuchCitizen):
                return

    async with asyncio.timeout(30), asyncio.TaskGroup() as together:
        for number in range(4):
            together.create_task(writing(number))
        await asyncio.sleep(0.2)
        await _until_done(eraser, walk.citizen)
    assert not await _said(walk)
    assert (await walk.kinds())[-1] == "citizen_erased"
    assert (await verify(trinvis.database)).faults == []


async def _until_done(eraser: Eraser, citizen: UUID) -> None:
    """Erases, again while others are always faster."""
    while True:
        with suppress(StreamConflict):
            await eraser.erase_citizen(citizen, RECORDS, DECISION)
            return


async def test_a_referral_that_comes_while_a_citizen_is_erased_leaves_no_open_pathway(
    trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    """It is on its way in when the erasing begins: it is waited for, and ended too."""
    walk = await underway(trinvis, clock)
    begun = commit(uuid4(), walk.citizen, 0, noted("på vej ind"), next_due=MONDAY + DAY)
    async with trinvis.database.transaction() as connection:
        await trinvis.engine.store.append(connection, begun)
        erasing = asyncio.create_task(eraser.erase_citizen(walk.citizen, RECORDS, DECISION))
        await asyncio.sleep(0.3)
        assert not erasing.done()
    await erasing
    async with trinvis.database.connection() as connection:
        rows = await connection.fetch("SELECT over, next_due FROM alarm")
    assert [tuple(row) for row in rows] == [(True, None)] * 2


async def test_erasing_and_rotating_at_once_get_on_with_each_other(
    trinvis: Trinvis, clock: SetClock, eraser: Eraser
) -> None:
    walk = await underway(trinvis, clock)
    told = [await walk.tell(plan(f"{SAID} {number}", MONDAY + number * DAY)) for number in range(12)]

    async def rotating() -> None:
        async with keeping_records(trinvis) as other:
            for _ in range(6):
                await rotate_citizen(other.database, other.engine.store.ring, walk.citizen)

    async def erasing() -> None:
        for outcome in told:
            await eraser.erase_fact(walk.pathway, outcome.first, RECORDS, DECISION)

    await asyncio.gather(rotating(), erasing())
    assert not await _said(walk)
    assert [type(event) for event in await walk.events()].count(Erased) == 12
    await eraser.erase_citizen(walk.citizen, RECORDS, DECISION)
    assert (await walk.folded()).pathway.stage == Stage.ERASED

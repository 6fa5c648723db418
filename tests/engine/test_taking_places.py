"""Thirty places for forty: however many are accepted at once, no place is taken twice, and the next is let in once."""

import asyncio
from collections import Counter
from contextlib import suppress
from uuid import UUID, uuid4

import pytest

from activities.messages import GIVE_PLACE, CatchUp, FollowUpDue
from activities.pathways import Life
from domain.calendar import local_date
from domain.pathway.commands.course import ReopenPathway
from domain.pathway.commands.referrals import EnrolCitizen
from domain.refusal import NoFreePlace, NoPlaceAnyMore
from engine.alarms import alarm_of
from engine.erasing import Eraser
from engine.handing_over import Places
from engine.transact import Engine
from eventstore.errors import StoreAway
from projections import queue
from runtime.wiring import Trinvis, wired
from tests.support.altering import altered_text
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, DAY, RECORDS
from tests.support.clock import SetClock
from tests.support.keeping import LOOK, somebody
from tests.support.roles import keeping_records, scribble
from tests.support.servers import Servers
from tests.support.walking import another_process

PLACES, COMING = 30, 40
SINCE = "effective_from: 2018-08-01"
REF = "sundere-sammen@9"


def text_of(version: int, places: int, since: str = "2020-01-01") -> str:
    """A version with so many places, in force from a day."""
    return altered_text(
        "sundere-sammen@2",
        ("version: 2\n", f"version: {version}\n"),
        (SINCE, f"effective_from: {since}"),
        ("contact_person: required", f"contact_person: required\nplaces: {places}"),
    )


@pytest.fixture
async def referred(trinvis: Trinvis, clock: SetClock) -> list[UUID]:
    """Forty people, referred one after the other into a programme with thirty places."""
    await trinvis.catalogue.publish(text_of(9, PLACES), "v9.yaml", "administrator:it-1", clock())
    return [await referred_to(trinvis, clock, REF) for _ in range(COMING)]


async def referred_to(trinvis: Trinvis, clock: SetClock, ref: str) -> UUID:
    """The pathway of somebody who is referred into a version."""
    asked = refer(clock(), benefit="ressourceforloeb", citizen=await somebody(trinvis))
    return (await trinvis.engine.refer(ref, asked, uuid4())).stream


async def stages(trinvis: Trinvis, pathways: list[UUID]) -> Counter[str]:
    """In which stage they are, by their facts."""
    async with trinvis.database.connection() as connection:
        return Counter([(await trinvis.engine.folded(connection, each)).pathway.stage for each in pathways])


async def queued(trinvis: Trinvis) -> list[UUID]:
    """Who waits for a place, who waited longest first."""
    async with trinvis.database.connection() as connection:
        return [each.pathway for each in await queue.queue(connection, "sundere-sammen", LOOK)]


async def accept_all(engines: list[Engine], pathways: list[UUID], clock: SetClock) -> None:
    """Everybody is accepted at once, by several processes."""
    given = (accepted(engines[number % len(engines)], each, clock) for number, each in enumerate(pathways))
    await asyncio.gather(*given)


async def accepted(engine: Engine, pathway: UUID, clock: SetClock) -> None:
    """Somebody is accepted; whoever waited too long for the others is told so, and gives the same command again."""
    command, command_id = accept(clock()), uuid4()
    for _ in range(COMING):
        with suppress(StoreAway):
            await engine.transact(pathway, command, command_id)
            return
    raise AssertionError("nobody answers")


async def freed(trinvis: Trinvis, pathway: UUID) -> FollowUpDue:
    """Somebody leaves; the errand that hands the place over."""
    await trinvis.engine.transact(pathway, close(trinvis.clock(), "job"), uuid4())
    due = (await trinvis.activities(Life("generation-7")).catch_up(CatchUp(str(pathway)))).follow_ups
    [errand] = [each for each in due if each.activity == GIVE_PLACE]
    return errand


async def test_of_forty_who_are_accepted_at_once_thirty_begin_and_ten_wait_in_their_order(
    trinvis: Trinvis, clock: SetClock, referred: list[UUID]
) -> None:
    async with wired(trinvis.settings, clock) as other:
        await accept_all([trinvis.engine, other.engine, another_process(trinvis)], referred, clock)
    assert await stages(trinvis, referred) == {"underway": PLACES, "waiting": COMING - PLACES}
    programme = await trinvis.engine.programme(REF)
    async with trinvis.database.connection() as connection:
        counted = await trinvis.engine.occupied(connection, programme)
    assert counted is not None
    assert (counted.taken, counted.waiting) == (PLACES, COMING - PLACES)
    assert len(await queued(trinvis)) == COMING - PLACES


async def test_a_closing_lets_exactly_one_begin_who_waited_longest_however_often_and_by_how_many_it_is_tried(
    trinvis: Trinvis, clock: SetClock, referred: list[UUID]
) -> None:
    for each in referred[: PLACES + 4]:
        await trinvis.engine.transact(each, accept(clock.pass_(minutes=1)), uuid4())
    assert await queued(trinvis) == referred[PLACES : PLACES + 4]
    clock.pass_(days=1)
    due = await freed(trinvis, referred[3])
    async with wired(trinvis.settings, clock) as other:
        await asyncio.gather(*(each.place_activities().give_place(due) for each in (trinvis, other) * 4))
    assert await queued(trinvis) == referred[PLACES + 1 : PLACES + 4]
    assert (await stages(trinvis, referred))["underway"] == PLACES


async def test_three_who_leave_at_once_let_the_next_three_begin(
    trinvis: Trinvis, clock: SetClock, referred: list[UUID]
) -> None:
    await accept_all([trinvis.engine], referred, clock)
    waiting, leaving = await queued(trinvis), [each for each in referred if each not in await queued(trinvis)][:3]
    clock.pass_(days=1)
    errands = [await freed(trinvis, each) for each in leaving]
    async with wired(trinvis.settings, clock) as other:
        hands = [each.place_activities() for each in (trinvis, other, trinvis)]
        await asyncio.gather(*(hand.give_place(due) for hand, due in zip(hands, errands, strict=True)))
    assert await queued(trinvis) == waiting[3:]
    assert await stages(trinvis, referred) == {"underway": PLACES, "waiting": COMING - PLACES - 3, "closed": 3}


async def test_staff_let_nobody_begin_while_every_place_is_taken_and_one_when_one_is_free(
    trinvis: Trinvis, clock: SetClock, referred: list[UUID]
) -> None:
    await accept_all([trinvis.engine], referred, clock)
    waiting = await queued(trinvis)
    enrol = EnrolCitizen(by=CASEWORKER, at=clock(), reason="haster")
    with pytest.raises(NoFreePlace):
        await trinvis.engine.transact(waiting[-1], enrol, uuid4())
    [leaving, *_] = [each for each in referred if each not in waiting]
    await trinvis.engine.transact(leaving, close(clock.pass_(days=1), "job"), uuid4())
    told = [
        another_process(trinvis).transact(each, enrol.model_copy(update={"at": clock()}), uuid4())
        for each in waiting[-2:]
    ]
    refused = [each for each in await asyncio.gather(*told, return_exceptions=True) if isinstance(each, NoFreePlace)]
    assert len(refused) == 1
    assert (await stages(trinvis, referred))["underway"] == PLACES


async def test_of_two_who_come_back_at_once_to_one_free_place_one_does(
    trinvis: Trinvis, clock: SetClock, referred: list[UUID]
) -> None:
    for each in referred[: PLACES + 1]:
        await trinvis.engine.transact(each, accept(clock.pass_(minutes=1)), uuid4())
    for each in referred[:2]:
        await trinvis.engine.transact(each, close(clock.pass_(minutes=1), "job"), uuid4())
    assert await trinvis.places().sweep() == 1, "nobody waits any more, and one place is free"
    again = ReopenPathway(by=CASEWORKER, at=clock.pass_(days=1), reason="syg igen")
    told = [another_process(trinvis).transact(each, again, uuid4()) for each in referred[:2]]
    refused = [each for each in await asyncio.gather(*told, return_exceptions=True) if isinstance(each, NoPlaceAnyMore)]
    assert len(refused) == 1
    assert await stages(trinvis, referred) == {"underway": PLACES, "closed": 1, "referred": COMING - PLACES - 1}


async def test_whoever_is_erased_leaves_a_place_that_the_next_sweep_gives_to_the_first_in_the_queue(
    trinvis: Trinvis, clock: SetClock, referred: list[UUID]
) -> None:
    for each in referred[: PLACES + 2]:
        await trinvis.engine.transact(each, accept(clock.pass_(minutes=1)), uuid4())
    assert await trinvis.places().sweep() == 0
    async with trinvis.database.connection() as connection:
        citizen = (await alarm_of(connection, referred[4])).subject
    async with keeping_records(trinvis) as records:
        await Eraser(records.engine).erase_citizen(citizen, RECORDS, "2026-17")
    async with wired(trinvis.settings, clock) as other:
        given = await asyncio.gather(*(each.places().sweep() for each in (trinvis, other, trinvis)))
    assert sum(given) == 1, "three sweeps at once give one place"
    assert await queued(trinvis) == [referred[PLACES + 1]]


async def test_a_version_with_more_places_lets_in_the_first_of_all_who_wait_from_the_day_on_which_it_is_in_force(
    trinvis: Trinvis, clock: SetClock, referred: list[UUID]
) -> None:
    for each in referred[: PLACES + 4]:
        await trinvis.engine.transact(each, accept(clock.pass_(minutes=1)), uuid4())
    tomorrow = local_date(clock() + DAY)
    more = text_of(10, PLACES + 3, since=str(tomorrow))
    await trinvis.catalogue.publish(more, "v10.yaml", "administrator:it-1", clock())
    assert await trinvis.places().sweep() == 0, "it is not in force yet"
    clock.pass_(days=1)
    latest = await referred_to(trinvis, clock, "sundere-sammen@10")
    await trinvis.engine.transact(latest, accept(clock()), uuid4())
    assert await queued(trinvis) == [*referred[PLACES : PLACES + 4], latest], "who comes now comes last"
    assert await trinvis.places().sweep() == 3
    assert await queued(trinvis) == [referred[PLACES + 3], latest]
    assert await trinvis.places().sweep() == 0


async def test_one_that_cannot_be_read_holds_up_nobody_who_waits_behind(
    servers: Servers, trinvis: Trinvis, clock: SetClock, referred: list[UUID]
) -> None:
    for each in referred[: PLACES + 2]:
        await trinvis.engine.transact(each, accept(clock.pass_(minutes=1)), uuid4())
    await scribble(servers, trinvis, referred[PLACES])
    await trinvis.engine.transact(referred[0], close(clock.pass_(days=1), "job"), uuid4())
    assert await Places(another_process(trinvis), trinvis.nudge).sweep() == 1
    assert await queued(trinvis) == [referred[PLACES]]

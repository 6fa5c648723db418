"""Thirty places for forty: however many are accepted at once, no place is taken twice, and the next is let in once."""

import asyncio
from collections import Counter
from uuid import UUID, uuid4

import pytest

from activities.messages import GIVE_PLACE, CatchUp, FollowUpDue
from activities.pathways import Life
from domain.pathway.commands.referrals import EnrolCitizen
from domain.refusal import NoFreePlace
from engine.places import occupied
from engine.transact import Engine
from projections import queue
from runtime.wiring import Trinvis, wired
from tests.support.altering import altered_text
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER
from tests.support.clock import SetClock
from tests.support.keeping import LOOK, somebody
from tests.support.walking import another_process

PLACES, COMING = 30, 40
REF = "sundere-sammen@9"


@pytest.fixture
async def referred(trinvis: Trinvis, clock: SetClock) -> list[UUID]:
    """Forty people, referred one after the other into a programme with thirty places."""
    text = altered_text(
        "sundere-sammen@2",
        ("version: 2\n", "version: 9\n"),
        ("contact_person: required", f"contact_person: required\nplaces: {PLACES}"),
    )
    await trinvis.catalogue.publish(text, "v9.yaml", "administrator:it-1", clock())
    found = []
    for _ in range(COMING):
        asked = refer(clock(), benefit="ressourceforloeb", citizen=await somebody(trinvis))
        found.append((await trinvis.engine.refer(REF, asked, uuid4())).stream)
    return found


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
    given = (
        engines[number % len(engines)].transact(each, accept(clock()), uuid4()) for number, each in enumerate(pathways)
    )
    await asyncio.gather(*given)


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
        counted = await occupied(connection, programme)
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
        await asyncio.gather(*(each.places().give_place(due) for each in (trinvis, other) * 4))
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
        hands = [trinvis.places(), other.places(), trinvis.places()]
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

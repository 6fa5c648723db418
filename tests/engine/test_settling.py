"""Settling: what had fallen due is written first, by time, whoever asks, however long it was and however often."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from domain.actor import SETTLING, TIMER
from domain.pathway.binding import Binding
from domain.pathway.commands.course import AgreePlan
from domain.pathway.settling import settled
from engine.draft import MOST_SETTLED, passing_id
from engine.transact import ClockBehind
from runtime.wiring import Trinvis
from tests.support.asking import accept
from tests.support.cast import CASEWORKER, DAY, MONDAY, SICK, WEEK
from tests.support.clock import SetClock
from tests.support.keeping import LOOK
from tests.support.walking import Walk, another_process, referred, underway


def plan(at: datetime) -> AgreePlan:
    """A plan is agreed then."""
    return AgreePlan(by=CASEWORKER, at=at, goals="en gåtur om dagen")


async def _commits(walk: Walk) -> list[tuple[str, datetime, int]]:
    """Who asked, when, and in which transaction it was written, from the second command on."""
    async with walk.trinvis.database.connection() as connection:
        rows = await connection.fetch(
            "SELECT actor, at, tx_id::text::bigint FROM commit ORDER BY first, tx_id, position"
        )
    return [(row[0], row[1], row[2]) for row in rows][1:]


async def test_what_had_fallen_due_is_written_first_in_the_same_transaction(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await referred(trinvis, clock, SICK.ref, benefit="sygedagpenge")
    reminder, overdue = MONDAY + 11 * DAY, MONDAY + 14 * DAY
    await walk.tell(accept(overdue + 3 * DAY))
    *of_time, own = await _commits(walk)
    assert [actor for actor, *_ in of_time] == [SETTLING] * 2
    assert own[0] == CASEWORKER
    assert len({transaction for *_, transaction in [*of_time, own]}) == 1
    kinds = await walk.kinds()
    assert kinds[:5] == [
        "citizen_referred",
        "obligation_created",
        "obligation_reminded",
        "obligation_overdue",
        "referral_accepted",
    ]
    assert reminder < overdue


async def test_each_instant_passes_as_a_command_of_its_own_at_its_own_time(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await underway(trinvis, clock)
    folded = await walk.folded()
    programme = folded.programme
    late = MONDAY + 9 * WEEK
    expected = [each.due for each in settled(Binding(programme), folded.pathway, late)]
    await walk.tell(plan(late))
    of_time = [at for actor, at, *_ in await _commits(walk) if actor == SETTLING]
    assert of_time == expected
    assert len(of_time) > 9
    entries = await trinvis.engine.store.history(walk.pathway, LOOK)
    assert {entry.recorded_at for entry in entries if entry.actor == SETTLING} == {late}


async def test_an_instant_has_the_same_command_id_whoever_lets_it_pass(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await underway(trinvis, clock)
    alarm = await walk.alarm()
    clock.set(alarm["next_due"])
    await trinvis.engine.pass_time(walk.pathway, alarm["next_due"])
    async with trinvis.database.connection() as connection:
        row = await connection.fetchrow("SELECT command_id, actor FROM commit ORDER BY first DESC, tx_id DESC LIMIT 1")
    assert row is not None
    assert row["command_id"] == passing_id(walk.pathway, alarm["version"], alarm["next_due"])
    assert row["actor"] == TIMER


@pytest.mark.parametrize("years", [2, 12])
async def test_a_pathway_that_nobody_touched_for_years_is_settled_in_several_transactions(
    trinvis: Trinvis, clock: SetClock, years: int
) -> None:
    """More is due than goes into one transaction; the command is carried out all the same, and once."""
    walk, command_id = await underway(trinvis, clock), uuid4()
    late = MONDAY + timedelta(days=365 * years)
    outcome = await walk.tell(plan(late), command_id)
    of_time = [each for each in await _commits(walk) if each[0] == SETTLING]
    assert len(of_time) > years * MOST_SETTLED
    transactions = [transaction for *_, transaction in of_time]
    assert max(map(transactions.count, transactions)) <= MOST_SETTLED
    assert outcome.kinds[0] == "plan_agreed"
    assert (await walk.tell(plan(late), command_id)).duplicate
    assert (await walk.alarm())["next_due"] > late


async def test_a_timer_that_rings_too_early_is_told_so(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await underway(trinvis, clock)
    due = (await walk.alarm())["next_due"]
    clock.set(due - timedelta(seconds=1))
    with pytest.raises(ClockBehind):
        await trinvis.engine.pass_time(walk.pathway, due)
    assert SETTLING not in {entry.actor for entry in await trinvis.engine.store.history(walk.pathway, LOOK)}


async def test_a_timer_that_rings_again_changes_nothing(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await underway(trinvis, clock)
    due = (await walk.alarm())["next_due"]
    clock.set(due)
    for engine in (trinvis.engine, trinvis.engine, another_process(trinvis)):
        await engine.pass_time(walk.pathway, due)
    assert [actor for actor, *_ in await _commits(walk)].count(TIMER) == 1


async def test_a_command_and_a_timer_that_come_together_let_time_pass_once(trinvis: Trinvis, clock: SetClock) -> None:
    """Also where one of them has not heard of the other: it is the same instant, whoever lets it pass."""
    walk, unaware = await underway(trinvis, clock), another_process(trinvis)
    await walk.tell(plan(MONDAY), engine=unaware)
    due = (await walk.alarm())["next_due"]
    clock.set(due)
    await trinvis.engine.pass_time(walk.pathway, due)
    outcome = await walk.tell(plan(due + DAY), engine=unaware)
    assert outcome.kinds[0] == "plan_agreed"
    passed = [at for actor, at, *_ in await _commits(walk) if actor in {TIMER, SETTLING}]
    assert passed == sorted(set(passed))


async def test_many_timers_and_commands_at_once_let_each_instant_pass_once(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await underway(trinvis, clock)
    engines = [another_process(trinvis) for _ in range(4)]
    for round_ in range(4):
        due = (await walk.alarm())["next_due"]
        clock.set(due)
        await asyncio.gather(
            *(engine.pass_time(walk.pathway, due) for engine in engines),
            *(walk.tell(plan(due + timedelta(minutes=each)), engine=engines[each]) for each in range(4)),
        )
        passed = [at for actor, at, *_ in await _commits(walk) if actor in {TIMER, SETTLING}]
        assert passed == sorted(set(passed))
        assert (await walk.kinds()).count("plan_agreed") == 4 * (round_ + 1)


async def test_time_alone_gives_the_same_whether_timers_ring_or_somebody_asks_much_later(
    trinvis: Trinvis, clock: SetClock
) -> None:
    rung, asked = await underway(trinvis, clock), await underway(trinvis, clock)
    until = MONDAY + 12 * WEEK
    while (due := (await rung.alarm())["next_due"]) <= until:
        clock.set(due)
        await trinvis.engine.pass_time(rung.pathway, due)
    await rung.tell(plan(until))
    await asked.tell(plan(until))
    assert await rung.kinds() == await asked.kinds()
    assert [event.at for event in await rung.events()] == [event.at for event in await asked.events()]

"""The sweep: exactly what is behind is nudged, each try later than the one before, and nobody twice at once."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from domain.pathway.commands.course import AgreePlan
from domain.pathway.commands.referrals import RefuseReferral
from engine.alarms import BATCH, GRACE, LONGEST_PAUSE, Sweep, alarm_of, caught_up
from eventstore.errors import NoSuchStream
from runtime.wiring import Trinvis
from tests.support.cast import CASEWORKER, MONDAY
from tests.support.clock import SetClock
from tests.support.keeping import commit, noted, somebody
from tests.support.walking import Walk, referred, underway

GENERATION = "generation-7"
"""The life of Temporal in which these specifications take place."""


class TemporalIsAway(Exception):  # noqa: N818 - what happened
    """A nudge did not get through."""


@dataclass
class Nudged:
    """Whom the sweep has nudged; those in *unreachable* cannot be."""

    trinvis: Trinvis
    pathways: list[UUID] = field(default_factory=list)
    unreachable: Sequence[UUID] = ()

    async def __call__(self, pathway: UUID, version: int) -> None:
        assert version > 0
        if pathway in self.unreachable:
            raise TemporalIsAway
        self.pathways.append(pathway)

    async def sweep(self, generation: str = GENERATION) -> list[UUID]:
        """Whom a sweep nudges now."""
        self.pathways.clear()
        count = await Sweep(self.trinvis.database, self.trinvis.clock, self).run(generation)
        assert count == len(self.pathways)
        return list(self.pathways)


async def _caught_up(walk: Walk, reacted: int | None = None, generation: str = GENERATION) -> None:
    """The workflow has carried out everything by now, or up to a version, and is armed."""
    async with walk.trinvis.database.connection() as connection:
        version = (await alarm_of(connection, walk.pathway)).version
        await caught_up(connection, walk.pathway, version if reacted is None else reacted, generation)


@pytest.fixture
def nudged(trinvis: Trinvis) -> Nudged:
    """Nobody yet."""
    return Nudged(trinvis)


async def test_a_pathway_that_is_fine_is_left_alone(trinvis: Trinvis, clock: SetClock, nudged: Nudged) -> None:
    """Up to the instant that is due next and the grace after it."""
    walk = await underway(trinvis, clock)
    await _caught_up(walk)
    due = (await walk.alarm())["next_due"]
    for now in (MONDAY, due - timedelta(seconds=1), due, due + GRACE):
        clock.set(now)
        assert await nudged.sweep() == []


async def test_a_timer_that_is_late_beyond_its_grace_is_made_up_for(
    trinvis: Trinvis, clock: SetClock, nudged: Nudged
) -> None:
    walk = await underway(trinvis, clock)
    await _caught_up(walk)
    clock.set((await walk.alarm())["next_due"] + GRACE + timedelta(seconds=1))
    assert await nudged.sweep() == [walk.pathway]


async def test_a_signal_that_was_lost_is_made_up_for(trinvis: Trinvis, clock: SetClock, nudged: Nudged) -> None:
    walk = await underway(trinvis, clock)
    version = (await walk.alarm())["version"]
    await _caught_up(walk, reacted=version - 1)
    assert await nudged.sweep() == [walk.pathway]


async def test_a_temporal_that_was_lost_is_armed_again(trinvis: Trinvis, clock: SetClock, nudged: Nudged) -> None:
    """Every open pathway, and none that is over."""
    walk, over = await underway(trinvis, clock), await referred(trinvis, clock)
    await over.tell(RefuseReferral(by=CASEWORKER, at=MONDAY, reason="et andet tilbud passer bedre"))
    for each in (walk, over):
        await _caught_up(each)
    assert await nudged.sweep() == []
    assert await nudged.sweep("generation-8") == [walk.pathway]


async def test_a_pathway_that_never_had_a_workflow_gets_one(trinvis: Trinvis, clock: SetClock, nudged: Nudged) -> None:
    walk = await referred(trinvis, clock)
    assert await nudged.sweep() == [walk.pathway]


async def test_what_is_over_is_swept_until_its_last_letter_is_out(
    trinvis: Trinvis, clock: SetClock, nudged: Nudged
) -> None:
    walk = await referred(trinvis, clock)
    await _caught_up(walk)
    await walk.tell(RefuseReferral(by=CASEWORKER, at=MONDAY, reason="et andet tilbud passer bedre"))
    assert (await walk.alarm())["over"]
    assert await nudged.sweep() == [walk.pathway]
    await _caught_up(walk)
    clock.pass_(days=2)
    assert await nudged.sweep() == []


async def test_each_try_waits_longer_and_catching_up_begins_anew(
    trinvis: Trinvis, clock: SetClock, nudged: Nudged
) -> None:
    walk = await underway(trinvis, clock)
    waited: list[timedelta] = []
    for _ in range(12):
        assert await nudged.sweep() == [walk.pathway]
        assert await nudged.sweep() == []
        waited.append((await walk.alarm())["nudge_after"] - clock())
        clock.set((await walk.alarm())["nudge_after"])
    assert waited == [min(timedelta(seconds=30 * 2**tried), LONGEST_PAUSE) for tried in range(12)]
    await _caught_up(walk)
    await walk.tell(AgreePlan(by=CASEWORKER, at=clock(), goals="mål"))
    await _caught_up(walk, generation="an earlier life")
    assert await nudged.sweep() == [walk.pathway], "at once, for it had caught up meanwhile"
    assert (await walk.alarm())["nudges"] == 1


async def test_a_sweep_goes_on_until_everybody_is_nudged(trinvis: Trinvis, nudged: Nudged) -> None:
    streams = await _many(trinvis, BATCH + 7)
    assert sorted(await nudged.sweep()) == sorted(streams)
    assert await nudged.sweep() == []


async def _many(trinvis: Trinvis, count: int) -> list[UUID]:
    """So many pathways that are behind."""
    citizen = await somebody(trinvis)
    streams = [UUID(int=number, version=4) for number in range(1, count + 1)]
    async with trinvis.database.transaction() as connection:
        for stream in streams:
            await trinvis.engine.store.append(connection, commit(stream, citizen, 0, noted("et"), calls=True))
    return streams


async def test_two_sweeps_at_once_nudge_nobody_twice(trinvis: Trinvis) -> None:
    streams = await _many(trinvis, 2 * BATCH)
    sweeps = [Nudged(trinvis) for _ in range(3)]
    taken = await asyncio.gather(*(each.sweep() for each in sweeps))
    assert sorted(pathway for each in taken for pathway in each) == sorted(streams)


async def test_a_sweep_does_not_wait_for_one_that_somebody_holds(trinvis: Trinvis, nudged: Nudged) -> None:
    streams = await _many(trinvis, 3)
    async with trinvis.database.transaction() as connection:
        await connection.execute("SELECT 1 FROM alarm WHERE stream = $1 FOR UPDATE", streams[0])
        assert sorted(await nudged.sweep()) == sorted(streams[1:])
    assert await nudged.sweep() == streams[:1]


async def test_those_who_were_not_tried_because_temporal_went_away_do_not_wait_for_it(
    trinvis: Trinvis, clock: SetClock, nudged: Nudged
) -> None:
    """Otherwise a Temporal that is away for an evening would leave everybody waiting for an hour after it is back."""
    streams = await _many(trinvis, 20)
    nudged.unreachable = streams
    tried: set[UUID] = set()
    for _ in range(3):
        with pytest.raises(TemporalIsAway):
            await nudged.sweep()
        tried |= await _waiting(trinvis)
    assert len(tried) == 3, "one in each sweep, and another one each time"
    nudged.unreachable = ()
    assert sorted(await nudged.sweep()) == sorted(set(streams) - tried)
    clock.pass_(seconds=31)
    assert tried <= set(await nudged.sweep())


async def _waiting(trinvis: Trinvis) -> set[UUID]:
    async with trinvis.database.connection() as connection:
        rows = await connection.fetch("SELECT stream FROM alarm WHERE nudge_after > $1", trinvis.clock())
    return {row["stream"] for row in rows}


async def test_one_that_can_never_be_nudged_keeps_nobody_else_waiting(trinvis: Trinvis, nudged: Nudged) -> None:
    streams = await _many(trinvis, 5)
    nudged.unreachable = streams[:1]
    reached: set[UUID] = set()
    for _ in range(2):
        with suppress(TemporalIsAway):
            await nudged.sweep()
        reached |= set(nudged.pathways)
    assert reached == set(streams[1:])


async def test_what_is_known_of_a_pathways_appointments(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await underway(trinvis, clock)
    async with trinvis.database.connection() as connection:
        alarm = await alarm_of(connection, walk.pathway)
        with pytest.raises(NoSuchStream):
            await alarm_of(connection, walk.citizen)
    folded = await walk.folded()
    assert (alarm.version, alarm.subject, alarm.phase) == (folded.version, walk.citizen, "together")
    assert isinstance(alarm.next_due, datetime)
    assert not alarm.over


async def test_a_workflow_never_goes_back_behind_what_it_has_carried_out(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await underway(trinvis, clock)
    await _caught_up(walk, reacted=4)
    await _caught_up(walk, reacted=2)
    assert (await walk.alarm())["reacted"] == 4

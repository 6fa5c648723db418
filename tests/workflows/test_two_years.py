"""Two citizens live two years on real servers: what time causes comes from Temporal's timers, and nothing is lost."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.actor import SETTLING, TIMER
from domain.pathway.command import Command
from domain.pathway.commands.course import (
    ClosePathway,
    MovePathway,
    PausePathway,
    ReopenPathway,
    ResumePathway,
)
from domain.pathway.commands.phases import ApproveTransition, HoldReview, RejectTransition
from domain.pathway.commands.sessions import HoldTalk
from domain.pathway.due import next_due
from domain.pathway.facts.phases import ReviewCameDue, TimeUp, WeekCounted
from domain.pathway.facts.sessions import AttendanceRecorded
from domain.pathway.history import Event
from engine.looking import look
from eventstore.access import Look
from eventstore.citizens import Identity
from eventstore.store import Entry
from projections.rebuilding import rebuild
from runtime.embedded.temporal import TemporalServer
from runtime.temporal import connect, register_search_attributes
from runtime.wiring import Trinvis
from tests.support.asking import accept, attend, book, refer
from tests.support.cast import AUDITOR, CASEWORKER, CONTACT
from tests.support.clock import SetClock
from tests.support.keeping import LOOK
from tests.support.temporal import VirtualTime, until_armed, until_passed, until_quiet, wipe, working
from workflows.nudging import workflow_id

pytestmark = pytest.mark.slow

WEEKS = 112
"""Two years and two months: pauses and closed weeks leave at least that many sessions and reviews."""
SESSIONS, REVIEWS, COUNTED = 200, 26, 100
"""How many sessions, reviews that came due and counted weeks a pathway has, at least."""


@dataclass
class Walk:
    """One citizen's two years, week by week."""

    trinvis: Trinvis
    element: str
    pathway: UUID = field(default_factory=lambda: UUID(int=0))
    is_over: bool = False

    async def begin(self, programme: str, benefit: str, at: datetime) -> None:
        """Is referred and taken in."""
        citizen = await self.trinvis.vault.register(Identity(name="Prøve Prøvesen"), LOOK)
        outcome = await self.trinvis.refer(programme, refer(at, benefit, citizen=citizen), uuid4())
        self.pathway = outcome.stream
        await self.tell(accept(at))

    async def tell(self, *commands: Command) -> None:
        """Gives commands."""
        for command in commands:
            await self.trinvis.tell(self.pathway, command, uuid4())

    async def week(self, friday: datetime) -> None:
        """Two sessions of five hours, Tuesday and Thursday, registered on Friday."""
        for days in (3, 1):
            session, starts = uuid4(), friday - timedelta(days=days, hours=5)
            await self.tell(
                book(friday, starts, self.element, session=session, minutes=300),
                attend(friday, session=session, parts=_parts(self.element)),
            )

    async def history(self) -> list[Entry[Event]]:
        """Everything that happened."""
        return await self.trinvis.engine.store.history(self.pathway, Look(AUDITOR, "test", self.trinvis.now()))


def _parts(element: str) -> tuple[str, ...]:
    return ("check_in", "movement", "closing_evaluation") if element == "training" else ()


def _first_friday(at: datetime) -> datetime:
    return (at + timedelta(days=(4 - at.weekday()) % 7 + 7)).replace(hour=15, minute=0, second=0, microsecond=0)


async def test_two_years_of_two_citizens(
    living: Trinvis, virtual: VirtualTime, temporal: TemporalServer, clock: SetClock
) -> None:
    together = Walk(living, "training")
    sick = Walk(living, "diet_exercise")
    async with working(living, virtual.client):
        await together.begin("sundere-sammen@1", "ressourceforloeb", clock())
        await sick.begin("sygedagpenge-driftstilbud@2", "sygedagpenge", clock())
        friday = _first_friday(clock())
        for week in range(WEEKS):
            await _reach(virtual, clock, friday + timedelta(weeks=week), [together, sick])
            await _live(together, sick, week, clock())
    _judge(await together.history(), {"pathway_moved", "pathway_paused", "pathway_closed", "pathway_reopened"})
    _judge(await sick.history(), {"transition_rejected", "transition_approved"})
    await _rebuilt(living, [together, sick])
    await _temporal_wiped(living, temporal, [together, sick])


async def _reach(virtual: VirtualTime, clock: SetClock, at: datetime, walks: Sequence[Walk]) -> None:
    """Lets time pass for everybody whose pathway is not over, once everything that was called for is carried out."""
    for walk in walks:
        await until_quiet(walk.trinvis, walk.pathway)
    clock.set(at)
    going_on = [walk for walk in walks if not walk.is_over]
    await asyncio.gather(*(virtual.reach(workflow_id(walk.pathway), at) for walk in going_on))
    for walk in going_on:
        await until_passed(walk.trinvis, walk.pathway, at)


async def _live(together: Walk, sick: Walk, week: int, now: datetime) -> None:
    """What people do on that Friday."""
    if week == 4:
        await together.tell(MovePathway(by=CASEWORKER, at=now, version=2, reason="ingen udløbsdato mere"))
    if week == 40:
        await together.tell(PausePathway(by=CASEWORKER, at=now, reason="indlagt"))
    if week == 43:
        await together.tell(ResumePathway(by=CASEWORKER, at=now))
    if week == 90:
        await together.tell(ClosePathway(by=CASEWORKER, at=now, outcome="job", reason="i job"))
        together.is_over = True
    if week == 92:
        await together.tell(ReopenPathway(by=CASEWORKER, at=now, reason="sygemeldt igen"))
        together.is_over = False
    if not (40 <= week < 43 or 90 <= week < 92):
        await together.week(now)
    seen = await look(sick.trinvis.engine, sick.pathway, Look(AUDITOR, "test", now))
    if seen.pathway.phase:
        await sick.week(now)
        await _answer(sick, now, rejected=any(entry.kind == "transition_rejected" for entry in await sick.history()))
    if week % 4 == 1:
        talk = "first_talk" if week == 1 else "follow_up_talk"
        await sick.tell(HoldTalk(by=CONTACT, at=now, element=talk, note="opfølgning"))
    if week % 4 == 2 and seen.pathway.phase:
        await sick.tell(HoldReview(by=CONTACT, at=now))


async def _answer(sick: Walk, now: datetime, *, rejected: bool) -> None:
    """The first proposal is turned down, the second one followed."""
    seen = await look(sick.trinvis.engine, sick.pathway, Look(AUDITOR, "test", now))
    if seen.pathway.proposal is None:
        return
    answer: Command = (
        ApproveTransition(by=CASEWORKER, at=now)
        if rejected
        else RejectTransition(by=CASEWORKER, at=now, reason="lidt længere")
    )
    await sick.tell(answer)


def _judge(history: list[Entry[Event]], expected: set[str]) -> None:
    events = [entry.event for entry in history]
    assert expected <= {entry.kind for entry in history}
    assert sum(isinstance(event, AttendanceRecorded) for event in events) >= SESSIONS
    assert sum(isinstance(event, ReviewCameDue) for event in events) >= REVIEWS
    assert sum(isinstance(event, WeekCounted) for event in events) >= COUNTED
    assert not any(isinstance(event, TimeUp) for event in events), "the six-week timer was still there"
    by_time = [entry for entry in history if entry.actor in {TIMER, SETTLING}]
    assert len(by_time) >= REVIEWS + COUNTED
    settled = [
        f"{entry.version} {entry.kind} {entry.occurred_at} {entry.recorded_at}"
        for entry in by_time
        if entry.actor == SETTLING
    ]
    assert "\n".join(settled) == "", "time was noticed by something else than a timer"


async def _rebuilt(trinvis: Trinvis, walks: Sequence[Walk]) -> None:
    """Every read model is made anew and says the same."""
    before = await _rows(trinvis)
    assert await rebuild(trinvis.database, trinvis.engine.folded) == len(walks)
    assert await _rows(trinvis) == before


async def _rows(trinvis: Trinvis) -> list[tuple[object, ...]]:
    async with trinvis.database.connection() as connection:
        now = await connection.fetch("SELECT * FROM pathway_now ORDER BY stream")
        work = await connection.fetch("SELECT * FROM worklist ORDER BY stream, item")
    return [tuple(row) for row in (*now, *work)]


async def _temporal_wiped(trinvis: Trinvis, temporal: TemporalServer, walks: Sequence[Walk]) -> None:
    """A Temporal that has lost everything gets every appointment back from the facts."""
    await wipe(temporal)
    client = await connect(temporal.address, "default", trinvis.keys)
    await register_search_attributes(client)
    async with working(trinvis, client) as life:
        assert await trinvis.sweep(client).run(life.generation) == len(walks)
        for walk in walks:
            seen = await look(trinvis.engine, walk.pathway, Look(AUDITOR, "test", trinvis.now()))
            due = next_due(seen.pathway)
            assert due is not None
            await until_armed(client, walk.pathway, due)

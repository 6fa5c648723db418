"""Worklists: what somebody must see to, most urgent first, and never without a word in the access log."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from domain.actor import Actor, Role
from domain.pathway.commands.course import GiveNotice, PausePathway, ReadNotice
from domain.pathway.commands.obligations import CreateObligation
from domain.pathway.commands.referrals import AssignResponsible
from eventstore.access import Look
from projections import worklist
from projections.worklist import Listed
from runtime.wiring import Trinvis
from tests.support.asking import attend, book
from tests.support.cast import AUDITOR, CASEWORKER, CONTACT, DAY, MONDAY, SESSION, WEEK
from tests.support.clock import SetClock
from tests.support.keeping import LOOK, somebody
from tests.support.roles import APP_ROLE, owning
from tests.support.servers import Servers
from tests.support.walking import Walk, referred, underway


async def listed(
    trinvis: Trinvis,
    owner: Role | None = None,
    person: str | None = None,
    before: datetime | None = None,
    most: int = 99,
) -> list[Listed]:
    """What a worklist shows."""
    async with trinvis.database.connection() as connection:
        return await worklist.read(connection, LOOK, owner, person, before, most)


async def logged(trinvis: Trinvis) -> list[tuple[UUID, str, str, str]]:
    """Who was looked at, by whom, on which ground, at what."""
    async with trinvis.database.connection() as connection:
        rows = await connection.fetch("SELECT subject, actor, ground, what FROM access_log ORDER BY id")
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def promise(name: str, due: datetime, owner: Role = Role.CASEWORKER) -> CreateObligation:
    """Something promised by hand."""
    return CreateObligation(by=CASEWORKER, at=MONDAY, obligation=name, owner=owner, due=due, note="lovet")


async def test_what_is_owed_booked_and_noticed_is_listed_until_it_is_done(trinvis: Trinvis, clock: SetClock) -> None:
    walk, about = await underway(trinvis, clock), uuid4()
    given = GiveNotice(
        by=Actor("system:follow_up"), at=MONDAY, about=about, notice="week_below", owner=Role.CONTACT_PERSON
    )
    await walk.tell(book(MONDAY, MONDAY + DAY, "training"))
    await walk.tell(given)
    assert {(row.kind, row.name) for row in await listed(trinvis)} == {
        ("obligation", "consultant_talk"),
        ("obligation", "progression_review"),
        ("session", "training"),
        ("notice", "week_below"),
    }
    await walk.tell(ReadNotice(by=CONTACT, at=MONDAY, about=about, notice="week_below"))
    parts = ("check_in", "movement", "closing_evaluation")
    await walk.tell(attend(MONDAY + 2 * DAY, session=SESSION, parts=parts))
    assert {row.kind for row in await listed(trinvis)} == {"obligation"}


async def test_the_most_urgent_comes_first(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await underway(trinvis, clock)
    for name, due in (
        ("senere", MONDAY + 3 * WEEK),
        ("snart", MONDAY + DAY),
        ("for_sent", MONDAY + timedelta(hours=2)),
    ):
        await walk.tell(promise(name, due))
    await walk.tell(promise("igen", MONDAY + 2 * DAY))
    clock.set(MONDAY + timedelta(hours=3))
    await walk.settle()
    rows = await listed(trinvis, Role.CASEWORKER)
    assert [(row.name, row.overdue) for row in rows] == [
        ("for_sent", True),
        ("snart", False),
        ("igen", False),
        ("senere", False),
    ]
    assert [row.name for row in await listed(trinvis, Role.CASEWORKER, most=1)] == ["for_sent"]
    assert [row.name for row in await listed(trinvis, Role.CASEWORKER, before=MONDAY + DAY)] == ["for_sent"]


async def test_everybody_sees_their_own_and_what_is_nobodys(trinvis: Trinvis, clock: SetClock) -> None:
    """And what was theirs is the next one's, as soon as the citizen is handed over."""
    walk = await underway(trinvis, clock)
    await walk.tell(promise("ring_op", MONDAY + DAY, Role.CONTACT_PERSON))
    await walk.tell(promise("skriv", MONDAY + DAY, Role.CASEWORKER))
    assert [row.name for row in await listed(trinvis, Role.CONTACT_PERSON, "kp-1")] == ["ring_op"]
    assert await listed(trinvis, Role.CONTACT_PERSON, "kp-2") == []
    assert [row.person for row in await listed(trinvis, Role.CASEWORKER, "sb-7")] == [None]
    handed_over = AssignResponsible(by=CASEWORKER, at=MONDAY, role=Role.CONTACT_PERSON, person="kp-2", reason="ferie")
    await walk.tell(handed_over)
    assert await listed(trinvis, Role.CONTACT_PERSON, "kp-1") == []
    assert [row.name for row in await listed(trinvis, Role.CONTACT_PERSON, "kp-2")] == ["ring_op"]


async def test_each_citizen_who_is_shown_is_logged_once_and_nobody_else(trinvis: Trinvis, clock: SetClock) -> None:
    shown, other = await underway(trinvis, clock), await referred(trinvis, clock)
    await shown.tell(promise("ring_op", MONDAY + DAY))
    await shown.tell(promise("skriv", MONDAY + DAY))
    assert len(await listed(trinvis, Role.CASEWORKER)) == 2
    assert await logged(trinvis) == [(shown.citizen, str(AUDITOR), "ledelsestilsyn", "worklist")]
    await listed(trinvis)
    assert {subject for subject, *_ in (await logged(trinvis))[1:]} == {shown.citizen, other.citizen}
    assert len(await logged(trinvis)) == 3


async def test_a_list_that_shows_nobody_logs_nobody(trinvis: Trinvis, clock: SetClock) -> None:
    await referred(trinvis, clock)
    assert await listed(trinvis, Role.AUDITOR) == []
    assert await logged(trinvis) == []


async def test_a_history_that_is_read_is_logged_with_the_pathway(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await referred(trinvis, clock)
    look = Look(CASEWORKER, "opfølgning", MONDAY)
    await trinvis.engine.store.history(walk.pathway, look)
    assert await logged(trinvis) == [(walk.citizen, str(CASEWORKER), "opfølgning", f"history {walk.pathway}")]


@pytest.fixture
async def mute(servers: Servers, trinvis: Trinvis, clock: SetClock) -> AsyncIterator[Walk]:
    """A pathway in a house where nothing can be logged any more."""
    walk = await underway(trinvis, clock)
    async with owning(servers, trinvis) as connection:
        await connection.execute(f"REVOKE INSERT ON access_log FROM {APP_ROLE}")
    yield walk
    assert await logged(trinvis) == []


async def test_what_cannot_be_logged_is_not_shown(trinvis: Trinvis, mute: Walk) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await listed(trinvis)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await trinvis.engine.store.history(mute.pathway, LOOK)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await trinvis.vault.identity(mute.citizen, LOOK)


async def test_work_goes_on_where_nothing_can_be_logged(trinvis: Trinvis, mute: Walk) -> None:
    """Deciding is not looking; the pathway pauses all the same."""
    paused = await mute.tell(PausePathway(by=CASEWORKER, at=MONDAY, reason="syg"))
    assert paused.kinds[0] == "pathway_paused"
    assert await somebody(trinvis)

"""Remembering: a pathway that is remembered, cached or folded anew is decided on in the same way."""

import time
from datetime import timedelta
from random import Random
from types import SimpleNamespace
from uuid import uuid4
from weakref import ref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.pathway.commands.course import AgreePlan, CorrectFact
from domain.pathway.commands.obligations import DeclareNotRequired
from domain.pathway.commands.phases import HoldReview
from domain.pathway.commands.referrals import RefuseReferral
from domain.pathway.facts.course import PlanAgreed
from domain.refusal import IsOver, NotUnderway
from engine import recent
from engine.recent import Recent
from engine.state import REVISION, state_from, state_to
from engine.transact import KEPT_EVERY, REMEMBERED
from eventstore import ring
from eventstore.store import EventStore
from projections.rebuilding import rebuild
from runtime.wiring import Trinvis
from tests.support.asking import accept
from tests.support.cast import CASEWORKER, MONDAY, SICK, WEEK
from tests.support.clock import SetClock
from tests.support.living import LIVES, lived
from tests.support.roles import superuser
from tests.support.servers import Servers
from tests.support.shown import shown, told_by_facts
from tests.support.walking import Walk, another_process, referred, underway


def plan(number: int) -> AgreePlan:
    """One of many plans."""
    return AgreePlan(by=CASEWORKER, at=MONDAY + timedelta(minutes=number), goals=f"mål {number}")


async def _kept(walk: Walk) -> tuple[int, int] | None:
    """Version and revision of the folded state in the store."""
    async with walk.trinvis.database.connection() as connection:
        row = await connection.fetchrow("SELECT version, revision FROM state_cache WHERE stream = $1", walk.pathway)
    return None if row is None else (row[0], row[1])


@settings(max_examples=LIVES)
@given(st.integers(0, 2**32))
async def test_whatever_is_forgotten_the_same_things_happen(trinvis: Trinvis, clock: SetClock, chance: int) -> None:
    """Two processes take turns; what is remembered goes at random; every answer is the one that the rules give."""
    walk, story = await lived(trinvis, clock, Random(chance), 40)  # noqa: S311 - a life, not a secret
    until = clock() + WEEK
    clock.set(until)
    await walk.settle()
    assert await walk.events() == story.settle(until).history
    assert (await walk.folded()).pathway == story.pathway


async def test_whoever_remembers_less_than_time_has_brought_still_takes_off_the_worklist_what_is_done(
    trinvis: Trinvis, clock: SetClock
) -> None:
    """Another process let the intake come, which brought the talk that is let go here."""
    walk, other = await referred(trinvis, clock, SICK.ref, benefit="sygedagpenge"), another_process(trinvis)
    await walk.tell(accept(clock()))
    begins = (await walk.folded()).pathway.begins
    assert begins
    clock.set(begins + WEEK)
    await other.pass_time(walk.pathway, begins)
    await walk.tell(DeclareNotRequired(by=CASEWORKER, at=clock(), obligation="follow_up_talk", reason="aftalt"))
    assert await shown(trinvis) == await told_by_facts(trinvis)


async def test_a_state_is_kept_now_and_then_and_used(servers: Servers, trinvis: Trinvis, clock: SetClock) -> None:
    """So that a long history costs little; what lies before the kept state is not even looked at."""
    walk = await underway(trinvis, clock)
    for number in range(KEPT_EVERY + 1):
        await walk.tell(plan(number))
    kept = await _kept(walk)
    assert kept is not None
    assert kept[1] == REVISION
    async with superuser(servers, trinvis) as connection:
        await connection.execute("UPDATE fact SET body = '\\x00' WHERE version <= $1", kept[0])
    assert (await walk.tell(plan(99), engine=another_process(trinvis))).kinds == ("plan_agreed",)


async def test_a_state_that_other_code_folded_is_not_used(trinvis: Trinvis, clock: SetClock) -> None:
    walk = await underway(trinvis, clock)
    for number in range(KEPT_EVERY):
        await walk.tell(plan(number))
    later = EventStore(trinvis.database, trinvis.keys, trinvis.engine.store.codec, REVISION + 1)
    async with trinvis.database.connection() as connection:
        loaded = await later.load(connection, walk.pathway)
        own = await trinvis.engine.store.load(connection, walk.pathway)
    assert loaded is not None
    assert own is not None
    assert (loaded.state, loaded.state_version) == (None, 0)
    assert own.state_version > 0


@pytest.mark.parametrize(
    "damage",
    ["sealed = '\\x00'", "sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))", "version = version - 1"],
)
async def test_a_kept_state_that_is_damaged_counts_as_none(
    servers: Servers, trinvis: Trinvis, clock: SetClock, damage: str
) -> None:
    """It is disposable: neither commands nor rebuilding stop at it, and the next one takes its place."""
    walk = await underway(trinvis, clock)
    for number in range(KEPT_EVERY):
        await walk.tell(plan(number))
    async with superuser(servers, trinvis) as connection:
        await connection.execute(f"UPDATE state_cache SET {damage}")  # noqa: S608 - damage of ours
    assert (await walk.tell(plan(99), engine=another_process(trinvis))).kinds == ("plan_agreed",)
    assert await rebuild(trinvis.database, another_process(trinvis).folded, lambda _done, _of: None) == 1


async def test_a_state_does_not_count_under_another_revision_than_its_own(
    servers: Servers, trinvis: Trinvis, clock: SetClock
) -> None:
    walk = await underway(trinvis, clock)
    for number in range(KEPT_EVERY):
        await walk.tell(plan(number))
    async with superuser(servers, trinvis) as connection:
        await connection.execute("UPDATE state_cache SET revision = revision + 1")
    later = EventStore(trinvis.database, trinvis.keys, trinvis.engine.store.codec, REVISION + 1)
    async with trinvis.database.connection() as connection:
        loaded = await later.load(connection, walk.pathway)
    assert loaded is not None
    assert loaded.state is None


async def test_a_correction_folds_everything_anew(trinvis: Trinvis, clock: SetClock) -> None:
    """In the process that corrects, in one that remembers, and in one that has only the store."""
    walk, remembering = await underway(trinvis, clock), another_process(trinvis)
    for number in range(KEPT_EVERY):
        await walk.tell(plan(number))
    await walk.tell(plan(50), engine=remembering)
    latest, at = (await walk.folded()).version, MONDAY + WEEK
    await walk.tell(CorrectFact(by=CASEWORKER, at=at, corrects=latest, withdraw=True, reason="aldrig aftalt"))
    folded = await walk.folded()
    kept = await _kept(walk)
    assert kept == (folded.version, REVISION)
    async with trinvis.database.connection() as connection:
        loaded = await trinvis.engine.store.load(connection, walk.pathway)
    assert loaded is not None
    assert loaded.state is not None
    assert state_from(loaded.state) == folded.pathway
    for number, engine in enumerate((trinvis.engine, remembering, another_process(trinvis)), start=1):
        await walk.tell(AgreePlan(by=CASEWORKER, at=at + number * WEEK, goals="nyt"), engine=engine)
    plans = [event.plan_version for event in await walk.events() if isinstance(event, PlanAgreed)]
    assert plans[-4:] == [KEPT_EVERY + 1, KEPT_EVERY + 1, KEPT_EVERY + 2, KEPT_EVERY + 3]


async def test_a_state_survives_being_kept(trinvis: Trinvis, clock: SetClock) -> None:
    walk, _ = await lived(trinvis, clock, Random(7), 60)  # noqa: S311 - a life, not a secret
    pathway = (await walk.folded()).pathway
    assert state_from(state_to(pathway)) == pathway


async def test_nobody_is_heard_by_what_is_only_remembered(trinvis: Trinvis, clock: SetClock) -> None:
    """One process remembers the pathway as open; since then another has ended it."""
    walk, stale = await referred(trinvis, clock), another_process(trinvis)
    await walk.tell(plan(0), engine=stale)
    await walk.tell(RefuseReferral(by=CASEWORKER, at=MONDAY + WEEK, reason="et andet tilbud passer bedre"))
    with pytest.raises(IsOver):
        await walk.tell(accept(MONDAY + WEEK), engine=stale)
    assert (await walk.kinds())[-2:] == ["referral_refused", "obligation_met"]


async def test_nobody_is_refused_by_what_is_only_remembered(trinvis: Trinvis, clock: SetClock) -> None:
    """One process remembers the pathway as not begun; since then another has let it begin."""
    walk, stale = await referred(trinvis, clock), another_process(trinvis)
    await walk.tell(plan(0), engine=stale)
    with pytest.raises(NotUnderway):
        await walk.tell(HoldReview(by=CASEWORKER, at=MONDAY), engine=stale)
    await walk.tell(accept(MONDAY))
    assert (await walk.tell(HoldReview(by=CASEWORKER, at=MONDAY), engine=stale)).kinds[0] == "review_held"


def test_the_one_untouched_for_longest_is_forgotten_first() -> None:
    kept = Recent(2)
    first, second, third = uuid4(), uuid4(), uuid4()
    standing = object()
    for each in (first, second, first, third):
        kept.keep(each, standing, MONDAY)  # type: ignore[arg-type]  # kept, never looked into
    assert [kept.get(each) is not None for each in (first, second, third)] == [True, False, True]
    kept.forget(first)
    assert kept.get(first) is None


def test_a_pathway_is_remembered_no_longer_than_its_citizens_key() -> None:
    assert recent.SECONDS <= ring.SECONDS


async def test_as_many_keys_are_held_as_pathways_are_remembered_and_not_many_more(
    trinvis: Trinvis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten thousand idle pathways weigh no more in a worker than a thousand: the oldest key goes for the newest."""
    assert REMEMBERED <= ring.MOST_KEYS <= 2 * REMEMBERED
    monkeypatch.setattr(ring, "MOST_KEYS", 2)
    held = trinvis.engine.store.ring
    async with trinvis.database.connection() as connection:
        keys = [ref(await held.make(connection, uuid4())) for _ in range(3)]
    assert [key() is not None for key in keys] == [False, True, True]


async def test_nobody_stays_in_memory_whom_nobody_asks_for_any_more(
    trinvis: Trinvis, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Erased by another process, a citizen's key and state go from this one too, by whatever it does next."""
    walk = await underway(trinvis, clock)
    async with trinvis.database.connection() as connection:
        key = ref(await trinvis.engine.store.ring.current(connection, walk.citizen))
    kept = ref(remembered) if (remembered := trinvis.engine.recent.get(walk.pathway)) else None
    del remembered
    assert key() is not None
    assert kept is not None
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + ring.SECONDS + 1)
    for module in (ring, recent):
        monkeypatch.setattr(module, "time", later)
    await underway(trinvis, clock)
    assert key() is None
    assert kept() is None

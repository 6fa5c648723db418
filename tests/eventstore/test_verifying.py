"""Verifying: whatever a forger does to a history is found, at the first fact that is not as it was written."""

import asyncio
from uuid import UUID, uuid4

import pytest

from eventstore.errors import NoSuchStream
from eventstore.verifying import MOST_STREAMS, Fault, Verified, verify
from runtime.verifying import verify_all
from runtime.wiring import Trinvis
from tests.support.cast import DAY, MONDAY
from tests.support.keeping import append, commit, noted, somebody
from tests.support.roles import superuser
from tests.support.servers import Servers

STREAM = UUID("44444444-4444-4444-8444-444444444444")
OTHER_STREAM = UUID("55555555-5555-4555-8555-555555555555")

_SWAPPED = """
    UPDATE fact SET version = 99 WHERE version = 2;
    UPDATE fact SET version = 2 WHERE version = 3;
    UPDATE fact SET version = 3 WHERE version = 99
"""
_INSERTED = """
    UPDATE fact SET version = version + 90 WHERE version > 2;
    INSERT INTO fact SELECT stream, 3, kind, schema, occurred_at, body, hash FROM fact WHERE version = 2;
    UPDATE fact SET version = version - 89 WHERE version > 90
"""
_PUT_ON = "INSERT INTO fact SELECT stream, 6, kind, schema, occurred_at, body, hash FROM fact WHERE version = 5"
_CUT = """
    DELETE FROM fact WHERE version > 3;
    UPDATE stream SET version = 3, head = (SELECT hash FROM fact WHERE version = 3)
"""

FORGERIES = {
    "a changed body": ("UPDATE fact SET body = set_byte(body, 20, 255 - get_byte(body, 20)) WHERE version = 3", 3),
    "a changed kind": ("UPDATE fact SET kind = 'plan_agreed' WHERE version = 2", 2),
    "a changed schema": ("UPDATE fact SET schema = 2 WHERE version = 2", 2),
    "a changed instant": ("UPDATE fact SET occurred_at = occurred_at + '1 second' WHERE version = 5", 5),
    "a changed hash": ("UPDATE fact SET hash = sha256('x') WHERE version = 4", 4),
    "another actor": ("UPDATE commit SET actor = 'caseworker:sb-9' WHERE first = 3 AND last = 3", 3),
    "another instant recorded at": ("UPDATE commit SET recorded_at = recorded_at + '1 second' WHERE first = 4", 4),
    "another instant asked at": ("UPDATE commit SET at = at + '1 second' WHERE first = 1", 1),
    "another command": ("UPDATE commit SET command_id = gen_random_uuid() WHERE first = 1", 1),
    "other content asked for": ("UPDATE commit SET digest = sha256('x') WHERE first = 3 AND last = 3", 3),
    "a command that claims more": ("UPDATE commit SET last = 4 WHERE first = 3 AND last = 3", 4),
    "another citizen": ("UPDATE stream SET subject = gen_random_uuid()", 1),
    "another kind of stream": ("UPDATE stream SET kind = 'group'", 1),
    "a removed fact, the others closing up": (
        "DELETE FROM fact WHERE version = 3; UPDATE fact SET version = version - 1 WHERE version > 3",
        3,
    ),
    "swapped facts": (_SWAPPED, 2),
    "swapped bodies": (
        "UPDATE fact f SET body = g.body FROM fact g WHERE (f.version, g.version) IN ((4, 5), (5, 4))",
        4,
    ),
    "an inserted fact": (_INSERTED, 3),
    "a command that changed nothing and claims a fact": ("UPDATE commit SET last = 4 WHERE last = 3 AND first = 4", 4),
}
"""What was done to the database, and the first version at which it shows."""

GAPS = {
    "a command that claims less": ("UPDATE commit SET last = 4 WHERE last = 5", 5, "without_commit"),
    "a removed command": ("DELETE FROM commit WHERE first = 3 AND last = 3", 3, "without_commit"),
    "a fact put on at the end": (_PUT_ON, 6, "without_commit"),
    "a removed first fact": ("DELETE FROM fact WHERE version = 1", 1, "missing"),
    "a removed fact": ("DELETE FROM fact WHERE version = 3", 3, "missing"),
    "a removed fact with its command": (
        "DELETE FROM fact WHERE version = 3; DELETE FROM commit WHERE first = 3 AND last = 3",
        3,
        "missing",
    ),
    "a cut tail": ("DELETE FROM fact WHERE version = 5", 5, "cut_off"),
    "a cut tail, the head put back": (_CUT, 4, "cut_off"),
    "everything gone": ("DELETE FROM fact", 1, "cut_off"),
    "another head": ("UPDATE stream SET head = sha256('x')", 6, "cut_off"),
    "a head that is behind": ("UPDATE stream SET version = 4", 6, "cut_off"),
    "a stream that is gone": ("DELETE FROM commit; DELETE FROM stream", 1, "without_stream"),
}
"""The same, where something is missing rather than changed, with what is said of it."""


LOSSES = {
    "a fact's key gone": "DELETE FROM fact_key WHERE version = 4",
    "a fact's key gone, another fact erased": "DELETE FROM fact_key WHERE version IN (3, 4); INSERT INTO erasure"
    " (at, actor, decision, subject, stream, version) SELECT now(), 'x', 'x', subject, id, 3 FROM stream",
    "a fact's key gone, another citizen erased": "DELETE FROM fact_key WHERE version = 4; INSERT INTO erasure"
    " (at, actor, decision, subject) VALUES (now(), 'x', 'x', gen_random_uuid())",
    "another citizen's key named": "INSERT INTO citizen_key VALUES (gen_random_uuid(), gen_random_uuid(), 'k', 'w');"
    " UPDATE fact_key SET key = (SELECT id FROM citizen_key WHERE kek = 'k') WHERE version = 4",
    "a key named that is gone": "UPDATE fact_key SET key = gen_random_uuid() WHERE version = 4",
}
"""What makes the fourth fact unreadable without an erasure that says so."""


async def _history(trinvis: Trinvis) -> UUID:
    """Five facts by three commands, and one command that changed nothing; the citizen."""
    citizen = await somebody(trinvis)
    await append(
        trinvis,
        commit(STREAM, citizen, 0, noted("et"), noted("to")),
        commit(STREAM, citizen, 2, noted("tre", MONDAY + DAY), at=MONDAY + DAY),
        commit(STREAM, citizen, 3),
        commit(STREAM, citizen, 3, noted("fire"), noted("fem")),
    )
    return citizen


async def _forged(servers: Servers, trinvis: Trinvis, sql: str) -> Verified:
    """What verifying finds after a superuser has done that, and somebody else has written another history."""
    citizen = await _history(trinvis)
    async with superuser(servers, trinvis) as forger:
        await forger.execute(sql)
    await append(trinvis, commit(OTHER_STREAM, citizen, 0, noted("urørt"), noted("urørt")))
    found = await verify(trinvis.database)
    assert (await verify(trinvis.database, stream=STREAM)).faults == found.faults
    assert (await verify(trinvis.database, stream=OTHER_STREAM)).faults == []
    return found


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_what_was_changed_is_found_where_it_begins(servers: Servers, trinvis: Trinvis, forgery: str) -> None:
    sql, version = FORGERIES[forgery]
    assert (await _forged(servers, trinvis, sql)).faults == [Fault(STREAM, version, "changed")]


@pytest.mark.parametrize("gap", GAPS)
async def test_what_is_missing_is_found_where_it_begins(servers: Servers, trinvis: Trinvis, gap: str) -> None:
    sql, version, code = GAPS[gap]
    assert (await _forged(servers, trinvis, sql)).faults == [Fault(STREAM, version, code)]


@pytest.mark.parametrize("loss", LOSSES)
async def test_what_became_unreadable_by_no_erasure_is_found(servers: Servers, trinvis: Trinvis, loss: str) -> None:
    assert (await _forged(servers, trinvis, LOSSES[loss])).faults == [Fault(STREAM, 4, "without_key")]


async def test_a_history_as_it_was_written_is_found_whole(trinvis: Trinvis) -> None:
    citizen = await _history(trinvis)
    await append(trinvis, commit(OTHER_STREAM, citizen, 0, noted("et")))
    told: list[tuple[int, int]] = []
    assert await verify(trinvis.database, lambda *done: told.append(done)) == Verified(2, 6, [])
    assert told[-1] == (2, 2)


async def test_verifying_a_pathway_that_nobody_began_says_so(trinvis: Trinvis) -> None:
    """A mistyped id must not sound like a clean bill of health."""
    with pytest.raises(NoSuchStream):
        await verify(trinvis.database, stream=uuid4())


async def test_nobody_looks_like_a_forger_for_writing_meanwhile(trinvis: Trinvis) -> None:
    citizen = await _history(trinvis)
    done = asyncio.Event()

    async def writing() -> None:
        version = 5
        while not done.is_set():
            await append(trinvis, commit(STREAM, citizen, version, noted("imens")))
            version += 1

    async with asyncio.TaskGroup() as together:
        together.create_task(writing())
        for _ in range(100):
            assert (await verify(trinvis.database)).faults == []
        done.set()


async def test_more_histories_than_are_checked_together_are_all_checked(servers: Servers, trinvis: Trinvis) -> None:
    """Also the very last one."""
    citizen = await somebody(trinvis)
    count = MOST_STREAMS + 3
    streams = sorted(uuid4() for _ in range(count))
    async with trinvis.database.transaction() as connection:
        for stream in streams:
            await trinvis.engine.store.append(connection, commit(stream, citizen, 0, noted("et")))
    async with superuser(servers, trinvis) as forger:
        await forger.execute("UPDATE fact SET kind = 'x' WHERE stream = ANY($1)", [streams[0], streams[-1]])
    found = await verify(trinvis.database)
    assert found == Verified(count, count, [Fault(stream, 1, "changed") for stream in (streams[0], streams[-1])])


async def test_other_processes_find_the_same_as_this_one(servers: Servers, trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    streams = sorted(uuid4() for _ in range(5))
    await append(trinvis, *(commit(stream, citizen, 0, noted("et")) for stream in streams))
    async with superuser(servers, trinvis) as forger:
        await forger.execute("UPDATE fact SET kind = 'x' WHERE stream = ANY($1)", [streams[0], streams[-1]])
        await forger.execute("DELETE FROM alarm WHERE stream = $1", streams[2])
        await forger.execute("DELETE FROM stream WHERE id = $1", streams[2])
    told: list[tuple[int, int]] = []
    here = await verify_all(trinvis)
    there = await verify_all(trinvis, lambda *done: told.append(done), pays=0)
    assert (there.streams, there.facts) == (here.streams, here.facts) == (4, 4)
    assert there.faults == sorted(here.faults, key=lambda fault: fault.stream)
    assert [fault.stream for fault in there.faults] == [streams[0], streams[2], streams[-1]]
    assert told[-1] == (4, 4)

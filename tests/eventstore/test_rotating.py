"""Rotating: new keys for old while people go on working, nothing lost, no old key left."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from eventstore.citizens import Identity
from eventstore.codec import PATHWAY
from eventstore.errors import NoSuchCitizen, StreamConflict
from eventstore.facts import COLUMNS, TABLES, open_rows, with_keys
from eventstore.keys import FileKeys
from eventstore.rotating import rotate_citizen, rotate_kek
from eventstore.verifying import verify
from runtime.wiring import Trinvis, wired
from tests.support.clock import SetClock
from tests.support.keeping import LOOK, append, commit, noted, notes, somebody
from tests.support.roles import keeping_records
from tests.support.servers import Servers

STREAM = UUID("44444444-4444-4444-8444-444444444444")
OTHER_STREAM = UUID("55555555-5555-4555-8555-555555555555")


class CutOff(Exception):  # noqa: N818 - what happened
    """The process that rotates is gone."""


def cut_off(_done: int, _of: int) -> None:
    """Hears how far a rotation has come, and ends it there."""
    raise CutOff


@pytest.fixture
async def own(servers: Servers, clock: SetClock, tmp_path: Path) -> AsyncIterator[Trinvis]:
    """A process with a key file of its own, for others go on using theirs."""
    shutil.copy2(servers.folder / "keys.json", tmp_path / "keys.json")
    async with servers.installation(clock, key_file=tmp_path / "keys.json") as parts:
        yield parts


def keks(trinvis: Trinvis) -> set[str]:
    """The key-encryption keys in the key file."""
    return set(json.loads(trinvis.settings.key_file.read_text())["keys"])


async def kept_keys(trinvis: Trinvis) -> list[asyncpg.Record]:
    """What the database keeps of citizens' keys."""
    async with trinvis.database.connection() as connection:
        return await connection.fetch("SELECT id, subject, kek, retired FROM citizen_key ORDER BY subject, retired")


async def rotated(trinvis: Trinvis, citizen: UUID, told: Callable[[int, int], None] = lambda _done, _of: None) -> int:
    """Rotates a citizen's key in a process of its own."""
    async with keeping_records(trinvis) as records:
        return await rotate_citizen(records.database, records.engine.store.ring, citizen, told)


async def kek_rotated(trinvis: Trinvis, told: Callable[[int, int], None] = lambda _done, _of: None) -> int:
    """Rotates the key-encryption key in a process of its own."""
    async with keeping_records(trinvis) as records:
        return await rotate_kek(records.database, records.keys, told)


async def readable_anew(trinvis: Trinvis, *streams: UUID) -> list[list[str | None]]:
    """What a process that starts now reads."""
    async with keeping_records(trinvis) as fresh:
        return [await notes(fresh, stream) for stream in streams]


async def test_a_citizens_new_key_opens_everything_and_the_old_one_is_gone(own: Trinvis) -> None:
    citizen, other = await somebody(own, "610180-1234"), await somebody(own)
    await append(
        own,
        commit(STREAM, citizen, 0, noted("et"), noted("to")),
        commit(OTHER_STREAM, other, 0, noted("en andens")),
    )
    before = await kept_keys(own)
    assert await rotated(own, citizen) == 2
    after = await kept_keys(own)
    assert [row["retired"] for row in after] == [False, False]
    assert {row["id"] for row in before} & {row["id"] for row in after} == {
        row["id"] for row in before if row["subject"] == other
    }
    assert await readable_anew(own, STREAM, OTHER_STREAM) == [["et", "to"], ["en andens"]]
    async with wired(own.settings, own.clock) as fresh:
        assert (await fresh.vault.identity(citizen, LOOK)).cpr == "610180-1234"
    assert (await verify(own.database)).faults == []


async def test_a_process_that_knows_the_old_key_goes_on_reading_and_writing(own: Trinvis) -> None:
    citizen = await somebody(own)
    await append(own, commit(STREAM, citizen, 0, noted("et")))
    await rotated(own, citizen)
    assert await notes(own, STREAM) == ["et"]
    with pytest.raises(StreamConflict):
        await append(own, commit(STREAM, citizen, 1, noted("under den gamle")))
    await append(own, commit(STREAM, citizen, 1, noted("under den nye")))
    assert await readable_anew(own, STREAM) == [["et", "under den nye"]]


async def test_facts_are_written_and_read_while_a_citizens_key_is_replaced(own: Trinvis) -> None:
    """By a process that keeps the old key as long as it may, and by one that asks for the key each time."""
    citizen, done = await somebody(own), asyncio.Event()
    streams = (STREAM, OTHER_STREAM)
    await append(own, *(commit(stream, citizen, 0, *(noted("først") for _ in range(200))) for stream in streams))
    written = dict.fromkeys(streams, 200)

    async def writing(stream: UUID, *, forgetful: bool) -> None:
        while not done.is_set():
            if forgetful:
                own.engine.store.ring.forget(citizen)
            with suppress(StreamConflict):
                await append(own, commit(stream, citizen, written[stream], noted("imens")))
                written[stream] += 1
            assert None not in await notes(own, stream), "a fact looked erased"

    async with asyncio.TaskGroup() as together:
        together.create_task(writing(STREAM, forgetful=False))
        together.create_task(writing(OTHER_STREAM, forgetful=True))
        for _ in range(5):
            await rotated(own, citizen)
        done.set()
    assert [len(each) for each in await readable_anew(own, *streams)] == list(written.values())
    assert min(written.values()) > 200
    assert len(await kept_keys(own)) == 1


async def test_a_fact_never_looks_erased_because_its_key_is_replaced_meanwhile(own: Trinvis) -> None:
    """Between the reading of the fact and the reading of its key; a decision would be made without it."""
    citizen, ring = await somebody(own), own.engine.store.ring
    await append(own, commit(STREAM, citizen, 0, noted("et")))
    async with own.database.connection() as connection:
        rows = await connection.fetch(f"SELECT {COLUMNS} FROM {TABLES}")  # noqa: S608 - constants
        await rotated(own, citizen)
        ring.forget(citizen)
        found, keys = await with_keys(connection, [tuple(row) for row in rows], STREAM, ring)
    assert list(open_rows(found, STREAM, keys, PATHWAY)) == [noted("et")]


async def test_an_identity_is_kept_while_its_key_is_replaced(own: Trinvis) -> None:
    citizen, done = await somebody(own, "610180-1234"), asyncio.Event()

    async def registering() -> None:
        while not done.is_set():
            await own.vault.register(Identity(name="Prøve Prøvesen", cpr="610180-1234"), LOOK)
            assert (await own.vault.identity(citizen, LOOK)).cpr == "610180-1234"

    async with asyncio.TaskGroup() as together:
        together.create_task(registering())
        for _ in range(8):
            await rotated(own, citizen)
        done.set()
    assert len(await kept_keys(own)) == 1


async def test_a_rotation_that_was_cut_off_is_finished_by_the_next(own: Trinvis) -> None:
    citizen = await somebody(own, "610180-1234")
    await append(own, commit(STREAM, citizen, 0, *(noted(f"{number}") for number in range(700))))
    for keys_meanwhile in (2, 3):
        with pytest.raises(CutOff):
            await rotated(own, citizen, cut_off)
        assert len(await kept_keys(own)) == keys_meanwhile
        await own.vault.register(Identity(name="Prøve Prøvesen", cpr="610180-1234"), LOOK)
    assert None not in (await readable_anew(own, STREAM))[0]
    assert await rotated(own, citizen) == 700
    assert [row["retired"] for row in await kept_keys(own)] == [False]
    assert None not in (await readable_anew(own, STREAM))[0]
    async with wired(own.settings, own.clock) as fresh:
        assert (await fresh.vault.identity(citizen, LOOK)).cpr == "610180-1234"


async def test_two_who_replace_a_citizens_key_at_once_leave_one_key(own: Trinvis) -> None:
    citizen = await somebody(own)
    await append(own, commit(STREAM, citizen, 0, noted("et")))
    for _ in range(6):  # one that overtakes another is rare
        await asyncio.gather(*(rotated(own, citizen) for _ in range(4)))
        assert len(await kept_keys(own)) == 1
    assert await readable_anew(own, STREAM) == [["et"]]


async def test_nobody_gets_a_key_for_a_citizen_whom_nobody_knows(own: Trinvis) -> None:
    with pytest.raises(NoSuchCitizen):
        await rotated(own, uuid4())
    assert await kept_keys(own) == []


async def test_a_new_key_encryption_key_wraps_everything_and_the_old_one_is_gone(own: Trinvis) -> None:
    citizens = [await somebody(own) for _ in range(3)]
    for citizen in citizens:
        await append(own, commit(citizen, citizen, 0, noted("et")))
    (old,) = keks(own)
    assert await kek_rotated(own) == 3
    (new,) = keks(own)
    assert new != old
    assert {row["kek"] for row in await kept_keys(own)} == {new}
    assert await readable_anew(own, *citizens) == [["et"]] * 3


async def test_citizens_who_are_registered_meanwhile_are_kept(own: Trinvis) -> None:
    """By processes that began before the rotation and end after it; what they wrapped must not be lost with the key."""
    done = asyncio.Event()
    registered: list[UUID] = []

    async def registering() -> None:
        while not done.is_set():
            registered.append(await somebody(own))

    async with asyncio.TaskGroup() as together:
        for _ in range(4):
            together.create_task(registering())
        for _ in range(6):
            await kek_rotated(own)
        done.set()
    registered.append(await somebody(own))
    assert {row["kek"] for row in await kept_keys(own)} <= keks(own)
    async with wired(own.settings, own.clock) as fresh:
        for citizen in registered:
            await fresh.vault.identity(citizen, LOOK)
    assert len(registered) > 20


async def test_a_key_that_is_on_its_way_in_is_waited_for(own: Trinvis) -> None:
    """Wrapped by the old key-encryption key, and not committed yet when the old one would have been dropped."""
    async with own.database.transaction() as connection:
        key = await own.engine.store.ring.make(connection, uuid4())
        rotating = asyncio.create_task(kek_rotated(own))
        await asyncio.sleep(0.2)
        assert not rotating.done()
    await rotating
    assert {row["id"]: row["kek"] for row in await kept_keys(own)} == {key.id: keks(own).pop()}


async def test_a_replacement_of_the_key_encryption_key_that_was_cut_off_is_finished_by_the_next(own: Trinvis) -> None:
    citizens = [await somebody(own) for _ in range(3)]
    for citizen in citizens:
        await append(own, commit(citizen, citizen, 0, noted("et")))
    with pytest.raises(CutOff):
        await kek_rotated(own, cut_off)
    assert len(keks(own)) == 2
    assert await readable_anew(own, *citizens) == [["et"]] * 3
    await kek_rotated(own)
    assert len(keks(own)) == 1
    assert await readable_anew(own, *citizens) == [["et"]] * 3


async def test_two_who_replace_the_key_encryption_key_at_once_lose_nothing(own: Trinvis) -> None:
    citizens = [await somebody(own) for _ in range(3)]
    for citizen in citizens:
        await append(own, commit(citizen, citizen, 0, noted("et")))
    await asyncio.gather(*(kek_rotated(own) for _ in range(4)))
    assert {row["kek"] for row in await kept_keys(own)} == keks(own)
    assert FileKeys(own.settings.key_file).current in keks(own)
    assert await readable_anew(own, *citizens) == [["et"]] * 3

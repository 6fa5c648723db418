"""Appending: who expects another version is told, what is repeated is answered again, and nothing is half written."""

import asyncio
from uuid import UUID, uuid4

import asyncpg
import pytest

from eventstore.appending import Appended, Commit
from eventstore.errors import CommandReused, NoSuchCitizen, NoSuchStream, StreamConflict
from eventstore.verifying import verify
from runtime.wiring import Trinvis
from tests.support.cast import DAY, MONDAY
from tests.support.keeping import LOOK, OTHER_DIGEST, append, commit, events, noted, notes, somebody

STREAM = UUID("44444444-4444-4444-8444-444444444444")
OTHER_STREAM = UUID("55555555-5555-4555-8555-555555555555")


async def _counts(trinvis: Trinvis) -> tuple[int, int, int]:
    """How many streams, commits and facts there are."""
    async with trinvis.database.connection() as connection:
        row = await connection.fetchrow(
            "SELECT (SELECT count(*) FROM stream), (SELECT count(*) FROM commit), (SELECT count(*) FROM fact)"
        )
    assert row is not None
    return row[0], row[1], row[2]


async def test_several_facts_of_one_command_are_one_commit(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    (answer,) = await append(trinvis, commit(STREAM, citizen, 0, noted("et"), noted("to"), noted("tre")))
    assert answer == Appended(duplicate=False, first=1, last=3)
    assert await notes(trinvis, STREAM) == ["et", "to", "tre"]
    assert await _counts(trinvis) == (1, 1, 3)


async def test_whoever_expects_a_version_that_is_past_is_told(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, noted("et")), commit(STREAM, citizen, 1, noted("to")))
    with pytest.raises(StreamConflict):
        await append(trinvis, commit(STREAM, citizen, 1, noted("for sent")))
    assert await notes(trinvis, STREAM) == ["et", "to"]


@pytest.mark.parametrize("expected", [-1, 1, 3, 2**31 - 1])
async def test_no_other_version_will_do(trinvis: Trinvis, expected: int) -> None:
    citizen = await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, noted("et"), noted("to")))
    with pytest.raises(StreamConflict):
        await append(trinvis, commit(STREAM, citizen, expected, noted("for sent")))


async def test_none_is_not_any(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, noted("først")))
    with pytest.raises(StreamConflict):
        await append(trinvis, commit(STREAM, citizen, 0, noted("også først")))
    with pytest.raises(StreamConflict):
        await append(trinvis, commit(OTHER_STREAM, citizen, 1, noted("uden begyndelse")))
    assert await _counts(trinvis) == (1, 1, 1)


async def test_a_repeated_command_gets_the_first_answer_however_much_has_happened_since(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    first = commit(STREAM, citizen, 0, noted("et"), noted("to"))
    await append(trinvis, first, commit(STREAM, citizen, 2, noted("tre")))
    (again,) = await append(trinvis, first)
    assert again == Appended(duplicate=True, first=1, last=2)
    assert await notes(trinvis, STREAM) == ["et", "to", "tre"]


async def test_a_command_id_is_not_used_for_anything_else(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    first = commit(STREAM, citizen, 0, noted("et"))
    await append(trinvis, first)
    for expected in (0, 1):
        other = commit(STREAM, citizen, expected, noted("andet"), command_id=first.command_id, digest=OTHER_DIGEST)
        with pytest.raises(CommandReused):
            await append(trinvis, other)
    assert await notes(trinvis, STREAM) == ["et"]


async def test_the_same_command_id_on_another_stream_is_another_command(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    first = commit(STREAM, citizen, 0, noted("et"))
    second = commit(OTHER_STREAM, citizen, 0, noted("to"), command_id=first.command_id, digest=OTHER_DIGEST)
    assert [answer.duplicate for answer in await append(trinvis, first, second)] == [False, False]


async def test_a_command_that_changes_nothing_is_remembered_with_its_answer(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    nothing = commit(STREAM, citizen, 1)
    await append(trinvis, commit(STREAM, citizen, 0, noted("et")), nothing, commit(STREAM, citizen, 1, noted("to")))
    (again,) = await append(trinvis, nothing)
    assert again == Appended(duplicate=True, first=2, last=1)
    assert await _counts(trinvis) == (1, 3, 2)
    with pytest.raises(CommandReused):
        await append(trinvis, commit(STREAM, citizen, 2, command_id=nothing.command_id, digest=OTHER_DIGEST))


@pytest.mark.parametrize("infinite", ["at", "recorded_at", "occurred_at", "next_due"])
@pytest.mark.parametrize("instant", ["-infinity", "infinity", "10000-01-01Z"])
async def test_no_instant_is_infinite(trinvis: Trinvis, infinite: str, instant: str) -> None:
    """After one, nothing could be asked of the stream any more, or nothing read."""
    citizen = await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, noted("et")))
    at = dict.fromkeys(("at", "recorded_at", "occurred_at", "next_due"), "now()")
    at[infinite] = f"'{instant}'::timestamptz"
    async with trinvis.database.connection() as connection:
        key = await trinvis.engine.store.ring.current(connection, citizen)
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute(
                f"SELECT append($1, 'pathway', $2, 'p@1', 1, $1, 'd', 'a', {at['at']}, {at['recorded_at']}, $3,"
                f" ARRAY['noted'], ARRAY[1]::smallint[], ARRAY[{at['occurred_at']}], ARRAY['b'::bytea],"
                f" ARRAY['w'::bytea], {at['next_due']}, false, false)",
                *(STREAM, citizen, key.id),
            )
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute("UPDATE alarm SET nudge_after = 'infinity'")
    assert await notes(trinvis, STREAM) == ["et"]


async def test_a_stream_begins_with_a_fact(trinvis: Trinvis) -> None:
    """Otherwise it would stand at the version of a stream that must not exist, and could never go on."""
    citizen = await somebody(trinvis)
    with pytest.raises(asyncpg.PostgresError, match="begins with a fact"):
        await append(trinvis, commit(STREAM, citizen, 0))
    await append(trinvis, commit(STREAM, citizen, 0, noted("et")))


async def test_nobody_writes_about_one_citizen_on_a_stream_about_another(trinvis: Trinvis) -> None:
    citizen, other = await somebody(trinvis), await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, noted("et")))
    with pytest.raises(asyncpg.PostgresError, match="somebody else"):
        await append(trinvis, commit(STREAM, other, 1, noted("om en anden")))
    assert await notes(trinvis, STREAM) == ["et"]


async def test_nobody_writes_under_the_key_of_another_citizen(trinvis: Trinvis) -> None:
    citizen, other = await somebody(trinvis), await somebody(trinvis)
    store = trinvis.engine.store
    async with trinvis.database.connection() as connection:
        key = await store.ring.current(connection, other)
        values = store._values(commit(STREAM, citizen, 0, noted("et")), key)
        with pytest.raises(asyncpg.PostgresError, match="key has been destroyed"):
            await connection.execute(f"SELECT append({', '.join(f'${place}' for place in range(1, 20))})", *values)


async def test_every_fact_has_a_key_of_its_own(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    store = trinvis.engine.store
    async with trinvis.database.connection() as connection:
        key = await store.ring.current(connection, citizen)
        values = list(store._values(commit(STREAM, citizen, 0, noted("et"), noted("to")), key))
        values[15] = values[15][:1]  # type: ignore[index]  # the wrapped keys
        with pytest.raises(asyncpg.PostgresError, match="key of its own"):
            await connection.execute(f"SELECT append({', '.join(f'${place}' for place in range(1, 20))})", *values)
    assert await _counts(trinvis) == (0, 0, 0)


async def test_nobody_writes_about_a_citizen_whom_nobody_knows(trinvis: Trinvis) -> None:
    with pytest.raises(NoSuchCitizen):
        await append(trinvis, commit(STREAM, uuid4(), 0, noted("om hvem?")))


async def test_several_streams_are_one_commit_or_none(trinvis: Trinvis) -> None:
    citizen, other = await somebody(trinvis), await somebody(trinvis)

    async def both(expected: int, expected_of_other: int, note: str) -> None:
        async with trinvis.database.transaction() as connection:
            await trinvis.engine.store.append(connection, commit(STREAM, citizen, expected, noted(note)))
            await trinvis.engine.store.append(connection, commit(OTHER_STREAM, other, expected_of_other, noted(note)))

    await both(0, 0, "et")
    with pytest.raises(StreamConflict):
        await both(1, 0, "to")
    assert await notes(trinvis, STREAM) == await notes(trinvis, OTHER_STREAM) == ["et"]
    assert await _counts(trinvis) == (2, 2, 2)


async def test_two_who_write_two_streams_the_wrong_way_round_are_told_apart(trinvis: Trinvis) -> None:
    """PostgreSQL sends one of them back; that is somebody else having been first, and worth another try."""
    citizen, met = await somebody(trinvis), asyncio.Barrier(2)
    await append(trinvis, *(commit(stream, citizen, 0, noted("et")) for stream in (STREAM, OTHER_STREAM)))

    async def both(first: UUID, second: UUID) -> None:
        async with trinvis.database.transaction() as connection:
            await trinvis.engine.store.append(connection, commit(first, citizen, 1, noted("to")))
            await met.wait()
            await trinvis.engine.store.append(connection, commit(second, citizen, 1, noted("to")))

    outcomes = await asyncio.gather(both(STREAM, OTHER_STREAM), both(OTHER_STREAM, STREAM), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "StreamConflict"]
    assert await notes(trinvis, STREAM) == await notes(trinvis, OTHER_STREAM) == ["et", "to"]


@pytest.mark.parametrize("writers", [8, 32])
async def test_of_those_who_write_at_once_one_is_first_for_each_version(trinvis: Trinvis, writers: int) -> None:
    citizen = await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, noted("et")))

    async def writing(version: int, number: int) -> bool:
        try:
            await append(trinvis, commit(STREAM, citizen, version, noted(f"{version} {number}")))
        except StreamConflict:
            return False
        return True

    for version in range(1, 7):
        wins = await asyncio.gather(*(writing(version, number) for number in range(writers)))
        assert sum(wins) == 1
    assert len(await events(trinvis, STREAM)) == 7
    assert not (await verify(trinvis.database)).faults


@pytest.mark.parametrize("facts", [0, 2])
async def test_a_command_that_arrives_many_times_at_once_is_carried_out_once(trinvis: Trinvis, facts: int) -> None:
    citizen = await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, noted("et")))
    command = commit(STREAM, citizen, 1, *(noted(f"fakta {number}") for number in range(facts)))

    async def giving(given: Commit[object]) -> Appended:
        while True:
            try:
                (answer,) = await append(trinvis, given)  # type: ignore[arg-type]  # the very commit
            except StreamConflict:
                continue
            return answer

    answers = await asyncio.gather(*(giving(command) for _ in range(16)))  # type: ignore[arg-type]  # the same
    assert {(answer.first, answer.last) for answer in answers} == {(2, 1 + facts)}
    assert [answer.duplicate for answer in answers].count(False) == 1
    assert await _counts(trinvis) == (1, 2, 1 + facts)


async def test_the_latest_instant_asked_at_never_goes_back(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    await append(
        trinvis,
        commit(STREAM, citizen, 0, noted("et"), at=MONDAY + DAY),
        commit(STREAM, citizen, 1, noted("to"), at=MONDAY),
    )
    async with trinvis.database.connection() as connection:
        loaded = await trinvis.engine.store.load(connection, STREAM)
    assert loaded is not None
    assert loaded.at == MONDAY + DAY


async def test_a_history_nobody_began_is_not_read(trinvis: Trinvis) -> None:
    with pytest.raises(NoSuchStream):
        await trinvis.engine.store.history(STREAM, LOOK)

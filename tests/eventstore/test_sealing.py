"""Sealing: no clear text about a citizen lies anywhere, and what is sealed opens in its own place only."""

from collections.abc import AsyncIterator
from io import BytesIO
from uuid import UUID

import asyncpg
import pytest
from cryptography.exceptions import InvalidTag

from domain.pathway.facts.course import EventRecorded
from domain.pathway.history import Erased
from eventstore.citizens import Identity
from eventstore.codec import PATHWAY, UnknownShape
from eventstore.sealing import opened, sealed
from runtime.wiring import Trinvis
from tests.support.asking import accept
from tests.support.cast import MONDAY
from tests.support.clock import SetClock
from tests.support.keeping import LOOK, append, commit, events, noted, somebody
from tests.support.roles import superuser
from tests.support.servers import Servers, new_folder
from tests.support.walking import Walk, referred

STREAM = UUID("44444444-4444-4444-8444-444444444444")
OTHER_STREAM = UUID("55555555-5555-4555-8555-555555555555")
KEY, OTHER_KEY = bytes(32), bytes([1]) * 32

CANARIES = (
    "Kanariefugl",
    "kanarierne",
    "610180-1234",
    "6101801234",
    "kanarie@eksempel.dk",
    "Kanariegade",
    "77 66 55 44",
)
"""Words that stand nowhere else; whatever is found of them has leaked."""


async def _told_everything(trinvis: Trinvis, clock: SetClock) -> Walk:
    """A citizen about whom everything personal has been said, looked at, kept and cached."""
    identity = Identity(
        name="Prøve Kanariefugl",
        cpr="610180-1234",
        email="kanarie@eksempel.dk",
        phone="77 66 55 44",
        address="Kanariegade 1",
    )
    citizen = await trinvis.vault.register(identity, LOOK)
    walk = await referred(trinvis, clock, citizen=citizen, reason="vil passe kanarierne igen")
    await walk.tell(accept(MONDAY, reason="kanarierne venter"))
    async with trinvis.database.connection() as connection, connection.transaction():
        store = trinvis.engine.store
        beside = await store.cache(connection, walk.pathway, citizen, 4, b"kanarierne i en foldet tilstand")
        version = (await walk.folded()).version
        await store.append(connection, commit(walk.pathway, citizen, version, noted("kanarierne")), [beside])
    await trinvis.vault.identity(citizen, LOOK)
    await trinvis.engine.store.history(walk.pathway, LOOK)
    return walk


async def test_nothing_personal_is_in_any_table(servers: Servers, trinvis: Trinvis, clock: SetClock) -> None:
    await _told_everything(trinvis, clock)
    async with superuser(servers, trinvis) as connection:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'trinvis'")
        dump = BytesIO()
        for (table,) in tables:
            for way in ("text", "binary"):
                await connection.copy_from_table(table, schema_name="trinvis", output=dump, format=way)
    content = dump.getvalue()
    assert b"sundere-sammen" in content, "the tables were really read"
    assert [canary for canary in CANARIES if canary.encode() in content] == []


@pytest.fixture
async def own() -> AsyncIterator[Servers]:
    """A server that nobody else uses, for all that it keeps is read here."""
    started = Servers(new_folder())
    await started.start()
    yield started
    await started.stop()


async def test_nothing_personal_is_in_any_file_of_the_server(own: Servers, clock: SetClock) -> None:
    """Tables, indexes, the write-ahead log and the server's own log."""
    async with own.installation(clock) as trinvis:
        walk = await _told_everything(trinvis, clock)
        async with superuser(own, trinvis) as connection:
            with pytest.raises(asyncpg.PostgresError):
                await connection.execute("SELECT * FROM fact WHERE stream = 'a mistake'")
            await connection.execute("CHECKPOINT")
    files = [path for path in own.postgres.data.rglob("*") if path.is_file()]
    content = b"".join([path.read_bytes() for path in [*files, own.postgres.log]])
    assert walk.pathway.bytes in content, "the files were really read"
    assert [canary for canary in CANARIES if canary.encode() in content] == []


@pytest.mark.parametrize("column", ["body", "wrapped"])
@pytest.mark.parametrize(("stream", "version"), [(STREAM, 2), (OTHER_STREAM, 1)])
async def test_what_is_moved_to_another_place_does_not_open(
    servers: Servers, trinvis: Trinvis, column: str, stream: UUID, version: int
) -> None:
    """Another fact of the same pathway, or a fact of another pathway of the same citizen."""
    citizen = await somebody(trinvis)
    await append(
        trinvis,
        commit(STREAM, citizen, 0, noted("et"), noted("to")),
        commit(OTHER_STREAM, citizen, 0, noted("tre")),
    )
    table = "fact" if column == "body" else "fact_key"
    async with superuser(servers, trinvis) as connection:
        await connection.execute(
            f"UPDATE {table} SET {column} = moved.{column} FROM {table} moved"  # noqa: S608 - columns of ours
            f" WHERE {table}.stream = $1 AND {table}.version = $2 AND moved.stream = $3 AND moved.version = 1",
            stream,
            version,
            STREAM,
        )
    with pytest.raises(InvalidTag):
        await events(trinvis, stream)


async def test_body_and_key_moved_together_do_not_open_either(servers: Servers, trinvis: Trinvis) -> None:
    citizen, other = await somebody(trinvis), await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, noted("et")), commit(OTHER_STREAM, other, 0, noted("to")))
    async with superuser(servers, trinvis) as connection:
        for table, columns in (("fact", "body"), ("fact_key", "(key, wrapped)")):
            source = columns.strip("()")
            await connection.execute(
                f"UPDATE {table} SET {columns} = (SELECT {source} FROM {table} WHERE stream = $1) WHERE stream = $2",  # noqa: S608 - the same
                STREAM,
                OTHER_STREAM,
            )
    with pytest.raises(InvalidTag):
        await events(trinvis, OTHER_STREAM)


async def test_another_citizens_identity_does_not_open(servers: Servers, trinvis: Trinvis) -> None:
    citizen, other = await somebody(trinvis), await somebody(trinvis)
    async with superuser(servers, trinvis) as connection:
        await connection.execute(
            "UPDATE citizen SET (key, sealed) = (SELECT key, sealed FROM citizen WHERE id = $1) WHERE id = $2",
            citizen,
            other,
        )
    with pytest.raises(InvalidTag):
        await trinvis.vault.identity(other, LOOK)


async def test_every_fact_is_sealed_under_a_key_of_its_own(trinvis: Trinvis) -> None:
    """So one fact can be erased, and the same words twice look like two different things."""
    citizen = await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, noted("det samme"), noted("det samme")))
    async with trinvis.database.connection() as connection:
        bodies = {row["body"] for row in await connection.fetch("SELECT body FROM fact")}
        wrapped = {row["wrapped"] for row in await connection.fetch("SELECT wrapped FROM fact_key")}
    assert len(bodies) == len(wrapped) == 2


async def test_a_fact_without_its_key_is_a_header_and_the_others_stay(servers: Servers, trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, noted("et"), noted("to")))
    async with superuser(servers, trinvis) as connection:
        await connection.execute("DELETE FROM fact_key WHERE version = 1")
    assert await events(trinvis, STREAM) == [Erased("event_recorded", MONDAY), noted("to")]


@pytest.mark.parametrize(("named", "value"), [("kind", "from_the_future"), ("schema_number", 2)])
async def test_a_shape_that_this_release_does_not_know_is_named(trinvis: Trinvis, named: str, value: object) -> None:
    """A fact that a later release wrote, properly sealed."""
    later = type("Later", (EventRecorded,), {"kind": EventRecorded.kind, "schema_number": 1})
    setattr(later, named, value)
    fact = later(at=MONDAY, event="noted", note="fra fremtiden")
    citizen = await somebody(trinvis)
    await append(trinvis, commit(STREAM, citizen, 0, fact))
    with pytest.raises(UnknownShape, match=str(value)):
        await events(trinvis, STREAM)


async def test_an_erased_fact_is_never_written_again() -> None:
    with pytest.raises(UnknownShape):
        PATHWAY.encode(Erased("event_recorded", MONDAY))


async def test_what_is_sealed_opens_with_its_key_in_its_place_and_format_only() -> None:
    content = sealed(KEY, b"hemmeligt", b"her")
    assert opened(KEY, content, b"her") == b"hemmeligt"
    flipped = [content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :] for place in range(len(content))]
    for key, given, context in (
        (OTHER_KEY, content, b"her"),
        (KEY, content, b"der"),
        (KEY, content[:-1], b"her"),
        (KEY, b"", b"her"),
        *((KEY, each, b"her") for each in flipped),
    ):
        with pytest.raises(InvalidTag):
            opened(key, given, context)

"""Migrations: the same shape from nothing and step by step, each file once, and no data lost on the way."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from migrations import apply
from migrations.apply import MigrationChanged, migrate, migrations
from runtime.embedded.postgres import OWNER
from tests.eventstore.listing import listing
from tests.support.cast import MONDAY
from tests.support.roles import connected
from tests.support.servers import Servers

SCHEMA = Path(__file__).parent / "schema.txt"
STREAM = UUID("44444444-4444-4444-8444-444444444444")
CITIZEN = UUID("11111111-1111-4111-8111-111111111111")
EVERY = [migration.number for migration in migrations()]


@pytest.fixture
async def empty(servers: Servers) -> str:
    """A database with nothing in it, by its name."""
    name = f"m{uuid4().hex[:12]}"
    async with connected(servers, "postgres", OWNER) as owner:
        await owner.execute(f"CREATE DATABASE {name}")
    return name


@pytest.fixture
async def owner(servers: Servers, empty: str) -> AsyncIterator[asyncpg.Connection]:
    """Whoever migrates it."""
    async with connected(servers, empty, OWNER) as connection:
        yield connection


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations that a test may change."""
    copy = tmp_path / "migrations"
    shutil.copytree(apply.FOLDER, copy)
    monkeypatch.setattr(apply, "FOLDER", copy)
    return copy


async def test_the_shape_is_the_one_that_is_written_down(owner: asyncpg.Connection) -> None:
    """With TRINVIS_WRITE_SCHEMA=1 it is written down anew; a reviewer sees what changes."""
    await migrate(owner)
    found = await listing(owner)
    if os.environ.get("TRINVIS_WRITE_SCHEMA"):
        SCHEMA.write_text(found)
    assert found.splitlines() == SCHEMA.read_text().splitlines()


async def test_each_file_is_applied_once_and_told_of(owner: asyncpg.Connection) -> None:
    told: list[str] = []
    assert [each.number for each in await migrate(owner, told.append)] == EVERY
    assert told == [each.name for each in migrations()]
    assert await migrate(owner, told.append) == []
    assert len(told) == len(EVERY)


async def test_of_many_who_migrate_at_once_one_does_it(servers: Servers, empty: str) -> None:
    async def migrating() -> int:
        async with connected(servers, empty, OWNER) as connection:
            return len(await migrate(connection))

    assert sorted(await asyncio.gather(*(migrating() for _ in range(6)))) == [0, 0, 0, 0, 0, len(EVERY)]


async def test_two_databases_of_one_server_are_migrated_at_once(servers: Servers) -> None:
    """The roles belong to the server, so both want to make them."""
    names = [f"m{uuid4().hex[:12]}" for _ in range(2)]
    async with connected(servers, "postgres", OWNER) as connection:
        for name in names:
            await connection.execute(f"CREATE DATABASE {name}")

    async def migrating(name: str) -> int:
        async with connected(servers, name, OWNER) as connection:
            return len(await migrate(connection))

    assert await asyncio.gather(*map(migrating, names)) == [len(EVERY)] * 2


async def test_a_file_that_was_changed_after_it_was_applied_is_refused(owner: asyncpg.Connection, folder: Path) -> None:
    await migrate(owner)
    changed = folder / "0002_event_store.sql"
    changed.write_text(changed.read_text() + "\n-- bare en bemærkning\n")
    (folder / "9999_later.sql").write_text("CREATE TABLE later (id integer);")
    with pytest.raises(MigrationChanged, match="0002"):
        await migrate(owner)
    assert await owner.fetchval("SELECT to_regclass('trinvis.later')") is None
    assert await owner.fetchval("SELECT pg_try_advisory_lock($1)", apply.LOCK), "the lock was let go"


async def test_a_file_that_fails_leaves_nothing_behind_and_the_ones_before_it_stay(
    owner: asyncpg.Connection, folder: Path
) -> None:
    (folder / "9998_good.sql").write_text("CREATE TABLE good (id integer);")
    (folder / "9999_bad.sql").write_text("CREATE TABLE half (id integer); SELECT 1 / 0;")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(owner)
    assert await owner.fetchval("SELECT to_regclass('trinvis.good')") is not None
    assert await owner.fetchval("SELECT to_regclass('trinvis.half')") is None
    (folder / "9999_bad.sql").write_text("CREATE TABLE half (id integer);")
    assert [each.number for each in await migrate(owner)] == [9999]


async def test_numbers_follow_each_other_without_gaps() -> None:
    assert list(range(1, len(EVERY) + 1)) == EVERY


@pytest.mark.parametrize("until", EVERY[1:])
async def test_a_database_that_was_left_at_any_step_is_brought_up_with_what_is_in_it(
    owner: asyncpg.Connection, folder: Path, until: int
) -> None:
    """Written through the append of that time, and gone on with through the append of today."""
    later = [path for path in _files(folder) if int(path.name[:4]) > until]
    contents = {path: path.read_text() for path in later}
    for path in later:
        path.unlink()
    await migrate(owner)
    await _written(owner)
    before = await _everything(owner)
    for path, content in contents.items():
        path.write_text(content)
    assert [each.number for each in await migrate(owner)] == EVERY[until:]
    after = await _everything(owner)
    assert {table: after[table] for table in before} == before
    assert (await listing(owner)).splitlines() == SCHEMA.read_text().splitlines()
    assert await _appended(owner, 1) == 2


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sql"))


async def _appended(owner: asyncpg.Connection, expected: int) -> int:
    """The version after another fact."""
    version: int = await owner.fetchval(
        "SELECT last FROM append($1, 'pathway', $2, 'p@1', $3, $4, 'd', 'a', $5, $5, $2, ARRAY['noted'],"
        " ARRAY[1]::smallint[], ARRAY[$5::timestamptz], ARRAY['b'::bytea], ARRAY['w'::bytea], NULL, false, false)",
        STREAM,
        CITIZEN,
        expected,
        uuid4(),
        MONDAY,
    )
    return version


async def _written(owner: asyncpg.Connection) -> None:
    """A stream with a fact, and a row in every table that holds more than can be made again."""
    await owner.execute("INSERT INTO citizen_key (id, subject, kek, wrapped) VALUES ($1, $1, 'k', 'w')", CITIZEN)
    await _appended(owner, 0)
    rows = {
        "citizen": "(id, key, sealed, cpr_index) VALUES ($1, $1, 's', 'i')",
        "access_log": "(at, actor, ground, subject, what) VALUES (now(), 'a', 'g', $1, 'w')",
        "erasure": "(at, actor, decision, subject) VALUES (now(), 'a', 'd', $1)",
    }
    for table, values in rows.items():
        if await owner.fetchval("SELECT to_regclass($1)", f"trinvis.{table}"):
            await owner.execute(f"INSERT INTO {table} {values}", CITIZEN)


async def _everything(owner: asyncpg.Connection) -> dict[str, list[asyncpg.Record]]:
    """Every row of every table but the list of migrations."""
    tables = await owner.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'trinvis' AND tablename <> 'migration'"
    )
    return {name: await owner.fetch(f"SELECT * FROM {name} ORDER BY 1") for (name,) in tables}  # noqa: S608 - the same

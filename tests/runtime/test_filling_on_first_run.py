"""The first `trinvis up` of all: a municipality to look at, and not a letter sent; servers of one's own stay empty."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg
import pytest

from eventstore.keys import FileKeys
from runtime.embedded.postgres import APP, OWNER, RECORDS
from tests.support.servers import Servers, new_folder
from tests.support.somebody import names, somebody
from tests.support.temporal import temporal_server
from tests.support.upping import Home, home

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Seen:
    """What was seen of the first run, and of the next."""

    home: Home
    first: str
    second: str
    verified: dict[str, object]
    listed: list[object]
    letters: list[str]
    new: int
    """How many facts time brought about while it was looked at."""


@pytest.fixture(scope="module")
async def seen() -> AsyncIterator[Seen]:
    """Everything started twice in a new place."""
    began = datetime.now(UTC)
    with somebody(names()[0]) as who, home(who) as living:
        first = living.start().until()
        verified = json.loads(living.run("verify", "--json").stdout)
        listed = json.loads(living.run("worklist", "--by", "caseworker:sb-1", "--json").stdout)
        assert first.stop() == 0
        second = living.start().until()
        new = await facts(living.addresses()["database_url"], began)
        assert second.stop() == 0
        letters = [letter.name for letter in (living.state / "outbox").glob("*")]
        yield Seen(living, first.said, second.said, verified, next(iter(listed.values())), letters, new)


async def facts(url: str, since: datetime) -> int:
    """How many facts there are since an instant."""
    connection = await asyncpg.connect(url, server_settings={"role": "trinvis_app"})
    count: int = await connection.fetchval("SELECT count(*) FROM trinvis.fact WHERE occurred_at >= $1", since)
    await connection.close()
    return count


def test_it_shows_how_far_it_has_come_while_it_fills(seen: Seen) -> None:
    assert seen.first.count("Filling a synthetic municipality") >= 5
    assert "48 of 48 citizens" in seen.first


def test_there_is_something_to_see_to_at_once(seen: Seen) -> None:
    assert seen.listed


def test_everything_is_in_order(seen: Seen) -> None:
    assert seen.verified == {"pathways": 48, "facts": seen.verified["facts"], "faults": []}


def test_no_letter_was_sent_but_about_what_happened_since(seen: Seen) -> None:
    assert len(seen.letters) <= seen.new
    assert seen.new < 20, "hardly anything falls due in the minute that the test takes"


def test_the_next_run_fills_nothing(seen: Seen) -> None:
    assert "Filling" not in seen.second


@pytest.fixture
async def own(servers: Servers) -> AsyncIterator[dict[str, str]]:
    """Servers of one's own, and the variables that name them."""
    database = await servers.new_database()
    async with temporal_server(new_folder(), FileKeys.made(servers.folder / "keys.json")) as temporal:
        yield {
            "TRINVIS_DATABASE_URL": servers.postgres.url(APP, database),
            "TRINVIS_OWNER_DATABASE_URL": servers.postgres.url(OWNER, database),
            "TRINVIS_RECORDS_DATABASE_URL": servers.postgres.url(RECORDS, database),
            "TEMPORAL_ADDRESS": temporal.address,
            "TRINVIS_KEY_FILE": str(servers.folder / "keys.json"),
        }


async def test_servers_of_ones_own_are_used_and_neither_filled_nor_stopped(own: dict[str, str]) -> None:
    with somebody(names()[0]) as who, home(who) as living:
        run = living.start(**own).until()
        assert own["TEMPORAL_ADDRESS"] in run.said
        assert run.stop() == 0
        assert living.processes() == []
    assert await facts(own["TRINVIS_DATABASE_URL"], datetime.min.replace(tzinfo=UTC)) == 0

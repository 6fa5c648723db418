"""The hash chain: the same outside the database as inside, and no two histories give the same bytes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import COPENHAGEN
from eventstore.chain import CommitHeader, first_head, instant, instant_of, next_head
from eventstore.verifying import verify
from runtime.wiring import Trinvis
from tests.support.keeping import somebody

instants = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
texts = st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=80)


class Stored(NamedTuple):
    """A fact as `append` takes it."""

    kind: str
    schema: int
    occurred_at: datetime
    body: bytes


class Given(NamedTuple):
    """A commit as `append` takes it."""

    digest: bytes
    actor: str
    at: datetime
    recorded_at: datetime
    facts: Sequence[Stored]


facts = st.builds(Stored, texts, st.integers(-(2**15), 2**15 - 1), instants, st.binary(max_size=300))
commits = st.builds(Given, st.binary(max_size=64), texts, instants, instants, st.lists(facts, min_size=1, max_size=4))


async def _appended(trinvis: Trinvis, stream: UUID, subject: UUID, given_commits: Sequence[Given]) -> list[UUID]:
    """Appends by hand what no codec would write; the ids of the commands."""
    ids: list[UUID] = []
    async with trinvis.database.connection() as connection:
        key = await trinvis.engine.store.ring.current(connection, subject)
        version = 0
        for each in given_commits:
            ids.append(uuid4())
            columns = [list(column) for column in zip(*each.facts, strict=True)]
            await connection.execute(
                f"SELECT append({', '.join(f'${place}' for place in range(1, 20))})",
                *(stream, "pathway", subject, "p@1", version, ids[-1], each.digest, each.actor, each.at),
                *(each.recorded_at, key.id, *columns, [b"w"] * len(each.facts), None, False, False),
            )
            version += len(each.facts)
    return ids


@settings(max_examples=60)
@given(st.lists(commits, min_size=1, max_size=3))
async def test_the_chain_outside_is_the_chain_inside(trinvis: Trinvis, given_commits: list[Given]) -> None:
    stream, subject = uuid4(), await somebody(trinvis)
    ids = await _appended(trinvis, stream, subject, given_commits)
    head, hashes = first_head(stream, "pathway", subject), list[bytes]()
    for command_id, each in zip(ids, given_commits, strict=True):
        asked = (stream.bytes, command_id.bytes, each.digest, each.actor)
        header = CommitHeader(*asked, instant(each.at), instant(each.recorded_at)).encoded()
        for kind, schema, occurred_at, body in each.facts:
            head = next_head(header, head, len(hashes) + 1, kind, schema, instant(occurred_at), body)
            hashes.append(head)
    async with trinvis.database.connection() as connection:
        rows = await connection.fetch("SELECT hash FROM fact WHERE stream = $1 ORDER BY version", stream)
        kept = await connection.fetchval("SELECT head FROM stream WHERE id = $1", stream)
    assert [row["hash"] for row in rows] == hashes
    assert kept == head
    assert not (await verify(trinvis.database, stream=stream)).faults


@given(texts, texts, texts, texts)
def test_moving_a_letter_from_one_field_to_the_next_is_seen(kind: str, body: str, other_kind: str, rest: str) -> None:
    at, one, other = instant(datetime(2026, 3, 2, tzinfo=UTC)), (kind, body.encode()), (other_kind, rest.encode())
    heads = {next_head(b"h", b"", 1, each_kind, 1, at, each_body) for each_kind, each_body in (one, other)}
    assert len(heads) == len({one, other})


def test_instants_are_counted_in_microseconds_from_two_thousand_wherever_one_is() -> None:
    before, after = datetime(1999, 12, 31, 23, 59, 59, 1, tzinfo=UTC), datetime(2000, 1, 2, 0, 0, 0, 7, tzinfo=UTC)
    counted = [int.from_bytes(instant(at), "big", signed=True) for at in (before, after)]
    assert counted == [-999_999, 86_400_000_007]
    assert [instant_of(instant(at)) for at in (before, after)] == [before, after]
    assert instant(after.astimezone(COPENHAGEN)) == instant(after)

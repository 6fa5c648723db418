"""Facts as rows: sealed on the way in, opened on the way out."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from eventstore.chain import instant_of
from eventstore.codec import Codec, Encoded, Kept
from eventstore.database import Connection
from eventstore.keys import KEY_BYTES
from eventstore.ring import CitizenKey, KeyRing, unwrapped_by, wrapped_by
from eventstore.sealing import opened_by, sealed_by


@dataclass(frozen=True)
class SealedFact:
    """A fact as it is stored."""

    kind: str
    schema: int
    occurred_at: datetime
    body: bytes
    wrapped: bytes


FactRow = tuple[int, str, int, bytes, bytes, UUID | None, bytes | None]
"""version, kind, schema, occurred_at, body, and the id of the citizen's key with the wrapped key, or None twice.

The instant is in bytes: it stands in the body too, so it is made out only where that cannot be read any more.
"""

COLUMNS = "f.version, f.kind, f.schema, timestamptz_send(f.occurred_at), f.body, k.key, k.wrapped"
"""What a FactRow is read with, from fact f and its key k."""
TABLES = "fact f LEFT JOIN fact_key k USING (stream, version)"


def body_context(stream: bytes, version: int, kind: str, schema: int) -> bytes:
    """What a body is bound to, so that it cannot be moved to another place; the stream's id in bytes."""
    return b"%b|%d|%b|%d" % (stream, version, kind.encode(), schema)


def seal(facts: Iterable[Encoded], stream: UUID, after: int, key: CitizenKey) -> list[SealedFact]:
    """*facts* as the versions that come *after*, each under a key of its own."""
    rows, place = [], stream.bytes
    for version, fact in enumerate(facts, start=after + 1):
        fact_key = os.urandom(KEY_BYTES)
        context = body_context(place, version, fact.kind, fact.schema)
        body = sealed_by(AESGCM(fact_key), fact.body, context)
        wrapped = wrapped_by(key, fact_key, place, version)
        rows.append(SealedFact(fact.kind, fact.schema, fact.occurred_at, body, wrapped))
    return rows


READS = 3
"""How often a key that is named and gone is looked for anew."""


async def with_keys(
    connection: Connection, rows: Sequence[FactRow], stream: UUID, ring: KeyRing
) -> tuple[Sequence[FactRow], Mapping[UUID, CitizenKey]]:
    """*rows* with the citizens' keys that open them.

    A key may be replaced between the reading of a row and the reading of its key. The row would look erased then, and
    something would be decided without it; so what is named and gone is read anew.
    """
    for _ in range(READS):
        named = {row[5] for row in rows if row[5]}
        keys = await ring.by_ids(connection, named)
        if named <= keys.keys():
            break
        again = await connection.fetch("SELECT version, key, wrapped FROM fact_key WHERE stream = $1", stream)
        wrapped = {row["version"]: (row["key"], row["wrapped"]) for row in again}
        rows = [(*row[:5], *wrapped.get(row[0], (None, None))) for row in rows]
    return rows, keys


def open_rows(
    rows: Sequence[FactRow], stream: UUID, keys: Mapping[UUID, CitizenKey], codec: Codec[Kept]
) -> Iterator[Kept]:
    """The facts of *rows*; one whose key is gone comes back as erased.

    Raises: cryptography.exceptions.InvalidTag when a row is not where it was written.
    """
    decode, place = codec.decode, stream.bytes
    for version, kind, schema, occurred_at, body, key_id, wrapped in rows:
        key = keys.get(key_id) if key_id else None
        if key is None or wrapped is None:
            yield codec.erased(kind, instant_of(occurred_at))
            continue
        fact_key = unwrapped_by(key, wrapped, place, version)
        plain = opened_by(AESGCM(fact_key), body, body_context(place, version, kind, schema))
        yield decode(kind, schema, plain)

"""Citizens' keys, unwrapped for a few minutes at a time."""

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from eventstore.database import Connection
from eventstore.errors import NoSuchCitizen
from eventstore.keys import KEY_BYTES, KeyProvider
from eventstore.sealing import opened_by, sealed_by

MOST_KEYS = 1_000
"""How many unwrapped keys one process keeps, at three kilobytes each: some more than it remembers pathways."""
SECONDS = 300
"""How long an unwrapped key is kept."""
WRAPPING = 0x77726170
"""The advisory lock that whoever wraps a new citizen's key shares, and that replacing the key-encryption key takes."""


@dataclass(frozen=True)
class CitizenKey:
    """A citizen's key, ready for use."""

    id: UUID
    subject: UUID
    cipher: AESGCM
    until: float


class KeyRing:
    """The citizens' keys of one database."""

    def __init__(self, keys: KeyProvider) -> None:
        self._keys = keys
        self._by_id: OrderedDict[UUID, CitizenKey] = OrderedDict()
        self._current: dict[UUID, UUID] = {}

    async def make(self, connection: Connection, subject: UUID) -> CitizenKey:
        """A new key for *subject*, current from now on.

        Nobody may drop the key-encryption key between the wrapping and the commit, or the new key would be lost.
        """
        key_id, key = uuid4(), secrets.token_bytes(KEY_BYTES)
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock_shared($1)", WRAPPING)
            kek, wrapped = self._keys.wrap(key, context(key_id, subject))
            await connection.execute(
                "INSERT INTO citizen_key (id, subject, kek, wrapped) VALUES ($1, $2, $3, $4)",
                key_id,
                subject,
                kek,
                wrapped,
            )
        return self._kept(key_id, subject, key)

    async def current(self, connection: Connection, subject: UUID) -> CitizenKey:
        """The key under which facts about *subject* are written now.

        Raises: NoSuchCitizen when there is none, because the citizen is unknown or erased.
        """
        known = self._fresh(self._current.get(subject))
        if known is not None:
            return known
        row = await connection.fetchrow(
            "SELECT id, subject, kek, wrapped FROM citizen_key WHERE subject = $1 AND NOT retired", subject
        )
        if row is None:
            raise NoSuchCitizen(f"no citizen {subject}")
        key = self._unwrapped(row["id"], subject, row["kek"], row["wrapped"])
        self._current[subject] = key.id
        return key

    async def by_ids(self, connection: Connection, ids: set[UUID]) -> dict[UUID, CitizenKey]:
        """Those of the keys that still exist."""
        found = {key_id: key for key_id in ids if (key := self._fresh(key_id))}
        missing = ids - found.keys()
        if missing:
            rows = await connection.fetch(
                "SELECT id, subject, kek, wrapped FROM citizen_key WHERE id = ANY($1::uuid[])", list(missing)
            )
            for row in rows:
                found[row["id"]] = self._unwrapped(row["id"], row["subject"], row["kek"], row["wrapped"])
        return found

    def forget(self, subject: UUID) -> None:
        """Lets go of what is known of *subject*'s keys."""
        self._current.pop(subject, None)
        for key_id in [key_id for key_id, key in self._by_id.items() if key.subject == subject]:
            del self._by_id[key_id]

    def _unwrapped(self, key_id: UUID, subject: UUID, kek: str, wrapped: bytes) -> CitizenKey:
        return self._kept(key_id, subject, self._keys.unwrap(kek, wrapped, context(key_id, subject)))

    def _kept(self, key_id: UUID, subject: UUID, key: bytes) -> CitizenKey:
        self._expire()
        kept = CitizenKey(key_id, subject, AESGCM(key), time.monotonic() + SECONDS)
        self._by_id[key_id] = kept
        self._by_id.move_to_end(key_id)
        if len(self._by_id) > MOST_KEYS:
            self._let_oldest_go()
        return kept

    def _fresh(self, key_id: UUID | None) -> CitizenKey | None:
        self._expire()
        return self._by_id.get(key_id) if key_id else None

    def _expire(self) -> None:
        """Lets go of whatever has been kept for long enough, also of what nobody asks for any more."""
        while self._by_id and next(iter(self._by_id.values())).until < time.monotonic():
            self._let_oldest_go()

    def _let_oldest_go(self) -> None:
        key_id, oldest = self._by_id.popitem(last=False)
        if self._current.get(oldest.subject) == key_id:
            del self._current[oldest.subject]


def context(key_id: UUID, subject: UUID) -> bytes:
    """What a citizen's wrapped key is bound to."""
    return b"citizen" + key_id.bytes + subject.bytes


def fact_key_context(stream: bytes, version: int) -> bytes:
    """What a fact's wrapped key is bound to; the stream's id in bytes."""
    return b"fact-key" + stream + version.to_bytes(4, "big")


def wrapped_by(key: CitizenKey, fact_key: bytes, stream: bytes, version: int) -> bytes:
    """A fact's key under its citizen's key."""
    return sealed_by(key.cipher, fact_key, fact_key_context(stream, version))


def unwrapped_by(key: CitizenKey, wrapped: bytes, stream: bytes, version: int) -> bytes:
    """A fact's key."""
    return opened_by(key.cipher, wrapped, fact_key_context(stream, version))

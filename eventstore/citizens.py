"""The vault: who a citizen is, sealed, found by a keyed hash of the CPR number."""

from typing import Annotated
from uuid import UUID, uuid4

import asyncpg
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from domain.text import Line
from domain.value import Value
from domain.words import Language
from eventstore.access import Look, log_look
from eventstore.database import Connection, Database
from eventstore.errors import NoSuchCitizen, StreamConflict
from eventstore.keys import KeyProvider
from eventstore.ring import CitizenKey, KeyRing
from eventstore.sealing import opened_by, sealed_by

TRIES = 3


def _one_address(text: str) -> str:
    """*text*, when it is one address that a letter can be sent to: nothing in it begins another line or recipient."""
    name, at, host = text.partition("@")
    if not (name and at and host) or "@" in host or any(each in ",;<>" or each.isspace() for each in text):
        raise PydanticCustomError("not_an_email", "is not an e-mail address; write for example citizen@example.dk")
    return text


Email = Annotated[Line, AfterValidator(_one_address)]
"""An e-mail address."""


class Identity(Value):
    """Who a citizen is, and how to reach them. Never leaves the vault but in letters and on authorised screens."""

    name: Line
    cpr: str | None = None
    email: Email | None = None
    phone: Line | None = None
    address: Line | None = None
    language: Language = "da"


class Vault:
    """The identities of one database."""

    def __init__(self, database: Database, keys: KeyProvider, ring: KeyRing) -> None:
        self._database = database
        self._keys = keys
        self._ring = ring

    async def register(self, identity: Identity, look: Look) -> UUID:
        """The citizen's id; the known one when the CPR number is known, with what is given brought up to date.

        That somebody is known is seen by whoever registers them, so that is a look, and logged.

        Raises: StoreAway; StreamConflict when others registered and erased the same citizen all the while.
        """
        index = self._index(identity.cpr)
        for _ in range(TRIES):
            try:
                async with self._database.transaction() as connection:
                    return await self._registered(connection, identity, index, look)
            except asyncpg.UniqueViolationError:
                continue  # somebody else has just registered the same citizen
        raise StreamConflict("others registered the same citizen every time; try again in a moment")

    async def _registered(self, connection: Connection, identity: Identity, index: bytes | None, look: Look) -> UUID:
        row = await self._found(connection, index)
        if row is None:
            citizen = uuid4()
            key = await self._ring.make(connection, citizen)
        else:
            citizen = row["id"]
            self._ring.forget(citizen)
            known = await _opened(connection, self._ring, citizen, row)
            key = await self._ring.current(connection, citizen)
            await log_look(connection, citizen, look, "identity")
            identity = _brought_up_to_date(known, identity) if known else identity
        await connection.execute(
            "INSERT INTO citizen (id, key, sealed, cpr_index) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (id) DO UPDATE SET key = excluded.key, sealed = excluded.sealed",
            citizen,
            key.id,
            sealed_by(key.cipher, identity.model_dump_json().encode(), _context(citizen)),
            index,
        )
        return citizen

    async def identity(self, citizen: UUID, look: Look) -> Identity:
        """Who a citizen is; the look is logged in the same statement.

        Raises: NoSuchCitizen when unknown or erased.
        """
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                "WITH logged AS (INSERT INTO access_log (at, actor, ground, subject, what)"
                " SELECT $2, $3, $4, c.id, 'identity' FROM citizen c WHERE c.id = $1)"
                " SELECT key, sealed FROM citizen WHERE id = $1 AND sealed IS NOT NULL",
                citizen,
                look.at,
                str(look.by),
                look.ground,
            )
            opened = await _opened(connection, self._ring, citizen, row)
        if opened is None:
            raise NoSuchCitizen(f"no citizen {citizen}")
        return Identity.model_validate_json(opened)

    async def find(self, cpr: str, look: Look) -> UUID:
        """The id of the citizen with that CPR number; the look is logged in the same statement.

        Raises: NoSuchCitizen when unknown or erased.
        """
        async with self._database.connection() as connection:
            found: UUID | None = await connection.fetchval(
                "WITH found AS (SELECT id FROM citizen WHERE cpr_index = $1), logged AS ("
                "INSERT INTO access_log (at, actor, ground, subject, what)"
                " SELECT $2, $3, $4, id, 'search by cpr' FROM found) SELECT id FROM found",
                self._index(cpr),
                look.at,
                str(look.by),
                look.ground,
            )
        if found is None:
            raise NoSuchCitizen("no citizen of that number")
        return found

    async def require_known(self, citizen: UUID) -> None:
        """Raises: NoSuchCitizen when unknown or erased; says nothing of who it is, so it is no look."""
        async with self._database.connection() as connection:
            if not await connection.fetchval("SELECT true FROM citizen WHERE id = $1 AND erased_at IS NULL", citizen):
                raise NoSuchCitizen(f"no citizen {citizen}")

    def _index(self, cpr: str | None) -> bytes | None:
        if cpr is None:
            return None
        return self._keys.mac("cpr", "".join(each for each in cpr if each.isdigit()).encode())

    async def _found(self, connection: Connection, index: bytes | None) -> asyncpg.Record | None:
        if index is None:
            return None
        return await connection.fetchrow("SELECT id, key, sealed FROM citizen WHERE cpr_index = $1 FOR UPDATE", index)


def _brought_up_to_date(known: bytes, given: Identity) -> Identity:
    """Who was known, with what was given now; what was not given stays as it was."""
    return Identity.model_validate_json(known).model_copy(update=given.model_dump(exclude_unset=True))


async def hold(connection: Connection, citizen: UUID) -> None:
    """Until the transaction ends, nobody else registers, rotates or erases *citizen*.

    Whoever locks more takes this first, then streams in the order of their ids, then keys: so nobody waits in a circle.
    """
    await connection.execute("SELECT 1 FROM citizen WHERE id = $1 FOR UPDATE", citizen)


async def forget_states(connection: Connection, citizen: UUID) -> None:
    """Lets go of every folded state of a citizen's pathways, as whoever ends one of the citizen's keys must."""
    await connection.execute(
        "DELETE FROM state_cache c USING stream s WHERE s.id = c.stream AND s.subject = $1", citizen
    )


async def reseal(connection: Connection, citizen: UUID, ring: KeyRing, new: CitizenKey) -> None:
    """Seals a citizen's identity under another key, whichever it was sealed under."""
    row = await connection.fetchrow(_SEALED, citizen)
    plain = await _opened(connection, ring, citizen, row)
    if plain is not None:
        content = sealed_by(new.cipher, plain, _context(citizen))
        await connection.execute("UPDATE citizen SET key = $2, sealed = $3 WHERE id = $1", citizen, new.id, content)


_SEALED = "SELECT key, sealed FROM citizen WHERE id = $1 AND sealed IS NOT NULL"


async def _opened(connection: Connection, ring: KeyRing, citizen: UUID, row: asyncpg.Record | None) -> bytes | None:
    """An identity's bytes, read once more where its key has been replaced since; None when it is gone."""
    keys = await ring.by_ids(connection, {row["key"]}) if row else {}
    if row and row["key"] not in keys:
        row = await connection.fetchrow(_SEALED, citizen)
        keys = await ring.by_ids(connection, {row["key"]}) if row else {}
    if row is None or row["key"] not in keys:
        return None
    return opened_by(keys[row["key"]].cipher, row["sealed"], _context(citizen))


def _context(citizen: UUID) -> bytes:
    return b"identity" + citizen.bytes

"""The vault: one citizen for one CPR number, found by a keyed hash, and gone for good when erased."""

import asyncio
from hashlib import sha256
from uuid import uuid4

import pytest

from eventstore.access import looks
from eventstore.citizens import Identity
from eventstore.errors import NoSuchCitizen
from runtime.wiring import Trinvis
from tests.support.cast import AUDITOR, MONDAY
from tests.support.keeping import LOOK, somebody
from tests.support.roles import superuser
from tests.support.servers import Servers

CPR = "610180-1234"


async def test_a_citizen_is_known_again_with_or_without_the_hyphen(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis, CPR)
    assert [await somebody(trinvis, cpr) for cpr in (CPR, "6101801234")] == [citizen] * 2
    assert await somebody(trinvis, "620180-1234") != citizen


async def test_a_citizen_is_found_with_or_without_the_hyphen(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis, CPR)
    assert [await trinvis.vault.find(cpr, LOOK) for cpr in (CPR, "6101801234", " 610180 1234 ")] == [citizen] * 3
    async with trinvis.database.connection() as connection:
        assert [row.what for row in await looks(connection, citizen, LOOK, 10)] == ["search by cpr"] * 3


async def test_a_citizen_who_is_registered_twice_is_one_with_the_newer_identity(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis, CPR)
    again = await trinvis.vault.register(Identity(name="Prøve Nygift", cpr="6101801234", email="ny@eksempel.dk"), LOOK)
    assert again == citizen
    identity = await trinvis.vault.identity(citizen, LOOK)
    assert (identity.name, identity.email) == ("Prøve Nygift", "ny@eksempel.dk")


async def test_whoever_is_registered_again_keeps_what_is_not_given_anew(trinvis: Trinvis) -> None:
    """A referral at the prompt asks for name and number only; the letters are to find their way all the same."""
    first = Identity(
        name="Prøve Prøvesen", cpr=CPR, email="p@eksempel.dk", phone="00000000", address="Vej 1", language="en"
    )
    citizen = await trinvis.vault.register(first, LOOK)
    await trinvis.vault.register(Identity(name="Prøve Nygift", cpr=CPR), LOOK)
    assert await trinvis.vault.identity(citizen, LOOK) == first.model_copy(update={"name": "Prøve Nygift"})
    await trinvis.vault.register(Identity(name="Prøve Nygift", cpr=CPR, phone=None, language="da"), LOOK)
    known = await trinvis.vault.identity(citizen, LOOK)
    assert (known.email, known.phone, known.language) == ("p@eksempel.dk", None, "da")


async def test_that_somebody_is_known_is_not_seen_without_a_row_in_the_log(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis, CPR)
    async with trinvis.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM access_log") == 0, "nothing was known to look at"
        await somebody(trinvis, CPR)
        rows = await connection.fetch("SELECT actor, ground, what FROM access_log WHERE subject = $1", citizen)
    assert [tuple(row) for row in rows] == [(str(AUDITOR), "ledelsestilsyn", "identity")]


async def test_a_citizen_who_is_registered_by_many_at_once_is_one(trinvis: Trinvis) -> None:
    citizens = await asyncio.gather(*(somebody(trinvis, CPR) for _ in range(16)))
    assert len(set(citizens)) == 1
    async with trinvis.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM citizen_key") == 1


async def test_citizens_without_a_number_are_never_taken_for_each_other(trinvis: Trinvis) -> None:
    assert await somebody(trinvis) != await somebody(trinvis)


async def test_the_index_cannot_be_reckoned_without_the_key_file(servers: Servers, trinvis: Trinvis) -> None:
    """There are so few CPR numbers that a bare hash is as good as the number itself."""
    citizen = await somebody(trinvis, CPR)
    async with superuser(servers, trinvis) as connection:
        index = await connection.fetchval("SELECT cpr_index FROM citizen WHERE id = $1", citizen)
    bare = {sha256(text.encode()).digest() for text in (CPR, "6101801234")}
    assert len(index) == 32
    assert index not in bare
    assert index == trinvis.keys.mac("cpr", b"6101801234")


async def test_each_look_at_a_citizen_is_logged_with_its_ground(trinvis: Trinvis) -> None:
    citizen = await somebody(trinvis, CPR)
    await trinvis.vault.identity(citizen, LOOK)
    async with trinvis.database.connection() as connection:
        rows = await looks(connection, citizen, LOOK, 10)
        again = await looks(connection, citizen, LOOK, 10)
    assert [row.what for row in rows] == ["identity"]
    assert [row.what for row in again] == ["access log", "identity"]
    assert {(row.at, row.actor, row.ground) for row in again} == {(MONDAY, str(AUDITOR), "ledelsestilsyn")}


async def test_nobody_knows_a_citizen_who_was_never_registered_and_the_log_names_nobody(trinvis: Trinvis) -> None:
    with pytest.raises(NoSuchCitizen):
        await trinvis.vault.identity(uuid4(), LOOK)
    with pytest.raises(NoSuchCitizen):
        await trinvis.vault.find(CPR, LOOK)
    async with trinvis.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM access_log") == 0


async def test_an_erased_citizen_is_unknown_and_the_number_free_for_a_new_one(
    servers: Servers, trinvis: Trinvis
) -> None:
    """Whoever erases takes sealed part, index and keys; what is tested here is that nothing brings them back."""
    citizen = await somebody(trinvis, CPR)
    async with superuser(servers, trinvis) as connection:
        await connection.execute("UPDATE citizen SET sealed = NULL, cpr_index = NULL, key = NULL, erased_at = now()")
        await connection.execute("DELETE FROM citizen_key")
    with pytest.raises(NoSuchCitizen):
        await trinvis.vault.identity(citizen, LOOK)
    assert await somebody(trinvis, CPR) not in {citizen, None}


async def test_registering_waits_for_whoever_is_erasing_the_same_citizen(servers: Servers, trinvis: Trinvis) -> None:
    """Also when the citizen's key is still remembered here: the new identity belongs to a new citizen."""
    citizen = await somebody(trinvis, CPR)
    async with superuser(servers, trinvis) as connection:
        async with connection.transaction():
            await connection.execute("SELECT 1 FROM citizen FOR UPDATE")
            registering = asyncio.create_task(somebody(trinvis, CPR))
            await asyncio.sleep(0.1)
            await connection.execute("UPDATE citizen SET sealed = NULL, cpr_index = NULL, key = NULL")
            await connection.execute("DELETE FROM citizen_key WHERE subject = $1", citizen)
        newcomer = await registering
    assert newcomer != citizen
    assert (await trinvis.vault.identity(newcomer, LOOK)).cpr == CPR

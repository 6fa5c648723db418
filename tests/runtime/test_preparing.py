"""Making a database ready: whoever is first makes the logins, and nobody's password is ever written down."""

import asyncio
import stat
from urllib.parse import quote
from uuid import uuid4

import asyncpg
import pytest

from engine.clock import system_clock
from runtime.embedded.ports import HOST
from runtime.embedded.postgres import OWNER
from runtime.preparing import prepare
from runtime.settings import Settings
from runtime.wiring import wired
from tests.support.roles import connected
from tests.support.servers import Servers

TYPED = "rødgrød-%s"


@pytest.fixture
async def new(servers: Servers) -> Settings:
    """The settings of an empty database whose server writes every statement down, with logins that nobody has made."""
    name = f"p{uuid4().hex[:12]}"
    async with connected(servers, "postgres", OWNER) as owner:
        await owner.execute(f"CREATE DATABASE {name}")
    async with connected(servers, "postgres") as superuser:
        await superuser.execute(f"ALTER DATABASE {name} SET log_statement = 'all'")
        await superuser.execute(f"ALTER DATABASE {name} SET log_parameter_max_length = -1")
    at = f"{HOST}:{servers.postgres.port}/{name}"
    urls = {of: f"postgresql://{of}_{name}:{quote(TYPED % of)}@{at}" for of in ("app", "records")}
    return servers.settings(name, database_url=urls["app"], records_database_url=urls["records"])


async def test_of_many_who_prepare_at_once_nobody_fails_and_each_login_lets_its_role_in(new: Settings) -> None:
    await asyncio.gather(*(prepare(new) for _ in range(4)))
    async with wired(new, system_clock) as app, app.database.connection() as connection:
        assert await connection.fetchval("SELECT current_user") == "trinvis_app"
    async with wired(new, system_clock, role="records") as records, records.database.connection() as connection:
        assert await connection.fetchval("SELECT current_user") == "trinvis_records"
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(new.url("app"), password="x" + TYPED)


async def test_nobody_hides_our_tables_behind_temporary_ones(new: Settings) -> None:
    await prepare(new)
    async with wired(new, system_clock) as app, app.database.connection() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("CREATE TEMPORARY TABLE fact (version integer)")


async def test_no_password_reaches_a_servers_log(servers: Servers, new: Settings) -> None:
    await prepare(new)
    said = servers.postgres.log.read_text(encoding="utf-8", errors="replace")
    assert "CREATE ROLE app_" in said
    for login in ("app", "records"):
        assert TYPED % login not in said


def test_the_log_of_the_embedded_server_is_its_owners_alone(servers: Servers) -> None:
    assert stat.S_IMODE(servers.postgres.log.stat().st_mode) == 0o600

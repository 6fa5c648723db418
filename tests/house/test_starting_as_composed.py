"""What docker-compose.yml starts, started without containers: its scripts, settings and commands on real servers."""

import asyncio
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import yaml

from runtime.embedded.postgres import DATABASE, OWNER, SUPERUSER, Postgres, installed
from runtime.embedded.temporal import TemporalServer, binary
from tests.support.checkout import ROOT
from tests.support.servers import new_folder

pytestmark = pytest.mark.slow

SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
SECONDS = 120
"""How long anything here may take: the first start explores every state of every programme that ships."""


@dataclass(frozen=True)
class Composed:
    """The servers of the Compose file, and where its containers' folders are."""

    folder: Path
    postgres: Postgres
    temporal: TemporalServer

    def environment(self, service: str) -> dict[str, str]:
        """The variables of a service, its hosts and folders being ours."""
        told = {name: self._here(str(value)) for name, value in SERVICES[service]["environment"].items()}
        path = f"{Path(sys.executable).parent}:{binary().parent}:{os.environ['PATH']}"
        return {**told, "PATH": path, "HOME": str(self.folder), "TRINVIS_STATE": str(self.folder / "state")}

    def _here(self, value: str) -> str:
        value = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)
        for there, here in (
            ("postgres:5432", f"127.0.0.1:{self.postgres.port}"),
            ("temporal:7233", self.temporal.address),
            ("/run/secrets/", f"{self.folder}/secrets/"),
            ("/var/lib/trinvis/", f"{self.folder}/var/"),
            ("/tmp/heartbeat", f"{self.folder}/heartbeat"),  # noqa: S108 - a container's own folder
        ):
            value = value.replace(there, here)
        return value

    async def run(self, service: str, *command: str) -> str:
        """What a command of a service says, once it has ended well."""
        process = await self.start(service, *command)
        said, _ = await asyncio.wait_for(process.communicate(), SECONDS)
        assert process.returncode == 0, said.decode()
        return said.decode()

    async def start(self, service: str, *command: str) -> asyncio.subprocess.Process:
        """A command of a service, begun."""
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env=self.environment(service),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def sql(self, login: str, secret: str, database: str, statement: str) -> object:
        """The one value that a login gets for a statement."""
        password = (self.folder / "secrets" / secret).read_text()
        url = f"postgresql://{login}@127.0.0.1:{self.postgres.port}/{database}"
        connection = await asyncpg.connect(url, password=password)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()


@pytest.fixture(scope="module")
async def composed() -> AsyncIterator[Composed]:
    """PostgreSQL as its container leaves it after the first start, and a bare Temporal."""
    folder = new_folder()
    postgres, temporal = Postgres(folder / "postgres"), TemporalServer(folder / "temporal")
    await postgres.start()
    await temporal.start()
    servers = Composed(folder, postgres, temporal)
    await _as_a_container_begins(servers)
    yield servers
    await temporal.stop()
    await postgres.stop()
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _as_a_container_begins(servers: Composed) -> None:
    superuser = servers.postgres.url(SUPERUSER, "postgres")
    connection = await asyncpg.connect(superuser)
    await connection.execute(f"DROP DATABASE {DATABASE}")
    await connection.execute(f"DROP ROLE {OWNER}")
    await connection.close()
    await _script(servers, ROOT / "deploy" / "secrets.sh", {}, str(servers.folder / "secrets"))
    binaries = installed() / "pginstall18" / "bin"
    environment = {
        "PATH": f"{binaries}:{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(servers.postgres.port),
        "PGPASSWORD": superuser.partition("@")[0].rpartition(":")[2],
        "SECRETS": str(servers.folder / "secrets"),
    }
    await _script(servers, ROOT / "deploy" / "postgres" / "10-databases.sh", environment)


async def _script(servers: Composed, script: Path, environment: dict[str, str], *given: str) -> None:
    process = await asyncio.create_subprocess_exec(
        "/bin/sh", str(script), *given, cwd=servers.folder, env={**os.environ, **environment}
    )
    assert await asyncio.wait_for(process.wait(), SECONDS) == 0


async def test_no_login_opens_more_than_it_needs(composed: Composed) -> None:
    for login, secret, own, other in (
        ("temporal", "temporal_password", "temporal_visibility", "trinvis"),
        ("trinvis_app_login", "trinvis_app_password", "trinvis", "temporal"),
        ("trinvis_records_login", "trinvis_records_password", "trinvis", "temporal_visibility"),
    ):
        assert await composed.sql(login, secret, own, "SELECT current_user") == login
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await composed.sql(login, secret, other, "SELECT 1")
    rights = "SELECT rolsuper OR rolcreatedb OR rolreplication FROM pg_roles WHERE rolname = 'trinvis_owner'"
    assert await composed.sql("trinvis_owner", "trinvis_owner_password", "trinvis", rights) is False


async def test_the_namespace_is_made_once_and_never_twice(composed: Composed) -> None:
    script = str(ROOT / "deploy" / "temporal" / "namespace.sh")
    await composed.run("temporal-namespace", "/bin/sh", script)
    again = await composed.run("temporal-namespace", "/bin/sh", script)
    assert again == ""
    known = await composed.run("temporal-namespace", "temporal", "operator", "search-attribute", "list")
    for name, kind in (("TrinvisProgramme", "Keyword"), ("TrinvisPhase", "Keyword"), ("TrinvisNextDue", "Datetime")):
        assert re.search(rf"{name}\s+{kind}", known)


async def test_migrate_makes_the_database_ready_and_publishes_what_ships(composed: Composed) -> None:
    first = await composed.run("migrate", *SERVICES["migrate"]["command"])
    assert "sundere-sammen@3" in first
    await composed.run("migrate", *SERVICES["migrate"]["command"])
    listed = await composed.run("migrate", *SERVICES["migrate"]["healthcheck"]["test"][1:])
    assert len(listed.splitlines()) == len(list((ROOT / "programmes").glob("*/v*.yaml")))


async def test_the_worker_is_well_once_it_has_swept_and_stops_when_told_to(composed: Composed) -> None:
    check = SERVICES["worker"]["healthcheck"]["test"][1:]
    asked = await composed.start("worker", *check)
    assert await asked.wait() == 1, "nobody has begun yet"
    worker = await composed.start("worker", *SERVICES["worker"]["command"])
    async with asyncio.timeout(SECONDS):
        while not (composed.folder / "heartbeat").exists():
            assert worker.returncode is None, "the worker ended"
            await asyncio.sleep(0.1)
    await composed.run("worker", *check)
    worker.send_signal(signal.SIGTERM)
    said, _ = await asyncio.wait_for(worker.communicate(), SECONDS)
    assert worker.returncode == 0, said.decode()
    assert b"worker_stopped" in said


async def test_the_command_line_of_the_compose_file_works_with_every_login(composed: Composed) -> None:
    command = SERVICES["trinvis"]["entrypoint"]
    assert "verify" in await composed.run("trinvis", *command, "--help")
    await composed.run("trinvis", *command, "verify")
    await composed.run("trinvis", *command, "rotate", "kek")

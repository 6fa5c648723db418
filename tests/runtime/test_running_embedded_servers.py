"""The embedded servers: a password for every login, an account without rights, and processes that are found again."""

import asyncio
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from runtime.embedded.account import Account, account, copied
from runtime.embedded.ports import HOST, free_port, is_free
from runtime.embedded.postgres import LOGINS, OWNER, SUPERUSER, NotStarted, Postgres
from runtime.embedded.process import end, is_running, pid_in
from tests.support.servers import Servers, new_folder

NOBODY = 65534


@pytest.fixture
async def postgres() -> AsyncIterator[Postgres]:
    """A PostgreSQL of the test's own, not begun."""
    folder = new_folder()
    server = Postgres(folder / "postgres")
    yield server
    await server.stop()
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that does nothing for long."""
    command = [sys.executable, "-c", "import time; time.sleep(600)", "a-word-of-its-own"]
    process = subprocess.Popen(command)  # noqa: S603 - our own program
    while not psutil.Process(process.pid).cmdline():
        time.sleep(0.001)  # it has been born, but not yet got its name
    yield process
    process.kill()
    process.wait()


# A password for every login


@pytest.mark.parametrize("login", [SUPERUSER, OWNER])
async def test_nobody_gets_in_without_a_password(servers: Servers, login: str) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(host=HOST, port=servers.postgres.port, user=login, database="postgres", password="")


async def test_nobody_gets_in_with_another_password(servers: Servers) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(
            host=HOST,
            port=servers.postgres.port,
            user=SUPERUSER,
            database="postgres",
            password="postgres",  # noqa: S106 - a guess
        )


def test_every_login_has_a_password_of_its_own(servers: Servers) -> None:
    passwords = {servers.postgres.url(login).split("@")[0].rpartition(":")[2] for login in LOGINS}
    assert len(passwords) == len(LOGINS)
    assert min(map(len, passwords)) >= 32


async def test_the_server_listens_on_this_machine_only_and_on_no_socket_file(servers: Servers) -> None:
    connection = await asyncpg.connect(servers.postgres.url(SUPERUSER, "postgres"))
    assert await connection.fetchval("SHOW listen_addresses") == HOST
    assert await connection.fetchval("SHOW unix_socket_directories") == ""
    assert await connection.fetchval("SHOW password_encryption") == "scram-sha-256"
    methods = await connection.fetch("SELECT DISTINCT auth_method FROM pg_hba_file_rules")
    assert {row["auth_method"] for row in methods} == {"scram-sha-256"}
    await connection.close()


async def test_what_is_acknowledged_is_on_the_disk(postgres: Postgres) -> None:
    await postgres.start()
    connection = await asyncpg.connect(postgres.url(SUPERUSER, "postgres"))
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
        assert await connection.fetchval(f"SHOW {setting}") == "on", setting
    await connection.close()


# Under an account without rights


def test_a_database_never_runs_as_root(servers: Servers) -> None:
    assert servers.postgres.pid
    uids = psutil.Process(servers.postgres.pid).uids()
    assert 0 not in (uids.real, uids.effective, uids.saved)
    assert uids.real == (NOBODY if os.geteuid() == 0 else os.geteuid())


def test_root_becomes_somebody_without_rights_and_everybody_else_stays_who_they_are() -> None:
    if os.geteuid() == 0:
        assert account().uid == NOBODY
        assert account().options["extra_groups"] == []
    else:
        assert account() == Account(None, None)
        assert account().options == {}


def test_what_lies_behind_a_closed_folder_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    binary = tmp_path / "closed" / "server"
    binary.touch(mode=0o755)
    stranger = Account(NOBODY, NOBODY)
    (tmp_path / "closed").chmod(0o700)
    assert not stranger.may_read(binary)
    assert Account(None, None).may_read(binary)


def test_a_copy_can_be_read_by_everybody_and_leaves_the_original_as_it_was(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "bin").mkdir(parents=True, mode=0o700)
    (source / "bin" / "server").touch(mode=0o700)
    (source / "bin" / "text").touch(mode=0o600)
    (source / "link").symlink_to("bin/server")
    made = copied(source, tmp_path / "copy")
    assert [stat.S_IMODE((made / name).stat().st_mode) for name in ("bin", "bin/server", "bin/text")] == [
        0o755,
        0o755,
        0o644,
    ]
    assert (made / "link").is_symlink()
    assert stat.S_IMODE((source / "bin" / "server").stat().st_mode) == 0o700
    (made / "bin" / "text").write_text("kept")
    assert (copied(source, tmp_path / "copy") / "bin" / "text").read_text() == "kept", "made once"


def test_a_copy_that_was_broken_off_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "server").touch()
    (tmp_path / "copy.partial").mkdir()
    (tmp_path / "copy.partial" / "rubbish").touch()
    assert [path.name for path in copied(tmp_path / "source", tmp_path / "copy").iterdir()] == ["server"]


# Found again


async def test_a_server_that_runs_is_found_and_not_started_twice(servers: Servers) -> None:
    again = Postgres(servers.folder / "postgres")
    await again.start()
    assert (again.pid, again.port) == (servers.postgres.pid, servers.postgres.port)


async def test_a_start_that_was_broken_off_half_way_is_finished_by_the_next(postgres: Postgres) -> None:
    await postgres.start()
    connection = await asyncpg.connect(postgres.url(SUPERUSER, "postgres"))
    await connection.execute("DROP DATABASE trinvis")
    await connection.execute(f"DROP ROLE {OWNER}")
    await connection.close()
    await postgres.stop()
    await postgres.start()
    connection = await asyncpg.connect(postgres.url(OWNER))
    assert await connection.fetchval("SELECT current_database()") == "trinvis"
    await connection.close()


async def test_a_server_that_cannot_start_says_why(postgres: Postgres) -> None:
    await postgres.start()
    await postgres.stop()
    with (postgres.data / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(NotStarted, match="no_such_setting"):
        await postgres.start()


def test_a_process_is_known_by_its_id_and_its_words(sleeper: "subprocess.Popen[bytes]") -> None:
    assert is_running(sleeper.pid, "a-word-of-its-own")
    assert not is_running(sleeper.pid, "postgres"), "the id of another was given to somebody else"


def test_a_process_that_has_ended_does_not_run(sleeper: "subprocess.Popen[bytes]") -> None:
    sleeper.kill()
    psutil.Process(sleeper.pid).wait(10)
    assert not is_running(sleeper.pid, "a-word-of-its-own")


@pytest.mark.parametrize("text", [None, "", "no number\n", "99999999\n"])
def test_a_file_without_a_living_process_names_none(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "pid").write_text(text)
    assert pid_in(tmp_path / "pid", "") is None


def test_a_process_is_ended_and_waited_for(sleeper: "subprocess.Popen[bytes]") -> None:
    end(sleeper.pid, "a-word-of-its-own", signal.SIGTERM, 10)
    assert sleeper.wait(1) == -signal.SIGTERM


def test_a_process_that_does_not_listen_is_killed(sleeper: "subprocess.Popen[bytes]") -> None:
    end(sleeper.pid, "a-word-of-its-own", signal.SIGCONT, 0.1)
    assert sleeper.wait(1) == -signal.SIGKILL


def test_ending_a_process_that_is_gone_is_no_error(sleeper: "subprocess.Popen[bytes]") -> None:
    sleeper.kill()
    sleeper.wait()
    end(sleeper.pid, "a-word-of-its-own", signal.SIGTERM, 1)


async def test_a_port_that_somebody_listens_on_is_not_free() -> None:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        taken = listener.getsockname()[1]
        assert not is_free(taken)
        assert free_port(taken) != taken
    assert await asyncio.to_thread(is_free, taken)
    assert free_port(taken) == taken

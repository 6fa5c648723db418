"""`trinvis up`: one command that starts everything, says so, and leaves nothing behind."""

import json
import os
import re
import shlex
import signal
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from runtime.embedded.ports import HOST, is_free
from runtime.up import POSTGRES_PORT, TEMPORAL_PORT
from tests.support.somebody import names, somebody
from tests.support.upping import SECONDS, Home, Running, home

pytestmark = pytest.mark.slow


@contextmanager
def taken_ports() -> Iterator[None]:
    """The ports that the servers would like, in use by somebody else."""
    with ExitStack() as stack:
        for port in (POSTGRES_PORT, TEMPORAL_PORT):
            listener = stack.enter_context(socket.socket())
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # whoever used it just now has gone
            _await_its_end(port)
            with suppress(OSError):  # somebody keeps it for good, which is what is wanted
                listener.bind((HOST, port))
                listener.listen()
        yield


def _await_its_end(port: int) -> None:
    """Another test may have the port for a moment, and would leave it free while this one needs it taken."""
    deadline = time.monotonic() + SECONDS
    while not is_free(port) and time.monotonic() < deadline:
        time.sleep(0.1)


def modes(folder: Path) -> dict[Path, int]:
    """The permissions of a folder and of everything above it."""
    return {each: stat.S_IMODE(each.stat().st_mode) for each in (folder, *folder.parents)}


@dataclass
class Observed:
    """What was seen while somebody started everything twice."""

    home: Home
    before: dict[Path, int]
    first: Running = field(init=False)
    second: Running = field(init=False)
    printed: list[int] = field(default_factory=list)
    """How the commands that it names for a try ended."""
    refused: Running = field(init=False)
    """Another `up` while the first ran."""
    history: list[str] = field(default_factory=list)
    """The history of a citizen who was referred, in the first run and in the second."""
    codes: list[int] = field(default_factory=list)
    left: list[list[psutil.Process]] = field(default_factory=list)
    """What still ran after each."""
    private: dict[str, int] = field(default_factory=dict)
    """The permissions of files that hold secrets."""


@pytest.fixture(scope="module", params=names())
def observed(request: pytest.FixtureRequest) -> Iterator[Observed]:
    """Everything started by root, and by an ordinary user, on ports that are taken."""
    with somebody(request.param) as who, home(who) as living, taken_ports():
        seen = Observed(living, modes(living.folder))
        seen.first = living.start("--no-seed").until()
        seen.printed = [living.run(*command).returncode for command in tried(seen.first)]
        seen.refused = living.start()
        seen.refused.process.wait(timeout=SECONDS)
        pathway = refer(living)
        seen.history.append(living.run("history", pathway, "--by", "caseworker:sb-1", "--json").stdout)
        seen.private = {
            name: stat.S_IMODE((living.folder / name).stat().st_mode)
            for name in ("state/running.json", *(f"config/trinvis/{key.name}" for key in keys(living)))
        }
        stop(seen, seen.first, signal.SIGINT)
        seen.second = living.start("--no-seed").until()
        seen.history.append(living.run("history", pathway, "--by", "caseworker:sb-1", "--json").stdout)
        stop(seen, seen.second, signal.SIGTERM)
        yield seen


def tried(run: Running) -> list[list[str]]:
    """The commands that it names for a try, as they are called from there."""
    lines = run.said.partition("Try in another window:")[2].strip().split("\n")[:3]
    return [shlex.split(line)[1:] for line in lines]


def keys(living: Home) -> list[Path]:
    return sorted((living.folder / "config" / "trinvis").glob("*.json"))


def refer(living: Home) -> str:
    """A citizen is referred; the pathway's id."""
    (living.folder / "who.json").write_text('{"name": "Ida Prøvesen", "cpr": "610180-1234"}')
    told = living.run(
        "refer",
        "sygedagpenge-driftstilbud@2",
        *("--by", "caseworker:sb-1", "--reason", "vil i gang igen", "--basis", "samtykke", "--consent"),
        *("--circumstance", "benefit=sygedagpenge", "--person", "who.json", "--json"),
    )
    assert told.returncode == 0, told.stderr
    pathway: str = json.loads(told.stdout)["pathway"]
    return pathway


def stop(seen: Observed, run: Running, how: signal.Signals) -> None:
    seen.codes.append(run.stop(how))
    seen.left.append(seen.home.processes())


def test_it_says_what_runs_and_where(observed: Observed) -> None:
    addresses = re.findall(r"^  (?:PostgreSQL|Temporal) +127\.0\.0\.1:(\d+)", observed.first.said, re.MULTILINE)
    assert len(addresses) == 2
    assert str(observed.home.state) in observed.first.said


def test_the_three_commands_that_it_names_work(observed: Observed) -> None:
    assert observed.printed == [0, 0, 0]


def test_a_port_that_is_taken_is_said_and_another_one_used(observed: Observed) -> None:
    for server, port in (("PostgreSQL", POSTGRES_PORT), ("Temporal", TEMPORAL_PORT)):
        said = re.search(rf"Port {port} is taken; {server} uses (\d+)", observed.first.said)
        assert said
        assert int(said[1]) != port


def test_a_second_one_in_the_same_place_is_turned_away_with_a_sentence(observed: Observed) -> None:
    assert observed.refused.process.returncode == 1
    [sentence] = observed.refused.said.splitlines()
    assert sentence.endswith("Trinvis runs here already. Stop the other one with Ctrl-C first.")


def test_it_ends_well_and_says_so(observed: Observed) -> None:
    assert observed.codes == [0, 0]
    assert observed.first.said.rstrip().endswith("The next make up finds everything as it was.")


def test_it_leaves_no_process_behind(observed: Observed) -> None:
    assert observed.left == [[], []]


def test_the_next_one_finds_everything_as_it_was(observed: Observed) -> None:
    assert "citizen_referred" in observed.history[0]
    assert observed.history[1] == observed.history[0]


def test_what_is_done_once_is_not_done_again(observed: Observed) -> None:
    assert "Published: sundere-sammen@1" in observed.first.said
    assert "Published" not in observed.second.said


def test_no_permission_of_a_folder_changes(observed: Observed) -> None:
    assert modes(observed.home.folder) == observed.before


def test_where_the_servers_are_and_the_keys_are_for_nobody_else(observed: Observed) -> None:
    assert len(observed.private) == 2
    assert set(observed.private.values()) == {0o600}
    assert not (observed.home.state / "running.json").exists()


def test_passwords_and_data_are_for_nobody_else(observed: Observed) -> None:
    [postgres] = observed.home.elsewhere() or [observed.home.state]
    assert stat.S_IMODE((postgres / "postgres" / "passwords.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((postgres / "postgres" / "data").stat().st_mode) == 0o700
    owner = (postgres / "postgres" / "data").stat().st_uid
    assert owner != 0, "a database never runs as root"


def test_one_that_was_killed_is_mended_by_the_next() -> None:
    with somebody(names()[0]) as who, home(who) as living:
        first = living.start("--no-seed").until()
        orphans = {kind: process for process in living.processes() for kind in [kind_of(process)] if kind}
        assert set(orphans) == {"postgres", "temporal", "worker"}
        first.stop(signal.SIGKILL)
        assert all(lives(process) for process in orphans.values())
        second = living.start("--no-seed").until()
        now = {kind: process for process in living.processes() for kind in [kind_of(process)] if kind}
        assert set(now) == {"postgres", "temporal", "worker"}
        assert now["postgres"] == orphans["postgres"], "a database that runs is taken over"
        assert now["worker"] != orphans["worker"], "a worker of another release might go on for ever"
        assert not lives(orphans["worker"])
        refer(living)
        assert second.stop(signal.SIGHUP) == 0
        assert living.processes() == []


def test_a_worker_that_dies_ends_it_with_a_sentence() -> None:
    with somebody(names()[0]) as who, home(who) as living:
        run = living.start("--no-seed").until()
        [worker] = [process for process in living.processes() if kind_of(process) == "worker"]
        worker.kill()
        assert run.process.wait(timeout=SECONDS) == 1
        assert str(living.state / "worker.log") in run.said.splitlines()[-1]
        assert living.processes() == []


def lives(process: psutil.Process) -> bool:
    """Whether a process does anything still."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def kind_of(process: psutil.Process) -> str | None:
    """Which of the three parts a process is, or None for a part of one of them."""
    told = process.cmdline()
    if "worker" in told:
        return "worker"
    return next((kind for kind in ("postgres", "temporal") if told and Path(told[0]).name == kind), None)


def test_it_can_be_stopped_while_it_starts() -> None:
    with somebody(names()[0]) as who, home(who) as living:
        run = living.start("--no-seed").until("Starting Temporal")
        assert run.stop() == 0
        assert "Trinvis is running" not in run.said
        assert living.processes() == []


@pytest.mark.parametrize(
    ("named", "missing"),
    [("TRINVIS_DATABASE_URL", "TEMPORAL_ADDRESS"), ("TEMPORAL_ADDRESS", "TRINVIS_DATABASE_URL")],
)
def test_whoever_names_one_server_only_is_told_to_name_both(named: str, missing: str) -> None:
    with somebody(names()[0]) as who, home(who) as living:
        run = living.start(**{named: "postgresql://db.example/trinvis"})
        assert run.process.wait(timeout=SECONDS) == 1
        assert f"{named} is set, but {missing} is not" in run.said
        assert not living.state.exists()


def test_a_state_folder_of_somebody_else_is_left_alone() -> None:
    with somebody(names()[0]) as who, home(who) as living:
        living.state.mkdir()
        if os.geteuid() == 0:
            os.chown(living.state, 65534, -1)
        else:
            living.state.chmod(0o500)
        run = living.start()
        assert run.process.wait(timeout=SECONDS) == 1
        assert "Choose one of your own with TRINVIS_STATE" in run.said
        assert list(living.state.iterdir()) == []

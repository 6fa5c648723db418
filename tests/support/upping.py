"""`trinvis up` in a process of its own, in a folder of its own, as a user meets it."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from runtime.installation import SHARED
from tests.support.servers import new_folder
from tests.support.somebody import Somebody

SECONDS = 90
"""How long a start or a stop may take on a busy machine."""
READY = "Ctrl-C stops everything."


class Home:
    """Where somebody has the program: a folder with state and keys."""

    def __init__(self, folder: Path, who: Somebody) -> None:
        self.folder = folder
        self.who = who
        self.state = folder / "state"
        self.runs: list[Running] = []

    @property
    def environment(self) -> dict[str, str]:
        """The variables of whoever lives here, none of ours."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "TRINVIS_STATE": str(self.state),
            **self.who.environment,
        }

    def start(self, *options: str, **variables: str) -> "Running":
        """Begins `trinvis up`."""
        said = self.folder.parent / f"said-{len(self.runs)}"
        with said.open("wb") as out:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [*self.who.command, "up", "--lang", "en", *options],
                cwd=self.folder,
                env={**self.environment, **variables},
                stdout=out,
                stderr=subprocess.STDOUT,
                user=self.who.uid,
            )
        self.runs.append(Running(process, said))
        return self.runs[-1]

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Another command of the program, ended."""
        return subprocess.run(  # noqa: S603 - our own program
            [*self.who.command, *command],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            check=False,
            text=True,
            timeout=SECONDS,
            user=self.who.uid,
        )

    def addresses(self) -> dict[str, str]:
        """Where the servers are, as `up` left it."""
        left: dict[str, str] = json.loads((self.state / "running.json").read_text())
        return left

    def processes(self) -> list[psutil.Process]:
        """Every process that runs for this home, whoever its parent is."""
        places = [str(self.folder), *(str(each) for each in self.elsewhere())]
        found = [each for each in psutil.process_iter() if _mentions(each, places)]
        return found + [child for each in found for child in _children(each) if child not in found]

    def elsewhere(self) -> list[Path]:
        """What of this home lies outside it: root's PostgreSQL runs as somebody else, in a folder of its own."""
        name = self.state / "installation"
        return list(SHARED.glob(f"{name.read_text()}-*")) if name.exists() else []


class Running:
    """One run of `trinvis up`."""

    def __init__(self, process: "subprocess.Popen[bytes]", said: Path) -> None:
        self.process = process
        self._said = said

    @property
    def said(self) -> str:
        """What it has told so far."""
        return self._said.read_text()

    def until(self, text: str = READY) -> "Running":
        """Waits until it has told *text*."""
        deadline = time.monotonic() + SECONDS
        while text not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)
        return self

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Sends it a signal, and waits until it has ended; its exit code."""
        self.process.send_signal(how)
        return self.process.wait(SECONDS)


@contextmanager
def home(who: Somebody) -> Iterator[Home]:
    """A home for somebody; nothing of it is left afterwards."""
    folder = new_folder()
    place = folder / "home"
    place.mkdir(mode=0o700)
    who.own(place)
    living = Home(place, who)
    try:
        yield living
    finally:
        for run in living.runs:
            run.process.kill()
            run.process.wait()
        for process in living.processes():
            process.kill()
        for each in [folder, *living.elsewhere()]:
            shutil.rmtree(each, ignore_errors=True)


def _mentions(process: psutil.Process, places: list[str]) -> bool:
    try:
        told = " ".join(process.cmdline())
    except psutil.Error:
        return False
    return any(place in told for place in places)


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []

"""Processes that may outlive whoever started them: found again by their id and by a word of their command line."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

LOOK_SECONDS = 0.02


def is_running(pid: int, word: str) -> bool:
    """Whether the process is there and has *word* on its command line.

    An id alone says nothing: it is given to somebody else when a process has ended.
    """
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return word in _command_line(pid)


def pid_in(file: Path, word: str) -> int | None:
    """The id on the first line of *file*, or None when no such process runs with *word* on its command line."""
    try:
        pid = int(file.read_text(encoding="utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if is_running(pid, word) else None


def end(pid: int, word: str, how: signal.Signals, patience_seconds: float) -> None:
    """Asks the process to end, makes it end when it takes too long, and comes back when it is gone."""
    deadline = time.monotonic() + patience_seconds
    with suppress(ProcessLookupError):
        os.kill(pid, how)
        while is_running(pid, word):
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
            time.sleep(LOOK_SECONDS)


def _command_line(pid: int) -> str:
    """The command line, empty for a process that has ended and awaits its parent."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    asked = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, check=False, text=True).stdout  # noqa: S603 - the system's own

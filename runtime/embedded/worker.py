"""A worker in a process of its own, found again when whoever started it was killed."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

from runtime.embedded.process import end, pid_in

DRAIN_SECONDS = 30


class WorkerProcess:
    """The worker of one state folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What the worker says."""
        return self._folder / "worker.log"

    @property
    def pid(self) -> int | None:
        """The process id of the worker, or None when it does not run."""
        return pid_in(self._pid_file, str(self._folder))

    @property
    def has_ended(self) -> bool:
        """Whether the worker that was started here has ended by itself."""
        return self._process is not None and self._process.poll() is not None

    @property
    def _pid_file(self) -> Path:
        return self._folder / "worker.pid"

    def start(self) -> None:
        """Starts the worker."""
        with self.log.open("ab") as log:
            # -P keeps the current folder from being searched for modules. The worker itself has no use for the folder's
            # name; it says on the command line whose worker it is.
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-P", "-m", "worker", str(self._folder)],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._pid_file.write_text(str(self._process.pid))

    async def stop(self) -> None:
        """Lets the worker end what it has begun, whoever started it."""
        pid = self.pid
        if pid is not None:
            await asyncio.to_thread(end, pid, str(self._folder), signal.SIGTERM, DRAIN_SECONDS)
        if self._process:
            self._process.wait()
        self._process = None

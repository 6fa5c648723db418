"""The ledger: a process of its own that writes down what was tried and what was acknowledged, before it answers.

It shares no code with the product. Run as `python -m tests.chaos.ledger SOCKET FILE`.
"""

import asyncio
import json
import os
import sys
import time


class Ledger:
    """Lines from many callers, written together, synced, then answered."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._waiting: list[tuple[bytes, asyncio.StreamWriter]] = []
        self._some = asyncio.Event()

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One caller's lines."""
        while line := await reader.readline():
            self._waiting.append((line, writer))
            self._some.set()

    async def write(self) -> None:
        """Writes whatever has come in, for ever."""
        while True:
            await self._some.wait()
            self._some.clear()
            batch, self._waiting = self._waiting, []
            content = b"".join(json.dumps({"t": time.time(), **json.loads(line)}).encode() + b"\n" for line, _ in batch)
            await asyncio.to_thread(self._sync, content)
            for _, writer in batch:
                writer.write(b"written\n")

    def _sync(self, content: bytes) -> None:
        os.write(self._file, content)
        os.fsync(self._file)


async def main(socket: str, path: str) -> None:
    """Listens until it is stopped."""
    ledger = Ledger(path)
    server = await asyncio.start_unix_server(ledger.hear, socket)
    async with server:
        await ledger.write()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))

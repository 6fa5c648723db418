"""Sharing out what concerns all pathways: parts of it are asked of processes of their own."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

PROCESSES = 2
PARTS = 16
"""Into how many parts the whole is divided, each told when it is done."""

Part = TypeVar("Part")
Found = TypeVar("Found")


async def shared_out(answer: Callable[[Part], Found], parts: Iterable[Part]) -> AsyncIterator[Found]:
    """What is found of each part, in the order in which they are done."""
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as processes:
        for found in asyncio.as_completed([loop.run_in_executor(processes, answer, each) for each in parts]):
            yield await found

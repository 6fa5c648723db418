"""Measuring: rates of many callers over alternating rounds, and the medians of them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

ROUNDS = 3
SECONDS = 3.0
"""How long one round of one row takes."""

Call = Callable[[int], Awaitable[None]]
"""One act of the caller with that number."""


@dataclass
class Rate:
    """Acts a second, in every round."""

    rounds: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    """How long each act took. Unit: seconds."""

    @property
    def rate(self) -> float:
        """The median over the rounds. Unit: acts a second."""
        return median(self.rounds)

    @property
    def p50(self) -> float:
        """Half of the acts took no longer. Unit: milliseconds."""
        return 1000 * median(self.waits)


async def one_round(rate: Rate, call: Call, callers: int, seconds: float = SECONDS) -> None:
    """So many callers act as fast as they can for a while."""
    ends = time.perf_counter() + seconds

    async def caller(number: int) -> int:
        acts = 0
        while (began := time.perf_counter()) < ends:
            await call(number)
            rate.waits.append(time.perf_counter() - began)
            acts += 1
        return acts

    began = time.perf_counter()
    acts = await asyncio.gather(*(caller(number) for number in range(callers)))
    rate.rounds.append(sum(acts) / (time.perf_counter() - began))


async def alternating(calls: Sequence[tuple[str, Call, int]], rounds: int = ROUNDS) -> dict[str, Rate]:
    """The rates of several calls, measured in turn, round after round, so that the machine's mood meets all alike."""
    rates = {name: Rate() for name, _, _ in calls}
    for _ in range(rounds):
        for name, call, callers in calls:
            await one_round(rates[name], call, callers)
    return rates

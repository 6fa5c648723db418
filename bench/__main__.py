"""Runs every benchmark and prints one table; with --write, the page docs/benchmarks.md too."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

import uvloop

from bench.acting import acting, idle
from bench.field import Place, place
from bench.folding import folding, verifying
from bench.growing import growing
from bench.measuring import Rate, alternating
from bench.peers import Library, temporal_calls
from bench.storing import CALLERS, long_pathways, rates
from bench.table import DOCUMENT, Row, document, line
from runtime.logging import configure


def _storing_rows(found: dict[str, Rate]) -> list[Row]:
    rows = []
    for callers in CALLERS:
        bare, append, transact = (found[f"{letter}{callers}"] for letter in "abc")
        aim = callers > 1
        rows.append(Row("a", f"bare one-row INSERT, {callers} connections", _rate(bare)))
        rows.append(
            Row(
                "b",
                f"append, one sealed fact, {callers} connections",
                _rate(append),
                f"{append.rate / bare.rate:.2f} of (a){' (aim: 0.25)' if aim else ''}",
                append.rate / bare.rate >= 0.25 if aim else None,
            )
        )
        rows.append(Row("c", f"transact with read models, {callers} callers", _rate(transact)))
    spread = found["b8"].rate / found["b1"].rate
    rows.append(
        Row("b", "append at 8 connections beside 1", f"{spread:.2f} x", "(aim: 2.2, no global lock)", spread >= 2.2)
    )
    return rows


def _peer_rows(found: dict[str, Rate]) -> list[Row]:
    transact = found["c32"].rate
    peers = (
        ("d", "Temporal update that only counts, 32 callers", 5),
        ("e", "the same with an activity that inserts a row", 10),
        ("f", "the library eventsourcing, default mode, 32 callers", 3),
    )
    return [
        Row(
            letter,
            what,
            _rate(found[letter]),
            f"(c) is {transact / found[letter].rate:.1f} x (aim: {aim} x)",
            transact / found[letter].rate >= aim,
        )
        for letter, what, aim in peers
    ]


def _rate(rate: Rate) -> str:
    return f"{rate.rate:,.0f}/s (p50 {rate.p50:.2f} ms)"


async def _rates(at: Place, library: Library) -> list[Row]:
    """Rows a to f, all in one alternating measurement."""
    worker = at.start("bench.counting", at.temporal.address, at.superuser)
    try:
        calls = [*await rates(at), *await temporal_calls(at), ("f", library.call(), 32)]
        found = await alternating(calls)
    finally:
        worker.terminate()
        await asyncio.to_thread(worker.wait)
    return [*_storing_rows(found), *_peer_rows(found)]


async def main(*, write: bool) -> int:
    """Measures everything; how many rows fall short."""
    rows: list[Row] = []

    async def add(measure: Callable[[], Awaitable[Row]]) -> None:
        rows.append(await measure())
        print(line(rows[-1]), flush=True)

    async with place() as at:
        library = Library(at)
        for row in await _rates(at, library):
            rows.append(row)
            print(line(row), flush=True)
        await add(lambda: folding(at, library))
        library.close()
        await add(lambda: long_pathways(at))
        await add(lambda: verifying(at))
        await add(lambda: acting(at))
        await add(lambda: idle(at))
        await add(lambda: growing(at))
    if write:
        DOCUMENT.write_text(document(sorted(rows, key=lambda row: row.letter)), encoding="utf-8")
    return sum(row.meets is False for row in rows)


if __name__ == "__main__":
    configure("error")
    sys.exit(1 if uvloop.run(main(write="--write" in sys.argv)) else 0)

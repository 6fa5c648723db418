"""Runs every benchmark and prints one table: `--write` writes docs/benchmarks.md too, `--only NAME,NAME` runs some.

The names are those in ON_SERVERS below and in `bench.alone`.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping

import uvloop

from bench.acting import acting, idle
from bench.alone import ALONE
from bench.field import Place, place
from bench.folding import folding, verifying
from bench.growing import growing
from bench.measuring import Rate, alternating
from bench.peers import Library, temporal_calls
from bench.rehearsing import rehearsing
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


Measure = Callable[[Place, Library], Awaitable[list[Row]]]


def _one(measure: Callable[[Place], Awaitable[Row]]) -> Measure:
    async def rows(at: Place, library: Library) -> list[Row]:
        del library
        return [await measure(at)]

    return rows


async def _folding(at: Place, library: Library) -> list[Row]:
    return [await folding(at, library)]


ON_SERVERS: Mapping[str, Measure] = {
    "store": _rates,
    "fold": _folding,
    "long": _one(long_pathways),
    "verify": _one(verifying),
    "act": _one(acting),
    "idle": _one(idle),
    "rehearse": _one(rehearsing),
    "grow": _one(growing),
    "verify-grown": _one(verifying),
}
"""By name, what measures its rows on servers of its own; both that verify check what the ones before them left."""


async def _measured(only: Collection[str]) -> AsyncIterator[list[Row]]:
    """The rows under those names, as they are measured."""
    for name, measure in ALONE.items():
        if name in only:
            yield await asyncio.to_thread(measure)
    wanted = [name for name in ON_SERVERS if name in only]
    if not wanted:
        return
    async with place() as at:
        library = Library(at)
        for name in wanted:
            yield await ON_SERVERS[name](at, library)
        library.close()


async def main(only: Collection[str], *, write: bool) -> int:
    """Measures what is asked for; how many rows fall short."""
    rows: list[Row] = []
    async for some in _measured(only):
        rows += some
        for row in some:
            print(line(row), flush=True)
    if write:
        DOCUMENT.write_text(document(sorted(rows, key=lambda row: row.letter)), encoding="utf-8")
    return sum(row.meets is False for row in rows)


def _asked() -> argparse.Namespace:
    names = [*ALONE, *ON_SERVERS]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md, which holds every row")
    parser.add_argument("--only", default=",".join(names), help=f"some of: {', '.join(names)}")
    asked = parser.parse_args()
    asked.only = asked.only.split(",")
    if unknown := set(asked.only) - set(names):
        parser.error(f"{', '.join(sorted(unknown))}: choose from {', '.join(names)}")
    if asked.write and set(asked.only) != set(names):
        parser.error("--write writes every row, so it goes without --only")
    return asked


if __name__ == "__main__":
    configure("error")
    ASKED = _asked()
    sys.exit(1 if uvloop.run(main(ASKED.only, write=ASKED.write)) else 0)

"""A process that rehearses on the pathways named on its standard input: prints what it found, took and weighed."""

import json
import resource
import sys
from time import perf_counter
from uuid import UUID

import uvloop

from bench.field import CASEWORKER
from engine.rehearsing import Question
from eventstore.access import Look
from runtime.rehearsing import rehearse_caseload
from runtime.settings import Settings
from runtime.sharing import PROCESSES
from runtime.wiring import wired
from tests.support.altering import altered_text

LATER = altered_text("sundere-sammen@2", ("version: 2", "version: 9"), ("within: P4W", "within: P6W"))


async def main(pathways: tuple[UUID, ...]) -> None:
    """Rehearses once, on two processes, however few pathways there are."""
    async with wired(Settings()) as trinvis:
        look = Look(CASEWORKER, "bench", trinvis.now())
        question = Question("sundere-sammen", 9, None, {}, look, pathways)
        began = perf_counter()
        found = await rehearse_caseload(trinvis, question, LATER, pays=0)
        took = perf_counter() - began
    theirs, own = (resource.getrusage(which) for which in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
    told = {
        "total": found.total,
        "unaffected": found.unaffected,
        "took": took,
        "worked": theirs.ru_utime + theirs.ru_stime,
        "memory": (own.ru_maxrss + PROCESSES * theirs.ru_maxrss) / 1024,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    uvloop.run(main(tuple(map(UUID, json.load(sys.stdin)))))

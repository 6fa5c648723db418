"""A process that checks every chain of a database, as `trinvis verify` does: prints facts and seconds of each time."""

import json
from time import perf_counter

import uvloop

from eventstore.database import Database
from eventstore.verifying import verify
from runtime.settings import Settings

TIMES = 3


async def main() -> None:
    """Checks everything several times."""
    database = await Database.open(Settings().url("app") or "", "trinvis_app")
    took: list[float] = []
    for _ in range(TIMES):
        began = perf_counter()
        found = await verify(database)
        took.append(perf_counter() - began)
        if found.faults:
            raise RuntimeError("a chain is not whole")
    print(json.dumps({"facts": found.facts, "took": took}))
    await database.close()


if __name__ == "__main__":
    uvloop.run(main())

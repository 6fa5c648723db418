"""A process that checks every chain of a database, as `trinvis verify` does: prints facts and seconds of each time."""

import json
from time import perf_counter

import uvloop

from runtime.settings import Settings
from runtime.verifying import verify_all
from runtime.wiring import wired

TIMES = 3


async def main() -> None:
    """Checks everything several times."""
    took: list[float] = []
    async with wired(Settings()) as trinvis:
        for _ in range(TIMES):
            began = perf_counter()
            found = await verify_all(trinvis)
            took.append(perf_counter() - began)
            if found.faults:
                raise RuntimeError("a chain is not whole")
    print(json.dumps({"facts": found.facts, "took": took}))


if __name__ == "__main__":
    uvloop.run(main())

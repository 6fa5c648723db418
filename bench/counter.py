"""The workflow of rows d and e: an update that counts, and one that stores a row too."""

from datetime import timedelta

from temporalio import workflow

QUEUE = "bench-peers"


@workflow.defn(name="BenchCounter")
class Counter:
    """A workflow whose update counts, or counts and stores a row."""

    def __init__(self) -> None:
        self._count = 0

    @workflow.run
    async def run(self) -> None:
        """Lives until it is stopped."""
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def count(self) -> int:
        """Only counts."""
        self._count += 1
        return self._count

    @workflow.update
    async def store(self, body: str) -> int:
        """Counts, and stores a row by an activity."""
        await workflow.execute_activity("bench_insert", body, start_to_close_timeout=timedelta(seconds=30))
        self._count += 1
        return self._count

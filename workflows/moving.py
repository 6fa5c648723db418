"""A job that moves many pathways: the next of them, again and again, until none is left."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.client import Client
from temporalio.common import RetryPolicy, WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.messages import MOVE_SOME, TASK_QUEUE, MovedSome, MoveSome

MOVE = "Move"
LONG_HISTORY = 1_000
"""Events after which a run makes place for a new one."""
SOME = timedelta(minutes=5)
"""How long the next pathways of a job may take."""
SILENCE = timedelta(seconds=10)
"""How long a worker that moves them may be silent before another one takes over."""
UNTIL_DONE = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=30))


@dataclass(frozen=True)
class MoveStart:
    """What a run begins with."""

    job: str


@workflow.defn(name=MOVE)
class MoveWorkflow:
    """Carries one job out, or takes it back, as the job itself says."""

    @workflow.run
    async def run(self, start: MoveStart) -> None:
        """Goes on until no pathway is left."""
        while (await self._some(start)).left:
            info = workflow.info()
            if info.is_continue_as_new_suggested() or info.get_current_history_length() >= LONG_HISTORY:
                workflow.continue_as_new(start)

    async def _some(self, start: MoveStart) -> MovedSome:
        moved: MovedSome = await workflow.execute_activity(
            MOVE_SOME,
            MoveSome(start.job),
            result_type=MovedSome,
            start_to_close_timeout=SOME,
            heartbeat_timeout=SILENCE,
            retry_policy=UNTIL_DONE,
        )
        return moved


def workflow_id_of(job: UUID) -> str:
    """The id under which a job's workflow runs."""
    return f"move-{job}"


async def take_up(client: Client, job: UUID) -> None:
    """Lets a job be carried out; one that is being carried out already goes on.

    Raises: temporalio.service.RPCError when Temporal does not answer; the next sweep takes it up.
    """
    await client.start_workflow(
        MOVE,
        MoveStart(str(job)),
        id=workflow_id_of(job),
        task_queue=TASK_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
    )

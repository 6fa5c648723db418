"""The marker of a Temporal cluster's life: one that was wiped has none, so the next is another generation."""

from temporalio import workflow
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.messages import TASK_QUEUE

GENERATION = "Generation"
GENERATION_ID = "trinvis-generation"


@workflow.defn(name=GENERATION)
class GenerationWorkflow:
    """Waits for ever; that it exists is all that it says."""

    @workflow.run
    async def run(self) -> None:
        """Never ends by itself."""
        await workflow.wait_condition(lambda: False)


async def generation(client: Client) -> str:
    """The id of the life that this Temporal cluster is in; another one after it was wiped."""
    handle = await client.start_workflow(
        GENERATION,
        id=GENERATION_ID,
        task_queue=TASK_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
    )
    return handle.first_execution_run_id or handle.result_run_id or ""

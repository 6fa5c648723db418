"""Nudging a pathway's workflow, which begins when it does not run."""

from uuid import UUID

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.messages import TASK_QUEUE
from workflows.pathway import NOTED, PATHWAY, Noted, PathwayStart


def workflow_id(pathway: UUID) -> str:
    """The id under which a pathway's workflow runs; opaque, for ids are never encrypted."""
    return f"pathway-{pathway}"


class Nudger:
    """The way from facts to appointments."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def nudge(self, pathway: UUID, version: int, kinds: tuple[str, ...] = ()) -> None:
        """Lets the pathway's workflow look again.

        Raises: temporalio.service.RPCError when Temporal does not answer; the sweep makes up for it.
        """
        await self._client.start_workflow(
            PATHWAY,
            PathwayStart(str(pathway)),
            id=workflow_id(pathway),
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            start_signal=NOTED,
            start_signal_args=[Noted(version, list(kinds))],
        )

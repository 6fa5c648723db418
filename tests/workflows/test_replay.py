"""Every history that a release recorded replays under today's code; another step would be found."""

import gzip
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from tests.histories.record import FOLDER
from worker import runner
from workflows.generation import GenerationWorkflow
from workflows.moving import MoveWorkflow
from workflows.pathway import PathwayWorkflow

RECORDED = sorted(FOLDER.glob("*.json.gz"))


def _history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.stem, gzip.decompress(path.read_bytes()).decode())


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name.removesuffix(".json.gz"))
async def test_a_recorded_history_replays(path: Path) -> None:
    replayer = Replayer(workflows=[PathwayWorkflow, GenerationWorkflow, MoveWorkflow], workflow_runner=runner())
    await replayer.replay_workflow(_history(path))


async def test_another_step_in_a_history_would_be_found() -> None:
    """As if today's code asked for something else than the release that recorded it."""
    told = gzip.decompress(RECORDED[0].read_bytes()).decode()
    other = WorkflowHistory.from_json("other", told.replace('"catch_up"', '"look_around"'))
    replayer = Replayer(workflows=[PathwayWorkflow], workflow_runner=runner())
    with pytest.raises(workflow.NondeterminismError):
        await replayer.replay_workflow(other)


def test_every_kind_of_life_is_recorded() -> None:
    lives = {path.name.removesuffix(".json.gz").partition("-")[2] for path in RECORDED}
    assert {"a-year-closed", "reopened", "told", "given-up", "continued-as-new", "moved-and-undone"} <= lives

"""Temporal servers for tests of workflows."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.clock import system_clock
from eventstore.keys import FileKeys
from runtime.embedded.temporal import TemporalServer
from runtime.temporal import connect
from runtime.wiring import Trinvis, wired
from tests.support.clock import SetClock
from tests.support.servers import Servers, new_folder
from tests.support.temporal import SKIPPING, VirtualTime, temporal_server


@pytest.fixture(scope="module")
async def temporal(servers: Servers) -> AsyncIterator[TemporalServer]:
    """A Temporal server whose workflows can have a time of their own."""
    async with temporal_server(new_folder(), FileKeys.made(servers.folder / "keys.json"), SKIPPING) as server:
        yield server


@pytest.fixture
def clock() -> SetClock:
    """The clock of the test; it begins now, for that is when workflows' virtual time begins."""
    return SetClock(datetime.now(UTC))


@pytest.fixture
async def virtual(temporal: TemporalServer, trinvis: Trinvis) -> VirtualTime:
    """The times of workflows."""
    return VirtualTime(await connect(temporal.address, "default", trinvis.keys))


@pytest.fixture
def living(trinvis: Trinvis, virtual: VirtualTime) -> Trinvis:
    """The parts of a process whose workflows wait to be moved in time."""
    return replace(trinvis, client=virtual.client)


@pytest.fixture
async def server(servers: Servers) -> AsyncIterator[TemporalServer]:
    """A Temporal server that lives now."""
    async with temporal_server(new_folder(), FileKeys.made(servers.folder / "keys.json")) as started:
        yield started


@pytest.fixture
async def present(servers: Servers, server: TemporalServer, tmp_path: Path) -> AsyncIterator[Trinvis]:
    """The parts of a process that lives now, whose workers are processes of their own."""
    settings = servers.settings(
        await servers.new_database(), temporal_address=server.address, heartbeat=tmp_path / "heartbeat"
    )
    async with wired(settings, system_clock) as parts:
        yield parts

"""What tests share: real servers, started when the first test wants them and stopped at the end."""

from collections.abc import AsyncIterator

import pytest

from runtime.logging import configure
from runtime.wiring import Trinvis
from tests.support.cast import MONDAY
from tests.support.clock import SetClock
from tests.support.servers import Servers, new_folder

configure("error")


@pytest.fixture(scope="session")
async def servers() -> AsyncIterator[Servers]:
    """The PostgreSQL of this test process."""
    started = Servers(new_folder())
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
def clock() -> SetClock:
    """The clock of the test, a Monday morning in March until it is set."""
    return SetClock(MONDAY)


@pytest.fixture
async def trinvis(servers: Servers, clock: SetClock) -> AsyncIterator[Trinvis]:
    """The parts of a process on a database of its own, without Temporal."""
    async with servers.installation(clock) as parts:
        yield parts

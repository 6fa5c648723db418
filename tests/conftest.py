"""What tests share: real servers, started when the first test wants them and stopped at the end."""

from collections.abc import AsyncIterator
from functools import cache

import pytest
import typer.testing

from runtime.logging import configure
from runtime.wiring import Trinvis
from tests.support.cast import MONDAY
from tests.support.clock import SetClock
from tests.support.servers import Servers, new_folder

configure("error")
# typer makes every command anew for each line that a test types; one command line is enough
typer.testing._get_command = cache(typer.testing._get_command)  # type: ignore[attr-defined]  # typer's own name


@pytest.fixture(scope="session")
async def servers() -> AsyncIterator[Servers]:
    """The PostgreSQL of this test process."""
    started = Servers(new_folder())
    await started.start()
    await started.spare_the_disk()
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

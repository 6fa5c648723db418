"""What tests share: real servers, started when the first test wants them and stopped at the end."""

from collections.abc import AsyncIterator
from functools import cache
from os import environ

import pytest
import typer.testing
from hypothesis import HealthCheck, settings

from runtime.logging import configure
from runtime.wiring import Trinvis
from tests.support.cast import MONDAY
from tests.support.clock import SetClock
from tests.support.servers import Servers, new_folder

configure("error")
# a build must not fail by chance, nor because a machine is slow; `make wander` takes its chances
settings.register_profile(
    "trinvis",
    derandomize="TRINVIS_LIVES" not in environ,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("trinvis")
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

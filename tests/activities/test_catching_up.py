"""A workflow that looks again hears what is due by the rules of this release, whatever was kept before."""

from datetime import datetime, timedelta

import pytest

from activities.messages import CatchUp
from activities.pathways import Life, PathwayActivities
from domain.actor import Role
from domain.pathway.commands.course import AgreePlan
from domain.pathway.commands.obligations import CreateObligation
from projections.rebuilding import rebuild
from runtime.wiring import Trinvis
from tests.support.cast import CASEWORKER, CONTACT
from tests.support.clock import SetClock
from tests.support.roles import superuser
from tests.support.servers import Servers
from tests.support.walking import Walk, another_process, underway

OTHERWISE = ["'2001-01-01'", "now()", "NULL", "'2999-01-01'"]
"""What an earlier release may have kept: what has passed, what nothing is due at, and what is much too late."""


@pytest.fixture
def activities(trinvis: Trinvis) -> PathwayActivities:
    """The activities of one worker."""
    return trinvis.activities(Life("generation-7"))


@pytest.fixture
async def walk(trinvis: Trinvis, clock: SetClock) -> Walk:
    """A citizen who is underway."""
    return await underway(trinvis, clock)


async def keep(servers: Servers, walk: Walk, due: str) -> None:
    """Another instant stands in the alarm than the rules say."""
    async with superuser(servers, walk.trinvis) as connection:
        await connection.execute(f"UPDATE alarm SET next_due = {due} WHERE stream = $1", walk.pathway)  # noqa: S608 - ours


@pytest.mark.parametrize("due", OTHERWISE)
async def test_what_was_kept_as_due_is_put_right_when_the_workflow_looks(
    servers: Servers, activities: PathwayActivities, walk: Walk, due: str
) -> None:
    right = (await walk.alarm())["next_due"]
    await keep(servers, walk, due)
    standing = await activities.catch_up(CatchUp(str(walk.pathway)))
    assert standing.next_due == right.isoformat()
    assert (await walk.alarm())["next_due"] == right


@pytest.mark.parametrize("due", OTHERWISE)
async def test_what_was_kept_as_due_is_put_right_for_everybody_when_read_models_are_made_anew(
    servers: Servers, trinvis: Trinvis, walk: Walk, due: str
) -> None:
    right = (await walk.alarm())["next_due"]
    await keep(servers, walk, due)
    await rebuild(trinvis.database, trinvis.engine.folded)
    assert (await walk.alarm())["next_due"] == right


async def test_what_a_process_remembers_puts_nothing_right_that_another_has_written_since(
    trinvis: Trinvis, activities: PathwayActivities, walk: Walk, clock: SetClock
) -> None:
    await walk.tell(AgreePlan(by=CASEWORKER, at=clock.pass_(hours=1), goals="to ture om ugen"))
    due = clock() + timedelta(hours=1)
    await walk.tell(promise(clock, due), engine=another_process(trinvis))
    standing = await activities.catch_up(CatchUp(str(walk.pathway)))
    assert standing.next_due == due.isoformat()
    assert (await walk.alarm())["next_due"] == due


async def test_what_another_process_made_due_passes_when_it_is_due(
    trinvis: Trinvis, activities: PathwayActivities, walk: Walk, clock: SetClock
) -> None:
    """By what this process remembers nothing is due then."""
    await walk.tell(AgreePlan(by=CASEWORKER, at=clock.pass_(hours=1), goals="to ture om ugen"))
    due = clock() + timedelta(hours=1)
    await walk.tell(promise(clock, due), engine=another_process(trinvis))
    clock.set(due)
    standing = await activities.catch_up(CatchUp(str(walk.pathway), due.isoformat()))
    assert standing.next_due is not None
    assert standing.next_due > due.isoformat()
    assert (await walk.kinds())[-1] == "obligation_overdue"


def promise(clock: SetClock, due: datetime) -> CreateObligation:
    """The contact person owes a call."""
    return CreateObligation(
        by=CONTACT, at=clock(), obligation="ring_op", owner=Role.CONTACT_PERSON, due=due, note="ringer om svar"
    )

"""What is told to a workflow is carried out or refused, whatever it is; only what passes is tried again."""

import json
from uuid import uuid4

import pytest

from activities.messages import TellPathway, Told
from activities.pathways import Life, PathwayActivities
from eventstore.errors import StoreAway
from runtime.wiring import Trinvis
from tests.support.cast import CASEWORKER
from tests.support.clock import SetClock
from tests.support.walking import Walk, underway

PLAN = json.dumps({"goals": "to ture om ugen"})


@pytest.fixture
def activities(trinvis: Trinvis) -> PathwayActivities:
    """The activities of one worker."""
    return trinvis.activities(Life("generation-7"))


@pytest.fixture
async def walk(trinvis: Trinvis, clock: SetClock) -> Walk:
    """A citizen who is underway."""
    return await underway(trinvis, clock)


def told(walk: Walk, body: str, kind: str = "agree_plan", command_id: str | None = None) -> TellPathway:
    """A caseworker's command, as it comes to the workflow."""
    return TellPathway(str(walk.pathway), Told(command_id or str(uuid4()), CASEWORKER, kind, body))


async def test_what_is_told_is_carried_out_once(activities: PathwayActivities, walk: Walk) -> None:
    plan = told(walk, PLAN)
    assert [await activities.tell(plan) for _ in range(2)] == ["done", "done"]
    assert (await walk.kinds()).count("plan_agreed") == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[]", "dict_type"),
        ("5", "dict_type"),
        ('["goals"]', "dict_type"),
        ("null", "dict_type"),
        ("", "JSONDecodeError"),
        ("[" * 100_000, "RecursionError"),
        ('{"goals": 1}', "string_type"),
        ('{"goals": "\\ud800"}', None),
        ('{"goals": "\\u0000"}', None),
        ('{"no_such": 1}', None),
    ],
    ids=lambda value: str(value)[:20],
)
async def test_what_cannot_be_understood_is_refused_by_a_code(
    activities: PathwayActivities, walk: Walk, body: str, code: str | None
) -> None:
    before = await walk.kinds()
    answer = await activities.tell(told(walk, body))
    assert answer != "done"
    assert code in {None, answer}
    assert await walk.kinds() == before


@pytest.mark.parametrize(
    "odd",
    [
        Told("no id", CASEWORKER, "agree_plan", PLAN),
        Told(str(uuid4()), "nobody", "agree_plan", PLAN),
        Told(str(uuid4()), CASEWORKER, "no_such", PLAN),
        Told(str(uuid4()), CASEWORKER, "refer_citizen", "{}"),
    ],
    ids=["id", "actor", "command", "referral"],
)
async def test_what_is_told_wrongly_is_refused(activities: PathwayActivities, walk: Walk, odd: Told) -> None:
    before = await walk.kinds()
    assert await activities.tell(TellPathway(str(walk.pathway), odd)) != "done"
    assert await walk.kinds() == before


async def test_an_id_that_stands_for_another_command_is_refused(activities: PathwayActivities, walk: Walk) -> None:
    command_id = str(uuid4())
    assert await activities.tell(told(walk, PLAN, command_id=command_id)) == "done"
    assert await activities.tell(told(walk, '{"goals": "mere"}', command_id=command_id)) == "CommandReused"


async def test_a_database_that_is_away_refuses_nothing_and_the_command_waits_for_it(
    trinvis: Trinvis, activities: PathwayActivities, walk: Walk
) -> None:
    plan = told(walk, PLAN)
    await trinvis.database.close()
    with pytest.raises(StoreAway):
        await activities.tell(plan)

"""Pathways that belong together tell each other, once, wherever whoever carries it is killed."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from temporalio.exceptions import ApplicationError

from activities.children import ChildActivities
from activities.messages import TELL_PARENT, CatchUp, FollowUpDue
from activities.pathways import Life, PathwayActivities
from domain.calendar import local_date
from domain.pathway.commands.course import AgreePlan
from domain.pathway.commands.phases import EnterPhase
from domain.pathway.commands.referrals import EnrolCitizen
from domain.pathway.facts.children import ChildEnded, ChildReferred, PassedOn
from domain.pathway.facts.course import DeliveryFailed, PathwayClosed
from domain.pathway.facts.referrals import CitizenReferred, ReferralWithdrawn
from runtime.wiring import Trinvis
from tests.support.altering import altered_text
from tests.support.asking import accept, close
from tests.support.broad import AFTERCARE, HOURS, PLACEMENT, call
from tests.support.cast import CASEWORKER, CONTACT, DAY
from tests.support.clock import SetClock
from tests.support.walking import Walk, underway

MOST = 20
"""Errands bring errands; a family that never comes to rest is one that runs in circles."""


@dataclass
class Family:
    """A pathway, and whoever carries errands for it and its children."""

    walk: Walk
    activities: PathwayActivities
    errands: ChildActivities

    async def waiting(self, pathway: UUID) -> list[FollowUpDue]:
        """The errands that wait on a pathway."""
        due = (await self.activities.catch_up(CatchUp(str(pathway)))).follow_ups
        return [each for each in due if hasattr(self.errands, each.activity)]

    async def rest(self, *pathways: UUID) -> None:
        """Carries errands until there are none."""
        for _ in range(MOST):
            due = [each for pathway in pathways for each in await self.waiting(pathway)]
            if not due:
                return
            for each in due:
                await getattr(self.errands, each.activity)(each)
        raise AssertionError("errands without end")

    @property
    def child(self) -> Walk:
        """The child, walked as its own pathway; known once the errand has been carried."""
        return Walk(self.walk.trinvis, self.walk.clock, self.walk.citizen, self._child)

    async def called(self, at_least: int = 1) -> "Family":
        """Carries the errand by which the child comes to be."""
        await self.rest(self.walk.pathway)
        referred = [event for event in await self.walk.events() if isinstance(event, ChildReferred)]
        assert len(referred) == at_least
        self._child = referred[-1].child
        return self


@pytest.fixture
async def family(trinvis: Trinvis, clock: SetClock) -> Family:
    """Somebody on sick leave who is ready for a placement, in a programme that has one."""
    text = altered_text("sygedagpenge-driftstilbud@2", ("version: 2", "version: 9"), HOURS, PLACEMENT, AFTERCARE)
    await trinvis.catalogue.publish(text, "v9.yaml", "administrator:it-1", clock())
    walk = await underway(trinvis, clock, "sygedagpenge-driftstilbud@9", benefit="sygedagpenge")
    await walk.tell(EnrolCitizen(by=CASEWORKER, at=clock()))
    await walk.tell(AgreePlan(by=CONTACT, at=clock(), goals="praktik"))
    await walk.tell(EnterPhase(by=CASEWORKER, at=clock(), phase="labour_market", reason="klar"))
    return Family(walk, trinvis.activities(Life("generation-7")), trinvis.errands())


async def test_a_child_comes_to_be_once_however_often_the_errand_is_begun_again(family: Family) -> None:
    await family.walk.tell(call(family.walk.clock()))
    [due] = await family.waiting(family.walk.pathway)
    for _ in range(3):
        await family.errands.call_child(due)
    assert (await family.walk.kinds()).count("child_referred") == 1
    child = (await family.called()).child
    [referred] = [event for event in await child.events() if isinstance(event, CitizenReferred)]
    day = local_date(family.walk.clock())
    assert referred.programme == await family.walk.trinvis.catalogue.in_force("sundere-sammen", day)
    assert referred.parent is not None
    assert referred.parent.pathway == family.walk.pathway
    assert referred.circumstances == {"benefit": "sygedagpenge"}


async def test_whoever_is_killed_between_the_two_commits_doubles_no_child(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    await family.walk.tell(call(family.walk.clock()))
    [due] = await family.waiting(family.walk.pathway)

    async def killed(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr("activities.children.record", killed)
        with pytest.raises(ConnectionError):
            await family.errands.call_child(due)
    assert "child_referred" not in await family.walk.kinds()
    async with family.walk.trinvis.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM stream WHERE subject = $1", family.walk.citizen) == 2
    await family.called()
    async with family.walk.trinvis.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM stream WHERE subject = $1", family.walk.citizen) == 2


async def test_the_parent_hears_that_its_child_began_and_how_it_ended(family: Family) -> None:
    await family.walk.tell(call(family.walk.clock()))
    child = (await family.called()).child
    await child.tell(accept(family.walk.clock(), judgement="kan være med"))
    await family.rest(child.pathway, family.walk.pathway)
    assert (await family.walk.kinds()).count("child_began") == 1
    await child.tell(close(family.walk.clock.pass_(days=1), "job"))
    [due] = [each for each in await family.waiting(child.pathway) if each.name == TELL_PARENT]
    for _ in range(3):
        await family.errands.tell_parent(due)
    [ended] = [event for event in await family.walk.events() if isinstance(event, ChildEnded)]
    assert (ended.outcome, ended.valence) == ("job", "positive")
    assert [event.follow_up for event in await child.events() if isinstance(event, PassedOn)] == ["tell_parent"] * 2


@pytest.mark.parametrize("begun", [True, False])
async def test_a_child_ends_with_its_parent_as_the_element_says(family: Family, begun: bool) -> None:  # noqa: FBT001 - a case
    await family.walk.tell(call(family.walk.clock()))
    child = (await family.called()).child
    if begun:
        await child.tell(accept(family.walk.clock(), judgement="kan være med"))
    await family.walk.tell(close(family.walk.clock.pass_(days=1), "own_wish"))
    await family.rest(family.walk.pathway, child.pathway)
    last = [event for event in await child.events() if isinstance(event, (PathwayClosed, ReferralWithdrawn))]
    assert [event.kind for event in last] == ["pathway_closed" if begun else "referral_withdrawn"]
    kinds = await family.walk.kinds()
    assert (kinds.count("passed_on"), kinds.count("child_ended")) == (2, 1)
    assert (await family.walk.folded()).pathway.open_children() == ()


async def test_after_care_is_entered_by_itself(family: Family) -> None:
    await family.walk.tell(close(family.walk.clock.pass_(days=1)))
    child = (await family.called()).child
    [referred] = [event for event in await child.events() if isinstance(event, CitizenReferred)]
    assert referred.parent is not None
    assert (referred.parent.element, referred.parent.voluntary) == ("aftercare", True)


async def test_a_referral_that_the_other_programme_refuses_is_a_task_for_staff(family: Family) -> None:
    await family.walk.tell(call(family.walk.clock(), by=CONTACT))
    [due] = await family.waiting(family.walk.pathway)
    with pytest.raises(ApplicationError) as failed:
        await family.errands.call_child(due)
    assert (failed.value.type, failed.value.non_retryable) == ("role_may_not", True)
    assert not [event for event in await family.walk.events() if isinstance(event, DeliveryFailed)]


async def test_time_may_pass_between_the_parent_and_its_child(family: Family) -> None:
    await family.walk.tell(call(family.walk.clock()))
    family.walk.clock.set(family.walk.clock() + 9 * DAY)
    child = (await family.called()).child
    assert (await child.kinds())[:2] == ["citizen_referred", "obligation_created"]

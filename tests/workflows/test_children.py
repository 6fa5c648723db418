"""A pathway calls for another, hears of it and ends it, on real servers, by nothing but its own workflow."""

from uuid import UUID, uuid4

import pytest

from domain.pathway.commands.course import AgreePlan
from domain.pathway.commands.phases import EnterPhase
from domain.pathway.commands.referrals import EnrolCitizen
from domain.pathway.facts.children import ChildReferred
from eventstore.citizens import Identity
from runtime.wiring import Trinvis
from tests.support.altering import altered_text
from tests.support.asking import accept, close, refer
from tests.support.broad import AFTERCARE, HOURS, PLACEMENT, call
from tests.support.cast import CASEWORKER, CONTACT
from tests.support.clock import SetClock
from tests.support.keeping import LOOK
from tests.support.temporal import VirtualTime, until_happened, until_quiet, working

pytestmark = pytest.mark.slow


async def _ready(trinvis: Trinvis, clock: SetClock) -> UUID:
    """Somebody who is ready for a placement, in a programme that has one."""
    text = altered_text("sygedagpenge-driftstilbud@2", ("version: 2", "version: 9"), HOURS, PLACEMENT, AFTERCARE)
    await trinvis.catalogue.publish(text, "v9.yaml", "administrator:it-1", clock())
    citizen = await trinvis.vault.register(Identity(name="Prøve Prøvesen", cpr="610180-1234"), LOOK)
    referral = refer(clock(), citizen=citizen)
    pathway = (await trinvis.refer("sygedagpenge-driftstilbud@9", referral, uuid4())).stream
    for command in (
        accept(clock()),
        EnrolCitizen(by=CASEWORKER, at=clock()),
        AgreePlan(by=CONTACT, at=clock(), goals="praktik"),
        EnterPhase(by=CASEWORKER, at=clock(), phase="labour_market", reason="klar"),
    ):
        await trinvis.tell(pathway, command, uuid4())
    return pathway


async def test_a_child_begins_and_ends_with_its_parent_by_itself(
    living: Trinvis, virtual: VirtualTime, clock: SetClock
) -> None:
    async with working(living, virtual.client):
        parent = await _ready(living, clock)
        await living.tell(parent, call(clock()), uuid4())
        happened = await until_happened(living, parent, "child_referred")
        [child] = [event.child for event in happened if isinstance(event, ChildReferred)]
        await living.tell(child, accept(clock(), judgement="kan være med"), uuid4())
        await until_happened(living, parent, "child_began")
        await living.tell(parent, close(clock(), "own_wish"), uuid4())
        await until_happened(living, child, "pathway_closed")
        await until_happened(living, parent, "child_ended")
        for pathway in (parent, child):
            await until_quiet(living, pathway)
    kinds = [entry.kind for entry in await living.engine.store.history(parent, LOOK)]
    assert [kinds.count(kind) for kind in ("child_referred", "child_began", "child_ended")] == [1, 1, 1]

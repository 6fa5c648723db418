"""An instant that rings and is due all the same never makes a workflow spin."""

import asyncio
from uuid import uuid4

import pytest

from activities.messages import CATCH_UP
from eventstore.citizens import Identity
from runtime.wiring import Trinvis
from tests.support.asking import accept, refer
from tests.support.keeping import LOOK
from tests.support.roles import superuser
from tests.support.servers import Servers
from tests.support.temporal import VirtualTime, carried_out, until_carried_out, until_quiet, working
from workflows.nudging import Nudger, workflow_id

pytestmark = pytest.mark.slow

FOREVER_DUE = """
    CREATE FUNCTION forever_due() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.next_due := '2020-01-01'; RETURN NEW; END $$;
    CREATE TRIGGER forever_due BEFORE UPDATE ON alarm FOR EACH ROW EXECUTE FUNCTION forever_due();
    UPDATE alarm SET version = version;
"""
"""A database in which something is due whatever anybody writes."""


async def test_what_stays_due_whatever_is_done_is_looked_at_a_few_times_only(
    servers: Servers, living: Trinvis, virtual: VirtualTime
) -> None:
    async with working(living, virtual.client):
        citizen = await living.vault.register(Identity(name="Prøve Prøvesen"), LOOK)
        referral = refer(living.now(), "ressourceforloeb", citizen=citizen)
        pathway = (await living.refer("sundere-sammen@2", referral, uuid4())).stream
        await living.tell(pathway, accept(living.now()), uuid4())
        await until_quiet(living, pathway)
        async with superuser(servers, living) as connection:
            await connection.execute("SET session_replication_role = origin")
            await connection.execute(FOREVER_DUE)
        handle = virtual.client.get_workflow_handle(workflow_id(pathway))
        before = (await handle.describe()).history_length
        looked = await carried_out(handle, CATCH_UP)
        await Nudger(virtual.client).nudge(pathway, 9)
        await until_carried_out(virtual.client, pathway, CATCH_UP, looked + 1)
        await asyncio.sleep(3)
        assert 0 < (await handle.describe()).history_length - before < 40

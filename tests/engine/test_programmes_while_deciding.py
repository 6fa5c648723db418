"""Programmes are read while a connection is held, and never wait for another such reader."""

import asyncio
from uuid import uuid4

from eventstore.citizens import Identity
from runtime.wiring import Trinvis
from tests.support.asking import refer
from tests.support.cast import MONDAY
from tests.support.keeping import LOOK


async def test_many_first_commands_at_once_do_not_wait_for_each_other_s_connections(trinvis: Trinvis) -> None:
    citizens = await asyncio.gather(*(trinvis.vault.register(Identity(name=f"Prøve {n}"), LOOK) for n in range(40)))
    referrals = [refer(MONDAY, citizen=citizen) for citizen in citizens]
    async with asyncio.timeout(30):
        outcomes = await asyncio.gather(
            *(trinvis.refer("sygedagpenge-driftstilbud@2", referral, uuid4()) for referral in referrals)
        )
    assert len({outcome.stream for outcome in outcomes}) == 40

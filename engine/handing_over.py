"""Handing places over: whoever waited longest gets each place that is free.

Each place is given by a command of its own, which counts the places while nobody else may take one. So whoever is
killed in between begins again, no place is given twice, and nobody gets two.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import structlog

from domain.actor import Actor
from domain.pathway.commands.referrals import GivePlace
from domain.refusal import NoFreePlace
from engine.asked import PASSING, Outcome
from engine.transact import Engine
from projections import queue

Nudge = Callable[[Outcome], Awaitable[None]]
"""Lets the workflow of whoever got a place look again."""
HANDING_OVER = Actor("system:places")
"""What gives places on."""

log = structlog.get_logger()


class Places:
    """The places of one database's programmes."""

    def __init__(self, engine: Engine, nudge: Nudge) -> None:
        self._engine = engine
        self._nudge = nudge

    async def sweep(self) -> int:
        """Hands over every place that is free while somebody waits, whatever freed it; how many there were."""
        async with self._engine.database.connection() as connection:
            programmes = await queue.queues(connection)
        given = 0
        for programme in programmes:
            try:
                given += await self.hand_over(programme)
            except PASSING as error:  # the next sweep tries again; those of other programmes must not wait for it
                log.warning("places_not_swept", programme=programme, error=type(error).__name__)
        return given

    async def hand_over(self, programme: str) -> int:
        """Gives the free places of a programme to those who wait, who waited longest first; how many got one.

        Raises: StoreAway, StreamConflict, or that a key is away.
        """
        async with self._engine.database.connection() as connection:
            waiting = await queue.order(connection, programme)
        given = 0
        for each in waiting:
            try:
                given += await self._is_given(each)
            except NoFreePlace:
                break
            except PASSING:
                raise
            except Exception as error:  # noqa: BLE001 - whatever one pathway holds, those behind must not wait for it
                log.warning("no_place_given", pathway=str(each), error=type(error).__name__)
        return given

    async def _is_given(self, pathway: UUID) -> bool:
        """Whether it got a place now. Raises: NoFreePlace, and what `Engine.transact` raises."""
        outcome = await self._engine.transact(pathway, GivePlace(by=HANDING_OVER, at=self._engine.clock()), uuid4())
        await self._nudge(outcome)
        return bool(outcome.kinds)

"""Handing places over: when one became free, whoever waited longest gets it.

Each place is given by a command of its own, which counts the places while nobody else may take one. So whoever is
killed in between begins again, no place is given twice, and nobody gets two.
"""

from uuid import UUID, uuid5

from temporalio import activity

from activities.messages import GIVE_PLACE, FollowUpDue
from activities.recording import FOLLOWING_UP, Nudge, about_of, passed_on
from domain.pathway.commands.referrals import GivePlace
from domain.refusal import NoFreePlace
from engine.transact import Engine
from projections import queue


class PlaceActivities:
    """What gives places on, in one worker."""

    def __init__(self, engine: Engine, nudge: Nudge) -> None:
        self._engine = engine
        self._nudge = nudge

    @activity.defn(name=GIVE_PLACE)
    async def give_place(self, due: FollowUpDue) -> None:
        """Gives every place that is free to whoever waits for it, who waited longest first, and records that it did."""
        async with self._engine.database.connection() as connection:
            ref = await self._engine.store.programme(connection, UUID(due.pathway))
        programme = (await self._engine.programme(ref)).programme
        while (waiting := await self._longest_waiting(programme)) and await self._is_given(due, waiting):
            pass
        await passed_on(self._engine, due)

    async def _longest_waiting(self, programme: str) -> UUID | None:
        async with self._engine.database.connection() as connection:
            return await queue.first(connection, programme)

    async def _is_given(self, due: FollowUpDue, waiting: UUID) -> bool:
        """Whether the next one may be asked for: this one has a place now, be it by somebody else."""
        command = GivePlace(by=FOLLOWING_UP, at=self._engine.clock())
        try:
            outcome = await self._engine.transact(waiting, command, uuid5(about_of(due), f"{command.kind} {waiting}"))
        except NoFreePlace:
            return False
        await self._nudge(outcome)
        return not outcome.duplicate

"""Handing places over when somebody has left: whoever waited longest gets the place."""

from uuid import UUID

from temporalio import activity

from activities.messages import GIVE_PLACE, FollowUpDue
from activities.recording import passed_on
from engine.handing_over import Places
from engine.transact import Engine


class PlaceActivities:
    """What gives places on, in one worker."""

    def __init__(self, engine: Engine, places: Places) -> None:
        self._engine = engine
        self._places = places

    @activity.defn(name=GIVE_PLACE)
    async def give_place(self, due: FollowUpDue) -> None:
        """Gives every place that is free to whoever waits for it, and records that it did."""
        async with self._engine.database.connection() as connection:
            ref = await self._engine.store.programme(connection, UUID(due.pathway))
        await self._places.hand_over((await self._engine.programme(ref)).programme)
        await passed_on(self._engine, due)

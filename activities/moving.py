"""What a job that moves pathways asks for: the next of them, each once however often it is tried."""

from uuid import UUID

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.messages import MOVE_SOME, MovedSome, MoveSome
from domain.refusal import Invalid
from engine.moving import Mover

TOGETHER = 20
"""How many pathways are moved in one activity."""


class MoveActivities:
    """The activities of one worker that move pathways."""

    def __init__(self, mover: Mover) -> None:
        self._mover = mover

    @activity.defn(name=MOVE_SOME)
    async def move_some(self, ask: MoveSome) -> MovedSome:
        """Moves the next pathways of a job, or moves them back; how many are left."""
        try:
            return MovedSome(await self._mover.some(UUID(ask.job), TOGETHER, activity.heartbeat))
        except Invalid as error:
            raise ApplicationError("no such job", type="NoSuchJob", non_retryable=True) from error

"""Errands between pathways that belong together: refer into another programme, tell the parent, end a child.

Each gives one command to the other pathway and then records on its own that it did, both under ids that derive from
the fact that called for it: whoever is killed in between begins again, and nothing happens twice.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NoReturn
from uuid import UUID

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.messages import CALL_CHILD, END_CHILD, TELL_PARENT, FollowUpDue
from activities.recording import FOLLOWING_UP, Nudge, command_id_of, passed_on, record
from domain.calendar import local_date
from domain.pathway.command import Command
from domain.pathway.commands.children import (
    EndChild,
    RecordChild,
    RecordChildBegun,
    RecordChildEnded,
    ReferChild,
)
from domain.pathway.facts.children import ChildCalled, ChildReleased, Ending, Parent
from domain.pathway.facts.course import PathwayClosed
from domain.pathway.facts.referrals import ReferralRefused, ReferralWithdrawn
from domain.pathway.history import Event
from domain.refusal import Invalid, Refused
from engine.asked import Outcome, pathway_id
from engine.transact import Engine, InForce
from eventstore.errors import CommandReused, NoSuchCitizen


class ChildActivities:
    """The errands of one worker."""

    def __init__(self, engine: Engine, in_force: InForce, nudge: Nudge) -> None:
        self._engine = engine
        self._in_force = in_force
        self._nudge = nudge

    @activity.defn(name=CALL_CHILD)
    async def call_child(self, due: FollowUpDue) -> None:
        """Refers the citizen into the programme that was called for, and records the child's id."""
        called = await self._event(due)
        if not isinstance(called, ChildCalled):
            _give_up("erased")
        version = await self._in_force(called.programme, local_date(self._engine.clock()))
        if version is None:
            _give_up("not_in_force")
        referring = command_id_of(due, ReferChild.kind)
        command = ReferChild(
            by=FOLLOWING_UP,
            at=self._engine.clock(),
            citizen=await self._citizen(due),
            reason=called.reason,
            basis=called.basis,
            consent=called.consent,
            circumstances=called.circumstances,
            contraindications=called.contraindications,
            referred_by=called.called_by,
            parent=Parent(pathway=UUID(due.pathway), element=called.element, voluntary=called.voluntary),
        )
        await self._carry_out(lambda: self._engine.refer(version, command, referring))
        child = pathway_id(referring)
        told = RecordChild(
            by=FOLLOWING_UP, at=self._engine.clock(), element=called.element, called=called.at, child=child
        )
        await record(self._engine, due, told)
        await passed_on(self._engine, due)

    @activity.defn(name=TELL_PARENT)
    async def tell_parent(self, due: FollowUpDue) -> None:
        """Tells the pathway above that this one began, or how it ended."""
        event, child = await self._event(due), UUID(due.pathway)
        async with self._engine.database.connection() as connection:
            standing, _ = await self._engine.current(connection, child)
        parent = standing.pathway.parent
        if parent:
            told = _told(event, parent.element, child, max(self._engine.clock(), event.at))
            identity = command_id_of(due, told.kind)
            await self._carry_out(lambda: self._engine.transact(parent.pathway, told, identity))
        await passed_on(self._engine, due)

    @activity.defn(name=END_CHILD)
    async def end_child(self, due: FollowUpDue) -> None:
        """Ends a child pathway with this one, as whoever closed this one decided."""
        event = await self._event(due)
        if not isinstance(event, ChildReleased):
            _give_up("erased")
        command = EndChild(
            by=FOLLOWING_UP,
            at=self._engine.clock(),
            decided_by=event.released_by,
            outcome=event.close_as,
            reason=event.reason or event.element,
            against_wish=event.against_wish,
        )
        identity = command_id_of(due, command.kind)
        await self._carry_out(lambda: self._engine.transact(event.child, command, identity))
        await passed_on(self._engine, due)

    async def _event(self, due: FollowUpDue) -> Event:
        async with self._engine.database.connection() as connection:
            events = await self._engine.store.facts(connection, UUID(due.pathway), after=due.version - 1)
        return events[0]

    async def _citizen(self, due: FollowUpDue) -> UUID:
        async with self._engine.database.connection() as connection:
            standing, _ = await self._engine.current(connection, UUID(due.pathway))
        return standing.subject

    async def _carry_out(self, act: Callable[[], Awaitable[Outcome]]) -> None:
        """Gives a command to the other pathway; what it refuses is a task for staff, not for another try."""
        try:
            outcome = await act()
        except CommandReused:
            return  # an earlier try was carried out, under another version of the programme
        except (Refused, Invalid) as refusal:
            _give_up(refusal.code)
        except NoSuchCitizen:
            _give_up("no_such_citizen")
        await self._nudge(outcome)


ENDINGS = {
    ReferralRefused.kind: Ending.REFUSED,
    ReferralWithdrawn.kind: Ending.WITHDRAWN,
    PathwayClosed.kind: Ending.CLOSED,
}
"""By kind of fact, how a child ended; whatever else the parent hears of is a beginning."""


def _told(event: Event, element: str, child: UUID, at: datetime) -> Command:
    """What the parent is told of *event*, which may be known by its header only."""
    if event.kind not in ENDINGS:
        return RecordChildBegun(by=FOLLOWING_UP, at=at, happened=event.at, element=element, child=child)
    closed = event if isinstance(event, PathwayClosed) else None
    return RecordChildEnded(
        by=FOLLOWING_UP,
        at=at,
        happened=event.at,
        element=element,
        child=child,
        ending=ENDINGS[event.kind],
        outcome=closed.outcome if closed else None,
        valence=closed.valence if closed else None,
    )


def _give_up(code: str) -> NoReturn:
    """Raises: ApplicationError, not to be tried again; a task opens on the pathway that called."""
    raise ApplicationError("given up", type=code, non_retryable=True)

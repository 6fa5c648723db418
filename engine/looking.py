"""Where a pathway stands, for a person who looks at it."""

from dataclasses import dataclass
from uuid import UUID

from domain.actor import Role
from domain.pathway.binding import Binding
from domain.pathway.evolve import fold
from domain.pathway.history import Event, as_corrected
from domain.pathway.options import Option, options
from domain.pathway.permissions import LOOKING, require_may
from domain.pathway.places import Occupied
from domain.pathway.seeing import may_see
from domain.pathway.state import Pathway
from domain.pathway.tellings import tellings
from domain.programme.shape import Programme
from engine.transact import Engine
from eventstore.access import Look
from eventstore.store import Entry
from projections import queue


@dataclass(frozen=True)
class Seen:
    """A pathway as somebody sees it."""

    id: UUID
    version: int
    programme: Programme
    pathway: Pathway
    options: list[Option]
    tellings: list[Option]
    ahead: int | None
    """How many wait for a place since longer, where the citizen waits for one."""


@dataclass(frozen=True)
class Record:
    """Everything that was recorded of a pathway, with the version of the programme that it follows."""

    programme: Programme
    entries: list[Entry[Event]]
    occupied: Occupied | None = None

    @property
    def events(self) -> list[Event]:
        """The facts in their order."""
        return [entry.event for entry in self.entries]

    @property
    def binding(self) -> Binding:
        """The rules that it follows, with its history."""
        return Binding(self.programme, history=self.events, occupied=self.occupied)

    def hidden_from(self, role: Role) -> set[int]:
        """The versions of the facts that somebody in *role* is not shown."""
        return {each.version for each in self.entries if not may_see(self.programme, role, each.event)}


async def record_of(engine: Engine, pathway: UUID, look_: Look, what: str) -> Record:
    """Everything that was recorded of a pathway; the look is logged as *what* is shown.

    Raises: RoleMayNot, NoSuchStream.
    """
    require_may(look_.by, LOOKING)
    entries = await engine.store.history(pathway, look_, what)
    async with engine.database.connection() as connection:
        programme = await engine.programme(await engine.store.programme(connection, pathway))
        return Record(programme, entries, await engine.occupied(connection, programme))


async def look(engine: Engine, pathway: UUID, look_: Look) -> Seen:
    """Where a pathway stands, what may be decided and what may be told; the look is logged.

    Raises: RoleMayNot, NoSuchStream.
    """
    record = await record_of(engine, pathway, look_, "pathway")
    state = fold(as_corrected(record.events))
    ahead = await _ahead(engine, record.programme, pathway) if state.waits_for_a_place else None
    return Seen(
        id=pathway,
        version=len(record.entries),
        programme=record.programme,
        pathway=state,
        options=options(record.binding, state),
        tellings=tellings(record.binding, state, look_.at),
        ahead=ahead,
    )


async def _ahead(engine: Engine, programme: Programme, pathway: UUID) -> int | None:
    if programme.places is None:
        return None
    async with engine.database.connection() as connection:
        return await queue.ahead(connection, programme.programme, pathway)

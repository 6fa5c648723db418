"""Where a pathway stands, for a person who looks at it."""

from dataclasses import dataclass
from uuid import UUID

from domain.pathway.binding import Binding
from domain.pathway.evolve import fold
from domain.pathway.history import as_corrected
from domain.pathway.options import Option, options
from domain.pathway.permissions import LOOKING, require_may
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from engine.transact import Engine
from eventstore.access import Look


@dataclass(frozen=True)
class Seen:
    """A pathway as somebody sees it."""

    id: UUID
    version: int
    programme: Programme
    pathway: Pathway
    options: list[Option]


async def look(engine: Engine, pathway: UUID, look_: Look) -> Seen:
    """Where a pathway stands, and what may be decided; the look is logged.

    Raises: RoleMayNot, NoSuchStream.
    """
    require_may(look_.by, LOOKING)
    entries = await engine.store.history(pathway, look_, "pathway")
    state = fold(as_corrected([entry.event for entry in entries]))
    async with engine.database.connection() as connection:
        programme = await engine.programme(await engine.store.programme(connection, pathway))
    return Seen(pathway, len(entries), programme, state, options(Binding(programme), state))

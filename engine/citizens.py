"""A citizen's pathways read together, for somebody who looks: the week, and what overlaps with a session."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from domain.calendar import Week
from domain.citizen_week import Agreed, CitizenWeek, Walk, citizen_week, overlapping
from domain.explaining.travelling import followed
from domain.pathway.evolve import fold
from domain.pathway.history import Event, as_corrected
from domain.pathway.permissions import BESIDES, LOOKING
from domain.pathway.state import LONGEST_WINDOW
from domain.programme.shape import Programme
from engine.alarms import alarm_of
from engine.looking import record_of
from engine.transact import Engine
from eventstore.access import Look, log_look
from eventstore.database import Connection
from projections import pathway_now

MARGIN = timedelta(weeks=2)
"""How much earlier a pathway is folded than a session of the week would be forgotten."""


async def week_of_citizen(engine: Engine, citizen: UUID, week: Week, look: Look) -> CitizenWeek:
    """What *week* holds on all of a citizen's pathways, the open ones first; each look is logged.

    Raises: RoleMayNot.
    """
    async with engine.database.connection() as connection:
        rows = await pathway_now.of_citizen(connection, citizen, look)
    walks = []
    for row in rows:
        record = await record_of(engine, row.pathway, look, "week")
        walks.append(await _walked(engine, row.pathway, record.events, record.programme, week))
    return citizen_week(walks, week)


async def _walked(engine: Engine, pathway: UUID, events: Sequence[Event], present: Programme, week: Week) -> Walk:
    """A pathway with what is still known of *week*, and the version that it followed then.

    What was told later than a session is remembered is left out: with it the session would be forgotten.
    """
    state = fold(event for event in as_corrected(events) if event.at < week.ends + LONGEST_WINDOW - MARGIN)
    ref = followed([event for event in events if event.at < week.ends], events, present.ref)
    return Walk(pathway, await engine.programme(ref), state)


async def clashing(engine: Engine, pathway: UUID, session: UUID, look: Look) -> list[tuple[Agreed, Programme]]:
    """The citizen's other sessions that overlap with *session*, each with its programme; each look is logged.

    Who may not look at citizens hears only of this pathway's.
    """
    async with engine.database.connection() as connection:
        walks = [await _now(engine, connection, pathway)]
        if look.by.role in BESIDES[LOOKING]:
            citizen = (await alarm_of(connection, pathway)).subject
            rows = await pathway_now.of_citizen(connection, citizen, look)
            for other in (row.pathway for row in rows if row.is_open and row.pathway != pathway):
                await log_look(connection, citizen, look, f"sessions {other}")
                walks.append(await _now(engine, connection, other))
    programmes = {walk.id: walk.programme for walk in walks}
    return [(each, programmes[each.pathway]) for each in overlapping(walks, session)]


async def _now(engine: Engine, connection: Connection, pathway: UUID) -> Walk:
    engine.recent.forget(pathway)  # another process may have gone on with it
    standing, _ = await engine.current(connection, pathway)
    return Walk(pathway, standing.binding.programme, standing.pathway)

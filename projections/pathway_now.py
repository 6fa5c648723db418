"""Where does each pathway stand now?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.actor import Role
from domain.pathway.due import next_due
from domain.pathway.state import OVER, Pathway
from eventstore.access import Look
from eventstore.database import Connection

Row = tuple[UUID, int, UUID, str, str, str | None, str | None, bool, datetime | None, str | None, datetime | None]

COLUMNS = "stream, version, subject, programme, stage, phase, contact_person, paused, next_due, outcome, queued_since"
WRITE = f"""
    INSERT INTO pathway_now ({COLUMNS})
    SELECT {{0}}::uuid, {{1}}::integer, {{2}}::uuid, {{3}}, {{4}}, {{5}}, {{6}}, {{7}}::boolean,
        {{8}}::timestamptz, {{9}}, {{10}}::timestamptz
    FROM a WHERE NOT a.duplicate
    ON CONFLICT (stream) DO UPDATE SET
        version = excluded.version, programme = excluded.programme, stage = excluded.stage, phase = excluded.phase,
        contact_person = excluded.contact_person, paused = excluded.paused, next_due = excluded.next_due,
        outcome = excluded.outcome, queued_since = excluded.queued_since
    WHERE pathway_now.version < excluded.version
"""  # noqa: S608 - constants
"""Writes one row beside an append, whose answer is `a`."""


def row(stream: UUID, subject: UUID, programme: str, version: int, pathway: Pathway) -> Row:
    """What is shown of one pathway. Ids, codes and instants only."""
    return (
        stream,
        version,
        subject,
        programme,
        pathway.stage,
        pathway.phase,
        pathway.responsible.get(Role.CONTACT_PERSON),
        pathway.paused_since is not None,
        next_due(pathway),
        pathway.outcome,
        pathway.last("referral_accepted") if pathway.waits_for_a_place else None,
    )


@dataclass(frozen=True)
class Stands:
    """Where one of a citizen's pathways stands."""

    pathway: UUID
    programme: str
    stage: str
    phase: str | None
    is_open: bool


_OF_CITIZEN = """
    WITH logged AS (
        INSERT INTO access_log (at, actor, ground, subject, what)
        SELECT DISTINCT $2::timestamptz, $3, $4, subject, 'pathways' FROM pathway_now WHERE subject = $1
    )
    SELECT n.stream, n.programme, n.stage, n.phase, n.stage <> ALL ($5::text[]) AS is_open
    FROM pathway_now n WHERE n.subject = $1 ORDER BY is_open DESC, n.stream
"""


async def of_citizen(connection: Connection, citizen: UUID, look: Look) -> list[Stands]:
    """Where each of a citizen's pathways stands, the open ones first; the look is logged in the same statement."""
    rows = await connection.fetch(_OF_CITIZEN, citizen, look.at, str(look.by), look.ground, sorted(OVER))
    return [Stands(*row) for row in rows]

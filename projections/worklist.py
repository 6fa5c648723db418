"""What must somebody see to, by when?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from domain.actor import Role
from domain.pathway.registering import registered_by, registers
from domain.pathway.state import Booking, Notice, Obligation, Pathway
from domain.programme.shape import Programme
from eventstore.access import Look
from eventstore.database import Connection

Key = TypeVar("Key")
Thing = TypeVar("Thing")

REMOVE = """
    DELETE FROM worklist w USING a WHERE NOT a.duplicate AND w.stream = {0}::uuid AND w.item = ANY({1}::text[])
"""
"""Takes items away beside an append, whose answer is `a`."""
WRITE = """
    INSERT INTO worklist (stream, item, kind, name, owner, person, subject, programme, since, due, overdue)
    SELECT {0}::uuid, i.item, i.kind, i.name, i.owner, i.person, {1}::uuid, {2}, i.since, i.due, i.overdue
    FROM a, unnest(
        {3}::text[], {4}::text[], {5}::text[], {6}::text[], {7}::text[], {8}::timestamptz[], {9}::timestamptz[],
        {10}::boolean[]
    ) AS i (item, kind, name, owner, person, since, due, overdue)
    WHERE NOT a.duplicate
    ON CONFLICT (stream, item) DO UPDATE SET
        name = excluded.name, owner = excluded.owner, person = excluded.person, programme = excluded.programme,
        since = excluded.since, due = excluded.due, overdue = excluded.overdue
"""
"""Writes items beside an append."""


@dataclass(frozen=True)
class Item:
    """One thing on a worklist."""

    item: str
    """Its id within the pathway."""
    kind: str
    """`obligation`, `session` or `notice`."""
    name: str
    owner: Role
    person: str | None
    """Who has that role for the citizen, if somebody has."""
    since: datetime
    due: datetime | None
    overdue: bool


def items(programme: Programme, pathway: Pathway) -> list[Item]:
    """Everything on *pathway* that somebody must see to under *programme*."""
    return changes(programme, Pathway(), pathway, moved=True)[1]


def changes(programme: Programme, before: Pathway, after: Pathway, *, moved: bool) -> tuple[list[str], list[Item]]:
    """The ids of items to take away, and the items to write, when a pathway goes from *before* to *after*.

    All of them where it moved to that programme version, or somebody else became responsible.
    """
    anew = moved or before.responsible != after.responsible
    parts = (
        _changed(before.obligations, after.obligations, partial(_obligation, after), anew=anew),
        _changed(before.bookings, after.bookings, partial(_session, programme, after), anew=anew),
        _changed(before.notices, after.notices, partial(_notice, after), anew=anew),
    )
    return [key for gone, _ in parts for key in gone], [item for _, written in parts for item in written]


def _changed(
    old: dict[Key, Thing], new: dict[Key, Thing], shown: Callable[[Key, Thing], Item], *, anew: bool
) -> tuple[list[str], list[Item]]:
    if old is new and not anew:
        return [], []
    gone = [str(key) for key in old if key not in new]
    return gone, [shown(key, value) for key, value in new.items() if anew or old.get(key) != value]


def _obligation(pathway: Pathway, rule: str, owed: Obligation) -> Item:
    person = pathway.responsible.get(owed.owner)
    return Item(rule, "obligation", owed.name, owed.owner, person, owed.since, owed.due, owed.overdue)


def _session(programme: Programme, pathway: Pathway, session: UUID, booked: Booking) -> Item:
    owner = registers(programme, booked.element)
    return Item(
        str(session),
        "session",
        booked.element,
        owner,
        pathway.responsible.get(owner),
        booked.starts,
        registered_by(booked),
        overdue=False,
    )


def _notice(pathway: Pathway, key: str, notice: Notice) -> Item:
    person = pathway.responsible.get(notice.owner)
    return Item(key, "notice", notice.notice, notice.owner, person, notice.at, None, overdue=False)


def columns(written: list[Item]) -> tuple[list[object], ...]:
    """The items' columns, in the order in which `WRITE` takes them from its fourth parameter on."""
    return (
        [item.item for item in written],
        [item.kind for item in written],
        [item.name for item in written],
        [str(item.owner) for item in written],
        [item.person for item in written],
        [item.since for item in written],
        [item.due for item in written],
        [item.overdue for item in written],
    )


@dataclass(frozen=True)
class Listed:
    """A row of somebody's worklist."""

    pathway: UUID
    item: str
    kind: str
    name: str
    owner: str
    person: str | None
    programme: str
    since: datetime
    due: datetime | None
    overdue: bool


_READ = """
    WITH shown AS (
        SELECT stream, item, kind, name, owner, person, programme, since, due, overdue, subject FROM worklist
        WHERE ($4::text IS NULL OR owner = $4) AND ($5::text IS NULL OR person = $5 OR person IS NULL)
            AND ($6::timestamptz IS NULL OR due < $6)
        ORDER BY overdue DESC, due NULLS LAST, since LIMIT $7
    ), logged AS (
        INSERT INTO access_log (at, actor, ground, subject, what)
        SELECT DISTINCT $1::timestamptz, $2, $3, subject, 'worklist' FROM shown
    )
    SELECT stream, item, kind, name, owner, person, programme, since, due, overdue FROM shown
    ORDER BY overdue DESC, due NULLS LAST, since
"""


async def read(
    connection: Connection, look: Look, owner: str | None, person: str | None, before: datetime | None, most: int
) -> list[Listed]:
    """What a role must see to, most urgent first, the look logged for each citizen shown.

    Without a role, everybody's; with a person, what is theirs or nobody's; with an instant, what is due before it.
    """
    rows = await connection.fetch(_READ, look.at, str(look.by), look.ground, owner, person, before, most)
    return [Listed(*row) for row in rows]

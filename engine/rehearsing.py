"""Rehearsing another version on every pathway that is under way: read in batches, logged, and nothing carried out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.actor import Actor
from domain.pathway.binding import Binding
from domain.pathway.commands.course import MovePathway
from domain.pathway.rehearsing import Effects, Fate, rehearse
from domain.programme.shape import Programme
from engine.asked import in_its_turn
from engine.transact import Engine
from eventstore.access import Look
from eventstore.database import Connection
from eventstore.stretches import FIRST, LAST

BATCH = 100
"""How many pathways are read together."""


@dataclass(frozen=True)
class Question:
    """Which pathways are rehearsed on, and by whom."""

    programme: str
    """The programme, whatever version of it a pathway follows."""
    target: int
    """The version that they would follow."""
    source: str | None
    """The version from which alone, such as `sundere-sammen@1`."""
    phases: Mapping[str, str]
    """By present phase, the one to go on in."""
    look: Look
    only: tuple[UUID, ...] | None = None
    """The pathways alone that are asked about, or None for all of them."""


@dataclass
class Rehearsal:
    """What was found, pathway by pathway."""

    effects: list[tuple[UUID, Effects]] = field(default_factory=list)
    unaffected: int = 0
    total: int = 0

    def add(self, pathway: UUID, effects: Effects) -> None:
        """Adds what was found of one pathway; what no longer concerns it is left out."""
        if effects.is_over:
            return
        self.total += 1
        self.unaffected += effects.is_unaffected
        self.effects.append((pathway, effects))

    def join(self, other: "Rehearsal") -> None:
        """Adds what was found elsewhere."""
        self.effects += other.effects
        self.unaffected += other.unaffected
        self.total += other.total

    @property
    def nowhere(self) -> list[tuple[UUID, Effects]]:
        """Those who would have nowhere to go."""
        return [(pathway, each) for pathway, each in self.effects if each.has_nowhere_to_go]


_CONCERNED = """
    s.kind = 'pathway' AND NOT l.over AND split_part(s.programme, '@', 1) = $1 AND s.programme <> $2
    AND ($3::text IS NULL OR s.programme = $3) AND ($4::uuid[] IS NULL OR s.id = ANY($4))
"""
_COUNT = f"SELECT count(*) FROM stream s JOIN alarm l ON l.stream = s.id WHERE {_CONCERNED}"  # noqa: S608 - constants
_TAKE = f"""
    WITH taken AS (
        SELECT s.id, s.subject FROM stream s JOIN alarm l ON l.stream = s.id
        WHERE {_CONCERNED} AND s.id > $5 AND s.id <= $6 ORDER BY s.id LIMIT $7
    ), logged AS (
        INSERT INTO access_log (at, actor, ground, subject, what)
        SELECT $8, $9, $10, subject, 'rehearsal ' || id FROM taken
    )
    SELECT id FROM taken ORDER BY id
"""  # noqa: S608 - constants


def _concerned(question: Question) -> tuple[object, ...]:
    target = f"{question.programme}@{question.target}"
    return question.programme, target, question.source, question.only and list(question.only)


async def count(connection: Connection, question: Question) -> int:
    """How many pathways are concerned; that there are some is no look at any of them."""
    found: int = await connection.fetchval(_COUNT, *_concerned(question))
    return found


async def rehearsed(
    engine: Engine, question: Question, target: Programme, after: UUID = FIRST, until: UUID = LAST
) -> Rehearsal:
    """What following *target* would do to the pathways concerned whose ids lie between two, the looks logged."""
    found, look = Rehearsal(), question.look
    command = MovePathway(
        by=look.by, at=look.at, version=target.version, phases=dict(question.phases), reason=look.ground
    )
    async with engine.database.connection(seconds=None) as connection:
        while rows := await connection.fetch(
            _TAKE, *_concerned(question), after, until, BATCH, look.at, str(Actor(look.by)), look.ground
        ):
            for row in rows:
                found.add(row["id"], await _on(engine, connection, row["id"], target, command))
            after = rows[-1]["id"]
    return found


async def _on(
    engine: Engine, connection: Connection, pathway: UUID, target: Programme, command: MovePathway
) -> Effects:
    engine.recent.forget(pathway)  # another process may have gone on with it; what is remembered would be rehearsed on
    standing, latest = await engine.current(connection, pathway)
    asked = in_its_turn(command, latest)
    assert isinstance(asked, MovePathway)  # noqa: S101 - the same command, at its turn
    return rehearse(Binding(standing.binding.programme, target), standing.pathway, asked)


@dataclass(frozen=True)
class Same:
    """Something that happens to several pathways alike."""

    fate: str
    """`earlier`, `later`, `created`, `cancelled`, `closed`, `opened`, `moves_on`, `eligible` or `not_eligible`."""
    what: str
    """`deadline`, `review`, `begins`, `ends`, the command that could be given, `phase` or `referral`."""
    about: str | None


@dataclass(frozen=True)
class Affected:
    """A pathway to which it happens, with both dates where it has any."""

    pathway: UUID
    before: datetime | None = None
    after: datetime | None = None


def grouped(rehearsal: Rehearsal) -> dict[Same, list[Affected]]:
    """The pathways to which the same happens."""
    groups: dict[Same, list[Affected]] = {}
    for pathway, effects in rehearsal.effects:
        for same, before, after in _each(effects):
            groups.setdefault(same, []).append(Affected(pathway, before, after))
    order = list(Fate)
    return dict(sorted(groups.items(), key=lambda group: (group[0].fate not in order, group[0].fate, str(group[0]))))


def _each(effects: Effects) -> Iterator[tuple[Same, datetime | None, datetime | None]]:
    for shift in effects.shifts:
        yield Same(shift.fate.value, shift.what, shift.about), shift.before, shift.after
    for fate, steps in (("closed", effects.closed), ("opened", effects.opened)):
        for command, step in steps:
            yield Same(fate, command, step), None, None
    if effects.moves_on_to:
        yield Same("moves_on", "phase", effects.moves_on_to), None, None
    if effects.turns_eligible and effects.eligible:
        yield Same("eligible" if effects.eligible[1] else "not_eligible", "referral", None), None, None


@dataclass
class Work:
    """How much a role has to see to in a week, before and after."""

    week: str
    role: str
    before: int = 0
    after: int = 0


def work_by_week(rehearsal: Rehearsal) -> list[Work]:
    """What is to be seen to by week and role."""
    counted: dict[tuple[str, str], Work] = {}
    for _, effects in rehearsal.effects:
        before, after = effects.work
        for week, role in before:
            counted.setdefault((week, role), Work(week, role)).before += 1
        for week, role in after:
            counted.setdefault((week, role), Work(week, role)).after += 1
    return [counted[key] for key in sorted(counted)]

"""What a command would cause on a stored pathway: the look is logged, and nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from domain.actor import SETTLING
from domain.explaining.correcting import Otherwise, Past, otherwise
from domain.explaining.replaying import Turn
from domain.explaining.travelling import Recorded, versions_of
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.commands.course import CorrectFact, MovePathway, looks_back
from domain.pathway.evolve import fold
from domain.pathway.history import as_corrected
from domain.pathway.previewing import Preview, preview
from domain.programme.shape import Programme
from engine.asked import in_its_turn
from engine.draft import fact_id
from engine.looking import Record, record_of
from engine.transact import Engine
from eventstore.access import Look


@dataclass(frozen=True)
class Previewed:
    """A preview, with the version of the programme that the pathway follows."""

    programme: Programme
    record: Record
    preview: Preview
    otherwise: Sequence[Otherwise]
    """Where the command puts a fact right: what of the history would have been otherwise."""


async def preview_of(engine: Engine, pathway: UUID, command: Command, look: Look) -> Previewed:
    """What *command* would cause now.

    Raises: RoleMayNot, NoSuchStream; Refused, Invalid as the command itself would.
    """
    record = await record_of(engine, pathway, look, "preview")
    latest = max((entry.recorded_at for entry in record.entries), default=command.at)
    binding = await _binding(engine, record, command)
    state = fold(as_corrected(record.events))
    asked = in_its_turn(command, latest)
    found = preview(binding, state, asked)
    changed = await _otherwise(engine, pathway, record, found, asked.at) if isinstance(command, CorrectFact) else ()
    return Previewed(record.programme, record, found, changed)


async def _otherwise(
    engine: Engine, pathway: UUID, record: Record, found: Preview, at: datetime
) -> Sequence[Otherwise]:
    """What would have been otherwise, of everything that will have happened when the correction is told."""
    told, present = [Recorded(each.event, each.recorded_at) for each in record.entries], record.programme.ref
    versions = {ref: await engine.programme(ref) for ref in versions_of(told, present)}
    turns = [*_turns(record), *_passing(record, found)]
    count = sum(len(turn.facts) for turn in turns)
    ids = {fact_id(pathway, version): version for version in range(1, count + 1)}
    return otherwise(Past(turns, present, versions), found.facts, at, ids)


def _turns(record: Record) -> list[Turn]:
    """What was recorded, command by command."""
    commands = (list(group) for _, group in groupby(record.entries, key=lambda entry: entry.first))
    return [Turn(each[0].first, [one.event for one in each], each[0].actor, each[0].asked_at) for each in commands]


def _passing(record: Record, found: Preview) -> list[Turn]:
    """What falls due before the correction is told."""
    turns, first = [], len(record.entries) + 1
    for passed in found.passed:
        turns.append(Turn(first, passed.facts, SETTLING, passed.due))
        first += len(passed.facts)
    return turns


async def _binding(engine: Engine, record: Record, command: Command) -> Binding:
    """The rules, with what moving, correcting and erasing look at besides."""
    target = None
    if isinstance(command, MovePathway):
        target = await engine.library(f"{record.programme.programme}@{command.version}")
    return Binding(record.programme, target, record.events if looks_back(command) else (), record.occupied)

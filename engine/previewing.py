"""What a command would cause on a stored pathway: the look is logged, and nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.explaining.correcting import Otherwise, otherwise
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
    found = preview(binding, state, in_its_turn(command, latest))
    changed = _otherwise(pathway, binding, found) if isinstance(command, CorrectFact) else ()
    return Previewed(record.programme, record, found, changed)


def _otherwise(pathway: UUID, binding: Binding, found: Preview) -> Sequence[Otherwise]:
    """What would have been otherwise, of everything that will have happened when the correction is told."""
    history = [*binding.history, *(fact for passed in found.passed for fact in passed.facts)]
    ids = {fact_id(pathway, version): version for version in range(1, len(history) + 1)}
    return otherwise(replace(binding, history=history), found.facts, ids)


async def _binding(engine: Engine, record: Record, command: Command) -> Binding:
    """The rules, with what moving, correcting and erasing look at besides."""
    target = None
    if isinstance(command, MovePathway):
        target = await engine.library(f"{record.programme.programme}@{command.version}")
    return Binding(record.programme, target, record.events if looks_back(command) else (), record.occupied)

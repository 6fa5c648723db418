"""The law of a move that is taken back: everything is due when it would have been, had nobody been moved."""

from collections.abc import Sequence
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.commands.course import MovePathway
from domain.pathway.decide import after, decide
from domain.pathway.due import coming, next_due
from domain.pathway.facts.phases import PhaseEntered, TransitionProposed
from domain.pathway.history import Event
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from domain.refusal import Invalid, IsOver
from tests.domain.laws.lives import VERSIONS, Lived, law, lives
from tests.support.altering import bare
from tests.support.cast import ADMINISTRATOR
from tests.support.life import Step
from tests.support.wandering import MOMENT

STAYS = (PhaseEntered, TransitionProposed)
"""What the other version's own rule may bring at once, and what stays when the move is taken back."""


def others(programme: Programme) -> list[Programme]:
    """The versions that a pathway may be moved to: one that calls for nothing, and those that ship."""
    known = [each for each in VERSIONS.values() if each.programme == programme.programme]
    return [bare(programme), *(each for each in known if each.version != programme.version)]


def move(at: datetime, version: int, undoes: int | None = None) -> MovePathway:
    return MovePathway(by=ADMINISTRATOR, at=at, version=version, undoes=undoes, reason="prøve")


def moved(step: Step, target: Programme) -> Sequence[PathwayFact]:
    """What moving the pathway to *target* causes, a moment after *step*; nothing where it cannot be moved."""
    binding = Binding(step.programme, target, step.history)
    try:
        return decide(binding, step.after, move(step.command.at + MOMENT, target.version))
    except (IsOver, Invalid):
        return []


def moved_back(step: Step, target: Programme, facts: Sequence[PathwayFact]) -> Pathway:
    """Where the pathway stands when that has been taken back, another moment later."""
    history: list[Event] = [*step.history, *facts]
    there, binding = after(Binding(step.programme, target), step.after, facts), Binding(target, step.programme, history)
    command = move(step.command.at + 2 * MOMENT, step.programme.version, len(step.history) + 1)
    return after(binding, there, decide(binding, there, command))


@law
@given(lives, st.integers(0, 9))
def test_what_is_due_after_a_move_and_back_is_due_when_it_was(steps: Lived, chance: int) -> None:
    step, due = steps[-1], next_due(steps[-1].after)
    versions = others(step.programme)
    target = versions[chance % len(versions)]
    facts = moved(step, target)
    if not facts or any(isinstance(fact, STAYS) for fact in facts):
        return
    if due is not None and due <= step.command.at + 2 * MOMENT:
        return
    again = moved_back(step, target, facts)
    assert set(coming(again)) == set(coming(step.after)), step
    assert again.obligations == step.after.obligations, step

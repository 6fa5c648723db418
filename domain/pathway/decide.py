"""The pathway's decider: what each command causes under one programme version."""

from functools import partial

from domain.decider import Decider
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command, Report
from domain.pathway.commands.course import PassTime
from domain.pathway.consequences import consequences
from domain.pathway.counting import recounted
from domain.pathway.deciding import (
    Answers,
    Facts,
    bookings,
    children,
    complaints,
    correcting,
    course,
    decisions,
    deliveries,
    erasing,
    intensities,
    moving,
    obligations,
    orders,
    phases,
    proceedings,
    referrals,
    sessions,
    talks,
)
from domain.pathway.due import next_due
from domain.pathway.evolve import fold
from domain.pathway.facts.course import FactCorrected, FactErased, PathwayMoved
from domain.pathway.guards import require_sensible
from domain.pathway.history import as_corrected
from domain.pathway.passing import passed
from domain.pathway.permissions import MAY, require_role
from domain.pathway.state import Pathway

BEGINNING = Pathway()


def _pass_time(binding: Binding, pathway: Pathway, command: PassTime) -> Facts:
    due = next_due(pathway)
    return passed(binding, pathway, due) if due and due <= command.at else []


ANSWERS: Answers = {
    PassTime: _pass_time,
    **referrals.ANSWERS,
    **phases.ANSWERS,
    **bookings.ANSWERS,
    **sessions.ANSWERS,
    **talks.ANSWERS,
    **obligations.ANSWERS,
    **children.ANSWERS,
    **orders.ANSWERS,
    **intensities.ANSWERS,
    **course.ANSWERS,
    **decisions.ANSWERS,
    **proceedings.ANSWERS,
    **complaints.ANSWERS,
    **moving.ANSWERS,
    **correcting.ANSWERS,
    **deliveries.ANSWERS,
    **erasing.ANSWERS,
}


def decide(binding: Binding, pathway: Pathway, command: Command) -> list[PathwayFact]:
    """The facts that *command* causes; [] when it asks for what is already so.

    Raises: Refused when the command makes sense but not now, Invalid when it cannot be understood.
    """
    require_role(command, MAY[type(command)])
    if isinstance(command, Report):
        require_sensible("happened", command.true_at, command, pathway)
    facts = ANSWERS[type(command)](binding, pathway, command)
    if not facts:
        return []
    at = facts[0].at if isinstance(command, PassTime) else command.at
    stands = after(binding, pathway, facts)
    counts = recounted(binding, pathway, stands, at)
    return [*facts, *counts, *consequences(_governing(binding, facts), stands, at)]


def _governing(binding: Binding, facts: Facts) -> Binding:
    """The binding that holds from now on: a moved pathway follows the new version at once."""
    moved = any(isinstance(fact, PathwayMoved) for fact in facts)
    return Binding(binding.target) if moved and binding.target else binding


def after(binding: Binding, pathway: Pathway, facts: Facts) -> Pathway:
    """The pathway after *facts* that were decided about it; what puts history right means folding all of it anew."""
    if any(isinstance(fact, (FactCorrected, FactErased)) for fact in facts):
        return fold(as_corrected([*binding.history, *facts]))
    return fold(facts, pathway)


def pathway_decider(binding: Binding) -> Decider[Command, PathwayFact, Pathway]:
    """The rules of a pathway under that binding."""
    return Decider(
        initial=BEGINNING,
        decide=partial(decide, binding),
        evolve=partial(after, binding),
        next_due=next_due,
        is_over=lambda pathway: pathway.is_over and next_due(pathway) is None,
    )

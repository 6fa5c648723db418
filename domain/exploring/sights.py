"""What can be seen to happen while a programme is explored, and by whose act it could be."""

from collections.abc import Iterator, Mapping

from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands import course, obligations, sessions
from domain.pathway.facts.obligations import ObligationCreated, ObligationMet, ObligationOverdue
from domain.pathway.proceeding import of_all
from domain.pathway.steps import steps_of
from domain.programme.shape import Programme

OF_RULES = {ObligationCreated: "called", ObligationMet: "met", ObligationOverdue: "overdue"}
Sight = tuple[str, str]
"""That a step happened, or what became of a rule: `("happened", "training")`, `("met", "talk.after.enrolled")`."""


def sights_of(fact: PathwayFact) -> Iterator[Sight]:
    """What is seen by that fact; of several decisions of a name it is the same, or there were no end of them."""
    yield from (("happened", of_all(step)) for step in steps_of(fact))
    if what := OF_RULES.get(type(fact)):
        yield what, of_all(getattr(fact, "obligation", ""))


def shown_by_steps(programme: Programme) -> Mapping[str, frozenset[Sight]]:
    """By step, what its happening could show: itself, the rules that it calls for, and those that it answers."""
    shown: dict[str, set[Sight]] = {step: {("happened", step)} for step in (*programme.elements, *programme.events)}
    for rule, response in programme.responses.items():
        for step in response.after:
            shown.setdefault(step, set()).add(("called", rule))
        shown.setdefault(response.respond, set()).add(("met", rule))
    return {step: frozenset(sights) for step, sights in shown.items()}


def steps_by(command: Command) -> frozenset[str]:  # noqa: PLR0911 - one return for each kind of command
    """The steps that a command may take; none where it does more than to take one."""
    match command:
        case sessions.HoldTalk(element=element):
            return frozenset({element})
        case sessions.RecordBridgingStep(element=element, step=step):
            return frozenset({element, f"{element}.{step}"})
        case sessions.BookSession(element=element):
            return frozenset({element, f"{element}.booked", f"{element}.missed"})
        case course.RecordMeasurement(instrument=instrument, rater=rater):
            return frozenset({instrument, f"{instrument}.{rater}", f"{instrument}.low"})
        case course.RecordEvent(event=step) | obligations.MeetObligation(obligation=step):
            return frozenset({step})
        case course.AgreePlan():
            return frozenset({"plan_agreed"})
        case _:
            return frozenset()

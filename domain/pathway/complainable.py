"""What must hold of a decision that was made to the citizen's detriment, and which of several is meant."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from domain.pathway.binding import Binding
from domain.pathway.command import Report
from domain.pathway.commands.proceedings import About, ReceiveComplaint
from domain.pathway.hearable import require_may_be_adverse
from domain.pathway.proceeding import BEFORE_A_COMPLAINT, Recourse, Recoursing, made_as
from domain.pathway.requirements import Requirement, What, first_refusal, require
from domain.pathway.state import Pathway
from domain.refusal import NoComplaint, NothingToComplainOf, NothingToNotify, WhichDecision

Needed = Callable[[Pathway, str], Iterable[Requirement]]
"""What must hold of the decision of that name, as `made_as` names it."""


def for_a_notification(pathway: Pathway, name: str) -> Iterator[Requirement]:
    """The citizen has not been told yet what was decided."""
    known = pathway.recourses.get(name)
    is_new = known is not None and "notified" not in known.happened and known.stage is not Recoursing.ENDED
    yield Requirement(What.TO_NOTIFY, None if is_new else NothingToNotify(decision=name), name)


def for_a_complaint(pathway: Pathway, name: str) -> Iterator[Requirement]:
    """There is a decision to complain of, and no complaint of it yet."""
    known = pathway.recourses.get(name)
    is_there = known is not None and known.stage in BEFORE_A_COMPLAINT
    yield Requirement(What.TO_COMPLAIN_OF, None if is_there else NothingToComplainOf(decision=name), name)


def for_a_complaint_at(pathway: Pathway, name: str, stage: Recoursing) -> Iterator[Requirement]:
    """A complaint has come to that stage."""
    known = pathway.recourses.get(name)
    is_there = known is not None and known.stage is stage
    refusal = None if is_there else NoComplaint(decision=name, stage=known.stage if known else None)
    yield Requirement(What.COMPLAINT, refusal, name)


def to_have_come(stage: Recoursing) -> Needed:
    """What must hold of a complaint that has come to that stage."""
    return lambda pathway, name: for_a_complaint_at(pathway, name, stage)


def meant(binding: Binding, pathway: Pathway, command: About, step: str, needed: Needed) -> Recourse | None:
    """The decision that *command* is about; None when it asks for the *step* that happened then already.

    Raises: Invalid; WhichDecision when it could be several, and what *needed* says when it is none.
    """
    require_may_be_adverse(binding, pathway, command.decision)
    made = pathway.made(command.decision)
    asked = [each for each in made if command.number in {None, each.number}]
    fitting = _fitting(pathway, asked, command, needed)
    if any(each.happened.get(step) == _true_at(command) for each in asked):
        if not fitting:
            return None
        raise _which(command.decision, asked)
    if len(fitting) > 1:
        raise _which(command.decision, fitting)
    latest = asked[-1].number if asked else command.number or 1
    chosen = fitting[0].name if fitting else made_as(command.decision, latest)
    require(needed(pathway, chosen))
    return pathway.recourses[chosen]


def _fitting(pathway: Pathway, asked: Iterable[Recourse], command: About, needed: Needed) -> list[Recourse]:
    """Those for which it could be meant; of a complaint, first of all those for which it would be in time."""
    possible = [each for each in asked if first_refusal(needed(pathway, each.name)) is None]
    if not isinstance(command, ReceiveComplaint):
        return possible
    return [each for each in possible if each.is_in_time_at(command.true_at)] or possible


def _true_at(command: About) -> datetime:
    return command.true_at if isinstance(command, Report) else command.at


def _which(decision: str, among: Iterable[Recourse]) -> WhichDecision:
    dated = ", ".join(f"{each.number} {min(each.happened.values()).isoformat()}" for each in among)
    return WhichDecision(decision=decision, among=dated)

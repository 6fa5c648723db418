"""How staff see to what is owed: the commands that the domain lists as possible, one of which is taken."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from domain.actor import Actor, Role
from domain.pathway.acts import SOMEBODY, acts, reports, taken
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.commands import course, obligations, phases, referrals, sessions
from domain.pathway.facts.obligations import ObligationMet
from domain.pathway.options import Option, options
from domain.pathway.permissions import MAY
from domain.pathway.state import Obligation, Pathway

BY_STEP: Mapping[str, tuple[type[Command], ...]] = {
    "referral_answered": (referrals.AcceptReferral, referrals.RefuseReferral, referrals.ReturnReferral),
    "end_decided": (phases.ExtendDuration, course.ClosePathway),
    "answered": (phases.ApproveTransition, phases.RejectTransition),
    "entered": (phases.EnterPhase,),
}
"""By a built-in step, or by what stands after the dot, the commands that take it."""
TOLD: Mapping[type[Command], str] = {
    course.AgreePlan: "plan_agreed",
    course.RecordOutcome: "outcome_recorded",
    sessions.AssessAbsence: "{element}.assessed",
    obligations.MeetObligation: "{obligation}",
    course.RecordMeasurement: "{instrument}.{rater}",
    referrals.AssignResponsible: "{role}_assigned",
}
"""Of what is told afterwards, the step that it is; a review is one of whatever phase there is."""
TOLD_OF = (".reviewed", ".assessed")
"""The ends of names that are told of, so that nobody need look among what may be decided first."""


def answers(binding: Binding, pathway: Pathway, rule: str, at: datetime) -> list[Command]:
    """The commands by which somebody could see to what is owed under *rule* now; none where it must wait."""
    owed = pathway.obligations[rule]
    ways = [_decided, _told]
    if owed.name.endswith(TOLD_OF) or owed.name in binding.programme.obligations:
        ways.reverse()
    for way in ways:
        if found := list(way(binding, pathway, owed, at)):
            return found
    return [*_searched(binding, pathway, rule, at)]


def _decided(binding: Binding, pathway: Pathway, owed: Obligation, at: datetime) -> Iterator[Command]:
    for option in options(binding, pathway):
        if option.closed_by is None and option.by and _takes(option, owed.name):
            yield from taken(option, binding, pathway, _role(option, owed.owner), at)


def _takes(option: Option, name: str) -> bool:
    if option.step == name:
        return True
    return any(option.command == each.kind for each in BY_STEP.get(name.rpartition(".")[2], ()))


def _role(option: Option, owner: Role) -> Role:
    """Whoever owes it, where they may do it themselves."""
    return owner if owner in option.by else option.by[0]


def _told(binding: Binding, pathway: Pathway, owed: Obligation, at: datetime) -> Iterator[Command]:
    for command in reports(binding, pathway, at):
        if _step_of(command, pathway) == owed.name:
            may = owed.owner in MAY[type(command)]
            yield command.model_copy(update={"by": Actor.of(owed.owner, SOMEBODY)}) if may else command


def _step_of(command: Command, pathway: Pathway) -> str | None:
    if isinstance(command, phases.HoldReview):
        return f"{pathway.phase}.reviewed"
    step = TOLD.get(type(command))
    return step.format(**command.__dict__) if step else None


def _searched(binding: Binding, pathway: Pathway, rule: str, at: datetime) -> Iterator[Command]:
    """Whatever else is found to meet it, by trying everything that could be done."""
    for act in acts(binding, pathway, at):
        is_session = isinstance(act.command, sessions.RecordAttendance)
        if not is_session and any(isinstance(fact, ObligationMet) and fact.obligation == rule for fact in act.facts):
            yield act.command

"""What may be decided now, and what may not, with the reason.

Listed are the answers to a referral and the beginning; each element, phase, event and decision of the programme; the
proposal of the next phase and its answers; a longer time; deadlines that are in question; closing, pause and reopening.
Whatever is told about them afterwards, or as soon as it is known (attendance, plans, measures, circumstances, who is
responsible, corrections), stands in `tellings`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Self

from domain.actor import Role
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.commands import (
    children,
    course,
    decisions,
    intensities,
    obligations,
    orders,
    phases,
    proceedings,
    referrals,
    sessions,
)
from domain.pathway.complainable import for_a_complaint, for_a_complaint_at, for_a_notification
from domain.pathway.decidable import for_a_decision, for_a_second, for_preparing
from domain.pathway.hearable import (
    can_be_adverse,
    for_a_new_hearing,
    for_an_assessment,
    for_an_open_hearing,
    for_closing,
    for_more_time,
    may_be_adverse,
    to_be_decided_as_heard,
    to_be_heard,
)
from domain.pathway.permissions import MAY, answering
from domain.pathway.proceeding import Recoursing
from domain.pathway.requirements import (
    DELIVERING,
    Requirement,
    first_refusal,
    for_a_child,
    for_a_place,
    for_a_place_again,
    for_a_proposal,
    for_an_answer,
    for_approval,
    for_element,
    for_order,
    for_placing,
    for_step,
    to_be_closed,
    to_be_not_begun,
    to_be_open,
    to_be_paused,
    to_be_questioned,
    to_be_referred,
    to_be_returned,
    to_be_running,
    to_be_underway,
    to_be_waiting,
)
from domain.pathway.state import OPEN_ORDERS, OrderStage, Pathway, Stage
from domain.programme.decisions import CLOSE, REFUSE, Character, Decision
from domain.programme.elements import Element, Kind
from domain.refusal import Refused


@dataclass(frozen=True)
class Option:
    """Something that somebody could decide."""

    command: str
    step: str | None
    """What it is about: an element, a phase, a decision, an event."""
    by: tuple[Role, ...]
    requirements: tuple[Requirement, ...]
    """Everything that must hold, in the order in which the decider asks."""
    number: int | None = None
    """Which decision of that name, where there are several."""

    @classmethod
    def of(
        cls,
        command: type[Command],
        *required: Iterable[Requirement],
        step: str | None = None,
        by: Iterable[Role] | None = None,
    ) -> Self:
        """What *command* is for, by the roles that may give it, as far as *by* leaves it to them."""
        may = MAY[command] if by is None else MAY[command] & set(by)
        return cls(command.kind, step, tuple(sorted(may)), tuple(chain.from_iterable(required)))

    @property
    def closed_by(self) -> Refused | None:
        """Why it may not be decided now, or None when it may."""
        return first_refusal(self.requirements)


def options(binding: Binding, pathway: Pathway) -> list[Option]:
    """Everything that could be decided about *pathway*: what is open first."""
    every = [*_of_referral(binding, pathway), *_of_steps(binding, pathway), *_of_course(binding, pathway)]
    return sorted(every, key=lambda option: option.closed_by is not None)


def _of_referral(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    referring = binding.programme.referral.by
    yield Option.of(referrals.AcceptReferral, to_be_referred(pathway))
    refusing = binding.programme.decisions.get(REFUSE)
    refused = _to_be_refused(binding, pathway, refusing)
    yield Option.of(referrals.RefuseReferral, to_be_referred(pathway), refused, by=refusing.by if refusing else None)
    yield Option.of(referrals.ReturnReferral, to_be_referred(pathway))
    unheard = to_be_decided_as_heard(pathway, REFUSE)
    yield Option.of(referrals.WithdrawReferral, to_be_not_begun(pathway), unheard, by=referring)
    yield Option.of(referrals.CompleteReferral, to_be_returned(pathway), by=referring)
    yield Option.of(referrals.EnrolCitizen, to_be_waiting(pathway), for_a_place(binding, pathway))
    yield Option.of(referrals.MoveIntake, to_be_waiting(pathway), for_a_place(binding, pathway))


def _to_be_refused(binding: Binding, pathway: Pathway, refusing: Decision | None) -> Iterator[Requirement]:
    """What refusing asks for: as a decision, where it is one here; and whoever was heard about it is not passed by."""
    if refusing:
        yield from _to_be_decided(binding, pathway, REFUSE, refusing)
    elif REFUSE in pathway.hearings:
        yield from to_be_decided_as_heard(pathway, REFUSE)


def _of_steps(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    programme = binding.programme
    for name, element in programme.elements.items():
        yield _of_element(binding, pathway, name, element)
    for name in programme.phases:
        if name != pathway.phase:
            yield Option.of(phases.EnterPhase, to_be_running(pathway), for_step(binding, pathway, name), step=name)
    for name, event in programme.events.items():
        required = (to_be_open(pathway), for_step(binding, pathway, name))
        yield Option.of(course.RecordEvent, *required, step=name, by=event.by)
    for name in programme.orders:
        yield from _of_order(pathway, name)
    for name in programme.intensities:
        yield Option.of(intensities.SetIntensity, to_be_open(pathway), step=name)
    for name, decision in programme.decisions.items():
        if name != REFUSE:
            yield from _of_decision(binding, pathway, name, decision)
    for name in may_be_adverse(binding, pathway):
        yield from _around_decision(binding, pathway, name)


def _of_decision(binding: Binding, pathway: Pathway, name: str, decision: Decision) -> Iterator[Option]:
    required = (for_preparing(pathway, name), _to_be_decided(binding, pathway, name, decision))
    if name == CLOSE:
        closing = for_closing(pathway)
        yield Option.of(course.ClosePathway, to_be_underway(pathway), *required, closing, by=decision.by)
    else:
        yield Option.of(course.MakeDecision, to_be_open(pathway), *required, step=name, by=decision.by)
    if decision.second:
        answering = tuple(for_a_second(pathway, name))
        prepared = pathway.prepared.get(name)
        making = for_a_decision(binding, pathway, prepared.intended) if prepared else ()
        yield Option.of(decisions.ConfirmDecision, answering, making, step=name, by=decision.second.by)
        yield Option.of(decisions.ObjectToDecision, answering, step=name, by=decision.second.by)


def _to_be_decided(binding: Binding, pathway: Pathway, name: str, decision: Decision) -> Iterator[Requirement]:
    """What a decision asks for whoever makes it: what the relations say, and the hearing that it needs or has."""
    yield from for_step(binding, pathway, name)
    if decision.character is Character.ADVERSE or (name in pathway.hearings and decision.may_be_adverse):
        yield from to_be_heard(pathway, name)
    elif name in pathway.hearings:
        yield from to_be_decided_as_heard(pathway, name)


def _around_decision(binding: Binding, pathway: Pathway, name: str) -> Iterator[Option]:
    """What can be done about hearing and complaint; what they have not come to is not listed."""
    if name in can_be_adverse(binding):
        yield Option.of(proceedings.SendHearing, for_a_new_hearing(pathway, name), step=name)
        yield Option.of(proceedings.ExemptHearing, for_a_new_hearing(pathway, name), step=name)
    if name in pathway.hearings:
        yield Option.of(proceedings.AnswerHearing, for_an_open_hearing(pathway, name), step=name)
        yield Option.of(proceedings.ExtendHearing, for_more_time(pathway, name), step=name)
        yield Option.of(proceedings.AssessHearing, for_an_assessment(pathway, name), step=name)
    made = pathway.made(name)
    for each in made:
        yield from (
            replace(option, number=each.number if len(made) > 1 else None)
            for option in _upon_decision(pathway, name, each.name)
        )


def _upon_decision(pathway: Pathway, decision: str, name: str) -> Iterator[Option]:
    """What can be done about one decision that was made, which goes by its own *name*."""
    yield Option.of(proceedings.NotifyDecision, for_a_notification(pathway, name), step=decision)
    yield Option.of(proceedings.ReceiveComplaint, for_a_complaint(pathway, name), step=decision)
    for command, stage in AT_STAGE.items():
        yield Option.of(command, for_a_complaint_at(pathway, name, stage), step=decision)


AT_STAGE: Mapping[type[Command], Recoursing] = {
    proceedings.ReassessComplaint: Recoursing.COMPLAINED,
    proceedings.ForwardComplaint: Recoursing.UPHELD,
    proceedings.ConcludeComplaint: Recoursing.FORWARDED,
}
"""By what is done with a complaint, how far it must have come."""


def _of_order(pathway: Pathway, name: str) -> Iterator[Option]:
    underway, delivering = tuple(to_be_underway(pathway)), tuple(for_order(pathway, name, *DELIVERING))
    placed = tuple(for_order(pathway, name, OrderStage.PLACED))
    yield Option.of(orders.PlaceOrder, to_be_running(pathway), for_placing(pathway, name), step=name)
    yield Option.of(orders.AcceptOrder, underway, placed, step=name)
    yield Option.of(orders.DeclineOrder, underway, placed, step=name)
    yield Option.of(orders.ReportDelivery, underway, delivering, step=name)
    yield Option.of(orders.CompleteOrder, underway, delivering, step=name)
    yield Option.of(orders.CancelOrder, underway, for_order(pathway, name, *OPEN_ORDERS), step=name)


def _of_element(binding: Binding, pathway: Pathway, name: str, element: Element) -> Option:
    by = element.by or None
    if element.kind is Kind.TALK:
        return Option.of(sessions.HoldTalk, to_be_open(pathway), for_step(binding, pathway, name), step=name, by=by)
    offered = for_element(binding, pathway, name)
    if element.kind is Kind.BRIDGING:
        return Option.of(sessions.RecordBridgingStep, to_be_underway(pathway), offered, step=name, by=by)
    if element.kind is Kind.PATHWAY:
        free = for_a_child(pathway, name)
        return Option.of(children.CallChild, to_be_running(pathway), offered, free, step=name, by=by)
    return Option.of(sessions.BookSession, to_be_running(pathway), offered, step=name, by=by)


def _of_course(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    phase = binding.programme.phase(pathway.phase)
    advance = phase.advance if phase else None
    running = tuple(to_be_running(pathway))
    if advance:
        approvable = for_approval(binding, pathway)
        yield Option.of(
            phases.ProposeTransition, running, for_a_proposal(pathway), step=advance.to, by=advance.proposed_by
        )
        yield Option.of(phases.ApproveTransition, approvable, step=advance.to, by=advance.by)
        yield Option.of(phases.RejectTransition, for_an_answer(pathway), step=advance.to, by=advance.by)
    if binding.programme.fixed_duration:
        yield Option.of(phases.ExtendDuration, to_be_underway(pathway))
    if binding.programme.aftercare:
        yield Option.of(children.ChooseAftercare, to_be_open(pathway))
    for owed in pathway.obligations.values():
        if owed.question:
            required = (to_be_open(pathway), to_be_questioned(owed))
            yield Option.of(obligations.SetDeadline, *required, step=owed.name, by=answering(owed.owner))
    yield Option.of(course.PausePathway, running)
    yield Option.of(course.ResumePathway, to_be_paused(pathway))
    place = () if pathway.stage is Stage.REFUSED else for_a_place_again(binding)  # a referral takes none yet
    yield Option.of(course.ReopenPathway, to_be_closed(pathway), place)

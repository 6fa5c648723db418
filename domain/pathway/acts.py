"""What somebody could do next, as commands that are ready to be given.

Whoever explores a programme, looks for a way or lets time be simulated asks here, so that nobody has to know by heart
which details a command needs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from domain.actor import Actor, Role
from domain.calendar import local_date
from domain.pathway.answers import instrument_of
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
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
from domain.pathway.decide import decide
from domain.pathway.facts.children import Choice
from domain.pathway.facts.proceedings import Channel, Ruling
from domain.pathway.facts.sessions import Attendance, Scaling
from domain.pathway.intensities import held_on
from domain.pathway.options import Option, options
from domain.pathway.permissions import MAY
from domain.pathway.state import Pathway
from domain.programme.decisions import REFUSE, Decision, ReasonPolicy
from domain.programme.elements import BridgingStep
from domain.programme.referral import Circumstance, CodeCircumstance, NumberCircumstance
from domain.refusal import Invalid, Plain, Refused

SOMEBODY = "x-1"
"""The id of whoever acts; which person it is matters only where a second pair of eyes looks."""
TEXT = "…"
"""What stands for the words that people would write."""
REASON = {"reason": TEXT}
SHAPES: Mapping[str, type[Command]] = {shape.kind: shape for shape in MAY}


@dataclass(frozen=True)
class Act:
    """Something that somebody could do, with what it would cause."""

    command: Command
    facts: list[PathwayFact]


def acts(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[Act]:
    """Everything that somebody could do at that instant which would change something, each kind of it once."""
    return tried(binding, pathway, asked(binding, pathway, at))


def tried(binding: Binding, pathway: Pathway, commands: Iterable[Command]) -> Iterator[Act]:
    """Those of *commands* that would change something, with what they would cause."""
    for command in commands:
        try:
            facts = decide(binding, pathway, command)
        except (Refused, Invalid):
            continue
        if facts:
            yield Act(command, facts)


def asked(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[Command]:
    """Every command that somebody could think of at that instant; some of them are turned down, or change nothing."""
    yield from _opened(binding, pathway, at)
    yield from reports(binding, pathway, at)


def _opened(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[Command]:
    for option in options(binding, pathway):
        if option.closed_by is None and option.by:
            yield from taken(option, binding, pathway, option.by[0], at)


Details = Callable[[Option, Binding, Pathway, datetime], Iterator[dict[str, Any]]]


def taken(option: Option, binding: Binding, pathway: Pathway, role: Role, at: datetime) -> Iterator[Command]:
    """The commands that an option stands for, given in *role*: one for each way in which it can be taken."""
    by = Actor.of(role, _somebody(option, pathway))
    for details in DETAILS[option.command](option, binding, pathway, at):
        yield SHAPES[option.command](by=by, at=at, **details)


def _somebody(option: Option, pathway: Pathway) -> str:
    """Whoever acts: somebody else than those who have seen a decision that awaits a second pair of eyes."""
    prepared = pathway.prepared.get(option.step or "")
    if prepared is None:
        return SOMEBODY
    return next(each for each in (f"x-{number}" for number in count(1)) if not prepared.was_seen_by(each))


def session_at(element: str, at: datetime) -> UUID:
    """The id of the session that somebody would book of *element* at that instant."""
    return uuid5(NAMESPACE_OID, f"{element} {at.isoformat()}")


def _accept(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del option, binding, pathway, at
    yield {"contact_person": SOMEBODY, "judgement": TEXT, **REASON}  # somebody may have been named before


def _refused(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del option, at
    decision = binding.programme.decisions.get(REFUSE)
    against = {"against_wish": True} if REFUSE in pathway.hearings else {}
    yield {"judgement": TEXT, **REASON, **(_why(decision) if decision else {}), **against}


def _with_reason(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del option, binding, pathway, at
    yield REASON


def _plainly(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del option, binding, pathway, at
    yield {}


def _of_step(field: str, **others: Any) -> Details:  # noqa: ANN401 - the fields of any command
    def details(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
        del binding, pathway, at
        yield {field: option.step, **others}

    return details


def _of_made(**others: Any) -> Details:  # noqa: ANN401 - the fields of any command
    def details(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
        del binding, pathway, at
        yield {"decision": option.step, "number": option.number, **others}

    return details


def _bridged(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del binding, pathway, at
    for step in reversed(BridgingStep):
        yield {"element": option.step, "step": step}


def _booked(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del pathway
    element = option.step or ""
    sites = binding.programme.elements[element].sites
    site = sites[0] if sites else None
    yield {"element": element, "session": session_at(element, at), "starts": at, "site": site}


def _moved(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del option, binding
    yield {"begins": (pathway.begins or at) + timedelta(days=1), **REASON}


def _decided(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del at
    decision = binding.programme.decisions[option.step or ""]
    for said in _outcomes(pathway, option.step or "", decision):
        yield {"decision": option.step, **said, **_why(decision)}


def _outcomes(pathway: Pathway, name: str, decision: Decision) -> Iterator[dict[str, Any]]:
    """With what it may be decided: as the citizen was heard about it, or with any of its outcomes."""
    hearing = pathway.hearings.get(name)
    heard_about = (hearing.outcome,) if hearing and hearing.outcome else ()
    for outcome in heard_about or decision.outcomes or (None,):
        yield {"outcome": outcome, **({"against_wish": True} if hearing else {})}


def _heard(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del pathway, at
    outcomes = binding.programme.decisions[option.step or ""].outcomes
    yield {"decision": option.step, "outcome": next(iter(outcomes), None), **REASON}


def _extended(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del binding
    hearing = pathway.hearings.get(option.step or "")
    due = hearing.due if hearing else None
    yield {"decision": option.step, "until": (due or at) + timedelta(weeks=1), **REASON}


def _reassessed(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del binding, pathway, at
    for changed in (False, True):
        yield {"decision": option.step, "number": option.number, "changed": changed, **REASON}


def _why(decision: Decision) -> dict[str, Any]:
    """What the programme wants to be said about why."""
    said: dict[ReasonPolicy, dict[str, Any]] = {
        ReasonPolicy.NONE: {},
        ReasonPolicy.CODE: {"reason_code": next(iter(decision.reasons), None)},
        ReasonPolicy.LEGAL_BASIS: {"legal_basis": TEXT},
    }
    return said.get(decision.reason, REASON)


def _agreed(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    known, day = binding.programme.intensities[option.step or ""], local_date(at)
    for value in (known.minimum, known.maximum):
        if value != held_on(pathway, option.step or "", day):
            yield {"name": option.step, "value": value, "effective_from": day}


def _ordered(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del pathway
    for provider in binding.programme.providers:
        yield {"order": option.step, "provider": provider, "begins": local_date(at), "goals": TEXT}


def _chosen(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del option, binding, at
    yield {"choice": Choice.WANTED if pathway.aftercare_declined else Choice.DECLINED}


def _closed(option: Option, binding: Binding, pathway: Pathway, at: datetime) -> Iterator[dict[str, Any]]:
    del option, at
    decision = binding.programme.decisions["close"]
    for said in _outcomes(pathway, "close", decision):
        yield {**said, **_why(decision)}


DETAILS: Mapping[str, Details] = {
    referrals.AcceptReferral.kind: _accept,
    obligations.SetDeadline.kind: _of_step("obligation"),
    referrals.RefuseReferral.kind: _refused,
    referrals.ReturnReferral.kind: _with_reason,
    referrals.CompleteReferral.kind: _with_reason,
    referrals.WithdrawReferral.kind: _with_reason,
    referrals.MoveIntake.kind: _moved,
    referrals.EnrolCitizen.kind: _plainly,
    sessions.HoldTalk.kind: _of_step("element", scaling=(Scaling(question="today", answer=4),)),
    sessions.RecordBridgingStep.kind: _bridged,
    sessions.BookSession.kind: _booked,
    phases.EnterPhase.kind: _of_step("phase", **REASON),
    phases.ProposeTransition.kind: _with_reason,
    phases.ApproveTransition.kind: _plainly,
    phases.RejectTransition.kind: _with_reason,
    phases.ExtendDuration.kind: _with_reason,
    intensities.SetIntensity.kind: _agreed,
    orders.PlaceOrder.kind: _ordered,
    orders.AcceptOrder.kind: _of_step("order"),
    orders.DeclineOrder.kind: _of_step("order", **REASON),
    orders.ReportDelivery.kind: _of_step("order"),
    orders.CompleteOrder.kind: _of_step("order"),
    orders.CancelOrder.kind: _of_step("order", **REASON),
    children.CallChild.kind: _of_step("element", basis=TEXT, **REASON),
    children.ChooseAftercare.kind: _chosen,
    course.RecordEvent.kind: _of_step("event"),
    course.MakeDecision.kind: _decided,
    course.ClosePathway.kind: _closed,
    proceedings.SendHearing.kind: _heard,
    proceedings.ExemptHearing.kind: _of_step("decision", **REASON),
    proceedings.AnswerHearing.kind: _of_step("decision", answer=TEXT),
    proceedings.ExtendHearing.kind: _extended,
    proceedings.AssessHearing.kind: _of_step("decision", note=TEXT),
    proceedings.NotifyDecision.kind: _of_made(channel=Channel.LETTER),
    proceedings.ReceiveComplaint.kind: _of_made(),
    proceedings.ReassessComplaint.kind: _reassessed,
    proceedings.ForwardComplaint.kind: _of_made(),
    proceedings.ConcludeComplaint.kind: _of_made(ruling=Ruling.UPHELD),
    decisions.ConfirmDecision.kind: _of_step("decision"),
    decisions.ObjectToDecision.kind: _of_step("decision", **REASON),
    course.PausePathway.kind: _with_reason,
    course.ResumePathway.kind: _plainly,
    course.ReopenPathway.kind: _with_reason,
}
"""By command, what else must be said to take up an option."""


def reports(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[Command]:
    """What could be told afterwards, which options do not list: what became of sessions, plans, reviews, changes."""
    yield from of_sessions(binding, pathway, at)
    yield course.AgreePlan(by=_in(Role.CASEWORKER), at=at, goals=TEXT)
    yield phases.HoldReview(by=_in(Role.CONTACT_PERSON), at=at)
    for name, recurring in binding.programme.obligations.items():
        by = recurring.by if recurring.by in MAY[obligations.MeetObligation] else Role.CASEWORKER
        yield obligations.MeetObligation(by=_in(by), at=at, obligation=name)
    yield from _of_measures(binding, at)
    for name, outcome in binding.programme.outcomes.items():
        if outcome.letter:
            yield course.RecordOutcome(by=_in(Role.CASEWORKER), at=at, outcome=name)
    for name, circumstance in binding.programme.citizen.items():
        for value in values_of(circumstance):
            yield course.RecordCircumstance(by=_in(Role.CASEWORKER), at=at, name=name, value=value)
    for role in sorted({response.by for response in binding.programme.responses.values()}):
        if role not in pathway.responsible:
            yield referrals.AssignResponsible(by=_in(Role.CASEWORKER), at=at, role=role, person=SOMEBODY)


def _of_measures(binding: Binding, at: datetime) -> Iterator[Command]:
    """The best answers and the worst, from each whom the programme asks, and the talk after the worst."""
    for name, measure in binding.programme.measures.items():
        instrument = instrument_of(binding.programme, name)
        for rater in measure.by:
            for answer in (instrument.highest, instrument.lowest):
                answers = (answer,) * instrument.questions
                yield course.RecordMeasurement(
                    by=_in(Role.HEALTH_STAFF), at=at, instrument=name, answers=answers, rater=rater
                )
    for step in sorted(binding.programme.talks_after_scores):
        yield obligations.MeetObligation(by=_in(Role.HEALTH_STAFF), at=at, obligation=step)


def _in(role: Role) -> Actor:
    return Actor.of(role, SOMEBODY)


def values_of(circumstance: Circumstance) -> tuple[Plain, ...]:
    """The values by which conditions can tell one citizen from another: every code, both answers, both ends."""
    if isinstance(circumstance, CodeCircumstance):
        return tuple(circumstance.values)
    if isinstance(circumstance, NumberCircumstance):
        return (circumstance.minimum, circumstance.maximum)
    return (True, False)


def of_sessions(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[Command]:
    """What could be told of the sessions that have begun, and of absences that are to be looked into."""
    elements = binding.programme.elements
    for session, booking in pathway.bookings.items():
        known = elements.get(booking.element)
        by = _in(known.by[0] if known and known.by else Role.CONTACT_PERSON)
        parts = known.parts if known else ()
        if booking.starts <= at:
            yield sessions.RecordAttendance(by=by, at=at, session=session, attendance=Attendance.PRESENT, parts=parts)
            yield sessions.RecordAttendance(by=by, at=at, session=session, attendance=Attendance.ABSENT)
    for name in elements:
        if any(owed.name == f"{name}.assessed" for owed in pathway.obligations.values()):
            yield sessions.AssessAbsence(by=_in(Role.CASEWORKER), at=at, element=name, note=TEXT)

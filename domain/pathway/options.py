"""What may be decided now, and what may not, with the reason.

Listed are the answers to a referral and the beginning; each element, phase, event and decision of the programme; the
proposal of the next phase and its answers; a longer time; closing, pause and reopening. Whatever is told about them
afterwards, or as soon as it is known (attendance, plans, measures, circumstances, who is responsible, corrections),
is not.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from domain.actor import Role
from domain.pathway import guards
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.commands import course, phases, referrals, sessions
from domain.pathway.deciding.course import CLOSE
from domain.pathway.permissions import MAY
from domain.pathway.state import Pathway
from domain.programme.elements import Element, Kind
from domain.refusal import Refused

Guard = Callable[[], object]
"""What the decider asks before it decides; it raises the refusal."""


@dataclass(frozen=True)
class Option:
    """Something that somebody could decide."""

    command: str
    step: str | None
    """What it is about: an element, a phase, a decision, an event."""
    by: tuple[Role, ...]
    closed_by: Refused | None
    """Why it may not be decided now, or None when it may."""


def options(binding: Binding, pathway: Pathway) -> list[Option]:
    """Everything that could be decided about *pathway*: what is open first."""
    every = [*_of_referral(binding, pathway), *_of_steps(binding, pathway), *_of_course(binding, pathway)]
    return sorted(every, key=lambda option: option.closed_by is not None)


def _option(
    command: type[Command], *guarded_by: Guard, step: str | None = None, by: Iterable[Role] | None = None
) -> Option:
    may = MAY[command] if by is None else MAY[command] & set(by)
    try:
        for guard in guarded_by:
            guard()
    except Refused as refusal:
        return Option(command.kind, step, tuple(sorted(may)), refusal)
    return Option(command.kind, step, tuple(sorted(may)), None)


def _of_referral(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    referring = binding.programme.referral.by
    referred = partial(guards.require_referred, pathway)
    yield _option(referrals.AcceptReferral, referred)
    yield _option(referrals.RefuseReferral, referred)
    yield _option(referrals.ReturnReferral, referred)
    yield _option(referrals.WithdrawReferral, partial(guards.require_not_begun, pathway), by=referring)
    yield _option(referrals.CompleteReferral, partial(guards.require_returned, pathway), by=referring)
    waiting = partial(guards.require_waiting, pathway)
    yield _option(referrals.EnrolCitizen, waiting)
    yield _option(referrals.MoveIntake, waiting)


def _of_steps(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    programme = binding.programme
    is_open = partial(guards.require_open, pathway)
    is_running = partial(guards.require_running, pathway)
    for name, element in programme.elements.items():
        yield _of_element(binding, pathway, name, element)
    for name in programme.phases:
        if name != pathway.phase:
            yield _option(phases.EnterPhase, is_running, _step(binding, pathway, name), step=name)
    for name, event in programme.events.items():
        yield _option(course.RecordEvent, is_open, _step(binding, pathway, name), step=name, by=event.by)
    for name, decision in programme.decisions.items():
        step = _step(binding, pathway, name)
        if name == CLOSE:
            yield _option(course.ClosePathway, partial(guards.require_underway, pathway), step, by=decision.by)
        else:
            yield _option(course.MakeDecision, is_open, step, step=name, by=decision.by)


def _of_element(binding: Binding, pathway: Pathway, name: str, element: Element) -> Option:
    by = element.by or None
    is_offered = partial(guards.require_element, binding, pathway, name)
    if element.kind is Kind.TALK:
        is_open = partial(guards.require_open, pathway)
        return _option(sessions.HoldTalk, is_open, _step(binding, pathway, name), step=name, by=by)
    if element.kind is Kind.BRIDGING:
        is_underway = partial(guards.require_underway, pathway)
        return _option(sessions.RecordBridgingStep, is_underway, is_offered, step=name, by=by)
    is_running = partial(guards.require_running, pathway)
    return _option(sessions.BookSession, is_running, is_offered, step=name, by=by)


def _step(binding: Binding, pathway: Pathway, name: str) -> Guard:
    return partial(guards.require_step, binding, pathway, name)


def _of_course(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    phase = binding.programme.phase(pathway.phase)
    advance = phase.advance if phase else None
    is_running = partial(guards.require_running, pathway)
    if advance:
        nothing_proposed = partial(guards.require_nothing_proposed, pathway)
        is_proposed = partial(guards.require_proposal, pathway)
        can_begin = partial(guards.require_approvable, binding, pathway)
        yield _option(phases.ProposeTransition, is_running, nothing_proposed, step=advance.to, by=advance.proposed_by)
        yield _option(phases.ApproveTransition, is_proposed, can_begin, step=advance.to, by=advance.by)
        yield _option(phases.RejectTransition, is_proposed, step=advance.to, by=advance.by)
    if binding.programme.fixed_duration:
        yield _option(phases.ExtendDuration, partial(guards.require_underway, pathway))
    yield _option(course.PausePathway, is_running)
    yield _option(course.ResumePathway, partial(guards.require_paused, pathway))
    yield _option(course.ReopenPathway, partial(guards.require_closed, pathway))

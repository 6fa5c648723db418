"""What may be decided now, and what may not, with the reason."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from domain.actor import Role
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.commands import course, phases, referrals, sessions
from domain.pathway.deciding.course import CLOSE
from domain.pathway.guards import require_element, require_open, require_running, require_step, require_underway
from domain.pathway.permissions import MAY
from domain.pathway.state import Pathway, Stage
from domain.programme.elements import Kind
from domain.refusal import (
    NoProposal,
    NotClosed,
    NotPaused,
    NotReferred,
    NotReturned,
    NotWaiting,
    Refused,
)


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
    command: type[Command],
    guard: Callable[[], None],
    step: str | None = None,
    by: Iterable[Role] | None = None,
) -> Option:
    may = MAY[command] if by is None else MAY[command] & set(by)
    try:
        guard()
    except Refused as refusal:
        return Option(command.kind, step, tuple(sorted(may)), refusal)
    return Option(command.kind, step, tuple(sorted(may)), None)


def _in_stage(pathway: Pathway, stage: Stage, refusal: type[Refused]) -> Callable[[], None]:
    def guard() -> None:
        require_open(pathway)
        if pathway.stage is not stage:
            raise refusal(stage=pathway.stage)

    return guard


def _of_referral(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    referring = binding.programme.referral.by
    referred = _in_stage(pathway, Stage.REFERRED, NotReferred)
    yield _option(referrals.AcceptReferral, referred)
    yield _option(referrals.RefuseReferral, referred)
    yield _option(referrals.ReturnReferral, referred)
    yield _option(referrals.CompleteReferral, _in_stage(pathway, Stage.RETURNED, NotReturned), by=referring)
    waiting = _in_stage(pathway, Stage.WAITING, NotWaiting)
    yield _option(referrals.EnrolCitizen, waiting)
    yield _option(referrals.MoveIntake, waiting)


def _of_steps(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    programme = binding.programme
    for name, element in programme.elements.items():
        booking = _booking(binding, pathway, name)
        if element.kind is Kind.TALK:
            yield _option(sessions.HoldTalk, _holding(binding, pathway, name), name, element.by or None)
        elif element.kind is Kind.BRIDGING:
            yield _option(sessions.RecordBridgingStep, booking, name, element.by or None)
        else:
            yield _option(sessions.BookSession, booking, name, element.by or None)
    for name in programme.phases:
        if name != pathway.phase:
            yield _option(phases.EnterPhase, _entering(binding, pathway, name), name)
    for name, event in programme.events.items():
        yield _option(course.RecordEvent, _holding(binding, pathway, name), name, event.by)
    for name, decision in programme.decisions.items():
        if name == CLOSE:
            yield _option(course.ClosePathway, _closing(binding, pathway), None, decision.by)
        else:
            yield _option(course.MakeDecision, _holding(binding, pathway, name), name, decision.by)


def _of_course(binding: Binding, pathway: Pathway) -> Iterator[Option]:
    phase = binding.programme.phase(pathway.phase)
    advance = phase.advance if phase else None
    if advance:
        answering = _answering(pathway)
        yield _option(phases.ApproveTransition, answering, advance.to, advance.by)
        yield _option(phases.RejectTransition, answering, advance.to, advance.by)
    yield _option(course.PausePathway, lambda: require_running(pathway))
    yield _option(course.ResumePathway, _resuming(pathway))
    yield _option(course.ReopenPathway, _reopening(pathway))


def _booking(binding: Binding, pathway: Pathway, element: str) -> Callable[[], None]:
    def guard() -> None:
        require_running(pathway)
        require_element(binding, pathway, element)

    return guard


def _holding(binding: Binding, pathway: Pathway, step: str) -> Callable[[], None]:
    def guard() -> None:
        require_open(pathway)
        require_step(binding, pathway, step)

    return guard


def _entering(binding: Binding, pathway: Pathway, phase: str) -> Callable[[], None]:
    def guard() -> None:
        require_running(pathway)
        require_step(binding, pathway, phase)

    return guard


def _closing(binding: Binding, pathway: Pathway) -> Callable[[], None]:
    def guard() -> None:
        require_underway(pathway)
        require_step(binding, pathway, CLOSE)

    return guard


def _answering(pathway: Pathway) -> Callable[[], None]:
    def guard() -> None:
        require_running(pathway)
        if pathway.proposal is None:
            raise NoProposal(phase=pathway.phase)

    return guard


def _resuming(pathway: Pathway) -> Callable[[], None]:
    def guard() -> None:
        require_underway(pathway)
        if pathway.paused_since is None:
            raise NotPaused(stage=pathway.stage)

    return guard


def _reopening(pathway: Pathway) -> Callable[[], None]:
    def guard() -> None:
        if pathway.stage is not Stage.CLOSED:
            raise NotClosed(stage=pathway.stage)

    return guard

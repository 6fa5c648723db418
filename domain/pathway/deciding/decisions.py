"""What decisions cause: made at once, or prepared for a second pair of eyes. Closing is one of them."""

from collections.abc import Sequence
from datetime import datetime

from domain.pathway.binding import Binding
from domain.pathway.clocks import due_within
from domain.pathway.command import Command
from domain.pathway.commands.course import ClosePathway, MakeDecision
from domain.pathway.commands.decisions import ConfirmDecision, ObjectToDecision
from domain.pathway.decidable import (
    for_a_decision,
    for_preparing,
    require_another,
    require_prepared,
    require_said,
    require_second,
)
from domain.pathway.deciding import Answers, Facts
from domain.pathway.deciding.releasing import with_the_end, without_aftercare
from domain.pathway.evolve import fold
from domain.pathway.facts import decisions as facts
from domain.pathway.facts.course import DecisionMade, PathwayClosed
from domain.pathway.facts.sessions import SessionCancelled, Side
from domain.pathway.guards import require_known, require_open, require_underway
from domain.pathway.permissions import require_role
from domain.pathway.proceeding import Intended, Prepared
from domain.pathway.requirements import require
from domain.pathway.state import Pathway, Stage
from domain.programme.decisions import CLOSE, ENDS, Second, Silence
from domain.refusal import Invalid, Plain, Refused
from domain.why import Why


def _decide(binding: Binding, pathway: Pathway, command: MakeDecision) -> Facts:
    require_open(pathway)
    require_known("decision", command.decision, [name for name in binding.programme.decisions if name not in ENDS])
    require_role(command, binding.programme.decisions[command.decision].by)
    if pathway.has_happened(command.decision, command.at):
        return []
    intended = Intended(
        decision=command.decision,
        by=command.by,
        outcome=command.outcome,
        reason=command.reason,
        reason_code=command.reason_code,
        legal_basis=command.legal_basis,
        against_wish=command.against_wish,
        despite=(),
    )
    return taken(binding, pathway, command, intended)


def _close(binding: Binding, pathway: Pathway, command: ClosePathway) -> Facts:
    require_role(command, binding.programme.decisions[CLOSE].by)
    if pathway.stage is Stage.CLOSED and pathway.outcome == command.outcome:
        return []
    require_underway(pathway)
    intended = Intended(
        decision=CLOSE,
        by=command.by,
        outcome=command.outcome,
        reason=command.reason,
        reason_code=command.reason_code,
        legal_basis=command.legal_basis,
        against_wish=command.against_wish,
        despite=command.despite,
    )
    opted_out = without_aftercare(pathway, command)
    said = taken(binding, fold(opted_out, pathway), command, intended)
    return [*opted_out, *said] if said else []


def taken(binding: Binding, pathway: Pathway, command: Command, intended: Intended) -> Facts:
    """The facts that a decision is made as it was intended, or prepared where somebody else must look at it first."""
    decision = binding.programme.decisions[intended.decision]
    prepared = pathway.prepared.get(intended.decision)
    if prepared and prepared.intended == intended:
        return []
    require_said(decision, intended, command.kind)
    require(for_preparing(pathway, intended.decision))
    require(for_a_decision(binding, pathway, intended))
    if decision.second is None:
        return _made(binding, pathway, intended, command.at)
    return [_prepared(binding, pathway, intended, decision.second, command.at)]


def _prepared(
    binding: Binding, pathway: Pathway, intended: Intended, second: Second, at: datetime
) -> facts.DecisionPrepared:
    return facts.DecisionPrepared(
        at=at,
        decision=intended.decision,
        outcome=intended.outcome,
        prepared_by=intended.by,
        reason=intended.reason,
        reason_code=intended.reason_code,
        legal_basis=intended.legal_basis,
        against_wish=intended.against_wish,
        despite=intended.despite,
        quorum=second.quorum,
        due=due_within(binding.programme, pathway, at, second.within),
    )


def _made(
    binding: Binding,
    pathway: Pathway,
    intended: Intended,
    at: datetime,
    seconded_by: Sequence[str] = (),
    why: Why | None = None,
) -> Facts:
    """The facts that a decision is made as it was intended."""
    decision = binding.programme.decisions[intended.decision]
    adverse = decision.is_adverse(against_wish=intended.against_wish)
    said = {
        "at": at,
        "outcome": intended.outcome,
        "reason": intended.reason,
        "reason_code": intended.reason_code,
        "legal_basis": intended.legal_basis,
        "against_wish": intended.against_wish,
        "adverse": adverse,
        "number": pathway.next_of(intended.decision) if adverse else None,
        "seconded_by": tuple(seconded_by),
    }
    if intended.decision != CLOSE:
        return [DecisionMade(decision=intended.decision, decided_by=intended.by, why=why, **said)]
    valence = binding.programme.outcomes[intended.outcome or ""].valence
    closed = PathwayClosed(closed_by=intended.by, valence=valence, **said)
    return [closed, *_called_off(pathway, at), *with_the_end(binding, pathway, intended, at)]


def _called_off(pathway: Pathway, at: datetime) -> Facts:
    """The sessions that the end of the pathway leaves nobody to hold; what has begun may still be registered."""
    return [
        SessionCancelled(at=at, session=session, element=booking.element, asked_by=Side.AUTHORITY, reason=None)
        for session, booking in pathway.bookings.items()
        if booking.starts > at
    ]


def _confirm(binding: Binding, pathway: Pathway, command: ConfirmDecision) -> Facts:
    if _was_answered(binding, pathway, command):
        return []
    second = require_second(binding, command.decision)
    require_role(command, second.by)
    prepared = require_prepared(pathway, command.decision)
    if command.by in prepared.confirmed_by:
        return []
    require_another(prepared, command.by)
    require(for_a_decision(binding, pathway, prepared.intended))
    everybody = (*prepared.confirmed_by, command.by)
    is_enough = len(everybody) >= second.quorum
    confirmed = facts.DecisionConfirmed(
        at=command.at, decision=command.decision, confirmed_by=command.by, is_enough=is_enough
    )
    made = _made(binding, pathway, prepared.intended, command.at, everybody) if is_enough else []
    return [confirmed, *made]


def _object(binding: Binding, pathway: Pathway, command: ObjectToDecision) -> Facts:
    if _was_answered(binding, pathway, command):
        return []
    require_role(command, require_second(binding, command.decision).by)
    prepared = require_prepared(pathway, command.decision)
    require_another(prepared, command.by)
    return [
        facts.DecisionObjected(
            at=command.at,
            decision=command.decision,
            objected_by=command.by,
            prepared_by=prepared.intended.by,
            reason=command.reason,
        )
    ]


def _was_answered(binding: Binding, pathway: Pathway, command: ConfirmDecision | ObjectToDecision) -> bool:
    require_known("decision", command.decision, binding.programme.decisions)
    return command.decision not in pathway.prepared and pathway.has_happened(f"{command.decision}.seconded", command.at)


def silence(binding: Binding, pathway: Pathway, prepared: Prepared) -> Facts:
    """What it means that nobody has answered a prepared decision in time; nothing adverse, and no end, by itself."""
    intended = prepared.intended
    decision = binding.programme.decisions.get(intended.decision)
    second = decision.second if decision else None
    lapses = second is None or second.silence is Silence.LAPSE or intended.decision == CLOSE
    adverse = decision is not None and decision.is_adverse(against_wish=intended.against_wish)
    inputs: dict[str, Plain] = {"due": str(prepared.due), "confirmed": len(prepared.confirmed_by)}
    why = binding.why(f"{intended.decision}.second", **inputs)
    if not lapses and not adverse:
        try:
            require(for_a_decision(binding, pathway, intended))
            return _made(binding, pathway, intended, prepared.due, prepared.confirmed_by, why)
        except (Refused, Invalid) as refusal:
            why = binding.why(f"{intended.decision}.second", **inputs, refused=refusal.code)
    return [facts.DecisionLapsed(at=prepared.due, decision=intended.decision, prepared_by=intended.by, why=why)]


ANSWERS: Answers = {
    MakeDecision: _decide,
    ClosePathway: _close,
    ConfirmDecision: _confirm,
    ObjectToDecision: _object,
}

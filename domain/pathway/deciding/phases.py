"""What reviews, proposals, their answers and a longer time cause."""

from domain.pathway.binding import Binding
from domain.pathway.commands import phases
from domain.pathway.deciding import Answers, Facts
from domain.pathway.entering import enter
from domain.pathway.facts import phases as facts
from domain.pathway.guards import (
    require_approvable,
    require_known,
    require_nothing_proposed,
    require_proposal,
    require_running,
    require_step,
    require_underway,
)
from domain.pathway.permissions import require_role
from domain.pathway.requirements import for_a_review, require
from domain.pathway.state import Answer, Pathway, Proposal
from domain.programme.phases import Advance
from domain.refusal import Invalid, NoTimeLimit, NotInPlace


def _enter(binding: Binding, pathway: Pathway, command: phases.EnterPhase) -> Facts:
    require_running(pathway)
    require_known("phase", command.phase, binding.programme.phases)
    if pathway.phase == command.phase:
        return []
    require_step(binding, pathway, command.phase)
    return [enter(binding, pathway, command.phase, command.at, reason=command.reason)]


def _hold_review(binding: Binding, pathway: Pathway, command: phases.HoldReview) -> Facts:
    require_underway(pathway)
    phase = pathway.phase_at(command.true_at) or ""
    require(for_a_review(binding, phase))
    if pathway.has_happened(f"{phase}.reviewed", command.true_at):
        return []
    return [facts.ReviewHeld(at=command.true_at, phase=phase, note=command.note)]


def _propose(binding: Binding, pathway: Pathway, command: phases.ProposeTransition) -> Facts:
    require_running(pathway)
    advance = _advance(binding, pathway)
    require_role(command, advance.proposed_by)
    if pathway.proposal and pathway.proposal.proposed_by == command.by:
        return []
    require_nothing_proposed(pathway)
    return [
        facts.TransitionProposed(
            at=command.at,
            to=advance.to,
            phase=pathway.phase or "",
            proposed_by=command.by,
            reason=command.reason,
            why=None,
        )
    ]


def _advance(binding: Binding, pathway: Pathway) -> Advance:
    phase = binding.programme.phase(pathway.phase)
    advance = phase.advance if phase else None
    if advance is None:
        raise NotInPlace(what=f"{pathway.phase}.advance", programme=binding.programme.ref)
    return advance


def _approve(binding: Binding, pathway: Pathway, command: phases.ApproveTransition) -> Facts:
    if pathway.proposal is None and pathway.answer == Answer(approved=True, by=command.by):
        return []
    proposal = _proposal(binding, pathway, command)
    require_approvable(binding, pathway)
    approved = facts.TransitionApproved(
        at=command.at, to=proposal.to, phase=proposal.phase, approved_by=command.by, reason=command.reason
    )
    return [approved, enter(binding, pathway, proposal.to, command.at, reason=command.reason)]


def _reject(binding: Binding, pathway: Pathway, command: phases.RejectTransition) -> Facts:
    if pathway.proposal is None and pathway.answer == Answer(approved=False, by=command.by):
        return []
    proposal = _proposal(binding, pathway, command)
    return [
        facts.TransitionRejected(
            at=command.at, to=proposal.to, phase=proposal.phase, rejected_by=command.by, reason=command.reason
        )
    ]


def _proposal(
    binding: Binding, pathway: Pathway, command: phases.ApproveTransition | phases.RejectTransition
) -> Proposal:
    proposal = require_proposal(pathway)
    require_role(command, _advance(binding, pathway).by)
    return proposal


def _extend(binding: Binding, pathway: Pathway, command: phases.ExtendDuration) -> Facts:
    require_underway(pathway)
    if binding.programme.fixed_duration is None:
        raise NoTimeLimit(programme=binding.programme.ref)
    if command.until and command.until <= command.at:
        raise Invalid("until", "not_later", at=str(command.at))
    if pathway.ends == command.until and not pathway.time_up:
        return []
    return [facts.DurationExtended(at=command.at, ends=command.until, reason=command.reason)]


ANSWERS: Answers = {
    phases.EnterPhase: _enter,
    phases.HoldReview: _hold_review,
    phases.ProposeTransition: _propose,
    phases.ApproveTransition: _approve,
    phases.RejectTransition: _reject,
    phases.ExtendDuration: _extend,
}

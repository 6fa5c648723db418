"""What follows upon a decision to the citizen's detriment: notification, complaint, reassessment, ruling."""

from domain.pathway.binding import Binding
from domain.pathway.clocks import due_within
from domain.pathway.command import Command
from domain.pathway.commands import proceedings
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import proceedings as facts
from domain.pathway.facts.proceedings import Channel, Ruling
from domain.pathway.follow_ups import is_silent
from domain.pathway.guards import require_told_after
from domain.pathway.hearable import (
    CLOSE,
    for_a_complaint,
    for_a_complaint_at,
    for_a_notification,
    require_may_be_adverse,
)
from domain.pathway.proceeding import Recoursing
from domain.pathway.requirements import require
from domain.pathway.state import Pathway, Stage


def _notify(binding: Binding, pathway: Pathway, command: proceedings.NotifyDecision) -> Facts:
    require_may_be_adverse(binding, command.decision)
    if pathway.has_happened(f"{command.decision}.notified", command.true_at):
        return []
    require(for_a_notification(pathway, command.decision))
    require_told_after(f"{command.decision}.adverse", command, pathway)
    known = pathway.recourses[command.decision]
    within = binding.programme.hearing.complaint_within
    return [
        facts.DecisionNotified(
            at=command.true_at,
            decision=command.decision,
            outcome=known.outcome,
            reason=known.reason,
            channel=command.channel,
            complaint_until=due_within(binding.programme, pathway, command.true_at, within),
            by_letter=command.channel is Channel.LETTER and _may_be_written_to(binding, pathway, command),
        )
    ]


def _may_be_written_to(binding: Binding, pathway: Pathway, command: Command) -> bool:
    return not is_silent(binding.programme, pathway, command.at)


def _receive(binding: Binding, pathway: Pathway, command: proceedings.ReceiveComplaint) -> Facts:
    require_may_be_adverse(binding, command.decision)
    if pathway.has_happened(f"{command.decision}.complained", command.true_at):
        return []
    require(for_a_complaint(pathway, command.decision))
    require_told_after(f"{command.decision}.adverse", command, pathway)
    due = pathway.recourses[command.decision].due
    in_time = due is None or command.true_at < due
    return [facts.ComplaintReceived(at=command.true_at, decision=command.decision, in_time=in_time, note=command.note)]


def _reassess(binding: Binding, pathway: Pathway, command: proceedings.ReassessComplaint) -> Facts:
    require_may_be_adverse(binding, command.decision)
    if pathway.has_happened(f"{command.decision}.reassessed", command.at):
        return []
    require(for_a_complaint_at(pathway, command.decision, Recoursing.COMPLAINED))
    return [
        facts.ComplaintReassessed(
            at=command.at,
            decision=command.decision,
            changed=command.changed,
            undo=command.changed and _still_stands(pathway, command.decision),
            reason=command.reason,
            by_letter=_may_be_written_to(binding, pathway, command),
        )
    ]


def _still_stands(pathway: Pathway, decision: str) -> bool:
    """Whether there is something to undo: a closed pathway that was reopened meanwhile has been undone already."""
    return pathway.stage is Stage.CLOSED if decision == CLOSE else not pathway.is_over


def _forward(binding: Binding, pathway: Pathway, command: proceedings.ForwardComplaint) -> Facts:
    require_may_be_adverse(binding, command.decision)
    if pathway.has_happened(f"{command.decision}.forwarded", command.at):
        return []
    require(for_a_complaint_at(pathway, command.decision, Recoursing.UPHELD))
    return [facts.ComplaintForwarded(at=command.at, decision=command.decision, note=command.note)]


def _conclude(binding: Binding, pathway: Pathway, command: proceedings.ConcludeComplaint) -> Facts:
    require_may_be_adverse(binding, command.decision)
    if pathway.has_happened(f"{command.decision}.concluded", command.true_at):
        return []
    require(for_a_complaint_at(pathway, command.decision, Recoursing.FORWARDED))
    require_told_after(f"{command.decision}.forwarded", command, pathway)
    for_the_citizen = command.ruling in {Ruling.CHANGED, Ruling.REMANDED}
    return [
        facts.ComplaintConcluded(
            at=command.true_at,
            decision=command.decision,
            ruling=command.ruling,
            undo=for_the_citizen and _still_stands(pathway, command.decision),
            note=command.note,
            by_letter=_may_be_written_to(binding, pathway, command),
        )
    ]


ANSWERS: Answers = {
    proceedings.NotifyDecision: _notify,
    proceedings.ReceiveComplaint: _receive,
    proceedings.ReassessComplaint: _reassess,
    proceedings.ForwardComplaint: _forward,
    proceedings.ConcludeComplaint: _conclude,
}

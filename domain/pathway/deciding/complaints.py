"""What follows upon a decision to the citizen's detriment: notification, complaint, reassessment, ruling."""

from domain.pathway.binding import Binding
from domain.pathway.clocks import due_within
from domain.pathway.command import Command
from domain.pathway.commands import proceedings
from domain.pathway.complainable import for_a_complaint, for_a_notification, meant, to_have_come
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import proceedings as facts
from domain.pathway.facts.proceedings import Channel, Ruling
from domain.pathway.follow_ups import is_silent
from domain.pathway.guards import require_told_after
from domain.pathway.proceeding import Recourse, Recoursing
from domain.pathway.state import Pathway, Stage
from domain.programme.decisions import CLOSE, REFUSE


def _notify(binding: Binding, pathway: Pathway, command: proceedings.NotifyDecision) -> Facts:
    known = meant(binding, pathway, command, "notified", for_a_notification)
    if known is None:
        return []
    require_told_after(f"{known.name}.adverse", known.happened.get("adverse"), command)
    within = binding.programme.hearing.complaint_within
    return [
        facts.DecisionNotified(
            at=command.true_at,
            decision=known.decision,
            number=known.number,
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
    known = meant(binding, pathway, command, "complained", for_a_complaint)
    if known is None:
        return []
    require_told_after(f"{known.name}.adverse", known.happened.get("adverse"), command)
    return [
        facts.ComplaintReceived(
            at=command.true_at,
            decision=known.decision,
            number=known.number,
            in_time=known.due is None or command.true_at < known.due,
            note=command.note,
        )
    ]


def _reassess(binding: Binding, pathway: Pathway, command: proceedings.ReassessComplaint) -> Facts:
    known = meant(binding, pathway, command, "reassessed", to_have_come(Recoursing.COMPLAINED))
    if known is None:
        return []
    return [
        facts.ComplaintReassessed(
            at=command.at,
            decision=known.decision,
            number=known.number,
            changed=command.changed,
            undo=command.changed and _still_stands(pathway, known),
            reason=command.reason,
            by_letter=_may_be_written_to(binding, pathway, command),
        )
    ]


def _still_stands(pathway: Pathway, made: Recourse) -> bool:
    """Whether there is something to undo: an end that was taken back meanwhile has been undone already."""
    ended_as = {CLOSE: Stage.CLOSED, REFUSE: Stage.REFUSED}.get(made.decision)
    if ended_as:
        return pathway.stage is ended_as and "undone" not in made.happened
    return not pathway.is_over


def _forward(binding: Binding, pathway: Pathway, command: proceedings.ForwardComplaint) -> Facts:
    known = meant(binding, pathway, command, "forwarded", to_have_come(Recoursing.UPHELD))
    if known is None:
        return []
    return [facts.ComplaintForwarded(at=command.at, decision=known.decision, number=known.number, note=command.note)]


def _conclude(binding: Binding, pathway: Pathway, command: proceedings.ConcludeComplaint) -> Facts:
    known = meant(binding, pathway, command, "concluded", to_have_come(Recoursing.FORWARDED))
    if known is None:
        return []
    require_told_after(f"{known.name}.forwarded", known.happened.get("forwarded"), command)
    for_the_citizen = command.ruling in {Ruling.CHANGED, Ruling.REMANDED}
    return [
        facts.ComplaintConcluded(
            at=command.true_at,
            decision=known.decision,
            number=known.number,
            ruling=command.ruling,
            undo=for_the_citizen and _still_stands(pathway, known),
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

"""What hearings cause: the citizen is told what is intended, answers or not, and it is weighed. Source: DOMAIN 2.8."""

from domain.calendar import last_day
from domain.pathway.binding import Binding
from domain.pathway.clocks import due_within
from domain.pathway.commands import proceedings
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import proceedings as facts
from domain.pathway.guards import require_known, require_told_after
from domain.pathway.hearable import (
    can_be_adverse,
    for_a_new_hearing,
    for_an_assessment,
    for_an_open_hearing,
    for_more_time,
    require_may_be_adverse,
)
from domain.pathway.requirements import require
from domain.pathway.state import Pathway
from domain.refusal import HearingTooShort, Invalid


def _send(binding: Binding, pathway: Pathway, command: proceedings.SendHearing) -> Facts:
    require_known("decision", command.decision, can_be_adverse(binding))
    if pathway.has_happened(f"{command.decision}.hearing_sent", command.at):
        return []
    decision = binding.programme.decisions[command.decision]
    if decision.outcomes or command.outcome is not None:
        require_known("outcome", command.outcome or "", decision.outcomes)
    require(for_a_new_hearing(pathway, command.decision))
    earliest = due_within(binding.programme, pathway, command.at, binding.programme.hearing.answer_at_least)
    usual = due_within(binding.programme, pathway, command.at, binding.programme.hearing.answer_within)
    due = command.until or max(usual, earliest)
    if due <= command.at:
        raise Invalid("until", "not_later", at=str(command.at))
    is_short = last_day(due) < last_day(earliest)  # people say a day, and an hour of it
    if is_short and command.legal_basis is None:
        raise HearingTooShort(decision=command.decision, earliest=str(earliest))
    return [
        facts.HearingSent(
            at=command.at,
            decision=command.decision,
            outcome=command.outcome,
            reason=command.reason,
            due=due,
            legal_basis=command.legal_basis if is_short else None,
        )
    ]


def _answer(binding: Binding, pathway: Pathway, command: proceedings.AnswerHearing) -> Facts:
    require_may_be_adverse(binding, pathway, command.decision)
    if pathway.has_happened(f"{command.decision}.hearing_answered", command.true_at):
        return []
    require(for_an_open_hearing(pathway, command.decision))
    sent = f"{command.decision}.hearing_sent"
    require_told_after(sent, pathway.last(sent), command)
    return [facts.HearingAnswered(at=command.true_at, decision=command.decision, answer=command.answer)]


def _extend(binding: Binding, pathway: Pathway, command: proceedings.ExtendHearing) -> Facts:
    require_may_be_adverse(binding, pathway, command.decision)
    require(for_more_time(pathway, command.decision))
    previous = pathway.hearings[command.decision].due or command.at
    if previous == command.until:
        return []
    if command.until < previous:
        raise Invalid("until", "not_longer", at=str(previous))
    return [
        facts.HearingExtended(
            at=command.at, decision=command.decision, due=command.until, previous=previous, reason=command.reason
        )
    ]


def _assess(binding: Binding, pathway: Pathway, command: proceedings.AssessHearing) -> Facts:
    require_may_be_adverse(binding, pathway, command.decision)
    if pathway.has_happened(f"{command.decision}.hearing_assessed", command.at):
        return []
    require(for_an_assessment(pathway, command.decision, drop=command.drop))
    return [
        facts.HearingAssessed(at=command.at, decision=command.decision, goes_on=not command.drop, note=command.note)
    ]


def _exempt(binding: Binding, pathway: Pathway, command: proceedings.ExemptHearing) -> Facts:
    require_known("decision", command.decision, can_be_adverse(binding))
    if pathway.has_happened(f"{command.decision}.heard", command.at):
        return []
    require(for_a_new_hearing(pathway, command.decision))
    return [facts.HearingExempted(at=command.at, decision=command.decision, reason=command.reason)]


ANSWERS: Answers = {
    proceedings.SendHearing: _send,
    proceedings.AnswerHearing: _answer,
    proceedings.ExtendHearing: _extend,
    proceedings.AssessHearing: _assess,
    proceedings.ExemptHearing: _exempt,
}

"""What promises, their fulfilment and their release cause."""

from datetime import datetime

from domain.actor import Role
from domain.pathway.binding import Binding
from domain.pathway.commands import obligations
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import obligations as facts
from domain.pathway.facts.course import EventRecorded
from domain.pathway.guards import require_open, require_step
from domain.pathway.permissions import AUTHORITY, STAFF, answering, require_role
from domain.pathway.requirements import require, to_be_questioned
from domain.pathway.state import Obligation, Pathway
from domain.programme.relations import InPause, outlives
from domain.refusal import Invalid, NoSuchObligation, ReasonNeeded


def _create(binding: Binding, pathway: Pathway, command: obligations.CreateObligation) -> Facts:
    require_open(pathway)
    known = pathway.obligations.get(command.obligation)
    if known and known.due == command.due:
        return []
    if known or command.obligation in {response.respond for response in binding.programme.responses.values()}:
        raise Invalid("obligation", "already_used", value=command.obligation)
    if command.due <= command.at:
        raise Invalid("due", "not_later", at=str(command.at))
    return [
        facts.ObligationCreated(
            at=command.at,
            obligation=command.obligation,
            name=command.obligation,
            owner=command.owner,
            since=command.at,
            due=command.due,
            remind_at=None,
            in_pause=InPause.RUN,
            note=command.note,
            why=None,
        )
    ]


def _meet(binding: Binding, pathway: Pathway, command: obligations.MeetObligation) -> Facts:
    rule, obligation = _standing(pathway, command.obligation)
    name = name_of(rule)
    if is_told_when_done(binding, name):
        return _done(binding, pathway, command, name)
    if obligation is None:
        return []
    if not obligation.by_hand:
        raise Invalid("obligation", "met_by_doing", value=obligation.name)
    at = command.true_at
    return [
        facts.ObligationMet(
            at=at,
            obligation=rule,
            name=obligation.name,
            in_time=at < obligation.due,
            registered_late=at < obligation.due <= command.at,
            note=command.note,
        )
    ]


def is_told_when_done(binding: Binding, name: str) -> bool:
    """Whether it is met by telling that it was done, rather than by a step of its own."""
    return name in binding.programme.obligations or name in binding.programme.talks_after_scores


def _done(binding: Binding, pathway: Pathway, command: obligations.MeetObligation, name: str) -> Facts:
    """Something recurring was done: a step by which what is owed is met, and from which it counts anew."""
    if pathway.has_happened(name, command.true_at):
        return []
    require_step(binding, pathway, name)
    return [EventRecorded(at=command.true_at, event=name, note=command.note)]


def _excuse(binding: Binding, pathway: Pathway, command: obligations.ExcuseObligation) -> Facts:
    rule, obligation = _standing(pathway, command.obligation)
    if obligation is None or _was_let_go(pathway, rule, command.at):
        return []
    require_role(command, excused_by(rule))
    response = binding.programme.responses.get(rule)
    recurs = response is not None and response.respond in response.after
    return [
        facts.ObligationExcused(
            at=command.at,
            obligation=rule,
            name=obligation.name,
            reason=command.reason,
            covers=_latest_call(binding, pathway, rule, obligation),
            again=max(obligation.due, command.at) if recurs else None,
        )
    ]


def excused_by(rule: str) -> frozenset[Role]:
    """Who may let go of what is owed under that rule; what the law owes the citizen, only those who decide."""
    is_by_law = outlives(rule) or rule.partition(".")[2].startswith("hearing_assessed")
    return AUTHORITY if is_by_law else STAFF


def _set_deadline(binding: Binding, pathway: Pathway, command: obligations.SetDeadline) -> Facts:
    del binding
    rule, obligation = _standing(pathway, command.obligation)
    if obligation is None or obligation.answered == command.at:
        return []
    require_role(command, answering(obligation.owner))
    require(to_be_questioned(obligation))
    if command.due is not None and command.due <= command.at:
        raise Invalid("due", "not_later", at=str(command.at))
    if command.due not in {None, obligation.due} and command.reason is None:
        raise ReasonNeeded(command=command.kind)
    return [
        facts.DeadlineSet(
            at=command.at,
            obligation=rule,
            name=obligation.name,
            due=command.due or obligation.due,
            previous=obligation.due,
            set_by=command.by,
            reason=command.reason,
        )
    ]


def _not_required(binding: Binding, pathway: Pathway, command: obligations.DeclareNotRequired) -> Facts:
    rule, obligation = _standing(pathway, command.obligation)
    if obligation is None or _was_let_go(pathway, rule, command.at):
        return []
    return [
        facts.ObligationNotRequired(
            at=command.at,
            obligation=rule,
            name=obligation.name,
            cause=facts.Cause.DECIDED,
            reason=command.reason,
            covers=_latest_call(binding, pathway, rule, obligation),
            why=None,
        )
    ]


def _was_let_go(pathway: Pathway, rule: str, at: datetime) -> bool:
    ended = pathway.ended.get(rule)
    return ended is not None and ended.cause is facts.Cause.DECIDED and ended.at == at


def _latest_call(binding: Binding, pathway: Pathway, rule: str, obligation: Obligation) -> datetime:
    response = binding.programme.responses.get(rule)
    triggers = response.after if response else ()
    return max((at for trigger in triggers for at in pathway.happened.get(trigger, ())), default=obligation.since)


def _standing(pathway: Pathway, named: str) -> tuple[str, Obligation | None]:
    """The rule with what is owed under it, found by its id or its name; nothing when it has come to its end already.

    Raises: IsOver, NoSuchObligation.
    """
    require_open(pathway)
    for rule, obligation in pathway.obligations.items():
        if named in {rule, obligation.name}:
            return rule, obligation
    for rule in pathway.ended:
        if named in {rule, name_of(rule)}:
            return rule, None
    raise NoSuchObligation(obligation=named, owed=", ".join(sorted(each.name for each in pathway.obligations.values())))


def name_of(rule: str) -> str:
    """What is owed under that rule."""
    return rule.partition(".after.")[0]


ANSWERS: Answers = {
    obligations.CreateObligation: _create,
    obligations.MeetObligation: _meet,
    obligations.ExcuseObligation: _excuse,
    obligations.SetDeadline: _set_deadline,
    obligations.DeclareNotRequired: _not_required,
}

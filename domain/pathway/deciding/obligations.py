"""What promises, their fulfilment and their release cause."""

from domain.pathway.binding import Binding
from domain.pathway.commands import obligations
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import obligations as facts
from domain.pathway.guards import require_open
from domain.pathway.state import Obligation, Pathway
from domain.programme.relations import InPause
from domain.refusal import Invalid, NoSuchObligation


def _create(binding: Binding, pathway: Pathway, command: obligations.CreateObligation) -> Facts:
    require_open(pathway)
    known = pathway.obligations.get(command.obligation)
    if known and known.due == command.due:
        return []
    if known or command.obligation in binding.programme.responses:
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
    del binding
    rule, obligation = _standing(pathway, command.obligation)
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


def _excuse(binding: Binding, pathway: Pathway, command: obligations.ExcuseObligation) -> Facts:
    del binding
    rule, obligation = _standing(pathway, command.obligation)
    if obligation is None:
        return []
    return [facts.ObligationExcused(at=command.at, obligation=rule, name=obligation.name, reason=command.reason)]


def _not_required(binding: Binding, pathway: Pathway, command: obligations.DeclareNotRequired) -> Facts:
    del binding
    rule, obligation = _standing(pathway, command.obligation)
    if obligation is None:
        return []
    return [
        facts.ObligationNotRequired(
            at=command.at,
            obligation=rule,
            name=obligation.name,
            cause=facts.Cause.DECIDED,
            reason=command.reason,
            why=None,
        )
    ]


def _standing(pathway: Pathway, named: str) -> tuple[str, Obligation | None]:
    """What is owed under that rule or name, or None when it has come to its end already.

    Raises: IsOver, NoSuchObligation.
    """
    require_open(pathway)
    for rule, obligation in pathway.obligations.items():
        if named in {rule, obligation.name}:
            return rule, obligation
    if named in pathway.ended:
        return named, None
    raise NoSuchObligation(obligation=named, owed=", ".join(sorted(each.name for each in pathway.obligations.values())))


ANSWERS: Answers = {
    obligations.CreateObligation: _create,
    obligations.MeetObligation: _meet,
    obligations.ExcuseObligation: _excuse,
    obligations.DeclareNotRequired: _not_required,
}

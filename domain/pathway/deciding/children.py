"""What calling for a child pathway causes, what becomes of it, and what the child hears."""

from domain.pathway.binding import Binding
from domain.pathway.circumstances import fitting
from domain.pathway.commands import children
from domain.pathway.commands.referrals import AcceptReferral
from domain.pathway.deciding import Answers, Facts
from domain.pathway.deciding.decisions import taken
from domain.pathway.deciding.referrals import begin_or_wait, referral
from domain.pathway.deciding.releasing import released
from domain.pathway.facts import children as facts
from domain.pathway.facts.referrals import ReferralAccepted, ReferralWithdrawn
from domain.pathway.follow_ups import key_of
from domain.pathway.guards import (
    require_element,
    require_known,
    require_no_child,
    require_open,
    require_recorder,
    require_running,
)
from domain.pathway.permissions import require_role
from domain.pathway.proceeding import Intended
from domain.pathway.requirements import BEFORE_THE_BEGINNING
from domain.pathway.state import Pathway, Stage
from domain.programme.decisions import CLOSE
from domain.programme.elements import Kind
from domain.refusal import AlreadyThere, IsOver, NoAftercare, RoleMayNot


def _call(binding: Binding, pathway: Pathway, command: children.CallChild) -> Facts:
    require_running(pathway)
    elements = binding.programme.elements
    require_known("element", command.element, [name for name, each in elements.items() if each.kind is Kind.PATHWAY])
    if any(each.called == command.at for each in pathway.open_children(command.element)):
        return []
    require_recorder(binding, command, command.element)
    require_element(binding, pathway, command.element)
    require_no_child(pathway, command.element)
    return [
        facts.ChildCalled(
            at=command.at,
            element=command.element,
            programme=elements[command.element].programme or "",
            called_by=command.by,
            reason=command.reason,
            basis=command.basis,
            consent=command.consent,
            circumstances=pathway.circumstances,
            contraindications=pathway.contraindications,
            voluntary=False,
            why=None,
        )
    ]


def _choose(binding: Binding, pathway: Pathway, command: children.ChooseAftercare) -> Facts:
    require_open(pathway)
    if binding.programme.aftercare is None:
        raise NoAftercare(programme=binding.programme.ref)
    if pathway.aftercare_declined is (command.choice is facts.Choice.DECLINED):
        return []
    return [facts.AftercareChosen(at=command.at, choice=command.choice, note=command.note)]


def _refer(binding: Binding, pathway: Pathway, command: children.ReferChild) -> Facts:
    """The referral; somebody who enters voluntary after-care that asks for nothing begins with it."""
    programme = binding.programme
    if not command.parent.voluntary and command.referred_by.role not in programme.referral.by:
        may = ", ".join(sorted(programme.referral.by))
        raise RoleMayNot(command=command.kind, role=command.referred_by.role, may=may)
    if pathway.parent == command.parent and pathway.last("referred") == command.at:
        return []
    if pathway.stage is not Stage.NEW:
        raise AlreadyThere(stage=pathway.stage)
    known = {each.id for each in programme.referral.judgement}
    asked = command.model_copy(
        update={
            "circumstances": fitting(programme, command.circumstances),
            "contraindications": tuple(each for each in command.contraindications if each in known),
        }
    )
    referred = referral(binding, asked, command.referred_by, command.parent)
    asks_nothing = referred.eligibility.met and not referred.contraindications
    if not command.parent.voluntary or not asks_nothing or programme.contact_person == "required":
        return [referred]
    accepted = ReferralAccepted(
        at=command.at,
        accepted_by=command.by,
        reason=None,
        judgement=None,
        individual_support=False,
        eligibility=referred.eligibility,
    )
    return [referred, accepted, *begin_or_wait(binding, pathway, AcceptReferral(by=command.by, at=command.at))]


def _record(binding: Binding, pathway: Pathway, command: children.RecordChild) -> Facts:
    """The child's id; a child that the pathway's end came before is released at once."""
    _require_readable(pathway)
    if any(each.child == command.child for each in pathway.children):
        return []
    referred = facts.ChildReferred(at=command.at, element=command.element, called=command.called, child=command.child)
    if pathway.stage is not Stage.CLOSED or command.element == facts.AFTERCARE:
        return [referred]
    return [referred, released(binding, command.element, command.child, command.at, command.by)]


def _require_readable(pathway: Pathway) -> None:
    if pathway.stage is Stage.ERASED:
        raise IsOver(stage=pathway.stage)


def _begun(binding: Binding, pathway: Pathway, command: children.RecordChildBegun) -> Facts:
    del binding
    _require_readable(pathway)
    if pathway.has_happened(f"{command.element}.began", command.true_at):
        return []
    return [facts.ChildBegan(at=command.true_at, element=command.element, child=command.child)]


def _ended(binding: Binding, pathway: Pathway, command: children.RecordChildEnded) -> Facts:
    del binding
    _require_readable(pathway)
    if any(each.child == command.child and each.ended and each.told == command.true_at for each in pathway.children):
        return []
    return [
        facts.ChildEnded(
            at=command.true_at,
            element=command.element,
            child=command.child,
            ending=command.ending,
            outcome=command.outcome,
            valence=command.valence,
        )
    ]


def _end(binding: Binding, pathway: Pathway, command: children.EndChild) -> Facts:
    """What somebody decided who closed the pathway above; what this programme asks of a closing still holds."""
    if pathway.is_over:
        return []
    if pathway.stage in BEFORE_THE_BEGINNING:
        return [ReferralWithdrawn(at=command.at, reason=command.reason)]
    require_known("outcome", command.outcome or "", binding.programme.decisions[CLOSE].outcomes)
    require_role(command.model_copy(update={"by": command.decided_by}), binding.programme.decisions[CLOSE].by)
    intended = Intended(
        decision=CLOSE,
        by=command.decided_by,
        outcome=command.outcome,
        reason=command.reason,
        reason_code=None,
        legal_basis=None,
        against_wish=command.against_wish,
        despite=(),
    )
    return taken(binding, pathway, command, intended)


def _passed_on(binding: Binding, pathway: Pathway, command: children.RecordPassedOn) -> Facts:
    del binding
    _require_readable(pathway)
    if key_of(command.follow_up, command.about) in pathway.delivered:
        return []
    return [facts.PassedOn(at=command.at, about=command.about, follow_up=command.follow_up)]


ANSWERS: Answers = {
    children.CallChild: _call,
    children.ChooseAftercare: _choose,
    children.ReferChild: _refer,
    children.RecordChild: _record,
    children.RecordChildBegun: _begun,
    children.RecordChildEnded: _ended,
    children.EndChild: _end,
    children.RecordPassedOn: _passed_on,
}

"""What must hold before a decision is made, confirmed or objected to."""

from collections.abc import Iterator

from domain.actor import Actor
from domain.pathway.binding import Binding
from domain.pathway.guards import require_known
from domain.pathway.hearable import for_a_lawful_decision
from domain.pathway.permissions import AUTHORITY
from domain.pathway.proceeding import Intended, Prepared
from domain.pathway.requirements import Requirement, What, for_step, require, to_be_open, to_be_underway
from domain.pathway.state import Pathway
from domain.programme.decisions import CLOSE, REFUSE, Decision, ReasonPolicy, Second
from domain.refusal import (
    AwaitsAnswer,
    Invalid,
    LegalBasisNeeded,
    NothingPrepared,
    NotInPlace,
    ReasonCodeNeeded,
    ReasonNeeded,
    RoleMayNot,
    SamePerson,
)


def require_said(decision: Decision, intended: Intended, command: str) -> None:
    """Raises: Invalid, ReasonNeeded, ReasonCodeNeeded, LegalBasisNeeded where something else must be said with it."""
    if decision.outcomes or intended.outcome is not None:
        require_known("outcome", intended.outcome or "", decision.outcomes)
    if intended.reason_code is not None:
        require_known("reason_code", intended.reason_code, decision.reasons)
    if decision.reason is ReasonPolicy.NONE and intended.reason is not None and not intended.despite:
        raise Invalid("reason", "no_reason_wanted", value=intended.decision)
    if decision.reason is ReasonPolicy.CODE and intended.reason_code is None:
        raise ReasonCodeNeeded(command=command, decision=intended.decision, codes=", ".join(decision.reasons))
    if decision.reason is ReasonPolicy.LEGAL_BASIS and intended.legal_basis is None:
        raise LegalBasisNeeded(command=command, decision=intended.decision)
    wants_text = decision.reason is ReasonPolicy.TEXT or intended.despite
    if wants_text and intended.reason is None:
        raise ReasonNeeded(command=command)


def for_preparing(pathway: Pathway, decision: str) -> Iterator[Requirement]:
    """The decision does not await a second pair of eyes already."""
    prepared = pathway.prepared.get(decision)
    refusal = AwaitsAnswer(decision=decision, due=str(prepared.due)) if prepared else None
    yield Requirement(What.NOTHING_PREPARED, refusal, decision)


def for_a_second(pathway: Pathway, decision: str) -> Iterator[Requirement]:
    """The decision awaits a second pair of eyes."""
    yield from to_be_open(pathway)
    refusal = None if decision in pathway.prepared else NothingPrepared(decision=decision)
    yield Requirement(What.PREPARED, refusal, decision)


def require_prepared(pathway: Pathway, decision: str) -> Prepared:
    """What awaits a second pair of eyes.

    Raises: IsOver, NothingPrepared.
    """
    require(for_a_second(pathway, decision))
    return pathway.prepared[decision]


def require_second(binding: Binding, decision: str) -> Second:
    """Who may answer, in the version that is followed now.

    Raises: NotInPlace where that version does not have it any more.
    """
    known = binding.programme.decisions.get(decision)
    if known is None or known.second is None:
        raise NotInPlace(what=decision, programme=binding.programme.ref)
    return known.second


def require_another(prepared: Prepared, by: Actor) -> None:
    """Raises: SamePerson when that person prepared the decision, or has confirmed it."""
    if prepared.was_seen_by(by.person):
        raise SamePerson(decision=prepared.intended.decision)


def for_a_decision(binding: Binding, pathway: Pathway, intended: Intended) -> Iterator[Requirement]:
    """Nothing keeps the decision from being made as it is intended."""
    yield from (to_be_underway if intended.decision == CLOSE else to_be_open)(pathway)
    decision = binding.programme.decisions[intended.decision]
    is_there = intended.outcome is None or intended.outcome in decision.outcomes  # the version may be another by now
    missing = None if is_there else NotInPlace(what=intended.outcome, programme=binding.programme.ref)
    yield Requirement(What.IN_PLACE, missing, intended.decision)
    adverse = decision.is_adverse(against_wish=intended.against_wish)
    command = {CLOSE: "close_pathway", REFUSE: "refuse_referral"}.get(intended.decision, "make_decision")
    outsider = (adverse or intended.despite) and intended.by.role not in AUTHORITY
    may = ", ".join(sorted(AUTHORITY))
    refusal = RoleMayNot(command=command, role=intended.by.role, may=may) if outsider else None
    yield Requirement(What.IN_AUTHORITY, refusal, intended.decision)
    yield from for_step(binding, pathway, intended.decision, intended.despite)
    yield from for_a_lawful_decision(pathway, intended, adverse=adverse)

"""How a second pair of eyes changes where a pathway stands."""

from dataclasses import replace

from domain.pathway.facts import course, decisions
from domain.pathway.folding import Folding
from domain.pathway.folding.course import against
from domain.pathway.proceeding import Intended, Prepared
from domain.pathway.state import Pathway


def _prepared(pathway: Pathway, fact: decisions.DecisionPrepared) -> Pathway:
    intended = Intended(
        decision=fact.decision,
        by=fact.prepared_by,
        outcome=fact.outcome,
        reason=fact.reason,
        reason_code=fact.reason_code,
        legal_basis=fact.legal_basis,
        against_wish=fact.against_wish,
        despite=fact.despite,
    )
    return pathway.but(prepared={**pathway.prepared, fact.decision: Prepared(intended, fact.due)})


def _confirmed(pathway: Pathway, fact: decisions.DecisionConfirmed) -> Pathway:
    known = pathway.prepared.get(fact.decision)
    if known is None:
        return pathway
    confirmed = replace(known, confirmed_by=(*known.confirmed_by, fact.confirmed_by))
    return pathway.but(prepared={**pathway.prepared, fact.decision: confirmed})


def _objected(pathway: Pathway, fact: decisions.DecisionObjected) -> Pathway:
    return _answered(pathway, fact.decision)


def _lapsed(pathway: Pathway, fact: decisions.DecisionLapsed) -> Pathway:
    return _unanswered(pathway, fact.decision)


def _made(pathway: Pathway, fact: course.DecisionMade) -> Pathway:
    answered = _unanswered if fact.why else _answered
    made = answered(pathway, fact.decision).without_hearing(fact.decision)
    to_undo = next((each for each in made.made(fact.decision) if each.calls("to_undo")), None)
    undone = made.with_recourse(to_undo.but(to_undo.stage, fact.at, "undone")) if to_undo else made
    return against(undone, fact, fact.decision, fact.outcome)


def _answered(pathway: Pathway, decision: str) -> Pathway:
    if decision not in pathway.prepared:
        return pathway
    return pathway.but(prepared={name: each for name, each in pathway.prepared.items() if name != decision})


def _unanswered(pathway: Pathway, decision: str) -> Pathway:
    """Nobody answers any more, and nobody owes an answer."""
    return _answered(pathway, decision).forgetting(frozenset({f"{decision}.prepared"}))


FOLDING: Folding = {
    decisions.DecisionPrepared: _prepared,
    decisions.DecisionConfirmed: _confirmed,
    decisions.DecisionObjected: _objected,
    decisions.DecisionLapsed: _lapsed,
    course.DecisionMade: _made,
}

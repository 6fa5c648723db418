"""How what is owed changes."""

from domain.pathway.facts import obligations
from domain.pathway.folding import Folding
from domain.pathway.state import Chosen, Ended, Obligation, Pathway

QUESTION = "deadline_questioned"
"""The notice by which an owner is asked whether a deadline still fits."""


def _obligation_created(pathway: Pathway, fact: obligations.ObligationCreated) -> Pathway:
    owed = Obligation(
        name=fact.name,
        owner=fact.owner,
        since=fact.since,
        due=fact.due,
        remind_at=fact.remind_at,
        in_pause=fact.in_pause,
        by_hand=fact.why is None,
        ladder=fact.ladder,
        stopped_by=fact.stopped_by,
    ).but(**_as_far(fact))
    return pathway.but(obligations={**pathway.obligations, fact.obligation: owed})


def _as_far(fact: obligations.ObligationCreated | obligations.ObligationMoved) -> dict[str, object]:
    """How far it has come, where that is given back with it."""
    if fact.progress is None:
        return {}
    far = fact.progress
    chosen = Chosen(far.chosen_at, far.chosen_due) if far.chosen_at and far.chosen_due else None
    return far.model_dump(exclude={"chosen_at", "chosen_due"}) | {"chosen": chosen}


def _obligation_reminded(pathway: Pathway, fact: obligations.ObligationReminded) -> Pathway:
    return _owed(pathway, fact.obligation, reminded=True)


def _obligation_met(pathway: Pathway, fact: obligations.ObligationMet) -> Pathway:
    return _no_longer_owed(pathway, fact)


def _obligation_excused(pathway: Pathway, fact: obligations.ObligationExcused) -> Pathway:
    return _no_longer_owed(pathway, fact, cause=obligations.Cause.DECIDED, covers=fact.covers, again=fact.again)


def _obligation_overdue(pathway: Pathway, fact: obligations.ObligationOverdue) -> Pathway:
    return _owed(pathway, fact.obligation, overdue=True, reminded=True)


def _obligation_not_required(pathway: Pathway, fact: obligations.ObligationNotRequired) -> Pathway:
    if fact.cause is obligations.Cause.DECIDED:
        return _no_longer_owed(pathway, fact, cause=fact.cause, covers=fact.covers, again=None)
    return _no_longer_owed(pathway, fact, cause=fact.cause)


def _obligation_moved(pathway: Pathway, fact: obligations.ObligationMoved) -> Pathway:
    known = pathway.obligations.get(fact.obligation)
    stays = known is not None and known.due == fact.due
    changes: dict[str, object] = {} if stays else {"reminded": False, "overdue": False, "level": 0}
    if known is not None and known.since != fact.since:
        changes |= {"chosen": None, "question": False}
    return _owed(
        pathway,
        fact.obligation,
        since=fact.since,
        due=fact.due,
        remind_at=fact.remind_at,
        ladder=fact.ladder,
        stopped_by=fact.stopped_by,
        **(changes | _as_far(fact)),
    )


def _obligation_escalated(pathway: Pathway, fact: obligations.ObligationEscalated) -> Pathway:
    return _owed(pathway, fact.obligation, level=fact.level)


def _deadline_questioned(pathway: Pathway, fact: obligations.DeadlineQuestioned) -> Pathway:
    return _owed(pathway, fact.obligation, question=True, asked=fact.at)


def _deadline_set(pathway: Pathway, fact: obligations.DeadlineSet) -> Pathway:
    chosen: dict[str, object] = {"chosen": Chosen(fact.at, fact.due)} if fact.due != fact.previous else {}
    told = {key for key, each in pathway.notices.items() if (each.notice, each.subject) == (QUESTION, fact.name)}
    left = {key: each for key, each in pathway.notices.items() if key not in told}  # the question is answered
    return _owed(pathway, fact.obligation, question=False, answered=fact.at, **chosen).but(notices=left)


def _step_excluded(pathway: Pathway, fact: obligations.StepExcluded) -> Pathway:
    return pathway.but(excluded=pathway.excluded | {fact.step})


def _step_included(pathway: Pathway, fact: obligations.StepIncluded) -> Pathway:
    included = {**pathway.included, fact.step: fact.at} if fact.anew else pathway.included
    return pathway.but(excluded=pathway.excluded - {fact.step}, included=included)


def _owed(pathway: Pathway, obligation: str, **changes: object) -> Pathway:
    known = pathway.obligations.get(obligation)
    if known is None:
        return pathway
    return pathway.but(obligations={**pathway.obligations, obligation: known.but(**changes)})


def _no_longer_owed(
    pathway: Pathway,
    fact: obligations.ObligationMet | obligations.ObligationExcused | obligations.ObligationNotRequired,
    **changes: object,
) -> Pathway:
    """What was let go before stays let go, however what is owed ends later."""
    before = pathway.ended.get(fact.obligation) or Ended(fact.at)
    ended = before.but(**{"at": fact.at, "cause": None, **changes})
    return pathway.but(
        obligations={key: value for key, value in pathway.obligations.items() if key != fact.obligation},
        ended={**pathway.ended, fact.obligation: ended},
    )


FOLDING: Folding = {
    obligations.ObligationCreated: _obligation_created,
    obligations.ObligationReminded: _obligation_reminded,
    obligations.ObligationMet: _obligation_met,
    obligations.ObligationExcused: _obligation_excused,
    obligations.ObligationOverdue: _obligation_overdue,
    obligations.ObligationEscalated: _obligation_escalated,
    obligations.DeadlineQuestioned: _deadline_questioned,
    obligations.DeadlineSet: _deadline_set,
    obligations.ObligationNotRequired: _obligation_not_required,
    obligations.ObligationMoved: _obligation_moved,
    obligations.StepExcluded: _step_excluded,
    obligations.StepIncluded: _step_included,
}

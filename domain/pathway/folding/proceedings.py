"""How hearings and complaints change where a pathway stands."""

from dataclasses import replace

from domain.pathway.facts import proceedings
from domain.pathway.folding import Folding
from domain.pathway.proceeding import Heard, Hearing, Recourse, Recoursing
from domain.pathway.state import Pathway


def _sent(pathway: Pathway, fact: proceedings.HearingSent) -> Pathway:
    return _heard(pathway, fact.decision, Hearing(Heard.SENT, fact.due, fact.outcome))


def _answered(pathway: Pathway, fact: proceedings.HearingAnswered) -> Pathway:
    return _at(pathway, fact.decision, Heard.ANSWERED)


def _extended(pathway: Pathway, fact: proceedings.HearingExtended) -> Pathway:
    known = pathway.hearings.get(fact.decision)
    return _heard(pathway, fact.decision, replace(known, due=fact.due)) if known else pathway


def _expired(pathway: Pathway, fact: proceedings.HearingExpired) -> Pathway:
    return _at(pathway, fact.decision, Heard.EXPIRED)


def _assessed(pathway: Pathway, fact: proceedings.HearingAssessed) -> Pathway:
    return _at(pathway, fact.decision, Heard.CLOSED) if fact.goes_on else pathway.without_hearing(fact.decision)


def _exempted(pathway: Pathway, fact: proceedings.HearingExempted) -> Pathway:
    return _heard(pathway, fact.decision, Hearing(Heard.CLOSED, None))


def _at(pathway: Pathway, decision: str, stage: Heard) -> Pathway:
    known = pathway.hearings.get(decision)
    return _heard(pathway, decision, replace(known, stage=stage)) if known else pathway


def _heard(pathway: Pathway, decision: str, hearing: Hearing) -> Pathway:
    return pathway.but(hearings={**pathway.hearings, decision: hearing})


Recoursed = (
    proceedings.DecisionNotified
    | proceedings.ComplaintExpired
    | proceedings.ComplaintReceived
    | proceedings.ComplaintReassessed
    | proceedings.ComplaintForwarded
    | proceedings.ComplaintConcluded
)


def _notified(pathway: Pathway, fact: proceedings.DecisionNotified) -> Pathway:
    """Whoever complained before they were told has complained all the same."""
    known = _known(pathway, fact)
    stage = Recoursing.NOTIFIED if known.stage is Recoursing.DECIDED else known.stage
    told = {"outcome": fact.outcome, "reason": None, "due": fact.complaint_until}
    return pathway.with_recourse(known.but(stage, fact.at, "notified", **told))


def _complaint_expired(pathway: Pathway, fact: proceedings.ComplaintExpired) -> Pathway:
    return pathway.with_recourse(_known(pathway, fact).but(Recoursing.EXPIRED, fact.at, "complaint_expired"))


def _received(pathway: Pathway, fact: proceedings.ComplaintReceived) -> Pathway:
    return pathway.with_recourse(_known(pathway, fact).but(Recoursing.COMPLAINED, fact.at, "complained"))


def _reassessed(pathway: Pathway, fact: proceedings.ComplaintReassessed) -> Pathway:
    stage, further = (Recoursing.ENDED, ()) if fact.changed else (Recoursing.UPHELD, ("upheld",))
    return pathway.with_recourse(_known(pathway, fact).but(stage, fact.at, "reassessed", *further, *_to_undo(fact)))


def _forwarded(pathway: Pathway, fact: proceedings.ComplaintForwarded) -> Pathway:
    return pathway.with_recourse(_known(pathway, fact).but(Recoursing.FORWARDED, fact.at, "forwarded"))


def _concluded(pathway: Pathway, fact: proceedings.ComplaintConcluded) -> Pathway:
    return pathway.with_recourse(_known(pathway, fact).but(Recoursing.ENDED, fact.at, "concluded", *_to_undo(fact)))


def _to_undo(fact: proceedings.ComplaintReassessed | proceedings.ComplaintConcluded) -> tuple[str, ...]:
    return ("to_undo",) if fact.undo else ()


def _known(pathway: Pathway, fact: Recoursed) -> Recourse:
    """The decision that it is about; one that was erased is known by what is still told of it."""
    unknown = Recourse(fact.decision, fact.number, Recoursing.DECIDED)
    return pathway.recourses.get(unknown.name, unknown)


FOLDING: Folding = {
    proceedings.HearingSent: _sent,
    proceedings.HearingAnswered: _answered,
    proceedings.HearingExtended: _extended,
    proceedings.HearingExpired: _expired,
    proceedings.HearingAssessed: _assessed,
    proceedings.HearingExempted: _exempted,
    proceedings.DecisionNotified: _notified,
    proceedings.ComplaintExpired: _complaint_expired,
    proceedings.ComplaintReceived: _received,
    proceedings.ComplaintReassessed: _reassessed,
    proceedings.ComplaintForwarded: _forwarded,
    proceedings.ComplaintConcluded: _concluded,
}

"""How hearings and complaints change where a pathway stands."""

from dataclasses import replace

from domain.pathway.facts import proceedings
from domain.pathway.folding import Folding
from domain.pathway.proceeding import Heard, Hearing, Recoursing
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


def _notified(pathway: Pathway, fact: proceedings.DecisionNotified) -> Pathway:
    return _recoursing(pathway, fact.decision, stage=Recoursing.NOTIFIED, due=fact.complaint_until, reason=None)


def _complaint_expired(pathway: Pathway, fact: proceedings.ComplaintExpired) -> Pathway:
    return _recoursing(pathway, fact.decision, stage=Recoursing.EXPIRED)


def _received(pathway: Pathway, fact: proceedings.ComplaintReceived) -> Pathway:
    return _recoursing(pathway, fact.decision, stage=Recoursing.COMPLAINED)


def _reassessed(pathway: Pathway, fact: proceedings.ComplaintReassessed) -> Pathway:
    return _recoursing(pathway, fact.decision, stage=Recoursing.ENDED if fact.changed else Recoursing.UPHELD)


def _forwarded(pathway: Pathway, fact: proceedings.ComplaintForwarded) -> Pathway:
    return _recoursing(pathway, fact.decision, stage=Recoursing.FORWARDED)


def _concluded(pathway: Pathway, fact: proceedings.ComplaintConcluded) -> Pathway:
    return _recoursing(pathway, fact.decision, stage=Recoursing.ENDED)


def _recoursing(pathway: Pathway, decision: str, **changes: object) -> Pathway:
    known = pathway.recourses.get(decision)
    if known is None:
        return pathway
    return pathway.but(recourses={**pathway.recourses, decision: replace(known, **changes)})  # type: ignore[arg-type]  # the fields of a recourse


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

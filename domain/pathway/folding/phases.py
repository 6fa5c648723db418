"""How phases, reviews and proposals change where a pathway stands."""

from domain.pathway.facts import phases
from domain.pathway.folding import Folding, unchanged
from domain.pathway.state import COUNTED_WEEKS, Answer, Pathway, Proposal


def _phase_entered(pathway: Pathway, fact: phases.PhaseEntered) -> Pathway:
    return pathway.but(phase=fact.phase, phase_since=fact.at, review_due=fact.review_due, proposal=None, rejected=False)


def _review_came_due(pathway: Pathway, fact: phases.ReviewCameDue) -> Pathway:
    return pathway.but(review_due=fact.next_review, rejected=False)


def _transition_proposed(pathway: Pathway, fact: phases.TransitionProposed) -> Pathway:
    return pathway.but(proposal=Proposal(to=fact.to, phase=fact.phase, proposed_by=fact.proposed_by))


def _transition_approved(pathway: Pathway, fact: phases.TransitionApproved) -> Pathway:
    return pathway.but(proposal=None, answer=Answer(approved=True, by=fact.approved_by))


def _transition_rejected(pathway: Pathway, fact: phases.TransitionRejected) -> Pathway:
    return pathway.but(proposal=None, rejected=True, answer=Answer(approved=False, by=fact.rejected_by))


def _time_up(pathway: Pathway, fact: phases.TimeUp) -> Pathway:
    del fact
    return pathway.but(time_up=True)


def _duration_extended(pathway: Pathway, fact: phases.DurationExtended) -> Pathway:
    return pathway.but(ends=fact.ends, time_up=False)


def _week_counted(pathway: Pathway, fact: phases.WeekCounted) -> Pathway:
    if fact.week not in pathway.counted:
        counted = (*pathway.counted[-COUNTED_WEEKS + 1 :], fact.week)
        return pathway.but(week_counted=fact.next_count, counted=counted)
    told = {key for key, each in pathway.notices.items() if (each.notice, each.subject) == ("week_below", fact.week)}
    left = {key: each for key, each in pathway.notices.items() if key not in told}  # an earlier count holds no more
    return pathway.but(week_counted=fact.next_count, notices=left)


FOLDING: Folding = {
    phases.PhaseEntered: _phase_entered,
    phases.ReviewCameDue: _review_came_due,
    phases.ReviewHeld: unchanged,
    phases.TransitionProposed: _transition_proposed,
    phases.TransitionApproved: _transition_approved,
    phases.TransitionRejected: _transition_rejected,
    phases.TransitionTaken: unchanged,
    phases.TimeUp: _time_up,
    phases.DurationExtended: _duration_extended,
    phases.WeekCounted: _week_counted,
}

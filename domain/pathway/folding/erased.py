"""What is left of a fact whose body cannot be read any more: that it happened, and when."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import reduce

from domain.pathway.facts import course, phases, proceedings, referrals
from domain.pathway.folding.course import citizen_erased, closed, reopened, resumed
from domain.pathway.proceeding import Heard
from domain.pathway.state import Pathway, Stage


def _at(stage: Stage) -> Callable[[Pathway, datetime], Pathway]:
    def folded(pathway: Pathway, at: datetime) -> Pathway:
        del at
        return pathway.but(stage=stage)

    return folded


def _over(stage: Stage) -> Callable[[Pathway, datetime], Pathway]:
    def folded(pathway: Pathway, at: datetime) -> Pathway:
        del at
        return pathway.ended_as(stage)

    return folded


def _unheard(pathway: Pathway, at: datetime) -> Pathway:
    """Nobody counts as heard any more: it may have been decided by then, or not be intended, and the body said which.

    Whoever decides hears the citizen once more, rather than never.
    """
    del at
    concluded = (name for name, each in pathway.hearings.items() if each.stage is Heard.CLOSED)
    return reduce(Pathway.without_hearing, concluded, pathway)


BY_HEADER: Mapping[str, Callable[[Pathway, datetime], Pathway]] = {
    referrals.CitizenReferred.kind: _at(Stage.REFERRED),
    referrals.ReferralAccepted.kind: _at(Stage.WAITING),
    referrals.ReferralRefused.kind: _over(Stage.REFUSED),
    referrals.ReferralReturned.kind: _at(Stage.RETURNED),
    referrals.ReferralCompleted.kind: _at(Stage.REFERRED),
    referrals.ReferralWithdrawn.kind: _over(Stage.WITHDRAWN),
    referrals.CitizenEnrolled.kind: lambda pathway, _: pathway.but(stage=Stage.UNDERWAY, begins=None),
    phases.TimeUp.kind: lambda pathway, _: pathway.but(time_up=True),
    course.PathwayPaused.kind: lambda pathway, at: pathway.but(paused_since=at, resume_due=None),
    course.PathwayResumed.kind: resumed,
    course.PathwayClosed.kind: closed,
    course.PathwayReopened.kind: reopened,
    course.DecisionMade.kind: _unheard,
    proceedings.HearingAssessed.kind: _unheard,
    course.CitizenErased.kind: citizen_erased,
}
"""By stored kind, what the header alone still says. What was erased is forgotten; that a pathway ended is not."""

"""What is left of a fact whose body cannot be read any more: that it happened, and when."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import reduce

from domain.pathway.facts import course, phases, proceedings, referrals
from domain.pathway.folding.course import citizen_erased, closed, reopened, resumed
from domain.pathway.folding.referrals import unrefused
from domain.pathway.proceeding import BEFORE_A_COMPLAINT, Heard, Recourse, Recoursing
from domain.pathway.state import Pathway, Stage
from domain.programme.decisions import CLOSE, REFUSE


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


def _ended(decision: str, end: Callable[[Pathway, datetime], Pathway]) -> Callable[[Pathway, datetime], Pathway]:
    """An end; whoever had been heard about it was decided against, so that they may complain of it."""

    def folded(pathway: Pathway, at: datetime) -> Pathway:
        hearing = pathway.hearings.get(decision)
        ended = end(pathway, at)
        if hearing is None or hearing.stage is not Heard.CLOSED:
            return ended
        made = Recourse(decision, pathway.next_of(decision), Recoursing.DECIDED, hearing.outcome)
        return ended.with_recourse(made.but(Recoursing.DECIDED, at, "adverse"))

    return folded


def _unheard(pathway: Pathway, at: datetime) -> Pathway:
    """Nobody counts as heard any more: it may have been decided by then, or not be intended, and the body said which.

    Whoever decides hears the citizen once more, rather than never.
    """
    del at
    concluded = (name for name, each in pathway.hearings.items() if each.stage is Heard.CLOSED)
    return reduce(Pathway.without_hearing, concluded, pathway)


def _upon_the_only(
    of_it: Callable[[Recourse], bool], step: str, onto: Mapping[Recoursing, Recoursing]
) -> Callable[[Pathway, datetime], Pathway]:
    """What happened with a decision, where there is only one with which it can have: nobody is told or asked twice."""

    def folded(pathway: Pathway, at: datetime) -> Pathway:
        possible = [each for each in pathway.recourses.values() if of_it(each)]
        if len(possible) != 1:
            return pathway
        [made] = possible
        return pathway.with_recourse(made.but(onto.get(made.stage, made.stage), at, step))

    return folded


BY_HEADER: Mapping[str, Callable[[Pathway, datetime], Pathway]] = {
    referrals.CitizenReferred.kind: _at(Stage.REFERRED),
    referrals.ReferralAccepted.kind: lambda pathway, _: unrefused(pathway).but(stage=Stage.WAITING),
    referrals.ReferralRefused.kind: _ended(REFUSE, lambda pathway, _: unrefused(pathway).ended_as(Stage.REFUSED)),
    referrals.ReferralReturned.kind: lambda pathway, _: unrefused(pathway).but(stage=Stage.RETURNED),
    referrals.ReferralCompleted.kind: _at(Stage.REFERRED),
    referrals.ReferralWithdrawn.kind: _over(Stage.WITHDRAWN),
    referrals.CitizenEnrolled.kind: lambda pathway, _: pathway.but(stage=Stage.UNDERWAY, begins=None),
    phases.TimeUp.kind: lambda pathway, _: pathway.but(time_up=True),
    course.PathwayPaused.kind: lambda pathway, at: pathway.but(paused_since=at, resume_due=None),
    course.PathwayResumed.kind: resumed,
    course.PathwayClosed.kind: _ended(CLOSE, closed),
    course.PathwayReopened.kind: reopened,
    course.DecisionMade.kind: _unheard,
    proceedings.HearingAssessed.kind: _unheard,
    proceedings.DecisionNotified.kind: _upon_the_only(
        lambda made: "notified" not in made.happened and made.stage is not Recoursing.ENDED,
        "notified",
        {Recoursing.DECIDED: Recoursing.NOTIFIED},
    ),
    proceedings.ComplaintReceived.kind: _upon_the_only(
        lambda made: made.stage in BEFORE_A_COMPLAINT,
        "complained",
        dict.fromkeys(BEFORE_A_COMPLAINT, Recoursing.COMPLAINED),
    ),
    proceedings.ComplaintForwarded.kind: _upon_the_only(
        lambda made: made.stage is Recoursing.UPHELD, "forwarded", {Recoursing.UPHELD: Recoursing.FORWARDED}
    ),
    course.CitizenErased.kind: citizen_erased,
}
"""By stored kind, what the header alone still says. What was erased is forgotten; that a pathway ended is not."""

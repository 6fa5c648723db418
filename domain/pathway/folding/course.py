"""How plans, pauses, closing, moving and notices change where a pathway stands."""

from datetime import datetime
from functools import reduce

from domain.actor import Role
from domain.pathway.facts import course, referrals
from domain.pathway.facts.obligations import Cause
from domain.pathway.folding import Folding, unchanged
from domain.pathway.follow_ups import key_of
from domain.pathway.proceeding import Recourse, Recoursing
from domain.pathway.state import COMPARED, REMEMBERED, Measured, Notice, Pathway, Proposal, Stage, Stop
from domain.pathway.steps import END_ANSWERED
from domain.programme.decisions import CLOSE, ENDS

Adverse = course.DecisionMade | course.PathwayClosed | referrals.ReferralRefused
"""What may be a decision to the citizen's detriment."""


def _plan_agreed(pathway: Pathway, fact: course.PlanAgreed) -> Pathway:
    return pathway.but(plan_version=fact.plan_version)


def _circumstance_recorded(pathway: Pathway, fact: course.CircumstanceRecorded) -> Pathway:
    return pathway.but(circumstances={**pathway.circumstances, fact.name: fact.value})


def _measurement_recorded(pathway: Pathway, fact: course.MeasurementRecorded) -> Pathway:
    key = f"{fact.instrument}.{fact.rater}"
    told = (*pathway.measured.get(key, ()), Measured(fact.at, fact.answers, fact.score))
    latest = sorted(told, key=lambda each: each.at)[-COMPARED:]
    return pathway.but(measured={**pathway.measured, key: tuple(latest)})


def _pathway_paused(pathway: Pathway, fact: course.PathwayPaused) -> Pathway:
    return pathway.but(paused_since=fact.at, resume_due=fact.until)


def resumed(pathway: Pathway, at: datetime) -> Pathway:
    """The pathway after its pause; when its own clocks ring is not said here."""
    began = pathway.paused_since
    stops = (*pathway.stops, Stop(began, at)) if began else pathway.stops
    return pathway.but(paused_since=None, resume_due=None, stops=stops)


def _pathway_resumed(pathway: Pathway, fact: course.PathwayResumed) -> Pathway:
    return resumed(pathway, fact.at).but(review_due=fact.review_due, ends=fact.ends, week_counted=fact.week_counted)


def _outcome_recorded(pathway: Pathway, fact: course.OutcomeRecorded) -> Pathway:
    return pathway.but(outcomes=(*pathway.outcomes, fact.outcome))


def closed(pathway: Pathway, at: datetime) -> Pathway:
    """The pathway at its end; with which outcome is not said here. What had begun by then may still be registered."""
    begun = {session: booking for session, booking in pathway.bookings.items() if booking.starts <= at}
    unheard = reduce(Pathway.without_hearing, pathway.hearings, pathway)
    open_calls = frozenset(f"{decision}.prepared" for decision in pathway.prepared)
    ended = unheard.ended_as(Stage.CLOSED).forgetting(open_calls)
    return ended.but(at_rest_since=pathway.paused_since or at, bookings=begun)


def _pathway_closed(pathway: Pathway, fact: course.PathwayClosed) -> Pathway:
    ended = closed(pathway, fact.at).but(outcome=fact.outcome)
    return against(ended, fact, CLOSE, fact.outcome)


def against(pathway: Pathway, fact: Adverse, decision: str, outcome: str | None) -> Pathway:
    """The pathway with what may be done from now on against a decision, where it is to the citizen's detriment."""
    if not fact.adverse:
        return pathway
    made = Recourse(decision, fact.number or 1, Recoursing.DECIDED, outcome, fact.reason)
    return pathway.with_recourse(made.but(Recoursing.DECIDED, fact.at, "adverse"))


def reopened(pathway: Pathway, at: datetime) -> Pathway:
    """The pathway going on with what it called for counted afresh; when its own clocks ring is not said here."""
    ends = [each for each in pathway.recourses.values() if each.decision in ENDS]
    pathway = reduce(Pathway.with_recourse, (_undone(each, at) for each in ends), pathway)
    ended = (rule for rule, ended in pathway.ended.items() if ended.cause is Cause.ENDED)
    rested = (Stop(pathway.at_rest_since, at, at_rest=True),) if pathway.at_rest_since else ()
    return pathway.but(
        stage=Stage.REFERRED if pathway.stage is Stage.REFUSED else Stage.UNDERWAY,
        at_rest_since=None,
        outcome=None,
        left={**pathway.left, pathway.outcome: at} if pathway.outcome else pathway.left,
        stops=(*pathway.stops, *rested),
        time_up=False,
        next_rules=max(pathway.next_rules, at) if pathway.next_rules else None,
        fresh={**pathway.fresh, **dict.fromkeys(ended, at)},
    )


def _undone(made: Recourse, at: datetime) -> Recourse:
    """An end that does not stand any more; one that nobody was told of has not come to count."""
    if "undone" in made.happened:
        return made
    return made.but(Recoursing.ENDED if made.stage is Recoursing.DECIDED else made.stage, at, "undone")


def _pathway_reopened(pathway: Pathway, fact: course.PathwayReopened) -> Pathway:
    return reopened(pathway, fact.at).but(
        phase=fact.phase, review_due=fact.review_due, ends=fact.ends, week_counted=fact.week_counted
    )


def _pathway_moved(pathway: Pathway, fact: course.PathwayMoved) -> Pathway:
    unanswered = _without(pathway.happened, END_ANSWERED, fact.takes_back) if fact.takes_back else pathway.happened
    return pathway.but(
        happened=unanswered,
        programme=fact.programme,
        phase=fact.phase,
        review_due=fact.review_due,
        begins=fact.begins,
        ends=fact.ends,
        time_up=fact.time_up,
        week_counted=fact.week_counted,
        rule_sets=frozenset(fact.rule_sets),
        next_rules=fact.next_rules,
        proposal=_proposal(pathway, fact),
        rejected=fact.rejected,
        fresh={**pathway.fresh, **dict.fromkeys(fact.starts, fact.at)},
    )


def _without(
    happened: dict[str, tuple[datetime, ...]], steps: tuple[str, ...], at: datetime
) -> dict[str, tuple[datetime, ...]]:
    """What happened, without *steps* having happened at that instant."""
    left = {step: tuple(each for each in happened.get(step, ()) if each != at) for step in steps}
    return {step: each for step, each in {**happened, **left}.items() if each}


def _proposal(pathway: Pathway, fact: course.PathwayMoved) -> Proposal | None:
    if fact.proposal:
        return Proposal(fact.proposal.to, fact.proposal.phase, fact.proposal.proposed_by)
    return pathway.proposal if fact.phase == pathway.phase else None


def _rule_set_applied(pathway: Pathway, fact: course.RuleSetApplied) -> Pathway:
    return pathway.but(
        rule_sets=pathway.rule_sets | {fact.rule_set},
        next_rules=fact.next_rules,
        ends=fact.ends or pathway.ends,
        review_due=fact.review_due or pathway.review_due,
    )


def _letter_sent(pathway: Pathway, fact: course.LetterSent) -> Pathway:
    return pathway.but(delivered=_with(pathway.delivered, key_of(fact.letter, fact.about)))


def _notice_given(pathway: Pathway, fact: course.NoticeGiven) -> Pathway:
    notice = Notice(fact.notice, fact.owner, fact.at, fact.subject)
    return pathway.but(notices={**pathway.notices, key_of(fact.notice, fact.about): notice})


def _notice_read(pathway: Pathway, fact: course.NoticeRead) -> Pathway:
    read = key_of(fact.notice, fact.about)
    return pathway.but(notices={key: value for key, value in pathway.notices.items() if key != read})


def _delivery_failed(pathway: Pathway, fact: course.DeliveryFailed) -> Pathway:
    notice = Notice("delivery_failed", Role.CASEWORKER, fact.at, fact.follow_up)
    return pathway.but(
        notices={**pathway.notices, key_of("delivery_failed", fact.about): notice},
        delivered=_with(pathway.delivered, key_of(fact.follow_up, fact.about)),
    )


def _with(delivered: tuple[str, ...], key: str) -> tuple[str, ...]:
    return (*delivered[-REMEMBERED + 1 :], key)


def citizen_erased(pathway: Pathway, at: object) -> Pathway:
    """The pathway without a citizen: over, and nothing of them left."""
    del at
    return Pathway(stage=Stage.ERASED, programme=pathway.programme)


FOLDING: Folding = {
    course.PlanAgreed: _plan_agreed,
    course.EventRecorded: unchanged,
    course.CircumstanceRecorded: _circumstance_recorded,
    course.MeasurementRecorded: _measurement_recorded,
    course.MeasurementDeclined: unchanged,
    course.PathwayPaused: _pathway_paused,
    course.PathwayResumed: _pathway_resumed,
    course.OutcomeRecorded: _outcome_recorded,
    course.PathwayClosed: _pathway_closed,
    course.PathwayReopened: _pathway_reopened,
    course.PathwayMoved: _pathway_moved,
    course.RuleSetApplied: _rule_set_applied,
    course.FactCorrected: unchanged,
    course.LetterSent: _letter_sent,
    course.NoticeGiven: _notice_given,
    course.NoticeRead: _notice_read,
    course.DeliveryFailed: _delivery_failed,
    course.FactErased: unchanged,
    course.CitizenErased: citizen_erased,
}

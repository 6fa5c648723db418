"""Which steps of the programme's language a fact counts as, so that relations can speak of them."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.pathway.fact import Fact
from domain.pathway.facts import children, course, decisions, orders, phases, proceedings, referrals, sessions
from domain.pathway.history import Erased, Event
from domain.programme.measures import Rater

BUILT_IN = (
    "referred",
    "referral_answered",
    "referral_accepted",
    "enrolled",
    "plan_agreed",
    "contact_person_assigned",
    "time_up",
    "end_reviewed",
    "end_decided",
    "paused",
    "paused_without_end",
    "resumed",
    "outcome_recorded",
    "closed",
    "moved",
    "reopened",
)
"""The steps that every programme has."""
OF_AN_ELEMENT = ("booked",)
"""What can happen to an element besides being held, as in `training.booked`."""
OF_A_CHILD = ("called", "began", "declined")
"""What can happen to an element that is a pathway of its own, besides being walked to its end. Source: V29."""
OF_AN_ORDER = ("placed", "accepted", "declined", "reported", "completed", "cancelled", "response", "report", "approval")
"""What can happen to an order, and the answers that it calls for. Source: V17."""
OF_A_DUTY = ("missed", "assessed")
"""What can happen to an element that is or may be mandatory, as in `diet_exercise.missed`. Source: V16."""
END_ANSWERED = ("end_reviewed", "end_decided")
"""What a decision about the end is: whoever decides has looked as well."""
OF_AN_INSTRUMENT = ("low", "talked")
"""What can happen to an instrument with bands besides being answered, as in `who5.low`. Source: DOMAIN 3.2."""
LOWEST = 1
"""The band to look at first."""
OF_A_PHASE = ("entered", "review", "reviewed", "proposed", "answered")
"""What can happen to a phase, as in `health_first.entered`."""
OF_A_SECOND = ("prepared", "seconded")
"""What can happen to a decision that takes a second pair of eyes, as in `close.prepared`."""
OF_A_HEARING = (
    *("hearing_sent", "hearing_answered", "hearing_expired", "hearing_assessed", "heard"),
    *("adverse", "notified", "complaint_expired", "complained", "reassessed", "upheld", "forwarded", "concluded"),
    "to_undo",
)
"""What can happen to a decision that can be to the citizen's detriment, as in `close.heard`. Source: DOMAIN 2.8."""


def _attendance(fact: sessions.AttendanceRecorded) -> tuple[str, ...]:
    if fact.attendance in sessions.TOOK_PART:
        return (fact.element, *(f"{fact.element}.{topic}" for topic in fact.topics))
    return (f"{fact.element}.missed",) if fact.mandatory and fact.attendance is sessions.Attendance.ABSENT else ()


def _measurement(fact: course.MeasurementRecorded) -> tuple[str, ...]:
    low = (f"{fact.instrument}.low",) if fact.band == LOWEST else ()
    return (fact.instrument, f"{fact.instrument}.{fact.rater}", *low)


def _child_ended(fact: children.ChildEnded) -> tuple[str, ...]:
    return (fact.element if fact.ending is children.Ending.CLOSED else f"{fact.element}.declined",)


def _assessed(fact: proceedings.HearingAssessed) -> tuple[str, ...]:
    heard = (f"{fact.decision}.heard",) if fact.goes_on else ()
    return (f"{fact.decision}.hearing_assessed", *heard)


def _reassessed(fact: proceedings.ComplaintReassessed) -> tuple[str, ...]:
    upheld = () if fact.changed else (f"{fact.decision}.upheld",)
    return (f"{fact.decision}.reassessed", *upheld, *_undone(fact))


def _undone(fact: proceedings.ComplaintReassessed | proceedings.ComplaintConcluded) -> tuple[str, ...]:
    return (f"{fact.decision}.to_undo",) if fact.undo else ()


def _of_order(*what: str) -> Callable[[Any], tuple[str, ...]]:
    return lambda fact: tuple(f"{fact.order}.{each}" for each in what)


STEPS: Mapping[type[Fact], tuple[str, ...]] = {
    referrals.CitizenReferred: ("referred",),
    referrals.ReferralCompleted: ("referred",),
    referrals.ReferralAccepted: ("referral_answered", "referral_accepted"),
    referrals.ReferralRefused: ("referral_answered",),
    referrals.ReferralReturned: ("referral_answered",),
    referrals.ReferralWithdrawn: ("referral_answered",),
    referrals.CitizenEnrolled: ("enrolled",),
    phases.TimeUp: ("time_up",),
    phases.DurationExtended: END_ANSWERED,
    course.PlanAgreed: ("plan_agreed",),
    course.PathwayPaused: ("paused",),
    course.PathwayResumed: ("resumed",),
    course.OutcomeRecorded: ("outcome_recorded",),
    course.PathwayClosed: ("closed", "close", *END_ANSWERED),
    course.PathwayMoved: ("moved",),
    course.PathwayReopened: ("reopened",),
}
"""The steps that a fact is by its kind alone."""
MOST_LIKELY: Mapping[str, tuple[str, ...]] = {
    course.PathwayMoved.kind: END_ANSWERED,
    course.PathwayPaused.kind: ("paused_without_end",),
}
"""The steps that one is taken for besides when it cannot be read any more."""

STEPS_SAID: Mapping[type[Fact], Callable[[Any], tuple[str, ...]]] = {
    referrals.ResponsibleAssigned: lambda fact: (f"{fact.role}_assigned",),
    phases.PhaseEntered: lambda fact: (f"{fact.phase}.entered",),
    phases.ReviewCameDue: lambda fact: (f"{fact.phase}.review",),
    phases.ReviewHeld: lambda fact: (f"{fact.phase}.reviewed", "end_reviewed"),
    phases.TransitionProposed: lambda fact: (f"{fact.phase}.proposed",),
    phases.TransitionApproved: lambda fact: (f"{fact.phase}.answered",),
    phases.TransitionRejected: lambda fact: (f"{fact.phase}.answered",),
    sessions.SessionBooked: lambda fact: (f"{fact.element}.booked",),
    sessions.AttendanceRecorded: _attendance,
    sessions.AbsenceAssessed: lambda fact: (f"{fact.element}.assessed",),
    sessions.TalkHeld: lambda fact: (fact.element,),
    sessions.BridgingStepRecorded: lambda fact: (fact.element, f"{fact.element}.{fact.step}"),
    orders.OrderPlaced: _of_order("placed"),
    orders.OrderAccepted: _of_order("accepted", "response"),
    orders.OrderDeclined: _of_order("declined", "response"),
    orders.DeliveryReported: _of_order("reported", "report"),
    orders.OrderCompleted: _of_order("completed", "report", "approval"),
    orders.OrderCancelled: _of_order("cancelled", "response", "report", "approval"),
    children.ChildCalled: lambda fact: (f"{fact.element}.called",),
    children.ChildBegan: lambda fact: (f"{fact.element}.began",),
    children.ChildEnded: _child_ended,
    course.PathwayMoved: lambda fact: () if fact.takes_back else END_ANSWERED,
    course.PathwayPaused: lambda fact: () if fact.until else ("paused_without_end",),
    course.EventRecorded: lambda fact: (fact.event,),
    course.MeasurementRecorded: _measurement,
    course.MeasurementDeclined: lambda fact: (fact.instrument, f"{fact.instrument}.{Rater.CITIZEN}"),
    decisions.DecisionPrepared: lambda fact: (f"{fact.decision}.prepared",),
    decisions.DecisionConfirmed: lambda fact: (f"{fact.decision}.seconded",) if fact.is_enough else (),
    decisions.DecisionObjected: lambda fact: (f"{fact.decision}.seconded",),
    course.DecisionMade: lambda fact: (fact.decision, *((f"{fact.decision}.adverse",) if fact.adverse else ())),
    course.PathwayClosed: lambda fact: ("close.adverse",) if fact.adverse else (),
    course.PathwayReopened: lambda fact: () if fact.phase else ("referred",),
    referrals.ReferralRefused: lambda fact: ("refuse", "refuse.adverse") if fact.adverse else (),
    proceedings.HearingSent: lambda fact: (f"{fact.decision}.hearing_sent",),
    proceedings.HearingAnswered: lambda fact: (f"{fact.decision}.hearing_answered",),
    proceedings.HearingExpired: lambda fact: (f"{fact.decision}.hearing_expired",),
    proceedings.HearingAssessed: _assessed,
    proceedings.HearingExempted: lambda fact: (f"{fact.decision}.heard",),
    proceedings.DecisionNotified: lambda fact: (f"{fact.decision}.notified",),
    proceedings.ComplaintExpired: lambda fact: (f"{fact.decision}.complaint_expired",),
    proceedings.ComplaintReceived: lambda fact: (f"{fact.decision}.complained",),
    proceedings.ComplaintReassessed: _reassessed,
    proceedings.ComplaintForwarded: lambda fact: (f"{fact.decision}.forwarded",),
    proceedings.ComplaintConcluded: lambda fact: (f"{fact.decision}.concluded", *_undone(fact)),
}
"""The steps that a fact is by what it says."""

_BY_KIND = {fact.kind: steps for fact, steps in STEPS.items()}


def steps_of(event: Event) -> tuple[str, ...]:
    """The steps that *event* counts as; most facts count as none."""
    known = _BY_KIND.get(event.kind, ())
    if isinstance(event, Erased):
        return (*known, *MOST_LIKELY.get(event.kind, ()))
    said = STEPS_SAID.get(type(event))
    return (*known, *said(event)) if said else known

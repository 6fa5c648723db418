"""Which steps of the programme's language a fact counts as, so that relations can speak of them."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.pathway.facts import course, phases, referrals, sessions

BUILT_IN = (
    "referred",
    "referral_answered",
    "referral_accepted",
    "enrolled",
    "plan_agreed",
    "contact_person_assigned",
    "time_up",
    "end_decided",
    "paused",
    "resumed",
    "outcome_recorded",
    "closed",
    "moved",
    "reopened",
)
"""The steps that every programme has."""
OF_AN_ELEMENT = ("booked",)
"""What can happen to an element besides being held, as in `training.booked`."""
OF_A_DUTY = ("missed", "assessed")
"""What can happen to an element that is or may be mandatory, as in `diet_exercise.missed`. Source: V16."""
OF_A_PHASE = ("entered", "review", "reviewed", "proposed", "answered")
"""What can happen to a phase, as in `health_first.entered`."""


def _attendance(fact: sessions.AttendanceRecorded) -> tuple[str, ...]:
    if fact.attendance in sessions.TOOK_PART:
        return (fact.element,)
    return (f"{fact.element}.missed",) if fact.mandatory and fact.attendance is sessions.Attendance.ABSENT else ()


def _responsible(fact: referrals.ResponsibleAssigned) -> tuple[str, ...]:
    return (f"{fact.role}_assigned",)


STEPS: Mapping[type[object], Callable[[Any], tuple[str, ...]]] = {
    referrals.CitizenReferred: lambda _: ("referred",),
    referrals.ReferralCompleted: lambda _: ("referred",),
    referrals.ReferralAccepted: lambda _: ("referral_answered", "referral_accepted"),
    referrals.ReferralRefused: lambda _: ("referral_answered",),
    referrals.ReferralReturned: lambda _: ("referral_answered",),
    referrals.ReferralWithdrawn: lambda _: ("referral_answered",),
    referrals.CitizenEnrolled: lambda _: ("enrolled",),
    referrals.ResponsibleAssigned: _responsible,
    phases.PhaseEntered: lambda fact: (f"{fact.phase}.entered",),
    phases.ReviewCameDue: lambda fact: (f"{fact.phase}.review",),
    phases.ReviewHeld: lambda fact: (f"{fact.phase}.reviewed",),
    phases.TransitionProposed: lambda fact: (f"{fact.phase}.proposed",),
    phases.TransitionApproved: lambda fact: (f"{fact.phase}.answered",),
    phases.TransitionRejected: lambda fact: (f"{fact.phase}.answered",),
    phases.TimeUp: lambda _: ("time_up",),
    phases.DurationExtended: lambda _: ("end_decided",),
    sessions.SessionBooked: lambda fact: (f"{fact.element}.booked",),
    sessions.AttendanceRecorded: _attendance,
    sessions.AbsenceAssessed: lambda fact: (f"{fact.element}.assessed",),
    sessions.TalkHeld: lambda fact: (fact.element,),
    sessions.BridgingStepRecorded: lambda fact: (fact.element, f"{fact.element}.{fact.step}"),
    course.PlanAgreed: lambda _: ("plan_agreed",),
    course.EventRecorded: lambda fact: (fact.event,),
    course.MeasurementRecorded: lambda fact: (fact.instrument,),
    course.PathwayPaused: lambda _: ("paused",),
    course.PathwayResumed: lambda _: ("resumed",),
    course.DecisionMade: lambda fact: (fact.decision,),
    course.OutcomeRecorded: lambda _: ("outcome_recorded",),
    course.PathwayClosed: lambda _: ("closed", "close", "end_decided"),
    course.PathwayMoved: lambda _: ("moved", "end_decided"),
    course.PathwayReopened: lambda _: ("reopened",),
}


def steps_of(fact: object) -> tuple[str, ...]:
    """The steps that *fact* counts as; most facts count as none."""
    steps = STEPS.get(type(fact))
    return steps(fact) if steps else ()

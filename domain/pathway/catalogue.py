"""The catalogue of facts: every kind that a pathway's stream may hold."""

from typing import get_args

from domain.pathway.fact import Fact
from domain.pathway.facts import (
    children,
    course,
    decisions,
    intensities,
    obligations,
    orders,
    phases,
    proceedings,
    referrals,
    sessions,
)

PathwayFact = (
    referrals.CitizenReferred
    | referrals.ReferralAccepted
    | referrals.ReferralRefused
    | referrals.ReferralReturned
    | referrals.ReferralCompleted
    | referrals.ReferralWithdrawn
    | referrals.PlacedOnWaitingList
    | referrals.IntakeMoved
    | referrals.CitizenEnrolled
    | referrals.ResponsibleAssigned
    | phases.PhaseEntered
    | phases.ReviewCameDue
    | phases.ReviewHeld
    | phases.TransitionProposed
    | phases.TransitionApproved
    | phases.TransitionRejected
    | phases.TransitionTaken
    | phases.TimeUp
    | phases.DurationExtended
    | phases.WeekCounted
    | sessions.SessionBooked
    | sessions.SessionMoved
    | sessions.SessionCancelled
    | sessions.AttendanceRecorded
    | sessions.SessionEvaluated
    | sessions.SessionCompleted
    | sessions.AbsenceExcused
    | sessions.AbsenceAssessed
    | sessions.TalkHeld
    | sessions.BridgingStepRecorded
    | obligations.ObligationCreated
    | obligations.ObligationReminded
    | obligations.ObligationMet
    | obligations.ObligationExcused
    | obligations.ObligationOverdue
    | obligations.ObligationEscalated
    | obligations.DeadlineQuestioned
    | obligations.DeadlineSet
    | obligations.ObligationNotRequired
    | obligations.ObligationMoved
    | obligations.StepExcluded
    | obligations.StepIncluded
    | intensities.IntensitySet
    | orders.OrderPlaced
    | orders.OrderAccepted
    | orders.OrderDeclined
    | orders.DeliveryReported
    | orders.OrderCompleted
    | orders.OrderCancelled
    | children.ChildCalled
    | children.ChildReferred
    | children.ChildBegan
    | children.ChildEnded
    | children.ChildReleased
    | children.AftercareChosen
    | children.PassedOn
    | course.PlanAgreed
    | course.EventRecorded
    | course.CircumstanceRecorded
    | course.MeasurementRecorded
    | course.MeasurementDeclined
    | course.PathwayPaused
    | course.PathwayResumed
    | decisions.DecisionPrepared
    | decisions.DecisionConfirmed
    | decisions.DecisionObjected
    | decisions.DecisionLapsed
    | course.DecisionMade
    | proceedings.HearingSent
    | proceedings.HearingAnswered
    | proceedings.HearingExtended
    | proceedings.HearingExpired
    | proceedings.HearingAssessed
    | proceedings.HearingExempted
    | proceedings.DecisionNotified
    | proceedings.ComplaintExpired
    | proceedings.ComplaintReceived
    | proceedings.ComplaintReassessed
    | proceedings.ComplaintForwarded
    | proceedings.ComplaintConcluded
    | course.OutcomeRecorded
    | course.PathwayClosed
    | course.PathwayReopened
    | course.PathwayMoved
    | course.RuleSetApplied
    | course.FactCorrected
    | course.LetterSent
    | course.NoticeGiven
    | course.NoticeRead
    | course.DeliveryFailed
    | course.FactErased
    | course.CitizenErased
)

FACTS: dict[str, type[Fact]] = {fact.kind: fact for fact in get_args(PathwayFact)}
"""Every kind by its stored name."""

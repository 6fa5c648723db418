"""By the fact that comes first, the command that caused it; most commands say the same as their fact, in its words."""

from collections.abc import Mapping

from domain.pathway.command import Command
from domain.pathway.commands import children as child
from domain.pathway.commands import course as asked
from domain.pathway.commands import decisions as deciding
from domain.pathway.commands import intensities as agreeing
from domain.pathway.commands import obligations as owing
from domain.pathway.commands import orders as ordering
from domain.pathway.commands import phases as advancing
from domain.pathway.commands import proceedings as hearing
from domain.pathway.commands import referrals as referring
from domain.pathway.commands import sessions as meeting
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

LED_BY: Mapping[type[Fact], type[Command]] = {
    referrals.ReferralAccepted: referring.AcceptReferral,
    referrals.ReferralRefused: referring.RefuseReferral,
    referrals.ReferralReturned: referring.ReturnReferral,
    referrals.ReferralCompleted: referring.CompleteReferral,
    referrals.ReferralWithdrawn: referring.WithdrawReferral,
    referrals.IntakeMoved: referring.MoveIntake,
    referrals.CitizenEnrolled: referring.EnrolCitizen,
    referrals.ResponsibleAssigned: referring.AssignResponsible,
    phases.PhaseEntered: advancing.EnterPhase,
    phases.ReviewHeld: advancing.HoldReview,
    phases.TransitionProposed: advancing.ProposeTransition,
    phases.TransitionApproved: advancing.ApproveTransition,
    phases.TransitionRejected: advancing.RejectTransition,
    phases.DurationExtended: advancing.ExtendDuration,
    sessions.SessionBooked: meeting.BookSession,
    sessions.SessionMoved: meeting.RebookSession,
    sessions.SessionCancelled: meeting.CancelSession,
    sessions.AttendanceRecorded: meeting.RecordAttendance,
    sessions.SessionEvaluated: meeting.EvaluateSession,
    sessions.SessionCompleted: meeting.EvaluateSession,
    sessions.AbsenceExcused: meeting.ExcuseAbsence,
    sessions.AbsenceAssessed: meeting.AssessAbsence,
    sessions.TalkHeld: meeting.HoldTalk,
    sessions.BridgingStepRecorded: meeting.RecordBridgingStep,
    obligations.ObligationCreated: owing.CreateObligation,
    obligations.ObligationMet: owing.MeetObligation,
    obligations.ObligationExcused: owing.ExcuseObligation,
    obligations.DeadlineSet: owing.SetDeadline,
    obligations.ObligationNotRequired: owing.DeclareNotRequired,
    orders.OrderPlaced: ordering.PlaceOrder,
    orders.OrderAccepted: ordering.AcceptOrder,
    orders.OrderDeclined: ordering.DeclineOrder,
    orders.DeliveryReported: ordering.ReportDelivery,
    orders.OrderCompleted: ordering.CompleteOrder,
    orders.OrderCancelled: ordering.CancelOrder,
    children.ChildCalled: child.CallChild,
    children.ChildReferred: child.RecordChild,
    children.ChildBegan: child.RecordChildBegun,
    children.ChildEnded: child.RecordChildEnded,
    children.AftercareChosen: child.ChooseAftercare,
    children.PassedOn: child.RecordPassedOn,
    intensities.IntensitySet: agreeing.SetIntensity,
    course.PlanAgreed: asked.AgreePlan,
    course.EventRecorded: asked.RecordEvent,
    course.CircumstanceRecorded: asked.RecordCircumstance,
    course.MeasurementRecorded: asked.RecordMeasurement,
    course.MeasurementDeclined: asked.DeclineMeasurement,
    course.PathwayPaused: asked.PausePathway,
    course.PathwayResumed: asked.ResumePathway,
    course.DecisionMade: asked.MakeDecision,
    course.OutcomeRecorded: asked.RecordOutcome,
    course.PathwayClosed: asked.ClosePathway,
    course.PathwayReopened: asked.ReopenPathway,
    course.PathwayMoved: asked.MovePathway,
    course.LetterSent: asked.RecordLetter,
    course.NoticeGiven: asked.GiveNotice,
    course.NoticeRead: asked.ReadNotice,
    course.DeliveryFailed: asked.RecordFailure,
    decisions.DecisionPrepared: asked.MakeDecision,
    decisions.DecisionConfirmed: deciding.ConfirmDecision,
    decisions.DecisionObjected: deciding.ObjectToDecision,
    proceedings.HearingSent: hearing.SendHearing,
    proceedings.HearingAnswered: hearing.AnswerHearing,
    proceedings.HearingExtended: hearing.ExtendHearing,
    proceedings.HearingAssessed: hearing.AssessHearing,
    proceedings.HearingExempted: hearing.ExemptHearing,
    proceedings.DecisionNotified: hearing.NotifyDecision,
    proceedings.ComplaintReceived: hearing.ReceiveComplaint,
    proceedings.ComplaintReassessed: hearing.ReassessComplaint,
    proceedings.ComplaintForwarded: hearing.ForwardComplaint,
    proceedings.ComplaintConcluded: hearing.ConcludeComplaint,
}

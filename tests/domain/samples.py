"""One example of every command, as somebody who may give it would."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.actor import Actor, Role
from domain.pathway.command import Command
from domain.pathway.commands import (
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
from domain.pathway.facts.children import Choice, Ending, Parent
from domain.pathway.facts.proceedings import Channel, Ruling
from domain.pathway.facts.sessions import Attendance, Side
from domain.programme.elements import BridgingStep
from tests.support.asking import book
from tests.support.cast import CASEWORKER, CONTACT, DAY, HEALTH, OTHER_SESSION, PROVIDER, RECORDS, SESSION, SOMEBODY

SYSTEM = Actor("system:follow_up")
FACT = UUID("99999999-9999-4999-8999-999999999999")
WHY = "aftalt på mødet"
PARENT = Parent(pathway=FACT, element="work_placement", voluntary=False)


def samples(at: datetime) -> list[Command]:
    """One example of every command, given at that instant."""
    return [*_of_referrals(at), *_of_phases(at), *_of_sessions(at), *_of_obligations(at), *_of_course(at)]


def _of_referrals(at: datetime) -> list[Command]:
    return [
        referrals.ReferCitizen(by=CASEWORKER, at=at, citizen=SOMEBODY, reason=WHY, basis="samtykke"),
        referrals.AcceptReferral(by=CASEWORKER, at=at, contact_person="kp-1", judgement=WHY),
        referrals.RefuseReferral(by=CASEWORKER, at=at, reason=WHY, judgement=WHY),
        referrals.ReturnReferral(by=CASEWORKER, at=at, reason=WHY),
        referrals.CompleteReferral(by=CASEWORKER, at=at, reason=WHY),
        referrals.WithdrawReferral(by=CASEWORKER, at=at, reason=WHY),
        referrals.MoveIntake(by=CONTACT, at=at, begins=at + DAY, reason=WHY),
        referrals.EnrolCitizen(by=CONTACT, at=at),
        referrals.GivePlace(by=SYSTEM, at=at),
        referrals.AssignResponsible(by=CASEWORKER, at=at, role=Role.CONTACT_PERSON, person="kp-2", reason=WHY),
    ]


def _of_phases(at: datetime) -> list[Command]:
    return [
        phases.EnterPhase(by=CASEWORKER, at=at, phase="labour_market", reason=WHY),
        phases.HoldReview(by=CONTACT, at=at),
        phases.ProposeTransition(by=CONTACT, at=at, reason=WHY),
        phases.ApproveTransition(by=CASEWORKER, at=at),
        phases.RejectTransition(by=CASEWORKER, at=at, reason=WHY),
        phases.ExtendDuration(by=CASEWORKER, at=at, until=at + 30 * DAY, reason=WHY),
    ]


def _of_sessions(at: datetime) -> list[Command]:
    return [
        book(at, at + DAY, "diet_exercise", session=OTHER_SESSION),
        sessions.RebookSession(by=CONTACT, at=at, session=SESSION, starts=at + DAY, asked_by=Side.PROVIDER, reason=WHY),
        sessions.CancelSession(by=CONTACT, at=at, session=SESSION, asked_by=Side.WEATHER, reason=WHY),
        sessions.RecordAttendance(by=CONTACT, at=at, session=SESSION, attendance=Attendance.ABSENT),
        sessions.EvaluateSession(by=CONTACT, at=at, session=SESSION, rating=2),
        sessions.ExcuseAbsence(by=CONTACT, at=at, session=SESSION, reason=WHY),
        sessions.AssessAbsence(by=CASEWORKER, at=at, element="diet_exercise", note=WHY),
        sessions.HoldTalk(by=CONTACT, at=at, element="first_talk"),
        sessions.RecordBridgingStep(by=CONTACT, at=at, element="association", step=BridgingStep.JOINED),
    ]


def _of_obligations(at: datetime) -> list[Command]:
    return [
        obligations.CreateObligation(
            by=CONTACT, at=at, obligation="call_doctor", owner=Role.CONTACT_PERSON, due=at + DAY, note=WHY
        ),
        obligations.MeetObligation(by=CONTACT, at=at, obligation="call_doctor"),
        obligations.ExcuseObligation(by=CONTACT, at=at, obligation="first_talk", reason=WHY),
        obligations.SetDeadline(by=CASEWORKER, at=at, obligation="first_talk", due=at + DAY, reason=WHY),
        obligations.DeclareNotRequired(by=CASEWORKER, at=at, obligation="first_talk", reason=WHY),
    ]


def _of_course(at: datetime) -> list[Command]:
    return [
        orders.PlaceOrder(by=CASEWORKER, at=at, order="movement", provider="jobhuset", begins=at.date(), goals=WHY),
        orders.AcceptOrder(by=PROVIDER, at=at, order="movement"),
        orders.DeclineOrder(by=PROVIDER, at=at, order="movement", reason=WHY),
        orders.ReportDelivery(by=PROVIDER, at=at, order="movement", hours=4, sessions=2),
        orders.CompleteOrder(by=CASEWORKER, at=at, order="movement"),
        orders.CancelOrder(by=CASEWORKER, at=at, order="movement", reason=WHY),
        children.CallChild(by=CASEWORKER, at=at, element="work_placement", reason=WHY, basis=WHY),
        children.ChooseAftercare(by=CONTACT, at=at, choice=Choice.DECLINED),
        children.ReferChild(
            by=SYSTEM, at=at, citizen=SOMEBODY, reason=WHY, basis=WHY, referred_by=CASEWORKER, parent=PARENT
        ),
        children.RecordChild(by=SYSTEM, at=at, element="work_placement", called=at, child=FACT),
        children.RecordChildBegun(by=SYSTEM, at=at, element="work_placement", child=FACT),
        children.RecordChildEnded(by=SYSTEM, at=at, element="work_placement", child=FACT, ending=Ending.CLOSED),
        children.EndChild(by=SYSTEM, at=at, decided_by=CASEWORKER, outcome="other_effort", reason=WHY),
        children.RecordPassedOn(by=SYSTEM, at=at, about=FACT, follow_up="call_child"),
        intensities.SetIntensity(by=CONTACT, at=at, name="hours_per_week", value=5, effective_from=at.date()),
        course.AgreePlan(by=CONTACT, at=at, goals=WHY),
        course.RecordEvent(by=CONTACT, at=at, event="stand_by_begun"),
        course.RecordCircumstance(by=CONTACT, at=at, name="benefit", value="dagpenge"),
        course.RecordMeasurement(by=HEALTH, at=at, instrument="who5", answers=(3, 3, 3, 3, 3)),
        course.DeclineMeasurement(by=HEALTH, at=at, instrument="gse10"),
        course.PausePathway(by=CASEWORKER, at=at, reason=WHY),
        course.ResumePathway(by=CASEWORKER, at=at),
        course.MakeDecision(by=CASEWORKER, at=at, decision="leave", reason=WHY),
        decisions.ConfirmDecision(by=CASEWORKER, at=at, decision="leave"),
        decisions.ObjectToDecision(by=CASEWORKER, at=at, decision="leave", reason=WHY),
        *_of_proceedings(at),
        course.RecordOutcome(by=CONTACT, at=at, outcome="partly_fit"),
        course.ClosePathway(by=CASEWORKER, at=at, outcome="back_in_work", reason=WHY),
        course.ReopenPathway(by=CASEWORKER, at=at, reason=WHY),
        course.MovePathway(by=CASEWORKER, at=at, version=3, reason=WHY),
        course.CorrectFact(by=CONTACT, at=at, corrects=1, reason=WHY),
        course.RecordLetter(by=SYSTEM, at=at, about=FACT, letter="closed", channel="outbox"),
        course.GiveNotice(by=SYSTEM, at=at, about=FACT, notice="week_below", owner=Role.CONTACT_PERSON),
        course.ReadNotice(by=CONTACT, at=at, about=FACT, notice="week_below"),
        course.RecordFailure(by=SYSTEM, at=at, about=FACT, follow_up="closed", error="smtp"),
        course.EraseFact(by=RECORDS, at=at, erases=1, decision="2026-17"),
        course.EraseCitizen(by=RECORDS, at=at, decision="2026-18"),
        course.PassTime(by=SYSTEM, at=at),
    ]


def _of_proceedings(at: datetime) -> list[Command]:
    about: dict[str, Any] = {"by": CASEWORKER, "at": at, "decision": "close"}
    return [
        proceedings.SendHearing(**about, outcome="own_wish", reason=WHY),
        proceedings.AnswerHearing(**about, answer=WHY),
        proceedings.ExtendHearing(**about, until=at + 30 * DAY, reason=WHY),
        proceedings.AssessHearing(**about, note=WHY),
        proceedings.ExemptHearing(**about, reason=WHY),
        proceedings.NotifyDecision(**about, channel=Channel.LETTER),
        proceedings.ReceiveComplaint(**about),
        proceedings.ReassessComplaint(**about, reason=WHY),
        proceedings.ForwardComplaint(**about),
        proceedings.ConcludeComplaint(**about, ruling=Ruling.UPHELD),
    ]

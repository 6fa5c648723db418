"""Which roles may give which command, before the programme narrows it. Source: DOMAIN 7, "Signals by role"."""

from collections.abc import Mapping

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
from domain.refusal import RoleMayNot

AUTHORITY = frozenset({Role.CASEWORKER, Role.COORDINATING_CASEWORKER})
"""Those who decide for the orderer."""
STAFF = AUTHORITY | {Role.CONTACT_PERSON, Role.COMPANY_CONSULTANT, Role.HEALTH_STAFF, Role.HEALTH_COORDINATOR}
DELIVERY = STAFF | {Role.INSTRUCTOR, Role.PROVIDER}
"""Those who see the citizen."""
RESPONSIBLE = DELIVERY | {Role.REHABILITATION_STAFF, Role.HR_STAFF}
"""The roles that somebody may have for a citizen."""
ANYBODY = frozenset(Role) - {Role.SYSTEM, Role.AUDITOR, Role.STEERING_GROUP}
DECIDING = ANYBODY - {Role.PROVIDER, Role.INSTRUCTOR}
"""Those who may decide where the programme says so: whoever only delivers decides nothing. Source: V17."""
SYSTEM = frozenset({Role.SYSTEM})

MAY: Mapping[type[Command], frozenset[Role]] = {
    referrals.ReferCitizen: ANYBODY,  # the programme says who
    referrals.AcceptReferral: STAFF | {Role.PROVIDER},
    referrals.RefuseReferral: AUTHORITY,
    referrals.ReturnReferral: STAFF | {Role.PROVIDER},
    referrals.CompleteReferral: ANYBODY,  # the one who referred, or a colleague in a referring role
    referrals.WithdrawReferral: ANYBODY,
    referrals.MoveIntake: STAFF | {Role.PROVIDER},
    referrals.EnrolCitizen: STAFF | {Role.PROVIDER},
    referrals.GivePlace: SYSTEM,
    referrals.AssignResponsible: AUTHORITY | {Role.CONTACT_PERSON, Role.COMPANY_CONSULTANT},
    phases.EnterPhase: AUTHORITY,
    phases.HoldReview: STAFF,
    phases.ProposeTransition: ANYBODY,  # the programme says who
    phases.ApproveTransition: DECIDING,
    phases.RejectTransition: DECIDING,
    phases.ExtendDuration: AUTHORITY,
    sessions.BookSession: DELIVERY,
    sessions.RebookSession: DELIVERY | {Role.CITIZEN},
    sessions.CancelSession: DELIVERY | {Role.CITIZEN},
    sessions.RecordAttendance: DELIVERY,
    sessions.EvaluateSession: DELIVERY | {Role.CITIZEN},
    sessions.ExcuseAbsence: STAFF,
    sessions.AssessAbsence: AUTHORITY,
    sessions.HoldTalk: STAFF | {Role.PROVIDER},
    sessions.RecordBridgingStep: DELIVERY | {Role.CITIZEN},
    obligations.CreateObligation: STAFF | {Role.PROVIDER},
    obligations.MeetObligation: DELIVERY,
    obligations.ExcuseObligation: STAFF,
    obligations.SetDeadline: STAFF | {Role.PROVIDER},  # the owner, or those who decide
    obligations.DeclareNotRequired: AUTHORITY,
    orders.PlaceOrder: AUTHORITY,
    orders.AcceptOrder: frozenset({Role.PROVIDER}),
    orders.DeclineOrder: frozenset({Role.PROVIDER}),
    orders.ReportDelivery: frozenset({Role.PROVIDER}),
    orders.CompleteOrder: AUTHORITY,
    orders.CancelOrder: AUTHORITY,
    children.CallChild: STAFF,
    children.ChooseAftercare: STAFF | {Role.CITIZEN},
    children.ReferChild: SYSTEM,
    children.RecordChild: SYSTEM,
    children.RecordChildBegun: SYSTEM,
    children.RecordChildEnded: SYSTEM,
    children.EndChild: SYSTEM,
    children.RecordPassedOn: SYSTEM,
    intensities.SetIntensity: STAFF,
    course.AgreePlan: STAFF,
    course.RecordEvent: ANYBODY,  # the programme says who
    course.RecordCircumstance: STAFF,
    course.RecordMeasurement: STAFF | {Role.CITIZEN},
    course.DeclineMeasurement: STAFF | {Role.CITIZEN},
    course.PausePathway: AUTHORITY,
    course.ResumePathway: AUTHORITY | {Role.CONTACT_PERSON},
    course.MakeDecision: DECIDING,  # the programme says who
    decisions.ConfirmDecision: DECIDING,  # the programme says who
    decisions.ObjectToDecision: DECIDING,
    proceedings.SendHearing: AUTHORITY,
    proceedings.AnswerHearing: STAFF | {Role.CITIZEN},
    proceedings.ExtendHearing: AUTHORITY,
    proceedings.AssessHearing: AUTHORITY,
    proceedings.ExemptHearing: AUTHORITY,
    proceedings.NotifyDecision: AUTHORITY,
    proceedings.ReceiveComplaint: STAFF | {Role.CITIZEN},
    proceedings.ReassessComplaint: AUTHORITY,
    proceedings.ForwardComplaint: AUTHORITY,
    proceedings.ConcludeComplaint: AUTHORITY,
    course.RecordOutcome: STAFF,
    course.ClosePathway: DECIDING,  # the programme says who
    course.ReopenPathway: AUTHORITY,
    course.MovePathway: AUTHORITY | {Role.ADMINISTRATOR},
    course.CorrectFact: DELIVERY,
    course.RecordLetter: SYSTEM,
    course.GiveNotice: SYSTEM,
    course.ReadNotice: DELIVERY,
    course.RecordFailure: SYSTEM,
    course.EraseFact: frozenset({Role.RECORDS_MANAGER}),
    course.EraseCitizen: frozenset({Role.RECORDS_MANAGER}),
    course.PassTime: SYSTEM,
}
"""By command, the roles that may give it at all; where the programme names roles, both must agree."""

MEASURES = STAFF | {Role.CITIZEN, Role.AUDITOR}
"""Those who may see what somebody answered, and what follows from it; instructors and providers never do."""


def answering(owner: Role) -> frozenset[Role]:
    """Who may answer whether the deadline of *owner* still fits: the owner, and those who decide."""
    return AUTHORITY | {owner}


OURS = frozenset(
    {
        referrals.GivePlace,
        children.ReferChild,
        children.RecordChild,
        children.RecordChildBegun,
        children.RecordChildEnded,
        children.EndChild,
        children.RecordPassedOn,
        course.RecordLetter,
        course.GiveNotice,
        course.RecordFailure,
        course.EraseFact,
        course.EraseCitizen,
        course.PassTime,
    }
)
"""What only the engine itself asks for; a fact is erased by destroying its key, never by noting that it is."""

LOOKING, PUBLISHING, REHEARSING = "look_at_citizens", "publish_programme", "rehearse_programme"
BESIDES: Mapping[str, frozenset[Role]] = {
    LOOKING: frozenset(Role) - {Role.SYSTEM, Role.CITIZEN, Role.STEERING_GROUP, Role.ADMINISTRATOR},
    PUBLISHING: frozenset({Role.ADMINISTRATOR}),
    REHEARSING: AUTHORITY | {Role.ADMINISTRATOR},  # as for moving; it names pathways, and nothing of what they hold
}
"""What people ask for beside commands, and the roles that may.

Citizens see what is their own, which nobody can tell before there is a sign-in: until then staff show it to them.
Source: DOMAIN 7, "Signals by role".
"""


def require_role(command: Command, may: frozenset[Role] | tuple[Role, ...]) -> None:
    """Raises: RoleMayNot when the command's actor is in none of those roles."""
    _require(command.by, command.kind, may)


def require_may(by: Actor, act: str) -> None:
    """Raises: RoleMayNot when somebody in that role may not do what is asked for beside commands."""
    _require(by, act, BESIDES[act])


def _require(by: Actor, what: str, may: frozenset[Role] | tuple[Role, ...]) -> None:
    if by.role not in may:
        raise RoleMayNot(command=what, role=by.role, may=", ".join(sorted(may)))

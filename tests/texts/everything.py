"""Stories in which everything happens that can happen on a pathway, so that every sentence is said with real values."""

from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from domain.actor import Actor, Role
from domain.pathway.commands.children import (
    ChooseAftercare,
    RecordChildBegun,
    RecordChildEnded,
    RecordPassedOn,
)
from domain.pathway.commands.course import (
    AgreePlan,
    CorrectFact,
    DeclineMeasurement,
    EraseCitizen,
    EraseFact,
    GiveNotice,
    MakeDecision,
    MovePathway,
    PausePathway,
    ReadNotice,
    RecordCircumstance,
    RecordEvent,
    RecordFailure,
    RecordLetter,
    RecordMeasurement,
    RecordOutcome,
    ReopenPathway,
    ResumePathway,
)
from domain.pathway.commands.decisions import ConfirmDecision, ObjectToDecision
from domain.pathway.commands.intensities import SetIntensity
from domain.pathway.commands.obligations import (
    CreateObligation,
    DeclareNotRequired,
    ExcuseObligation,
    MeetObligation,
    SetDeadline,
)
from domain.pathway.commands.orders import AcceptOrder, CancelOrder, CompleteOrder, DeclineOrder, ReportDelivery
from domain.pathway.commands.phases import (
    ApproveTransition,
    ExtendDuration,
    HoldReview,
    ProposeTransition,
    RejectTransition,
)
from domain.pathway.commands.proceedings import (
    AnswerHearing,
    AssessHearing,
    ConcludeComplaint,
    ExemptHearing,
    ExtendHearing,
    ForwardComplaint,
    NotifyDecision,
    ReassessComplaint,
    ReceiveComplaint,
    SendHearing,
)
from domain.pathway.commands.referrals import (
    AssignResponsible,
    CompleteReferral,
    GivePlace,
    MoveIntake,
    RefuseReferral,
    ReturnReferral,
    WithdrawReferral,
)
from domain.pathway.commands.sessions import (
    AssessAbsence,
    CancelSession,
    EvaluateSession,
    ExcuseAbsence,
    HoldTalk,
    RebookSession,
    RecordBridgingStep,
)
from domain.pathway.facts.children import Choice, Ending
from domain.pathway.facts.proceedings import Channel, Ruling
from domain.pathway.facts.sessions import Attendance, Scaling, Side
from domain.programme.decisions import Valence
from domain.programme.elements import BridgingStep
from tests.domain.beginnings import on_sick_leave
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.broad import BROAD, CHILD, call, exists, order, placeable
from tests.support.cast import (
    CASEWORKER,
    CONTACT,
    DAY,
    HEALTH,
    MONDAY,
    OTHER_CASEWORKER,
    OTHER_SESSION,
    PROVIDER,
    RECORDS,
    SESSION,
    SICK,
    SIX_WEEKS,
    TODAY,
    TOGETHER,
    WEEK,
)
from tests.support.deciding import WITH_EYES
from tests.support.spec import Story, given

BY_ITSELF = altered("sygedagpenge-driftstilbud@2", ("how: proposal, when:", "how: automatic, when:"))
DECIDING = altered(
    "sundere-sammen@2",
    (
        "decisions:\n",
        (
            "decisions:\n  exempt:\n    title: {da: Fritaget for norm, en: Exempt from the norm}\n"
            "    by: [caseworker]\n    character: favourable\n    reason: text\n"
        ),
    ),
)
OWNED = altered(
    "sundere-sammen@2",
    (
        "  movement: {da: Bevægelse, en: Movement}\n",
        "  movement: {da: Bevægelse, en: Movement, owner: instructor}\n",
    ),
    (
        "  consultant_talk:\n    kind: talk\n",
        "  consultant_talk:\n    kind: talk\n    method: DLS\n    prompts: {hope: {da: Håb, en: Hope}}\n",
    ),
    (
        "  theme_talk:\n    kind: activity\n",
        "  theme_talk:\n    kind: activity\n    topics: {sleep: {da: Søvn, en: Sleep}}\n",
    ),
    ("events:\n", "partners: {volleyball: {da: Volleyballklubben, en: The volleyball club}}\nevents:\n"),
)
HOUR = timedelta(hours=1)
SYSTEM = Actor("system:follow_up")
ABOUT = UUID("44444444-4444-4444-8444-444444444444")
SESSIONS = tuple(UUID(int=number) for number in range(1, 9))


@cache
def stories() -> dict[str, Story]:
    """Every story, by what it is about."""
    return {
        "no place": _no_place(),
        "referral": _referral(),
        "refusal": given(SICK, refer(), RefuseReferral(by=CASEWORKER, at=MONDAY + DAY, reason="andet passer bedre")),
        "withdrawal": given(SICK, refer(), WithdrawReferral(by=CASEWORKER, at=MONDAY + DAY, reason="flyttet")),
        "sick leave": _sick_leave(),
        "by itself": _by_itself(),
        "together": _together(),
        "six weeks": _six_weeks(),
        "deciding": _deciding(),
        "second pair of eyes": _second_pair_of_eyes(),
        "silence": _silence(),
        "short of hands": _short_of_hands(),
        "hearing and complaint": _hearing_and_complaint(),
        "no hearing": _no_hearing(),
        "letters and notices": _letters_and_notices(),
        "by the hour": _by_the_hour(),
        "family": _family(),
        "by new rules": _by_new_rules(),
        "ordered": _ordered(),
        "declined": _declined(),
        "erased": _erased(),
    }


def _referral() -> Story:
    return given(
        SICK,
        refer(),
        ReturnReferral(by=CONTACT, at=MONDAY + DAY, reason="forsørgelsen mangler"),
        CompleteReferral(by=CASEWORKER, at=MONDAY + 2 * DAY, reason="afklaret", contraindications=("severe_pain",)),
        accept(MONDAY + 3 * DAY, judgement="kan deltage siddende", individual_support=True, reason="plads nu"),
        MoveIntake(by=CONTACT, at=MONDAY + 4 * DAY, begins=MONDAY + 10 * DAY, reason="holdet begynder senere"),
        AssignResponsible(
            by=CASEWORKER, at=MONDAY + 5 * DAY, role=Role.CONTACT_PERSON, person="kp-2", reason="ny i stillingen"
        ),
    )


def _sick_leave() -> Story:
    began = MONDAY + WEEK
    story = given(SICK, refer(), accept(MONDAY + DAY)).settle(began + DAY)
    story.tell(
        book(began + DAY, began + 2 * DAY, "diet_exercise", site="matrikel_a"),
        RebookSession(
            by=CONTACT,
            at=began + DAY,
            session=SESSION,
            starts=began + 3 * DAY,
            asked_by=Side.PROVIDER,
            reason="flyttet",
        ),
        attend(began + 4 * DAY, Attendance.ABSENT, provider_reason="kom ikke"),
        ExcuseAbsence(by=CONTACT, at=began + 5 * DAY, session=SESSION, reason="lægebesøg"),
        book(began + 5 * DAY, began + 6 * DAY, "diet_exercise", session=OTHER_SESSION),
        attend(began + 7 * DAY, Attendance.ABSENT, session=OTHER_SESSION, citizen_reason="bussen kom ikke"),
        AssessAbsence(by=CASEWORKER, at=began + 8 * DAY, element="diet_exercise", note="ingen følger"),
        book(began + 8 * DAY, began + 9 * DAY, "nature", session=SESSIONS[0]),
        CancelSession(by=CONTACT, at=began + 8 * DAY, session=SESSIONS[0], asked_by=Side.WEATHER, reason="storm"),
        HoldTalk(
            by=HEALTH,
            at=began + 10 * DAY,
            element="dls_talk",
            scaling=(Scaling(question="today", answer=4),),
            next_step="en gåtur",
        ),
        book(began + 9 * DAY, began + 10 * DAY, "first_talk", session=SESSIONS[1]),
        HoldTalk(by=CONTACT, at=began + 10 * DAY + HOUR, element="first_talk", session=SESSIONS[1], note="god snak"),
        RecordMeasurement(by=CONTACT, at=began + 11 * DAY, instrument="who5", answers=(3, 3, 3, 3, 3)),
        RecordMeasurement(by=CONTACT, at=began + 11 * DAY, instrument="gse10", answers=(None,) * 10),
        DeclineMeasurement(by=CONTACT, at=began + 11 * DAY + HOUR, instrument="who5", note="ikke i dag"),
        ProposeTransition(by=CONTACT, at=began + 12 * DAY, reason="klar til mere"),
        RejectTransition(by=CASEWORKER, at=began + 13 * DAY, reason="fire uger mere"),
        ProposeTransition(by=CONTACT, at=began + 40 * DAY, reason="nu er det tid"),
        HoldReview(by=CONTACT, at=began + 41 * DAY, note="det går fremad"),
        ApproveTransition(by=CASEWORKER, at=began + 41 * DAY),
        RecordEvent(by=CASEWORKER, at=began + 42 * DAY, event="stand_by_begun", note="operation"),
        RecordEvent(by=CASEWORKER, at=began + 52 * DAY, event="stand_by_ended"),
        RecordCircumstance(by=CASEWORKER, at=began + 53 * DAY, name="benefit", value="kontanthjaelp"),
        AgreePlan(by=CONTACT, at=began + 54 * DAY, goals="ti timer om ugen"),
        PausePathway(by=CASEWORKER, at=began + 55 * DAY, reason="indlagt", until=began + 60 * DAY),
        RecordOutcome(by=CONTACT, at=began + 90 * DAY, outcome="partly_fit", note="halv tid"),
        close(began + 91 * DAY, despite=("diet_exercise.assessed",)),
        ReopenPathway(by=CASEWORKER, at=began + 92 * DAY, reason="sygemeldt igen"),
    )
    return story


def _by_new_rules() -> Story:
    """A pause that is asked about twice, deadlines that nobody keeps, and new rules on the way."""
    story = given(TODAY, refer(), accept(MONDAY + DAY)).settle(MONDAY + 6 * WEEK)
    for back, day in ((MONDAY + 7 * WEEK, None), (MONDAY + 9 * WEEK, MONDAY + 11 * WEEK)):
        story.tell(
            PausePathway(by=CASEWORKER, at=back - 3 * DAY, reason="indlagt"),
            ResumePathway(by=CASEWORKER, at=back),
            SetDeadline(by=CONTACT, at=back, obligation="first_talk", due=day, reason="først rask da" if day else None),
        )
    return story.settle(MONDAY + 26 * WEEK)


def _by_itself() -> Story:
    began = MONDAY + WEEK
    story = given(BY_ITSELF, refer(), accept(MONDAY + DAY)).settle(began)
    for number, session in enumerate(SESSIONS[:6], start=1):
        at = began + number * DAY
        story.tell(book(at, at + HOUR, "diet_exercise", session=session))
        story.tell(attend(at + 7 * HOUR, session=session))
    return story.settle(began + 5 * WEEK)


def _together() -> Story:
    story = given(TOGETHER, refer(benefit="ressourceforloeb", mandatory=("training",)), accept(MONDAY + DAY))
    return story.tell(
        book(MONDAY + DAY, MONDAY + 2 * DAY, "training"),
        attend(MONDAY + 3 * DAY, parts=("check_in", "movement"), check_in="træt", rating=2, rating_reason="rart"),
        EvaluateSession(by=CONTACT, at=MONDAY + 4 * DAY, session=SESSION, parts=("closing_evaluation",)),
        book(MONDAY + 4 * DAY, MONDAY + 5 * DAY, "training", session=OTHER_SESSION),
        attend(
            MONDAY + 6 * DAY,
            session=OTHER_SESSION,
            parts=("movement",),
            waived=("check_in", "closing_evaluation"),
            waiver_reason="brandalarm",
        ),
        RecordBridgingStep(by=CONTACT, at=MONDAY + WEEK, element="association", step=BridgingStep.VISITED, note="glad"),
        CreateObligation(
            by=CONTACT,
            at=MONDAY + WEEK,
            obligation="call_employer",
            owner=Role.CONTACT_PERSON,
            due=MONDAY + 2 * WEEK,
            note="ringe til arbejdsgiveren",
        ),
        MeetObligation(by=CONTACT, at=MONDAY + WEEK + DAY, obligation="call_employer", note="aftalt møde"),
        ExcuseObligation(by=CONTACT, at=MONDAY + WEEK + DAY, obligation="consultant_talk", reason="på ferie"),
        PausePathway(by=CASEWORKER, at=MONDAY + 3 * WEEK, reason="ferie"),
        ResumePathway(by=CASEWORKER, at=MONDAY + 4 * WEEK, reason="tilbage"),
        DeclareNotRequired(
            by=CASEWORKER, at=MONDAY + 5 * WEEK, obligation="progression_review", reason="holdt andetsteds"
        ),
    )


def _short_of_hands() -> Story:
    story = given(OWNED, refer(benefit="ressourceforloeb"), accept(MONDAY))
    story.tell(book(MONDAY, MONDAY + DAY, "training"))
    told = attend(MONDAY + 2 * DAY, parts=("check_in",), staff=(Role.INSTRUCTOR,))
    return story.tell(
        told,
        HoldTalk(by=CONTACT, at=MONDAY + 3 * DAY, element="consultant_talk", said={"hope": "et job"}),
        book(MONDAY + 3 * DAY, MONDAY + 4 * DAY, "theme_talk", session=OTHER_SESSION),
        attend(MONDAY + 5 * DAY, session=OTHER_SESSION, topics=("sleep",)),
        RecordBridgingStep(
            by=CONTACT, at=MONDAY + WEEK, element="association", step=BridgingStep.VISITED, partner="volleyball"
        ),
    )


def _six_weeks() -> Story:
    story = given(SIX_WEEKS, refer(benefit="ressourceforloeb"), accept(MONDAY)).settle(MONDAY + 7 * WEEK)
    until = MONDAY + 10 * WEEK
    story.tell(ExtendDuration(by=CASEWORKER, at=MONDAY + 7 * WEEK, until=until, reason="godt i gang"))
    story.tell(ExtendDuration(by=CASEWORKER, at=MONDAY + 8 * WEEK, reason="uden slutdato"))
    return story.tell(
        MovePathway(by=CASEWORKER, at=MONDAY + 9 * WEEK, version=2, reason="ingen slutdato mere"), target=TOGETHER
    )


def _deciding() -> Story:
    story = given(DECIDING, refer(benefit="ressourceforloeb"), accept(MONDAY))
    return story.tell(MakeDecision(by=OTHER_CASEWORKER, at=MONDAY + DAY, decision="exempt", reason="lang transport"))


def _second_pair_of_eyes() -> Story:
    story = given(WITH_EYES, refer(benefit="ressourceforloeb"), accept(MONDAY))
    exempt = MakeDecision(by=CASEWORKER, at=MONDAY + DAY, decision="exempt", reason_code="transport")
    story.tell(
        exempt,
        ObjectToDecision(by=HEALTH, at=MONDAY + 2 * DAY, decision="exempt", reason="vi ved for lidt endnu"),
        exempt.model_copy(update={"at": MONDAY + 3 * DAY}),
        ConfirmDecision(by=OTHER_CASEWORKER, at=MONDAY + 4 * DAY, decision="exempt"),
        ConfirmDecision(by=HEALTH, at=MONDAY + 5 * DAY, decision="exempt"),
    )
    for notice in ("decision_objected", "decision_lapsed"):
        story.tell(
            GiveNotice(by=SYSTEM, at=MONDAY + WEEK, about=ABOUT, notice=notice, owner=Role.CASEWORKER, subject="exempt")
        )
    return story


def _silence() -> Story:
    story = given(WITH_EYES, refer(benefit="ressourceforloeb"), accept(MONDAY))
    exempt = MakeDecision(by=CASEWORKER, at=MONDAY + DAY, decision="exempt", reason_code="treatment")
    return story.tell(exempt, close(MONDAY + DAY, "job")).settle(MONDAY + 2 * WEEK)


def _hearing_and_complaint() -> Story:
    about: dict[str, Any] = {"by": CASEWORKER, "decision": "close"}
    extended, late = MONDAY + 4 * WEEK, MONDAY + 10 * WEEK
    story = given(TOGETHER, refer(benefit="ressourceforloeb"), accept(MONDAY)).tell(
        SendHearing(**about, at=MONDAY + DAY, outcome="own_wish", reason="udebliver uden afbud"),
        ExtendHearing(**about, at=MONDAY + 2 * DAY, until=extended, reason="på ferie"),
    )
    story.settle(extended).tell(
        AnswerHearing(**about, at=extended, answer="vil gerne blive"),
        AssessHearing(**about, at=extended, note="ændrer intet"),
        close(extended, "own_wish", against_wish=True),
        NotifyDecision(**about, at=extended + DAY, channel=Channel.LETTER),
    )
    return story.settle(late).tell(
        ReceiveComplaint(**about, at=late, note="uenig"),
        ReassessComplaint(**about, at=late + DAY, reason="intet nyt"),
        ForwardComplaint(**about, at=late + 2 * DAY, note="med bilag"),
        ConcludeComplaint(**about, at=late + 3 * DAY, ruling=Ruling.REMANDED, note="mangelfuldt oplyst"),
    )


def _no_place() -> Story:
    story = given(BROAD, refer()).among(taken=20).tell(accept(MONDAY + DAY)).among(taken=19, waiting=1)
    story.tell(GivePlace(by=SYSTEM, at=MONDAY + 2 * DAY))
    return story.tell(RecordPassedOn(by=SYSTEM, at=MONDAY + 2 * DAY, about=ABOUT, follow_up="give_place"))


def _no_hearing() -> Story:
    story = given(TOGETHER, refer(benefit="ressourceforloeb"), accept(MONDAY))
    story.tell(ExemptHearing(by=CASEWORKER, at=MONDAY + DAY, decision="close", reason="kendte oplysningerne"))
    story.tell(AssessHearing(by=CASEWORKER, at=MONDAY + 2 * DAY, decision="close", note="ikke nødvendigt", drop=True))
    return story


def _letters_and_notices() -> Story:
    story = given(TOGETHER, refer(benefit="ressourceforloeb"), accept(MONDAY), HoldReview(by=CONTACT, at=MONDAY + DAY))
    held = story.kinds.index("review_held") + 1
    at = MONDAY + 2 * DAY
    story.tell(RecordLetter(by=SYSTEM, at=at, about=ABOUT, letter="enrolled", channel="mail"))
    for notice, owner, subject in (
        ("referral_returned", Role.CASEWORKER, None),
        ("intake_came", Role.CONTACT_PERSON, None),
        ("place_given", Role.CONTACT_PERSON, None),
        ("assigned", Role.CONTACT_PERSON, "contact_person"),
        ("transition_taken", Role.CASEWORKER, "together"),
        ("week_below", Role.CONTACT_PERSON, "2026-W09"),
        ("order_declined", Role.CASEWORKER, "training"),
    ):
        story.tell(GiveNotice(by=SYSTEM, at=at, about=ABOUT, notice=notice, owner=owner, subject=subject))
    story.tell(ReadNotice(by=CONTACT, at=at, about=ABOUT, notice="assigned"))
    story.tell(RecordFailure(by=SYSTEM, at=at, about=ABOUT, follow_up="session_booked", error="timed_out"))
    story.tell(RecordFailure(by=SYSTEM, at=at, about=SESSION, follow_up="assigned", error="timed_out"))
    story.tell(CorrectFact(by=CONTACT, at=at, corrects=held, changes={"note": "gik godt"}, reason="glemt"))
    return story.tell(CorrectFact(by=CONTACT, at=at, corrects=held, withdraw=True, reason="forkert borger"))


def _by_the_hour() -> Story:
    agreed = SetIntensity(
        by=CONTACT, at=MONDAY + DAY, name="hours_per_week", value=5, effective_from=date(2026, 4, 6), reason="operation"
    )
    return given(BROAD, refer(), agreed)


def _family() -> Story:
    at = MONDAY + DAY
    told = {"by": SYSTEM, "at": at, "child": CHILD}
    story = placeable().tell(
        call(at),
        exists(at),
        RecordChildBegun(**told, element="work_placement"),
        RecordPassedOn(by=SYSTEM, at=at, about=ABOUT, follow_up="tell_parent"),
        ChooseAftercare(by=CONTACT, at=at, choice=Choice.DECLINED, note="vil klare sig selv"),
        ChooseAftercare(by=CONTACT, at=at + HOUR, choice=Choice.WANTED),
        close(at + DAY),
    )
    ended = {"element": "work_placement", "ending": Ending.CLOSED, "outcome": "job", "valence": Valence.POSITIVE}
    return story.tell(RecordChildEnded(**{**told, **ended, "at": at + DAY}))


def _ordered() -> Story:
    at = MONDAY + DAY
    story = on_sick_leave(BROAD).tell(
        order(at, provider="nordvest", hours=40, terms="410 kr. pr. time", ends=at.date())
    )
    return story.tell(
        AcceptOrder(by=PROVIDER, at=at, order="movement", note="begynder mandag"),
        ReportDelivery(by=PROVIDER, at=at + DAY, order="movement", hours=4, sessions=1, note="godt i gang"),
        CompleteOrder(by=CASEWORKER, at=at + 2 * DAY, order="movement", note="som aftalt"),
    )


def _declined() -> Story:
    at = MONDAY + DAY
    return on_sick_leave(BROAD).tell(
        order(at),
        DeclineOrder(by=PROVIDER, at=at, order="movement", reason="ingen ledige pladser"),
        order(at + DAY),
        CancelOrder(by=CASEWORKER, at=at + 2 * DAY, order="movement", reason="i arbejde"),
    )


def _erased() -> Story:
    story = given(SICK, refer(), accept(MONDAY + DAY))
    story.tell(EraseFact(by=RECORDS, at=MONDAY + 2 * DAY, erases=3, decision="2026-1"))
    return story.tell(EraseCitizen(by=RECORDS, at=MONDAY + 3 * DAY, decision="2026-2"))

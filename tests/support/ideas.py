"""What may come to somebody's mind about a pathway: every command, with details that fit and details that do not."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.actor import Actor, Role
from domain.calendar import local_date
from domain.pathway.command import Command
from domain.pathway.commands import course, decisions, intensities, obligations, phases, referrals
from domain.pathway.facts.sessions import Attendance
from tests.support.asking import accept
from tests.support.cast import CASEWORKER, CONSULTANT, CONTACT, HEALTH, OTHER_CASEWORKER, RECORDS
from tests.support.family_ideas import call_child, choose, end_child, family, passed_on, told_of_a_child
from tests.support.order_ideas import ordering
from tests.support.proceeding_ideas import (
    NEXT,
    answer,
    complain,
    conclude,
    decide_against,
    forward,
    hear,
    notify,
    reassess,
)
from tests.support.proceeding_ideas import assess as assess_hearing
from tests.support.session_ideas import assess, attend, book, bridge, cancel, evaluate, excuse_absence, rebook, talk
from tests.support.wandering import Idea, Wanderer

SYSTEM = Actor("system:follow_up")
THIRD = Actor("coordinating_caseworker:sb-3")
SAME_PERSON = Actor("coordinating_caseworker:sb-1")
"""The caseworker, in another role."""
CORRECTIONS: dict[str, tuple[dict[str, Any], ...]] = {
    "plan_agreed": ({"goals": "rettet"},),
    "talk_held": ({"note": "rettet"}, {"minutes": 10}, {"resets_clock": False}),
    "attendance_recorded": ({"attendance": "excused"}, {"attendance": "absent"}, {"attendance": "present"}),
    "session_evaluated": ({"rating": 1}, {"rating": 9}),
    "measurement_recorded": ({"answers": [1, 1, 1, 1, 1]}, {"answers": [9]}),
    "event_recorded": ({"note": "rettet"},),
    "circumstance_recorded": ({"value": "sygedagpenge"},),
    "review_held": ({"note": "rettet"},),
    "bridging_step_recorded": ({"step": "visited"},),
    "outcome_recorded": ({"note": "rettet"}, {"outcome": "job"}),
}
"""By what people report, how it may be put right, or not."""


def _correct(who: Wanderer, at: datetime) -> Command:
    version = who.fact(*CORRECTIONS) if who.chance(0.9) else who.fact()
    changes = who.random.choice(CORRECTIONS.get(who.watched.kinds[version - 1], ({"note": "rettet"},)))
    if who.chance(0.2):
        changes = {"at": str(at - timedelta(days=who.random.randrange(30)))}
    fields: dict[str, Any] = {"withdraw": True} if who.chance(0.3) else {"changes": changes}
    return course.CorrectFact(by=CASEWORKER, at=at, corrects=version, reason="forkert", **fields)


def _measure(who: Wanderer, at: datetime) -> Command:
    instrument, questions = who.random.choice([("who5", 5), ("gse10", 10), ("gse10", 5)])
    answers = tuple(who.random.choice([None, 1, 2, 3]) for _ in range(questions))
    return course.RecordMeasurement(by=HEALTH, at=at, instrument=instrument, answers=answers, **who.told_late(at))


def _decline(who: Wanderer, at: datetime) -> Command:
    instrument = who.one_of(who.programme.measures)
    return course.DeclineMeasurement(by=HEALTH, at=at, instrument=instrument, note="ikke i dag", **who.told_late(at))


def _event(who: Wanderer, at: datetime) -> Command:
    event = who.one_of(who.programme.events)
    return course.RecordEvent(by=CASEWORKER, at=at, event=event, note="aftalt", **who.told_late(at))


def _circumstance(who: Wanderer, at: datetime) -> Command:
    name = who.one_of(who.programme.citizen)
    value = who.random.choice(["sygedagpenge", "ingen", "ressourceforloeb", "andet", True, 7, None])
    return course.RecordCircumstance(by=CASEWORKER, at=at, name=name, value=value, **who.told_late(at))


def _agree(who: Wanderer, at: datetime) -> Command:
    name, value = who.one_of(who.programme.intensities), who.random.choice([2, 5, 10, 20, 50])
    day = local_date(at) + timedelta(days=who.random.randrange(-30, 60))
    return intensities.SetIntensity(by=CONTACT, at=at, name=name, value=value, effective_from=day)


def _pause(who: Wanderer, at: datetime) -> Command:
    until = who.random.choice([None, at + timedelta(weeks=3), at + timedelta(hours=5)])
    return course.PausePathway(by=CASEWORKER, at=at, reason="syg", until=until)


def _promise(who: Wanderer, at: datetime) -> Command:
    name, due = who.random.choice(["ring_op", "skriv"]), at + timedelta(days=who.random.randrange(40))
    owner = who.random.choice([Role.CASEWORKER, Role.CONTACT_PERSON])
    return obligations.CreateObligation(by=CASEWORKER, at=at, obligation=name, owner=owner, due=due, note="lovet")


def _keep(who: Wanderer, at: datetime) -> Command:
    name = who.one_of(who.programme.obligations) if who.chance(0.3) else who.obligation()
    return obligations.MeetObligation(by=CONTACT, at=at, obligation=name, **who.told_late(at))


def _excuse(who: Wanderer, at: datetime) -> Command:
    return obligations.ExcuseObligation(by=CASEWORKER, at=at, obligation=who.obligation(), reason="aftalt")


def _answer(who: Wanderer, at: datetime) -> Command:
    asked = [each.name for each in who.pathway.obligations.values() if each.question]
    due = who.random.choice([None, at + timedelta(days=who.random.randrange(-1, 40))])
    name = who.one_of(asked) if asked else who.obligation()
    return obligations.SetDeadline(by=CASEWORKER, at=at, obligation=name, due=due, reason="ny dato aftalt")


def _let_go(who: Wanderer, at: datetime) -> Command:
    return obligations.DeclareNotRequired(by=CASEWORKER, at=at, obligation=who.obligation(), reason="overflødig")


def _notice(who: Wanderer, at: datetime) -> Command:
    about = UUID(int=who.random.randrange(3), version=4)
    if who.chance(0.3):
        return course.RecordFailure(by=SYSTEM, at=at, about=about, follow_up="closed", error="smtp")
    if who.chance(0.3):
        return course.RecordLetter(by=SYSTEM, at=at, about=about, letter="closed", channel="outbox")
    return course.GiveNotice(by=SYSTEM, at=at, about=about, notice="week_below", owner=Role.CONTACT_PERSON)


def _assign(who: Wanderer, at: datetime) -> Command:
    role = who.random.choice([Role.CONTACT_PERSON, Role.CASEWORKER, Role.COMPANY_CONSULTANT, Role.CITIZEN])
    person, reason = who.random.choice(["kp-1", "kp-2", "sb-1"]), who.random.choice([None, "ferie", "ferie"])
    return referrals.AssignResponsible(by=CASEWORKER, at=at, role=role, person=person, reason=reason)


def _move_intake(who: Wanderer, at: datetime) -> Command:
    begins = (who.pathway.begins or at) + timedelta(days=who.random.randrange(-9, 10))
    return referrals.MoveIntake(by=CONTACT, at=at, begins=begins, reason="færre pladser")


def _extend(who: Wanderer, at: datetime) -> Command:
    until = who.random.choice([None, at + timedelta(weeks=4), at])
    return phases.ExtendDuration(by=CASEWORKER, at=at, until=until, reason="endnu ikke klar")


def _enter(who: Wanderer, at: datetime) -> Command:
    return phases.EnterPhase(by=CASEWORKER, at=at, phase=who.one_of(who.programme.phases), reason="klar")


def _close(who: Wanderer, at: datetime) -> Command:
    despite = ("diet_exercise.assessed",) if who.chance(0.5) else ()
    outcome = who.one_of(who.programme.outcomes)
    return course.ClosePathway(by=CASEWORKER, at=at, outcome=outcome, reason="nået", despite=despite)


def _end(who: Wanderer, at: datetime) -> Command:
    return who.random.choice(ENDINGS)(who, at)


def _return(_: Wanderer, at: datetime) -> Command:
    return referrals.ReturnReferral(by=CASEWORKER, at=at, reason="mangler status")


def _propose(who: Wanderer, at: datetime) -> Command:
    return phases.ProposeTransition(by=who.random.choice([CONTACT, CONSULTANT]), at=at, reason="klar")


def _read(who: Wanderer, at: datetime) -> Command:
    notices = list(who.pathway.notices)
    about = UUID(who.random.choice(notices).partition(":")[2]) if notices else UUID(int=1, version=4)
    return course.ReadNotice(by=CASEWORKER, at=at, about=about, notice="week_below")


def _decide(who: Wanderer, at: datetime) -> Command:
    return course.MakeDecision(by=CONTACT, at=at, decision=who.one_of(who.programme.decisions))


def _decide_soundly(who: Wanderer, at: datetime) -> Command:
    """With all that the decision asks for, most often."""
    name = who.one_of(name for name in who.programme.decisions if name != "close")
    known = who.programme.decisions.get(name)
    said: dict[str, Any] = {"outcome": known.outcomes[0] if known and known.outcomes else None}
    said["reason_code"] = next(iter(known.reasons), None) if known else None
    said["legal_basis"] = "LAS § 15" if known and known.reason == "legal_basis" else None
    said["against_wish"] = who.chance(0.5)
    by = who.random.choice([CASEWORKER, OTHER_CASEWORKER, CONTACT])
    return course.MakeDecision(by=by, at=at, decision=name, **said)


def _second(who: Wanderer, at: datetime) -> Command:
    prepared = sorted(who.pathway.prepared)
    decision = who.random.choice(prepared) if prepared else who.one_of(who.programme.decisions)
    by = who.random.choice([CASEWORKER, OTHER_CASEWORKER, THIRD, HEALTH, SAME_PERSON])
    if who.chance(0.3):
        return decisions.ObjectToDecision(by=by, at=at, decision=decision, reason="for tidligt")
    return decisions.ConfirmDecision(by=by, at=at, decision=decision)


def _misled(who: Wanderer, at: datetime) -> Command:
    """Something that is told by somebody who may not, most often."""
    return who.random.choice(IDEAS[:-1])(who, at).model_copy(update={"by": who.somebody()})


def move(who: Wanderer, at: datetime) -> Command:
    """To another version of the programme, or to none."""
    undoes = who.fact("pathway_moved") if who.chance(0.3) else None
    version = who.random.randrange(1, 5)
    return course.MovePathway(by=CASEWORKER, at=at, version=version, undoes=undoes, reason="ny ordning")


def erase(who: Wanderer, at: datetime) -> Command:
    """The key of a fact is destroyed, now and then that of the citizen."""
    if who.chance(0.1):
        return course.EraseCitizen(by=RECORDS, at=at, decision="2026-18")
    return course.EraseFact(by=RECORDS, at=at, erases=who.fact(), decision="2026-17")


BEGINNING: tuple[Idea, ...] = (
    lambda who, at: accept(at, judgement=None if who.chance(0.1) else "vurderet"),
    lambda who, at: accept(at, judgement="vurderet", begins=at + timedelta(days=9) if who.chance(0.5) else None),
)
"""What is answered to a referral."""
WAITING: tuple[Idea, ...] = (
    lambda _, at: referrals.EnrolCitizen(by=CASEWORKER, at=at),
    lambda _, at: referrals.GivePlace(by=SYSTEM, at=at),
    _move_intake,
)
RETURNED: tuple[Idea, ...] = (lambda _, at: referrals.CompleteReferral(by=CASEWORKER, at=at, reason="her er den"),)
CLOSED: tuple[Idea, ...] = (
    lambda who, at: course.ReopenPathway(by=CASEWORKER, at=at, reason="syg igen", beyond_places=who.chance(0.2)),
)
PAUSED: tuple[Idea, ...] = (lambda _, at: course.ResumePathway(by=CASEWORKER, at=at),)
PROPOSED: tuple[Idea, ...] = (
    lambda _, at: phases.ApproveTransition(by=CASEWORKER, at=at),
    lambda _, at: phases.RejectTransition(by=OTHER_CASEWORKER, at=at, reason="ikke endnu"),
)
ENDINGS: tuple[Idea, ...] = (
    lambda _, at: referrals.RefuseReferral(by=CASEWORKER, at=at, reason="et andet tilbud", judgement="vurderet"),
    lambda _, at: referrals.WithdrawReferral(by=CASEWORKER, at=at, reason="i job"),
    _close,
)
IDEAS: tuple[Idea, ...] = (
    *(*BEGINNING[1:], *WAITING, *RETURNED, *CLOSED, *PAUSED, *PROPOSED),
    *(book, book, book, rebook, cancel, attend, evaluate, assess, talk, talk, talk, bridge),
    *(call_child, choose, passed_on, told_of_a_child, told_of_a_child, end_child),
    *(_correct, _correct, _correct, _measure, _decline, _event, _event, _circumstance, _pause, _promise, _keep, _keep),
    *(_excuse, _let_go, _notice, _notice, _read, _assign, _extend, _enter, _decide, _end, _close),
    *(_decide_soundly, _decide_soundly, _second, hear, hear, answer, assess_hearing, decide_against),
    *(notify, complain, reassess, forward, conclude),
    lambda who, at: course.AgreePlan(by=CASEWORKER, at=at, goals="en gåtur om dagen", **who.told_late(at)),
    _return,
    lambda who, at: phases.HoldReview(by=CONTACT, at=at, **who.told_late(at)),
    _propose,
    _propose,
    lambda who, at: course.RecordOutcome(by=CASEWORKER, at=at, outcome=who.one_of(who.programme.outcomes)),
    excuse_absence,
    _misled,
)
"""What comes to mind on any day."""
SELDOM: tuple[Idea, ...] = (move, move, erase)
"""What needs more than the pathway: another version of the programme, or its keys."""


def fitting(who: Wanderer, at: datetime) -> tuple[Idea, ...]:
    """What suggests itself as things stand."""
    pathway = who.pathway
    owed = [each.name for each in pathway.obligations.values()]
    by_stage = {
        "referred": (*BEGINNING, *BEGINNING, *BEGINNING, _return, _return, _end),
        "waiting": WAITING,
        "returned": RETURNED,
        "closed": CLOSED,
    }
    return (
        *by_stage.get(pathway.stage, ()),
        *(PAUSED if pathway.paused_since else ()),
        *((_answer, _answer) if any(each.question for each in pathway.obligations.values()) else ()),
        *((_agree,) if who.programme.intensities else ()),
        *family(who),
        *ordering(who),
        *((_answer,) if owed and who.chance(0.2) else ()),
        *((*PROPOSED, _propose) if pathway.proposal else ()),
        *((_second, _second) if pathway.prepared else ()),
        *(idea for hearing in pathway.hearings.values() for idea in NEXT[hearing.stage]),
        *(idea for recourse in pathway.recourses.values() for idea in NEXT[recourse.stage]),
        *((assess, _close, _close) if any(name.endswith(".assessed") for name in owed) else ()),
        *((attend, attend) if any(each.starts <= at for each in pathway.bookings.values()) else ()),
        *((rebook, cancel) if pathway.bookings else ()),
        *((excuse_absence,) if any(each.attendance is Attendance.ABSENT for each in pathway.attendance) else ()),
        *((evaluate,) if any(each.parts and not each.completed for each in pathway.attendance) else ()),
    )

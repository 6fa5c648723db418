"""Chance lives: somebody who does whatever comes to mind, some of it refused, as a pathway in real life."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from domain.actor import Actor, Role
from domain.pathway.command import Command
from domain.pathway.commands import course, obligations, phases, referrals, sessions
from domain.pathway.facts.sessions import Attendance, Side
from domain.programme.elements import Kind
from domain.programme.shape import Programme
from tests.support.asking import accept
from tests.support.cast import CASEWORKER, CONTACT, OTHER_CASEWORKER
from tests.support.spec import Story

Idea = Callable[["Wanderer", datetime], Command]


class Wanderer:
    """Somebody who has ideas about a pathway."""

    def __init__(self, random: Random, story: Story) -> None:
        self.random = random
        self.story = story

    @property
    def programme(self) -> Programme:
        """What the pathway follows now."""
        return self.story.programme

    def instant(self, last: datetime) -> datetime:
        """When something is done next: mostly soon, now and then after months."""
        hours = self.random.choice([1, 3, 24, 24, 50, 24 * 7, 24 * 31, 24 * 100])
        return last + timedelta(hours=hours, minutes=self.random.randrange(60))

    def command(self, at: datetime) -> Command:
        """What is done then."""
        if self.story.pathway.stage in {"referred", "waiting"} and self.random.random() < 0.5:
            return self.random.choice(BEGINNING)(self, at)
        return self.random.choice(IDEAS)(self, at)

    def one_of(self, things: object) -> str:
        """One of *things* by name, or one that is not there."""
        names = sorted(map(str, things))  # type: ignore[call-overload]  # any collection
        return self.random.choice(names) if names else "findes_ikke"

    def session(self) -> UUID:
        """A session that is booked, or another."""
        booked = sorted(self.story.pathway.bookings)
        return self.random.choice(booked) if booked else UUID(int=self.random.getrandbits(128), version=4)

    def element(self, *kinds: Kind) -> str:
        """An element of one of these kinds."""
        return self.one_of(name for name, each in self.programme.elements.items() if each.kind in kinds)

    def obligation(self) -> str:
        """Something that is owed."""
        return self.one_of(self.story.pathway.obligations)

    def fact(self) -> int:
        """A fact by its number, most often one that people reported."""
        told = {"plan_agreed", "talk_held", "attendance_recorded", "measurement_recorded", "event_recorded"}
        versions = [number for number, kind in enumerate(self.story.kinds, start=1) if kind in told]
        return self.random.choice(versions or [1])


def _book(who: Wanderer, at: datetime) -> Command:
    starts = at + timedelta(hours=who.random.randrange(1, 200))
    element = who.element(Kind.TRAINING, Kind.ACTIVITY, Kind.TALK)
    session = UUID(int=who.random.getrandbits(128), version=4)
    return sessions.BookSession(by=CONTACT, at=at, session=session, element=element, starts=starts)


def _attend(who: Wanderer, at: datetime) -> Command:
    attendance = who.random.choice(list(Attendance))
    return sessions.RecordAttendance(by=CONTACT, at=at, session=who.session(), attendance=attendance)


def _correct(who: Wanderer, at: datetime) -> Command:
    changes = who.random.choice([{"note": "rettet"}, {"goals": "rettet"}, {"minutes": 10}, {"attendance": "excused"}])
    withdraw = who.random.random() < 0.3
    fields = {} if withdraw else {"changes": changes}
    return course.CorrectFact(by=CONTACT, at=at, corrects=who.fact(), withdraw=withdraw, reason="forkert", **fields)


def _measure(who: Wanderer, at: datetime) -> Command:
    answers = tuple(who.random.choice([None, 1, 2, 3]) for _ in range(5))
    return course.RecordMeasurement(by=CONTACT, at=at, instrument="who5", answers=answers)


def _event(who: Wanderer, at: datetime) -> Command:
    return course.RecordEvent(by=CASEWORKER, at=at, event=who.one_of(who.programme.events), note="aftalt")


def _pause(who: Wanderer, at: datetime) -> Command:
    until = who.random.choice([None, at + timedelta(weeks=3)])
    return course.PausePathway(by=CASEWORKER, at=at, reason="syg", until=until)


def _promise(who: Wanderer, at: datetime) -> Command:
    name, due = who.random.choice(["ring_op", "skriv"]), at + timedelta(days=who.random.randrange(1, 40))
    owner = who.random.choice([Role.CASEWORKER, Role.CONTACT_PERSON])
    return obligations.CreateObligation(by=CASEWORKER, at=at, obligation=name, owner=owner, due=due, note="lovet")


def _notice(who: Wanderer, at: datetime) -> Command:
    about = UUID(int=who.random.randrange(3), version=4)
    if who.random.random() < 0.5:
        return course.ReadNotice(by=CASEWORKER, at=at, about=about, notice="week_below")
    return course.GiveNotice(
        by=Actor("system:follow_up"),
        at=at,
        about=about,
        notice="week_below",
        owner=Role.CONTACT_PERSON,
    )


def _assign(who: Wanderer, at: datetime) -> Command:
    role = who.random.choice([Role.CONTACT_PERSON, Role.CASEWORKER, Role.COMPANY_CONSULTANT])
    person = who.random.choice(["kp-1", "kp-2", "sb-1"])
    return referrals.AssignResponsible(by=CASEWORKER, at=at, role=role, person=person, reason="ferie")


def _talk(who: Wanderer, at: datetime) -> Command:
    return sessions.HoldTalk(
        by=CONTACT, at=at, happened=at - timedelta(hours=who.random.randrange(50)), element=who.element(Kind.TALK)
    )


def _ending(who: Wanderer, at: datetime) -> Command:
    return who.random.choice(ENDINGS)(who, at)


BEGINNING: tuple[Idea, ...] = (
    lambda _, at: accept(at, judgement="vurderet"),
    lambda _, at: referrals.EnrolCitizen(by=CASEWORKER, at=at),
)
ENDINGS: tuple[Idea, ...] = (
    lambda _, at: referrals.RefuseReferral(by=CASEWORKER, at=at, reason="et andet tilbud", judgement="vurderet"),
    lambda _, at: referrals.WithdrawReferral(by=CASEWORKER, at=at, reason="i job"),
    lambda who, at: course.ClosePathway(
        by=CASEWORKER,
        at=at,
        outcome=who.one_of(who.programme.outcomes),
        reason="nået",
        despite=("diet_exercise.assessed",),
    ),
)
IDEAS: tuple[Idea, ...] = (
    *BEGINNING,
    _book,
    _book,
    _attend,
    _attend,
    _attend,
    _correct,
    _correct,
    _measure,
    _event,
    _pause,
    _promise,
    _notice,
    _notice,
    _assign,
    _talk,
    _talk,
    _ending,
    lambda _, at: course.ResumePathway(by=CASEWORKER, at=at),
    lambda _, at: course.ReopenPathway(by=CASEWORKER, at=at, reason="syg igen"),
    lambda _, at: course.AgreePlan(by=CASEWORKER, at=at, goals="en gåtur om dagen"),
    lambda _, at: referrals.ReturnReferral(by=CASEWORKER, at=at, reason="mangler status"),
    lambda _, at: referrals.CompleteReferral(by=CASEWORKER, at=at, reason="her er den"),
    lambda _, at: phases.HoldReview(by=CONTACT, at=at),
    lambda _, at: phases.ProposeTransition(by=CONTACT, at=at, reason="klar"),
    lambda _, at: phases.ApproveTransition(by=CASEWORKER, at=at),
    lambda _, at: phases.RejectTransition(by=OTHER_CASEWORKER, at=at, reason="ikke endnu"),
    lambda who, at: course.RecordOutcome(by=CASEWORKER, at=at, outcome=who.one_of(who.programme.outcomes)),
    lambda who, at: sessions.CancelSession(
        by=CONTACT, at=at, session=who.session(), asked_by=Side.WEATHER, reason="storm"
    ),
    lambda who, at: obligations.MeetObligation(by=CONTACT, at=at, obligation=who.obligation()),
    lambda who, at: obligations.ExcuseObligation(by=CASEWORKER, at=at, obligation=who.obligation(), reason="aftalt"),
)

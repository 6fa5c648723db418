"""What may come to somebody's mind about sessions, talks and absences."""

from datetime import datetime, timedelta
from typing import Any

from domain.pathway.command import Command
from domain.pathway.commands import sessions
from domain.pathway.facts.sessions import TOOK_PART, Attendance, Scaling, Side
from domain.programme.elements import BridgingStep, Duty, Kind
from tests.support.asking import book as agree
from tests.support.cast import CASEWORKER, CONTACT
from tests.support.wandering import Wanderer


def book(who: Wanderer, at: datetime) -> Command:
    """A session of some element is agreed on."""
    starts = at + timedelta(hours=who.random.randrange(-30, 200))
    kinds = (Kind.TRAINING,) if who.chance(0.4) else (Kind.TRAINING, Kind.ACTIVITY, Kind.TALK, Kind.PLACEMENT)
    element = who.element(*kinds)
    return agree(at, starts, element, session=who.new_session())


def rebook(who: Wanderer, at: datetime) -> Command:
    """A booking is moved."""
    starts = at + timedelta(hours=who.random.randrange(-30, 200))
    asked_by = who.random.choice(list(Side))
    return sessions.RebookSession(
        by=CONTACT, at=at, session=who.session(), starts=starts, asked_by=asked_by, reason="flyttet"
    )


def cancel(who: Wanderer, at: datetime) -> Command:
    """A booking is called off."""
    return sessions.CancelSession(by=CONTACT, at=at, session=who.session(), asked_by=Side.WEATHER, reason="storm")


def _parts(who: Wanderer, element: str | None) -> dict[str, Any]:
    """Which parts of a session of *element* were held or waived, not always all of them."""
    known = who.programme.elements.get(element or "")
    parts = known.parts if known and not who.chance(0.03) else ("findes_ikke",)
    held = tuple(part for part in parts if who.chance(0.7))
    if not who.chance(0.5):
        return {"parts": held}
    return {"parts": held, "waived": parts, "waiver_reason": who.random.choice([None, "strømsvigt", "strømsvigt"])}


def attend(who: Wanderer, at: datetime) -> Command:
    """What became of a session that has begun."""
    session = who.session(until=at)
    booking = who.pathway.bookings.get(session)
    attendance = who.random.choice([*Attendance, *(Attendance.PRESENT, Attendance.ABSENT) * 3])
    rating, told = who.random.choice([None, 2]), _parts(who, booking.element if booking else None)
    told["parts"] = told["parts"] or None
    if attendance in TOOK_PART:
        told["rating"] = rating
    return sessions.RecordAttendance(by=CONTACT, at=at, session=session, attendance=attendance, **told)


def evaluate(who: Wanderer, at: datetime) -> Command:
    """What was missing in a session that was held."""
    session = who.held()
    seen = who.pathway.attended_session(session)
    parts = _parts(who, seen.element if seen else None)
    return sessions.EvaluateSession(by=CONTACT, at=at, session=session, rating=3, **parts)


def assess(who: Wanderer, at: datetime) -> Command:
    """An absence was looked into."""
    duties = [name for name, each in who.programme.elements.items() if each.obligation is not Duty.VOLUNTARY]
    return sessions.AssessAbsence(by=CASEWORKER, at=at, element=who.one_of(duties), note="talt igennem")


def talk(who: Wanderer, at: datetime) -> Command:
    """A talk, planned or not, was held."""
    element = who.element(Kind.TALK)
    known = who.programme.elements.get(element)
    scaling = (Scaling(question="today", answer=4),) if known and known.scaling else ()
    booked = [session for session, each in who.pathway.bookings.items() if each.element == element]
    session = who.random.choice(booked) if booked else None
    return sessions.HoldTalk(by=CONTACT, at=at, element=element, session=session, scaling=scaling, **who.told_late(at))


def bridge(who: Wanderer, at: datetime) -> Command:
    """A step towards an association was taken."""
    step = who.random.choice(list(BridgingStep))
    return sessions.RecordBridgingStep(
        by=CONTACT, at=at, element=who.element(Kind.BRIDGING), step=step, **who.told_late(at)
    )


def excuse_absence(who: Wanderer, at: datetime) -> Command:
    """An absence turned out to have a reason."""
    absent = [each.session for each in who.pathway.attendance if each.session and each.attendance is Attendance.ABSENT]
    session = who.random.choice(absent) if absent else who.held()
    return sessions.ExcuseAbsence(by=CONTACT, at=at, session=session, reason="syg")

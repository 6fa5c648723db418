"""How sessions and talks change where a pathway stands."""

from uuid import UUID

from domain.pathway.facts import sessions
from domain.pathway.folding import Folding, unchanged
from domain.pathway.state import LONGEST_WINDOW, REMEMBERED, Attended, Booking, Pathway


def _session_booked(pathway: Pathway, fact: sessions.SessionBooked) -> Pathway:
    booking = Booking(fact.element, fact.starts, fact.minutes, fact.site, fact.mandatory)
    horizon = fact.at - LONGEST_WINDOW
    kept = {session: known for session, known in pathway.bookings.items() if known.starts > horizon}
    return pathway.but(bookings={**kept, fact.session: booking})


def _session_moved(pathway: Pathway, fact: sessions.SessionMoved) -> Pathway:
    known = pathway.bookings.get(fact.session)
    if known is None:
        return pathway
    moved = Booking(known.element, fact.starts, known.minutes, fact.site, known.mandatory)
    return pathway.but(bookings={**pathway.bookings, fact.session: moved})


def _session_cancelled(pathway: Pathway, fact: sessions.SessionCancelled) -> Pathway:
    left = {key: value for key, value in pathway.bookings.items() if key != fact.session}
    return pathway.but(bookings=left, cancelled=(*pathway.cancelled[-REMEMBERED + 1 :], fact.session))


def _attendance_recorded(pathway: Pathway, fact: sessions.AttendanceRecorded) -> Pathway:
    booking = pathway.bookings.get(fact.session)
    seen = Attended(
        session=fact.session,
        element=fact.element,
        at=fact.at,
        attendance=fact.attendance,
        minutes=fact.minutes,
        planned=booking.minutes if booking else fact.minutes,
        mandatory=fact.mandatory,
        parts=frozenset(fact.parts),
    )
    bookings = {key: value for key, value in pathway.bookings.items() if key != fact.session}
    return _counted(pathway, seen).but(bookings=bookings)


def _talk_held(pathway: Pathway, fact: sessions.TalkHeld) -> Pathway:
    latest = max(pathway.clock_reset or fact.at, fact.at) if fact.resets_clock else pathway.clock_reset
    reset = pathway.but(clock_reset=latest)
    if fact.session:
        return reset
    seen = Attended(
        session=None,
        element=fact.element,
        at=fact.at,
        attendance=sessions.Attendance.PRESENT,
        minutes=fact.minutes,
        planned=fact.minutes,
        mandatory=False,
        completed=True,
    )
    return _counted(reset, seen)


def _counted(pathway: Pathway, seen: Attended) -> Pathway:
    horizon = seen.at - LONGEST_WINDOW
    others = [
        known
        for known in pathway.attendance
        if known.at > horizon and (known.session is None or known.session != seen.session)
    ]
    return pathway.but(attendance=(*others, seen))


def _session_evaluated(pathway: Pathway, fact: sessions.SessionEvaluated) -> Pathway:
    known = pathway.attended_session(fact.session)
    if known is None:
        return pathway
    evaluated = known.evaluated or fact.rating is not None
    return _seen(pathway, fact.session, evaluated=evaluated, parts=known.parts | set(fact.parts))


def _session_completed(pathway: Pathway, fact: sessions.SessionCompleted) -> Pathway:
    return _seen(pathway, fact.session, completed=True)


def _absence_excused(pathway: Pathway, fact: sessions.AbsenceExcused) -> Pathway:
    known = pathway.attended_session(fact.session)
    if known is None or known.attendance is not sessions.Attendance.ABSENT:
        return pathway
    missed = f"{fact.element}.missed"
    left = tuple(at for at in pathway.happened.get(missed, ()) if at != known.at)
    excused = _seen(pathway, fact.session, attendance=sessions.Attendance.EXCUSED)
    return excused.but(happened={**pathway.happened, missed: left})


def _seen(pathway: Pathway, session: UUID, **changes: object) -> Pathway:
    return pathway.but(
        attendance=tuple(known.but(**changes) if known.session == session else known for known in pathway.attendance)
    )


FOLDING: Folding = {
    sessions.SessionBooked: _session_booked,
    sessions.SessionMoved: _session_moved,
    sessions.SessionCancelled: _session_cancelled,
    sessions.AttendanceRecorded: _attendance_recorded,
    sessions.SessionEvaluated: _session_evaluated,
    sessions.SessionCompleted: _session_completed,
    sessions.AbsenceExcused: _absence_excused,
    sessions.AbsenceAssessed: unchanged,
    sessions.TalkHeld: _talk_held,
    sessions.BridgingStepRecorded: unchanged,
}

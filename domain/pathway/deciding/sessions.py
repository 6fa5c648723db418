"""What attendance, evaluations and absences cause."""

from collections.abc import Collection

from domain.actor import Role
from domain.pathway.binding import Binding
from domain.pathway.commands import sessions
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import sessions as facts
from domain.pathway.guards import (
    require_begun,
    require_known,
    require_recorder,
    require_registrable,
    require_underway,
)
from domain.pathway.state import Attended, Pathway
from domain.programme.elements import Duty
from domain.refusal import Invalid, NoSuchSession, PartsMissing, SessionExists


def _record(binding: Binding, pathway: Pathway, command: sessions.RecordAttendance) -> Facts:
    seen = pathway.attended_session(command.session)
    if seen:
        _require_judged(binding, seen.element, command.rating)
        return _told_again(binding, seen, command)
    booking = require_registrable(pathway, command.session)
    require_begun(booking, command.at)
    require_recorder(binding, command, booking.element)
    _require_judged(binding, booking.element, command.rating)
    parts = _parts(binding, booking.element)
    took_part = command.attendance in facts.TOOK_PART
    if not took_part:
        _require_nothing_of_who_came(command)
    held_parts = command.parts or ()
    minutes = (booking.minutes if command.minutes is None else command.minutes) if took_part else 0
    _require_parts(parts, held_parts, command.waived)
    _require_named(binding, booking.element, command)
    recorded = facts.AttendanceRecorded(
        at=booking.starts,
        session=command.session,
        element=booking.element,
        attendance=command.attendance,
        minutes=minutes,
        mandatory=booking.mandatory,
        citizen_reason=command.citizen_reason,
        provider_reason=command.provider_reason,
        parts=tuple(part for part in parts if part in held_parts),
        check_in=command.check_in,
        missing=_missing(parts, command) if took_part else (),
        topics=command.topics if took_part else (),
        unstaffed=_unstaffed(binding, booking.element, command) if took_part else (),
    )
    if not took_part:
        return [recorded]
    held = Attended(
        session=command.session,
        element=booking.element,
        at=booking.starts,
        attendance=command.attendance,
        minutes=minutes,
        planned=booking.minutes,
        mandatory=booking.mandatory,
        parts=frozenset(recorded.parts),
    )
    return [recorded, *_judged(held, command), *_completed(parts, held, command)]


def _told_again(binding: Binding, seen: Attended, command: sessions.RecordAttendance) -> Facts:
    """Nothing where it is the same; parts and a judgement that were missing are added."""
    if seen.attendance is not command.attendance or command.minutes not in {None, seen.minutes}:
        raise SessionExists(session=str(command.session))
    if seen.attendance not in facts.TOOK_PART:
        return []
    parts = _parts(binding, seen.element)
    _require_parts(parts, command.parts or (), command.waived)
    return [*_judged(seen, command), *_completed(parts, seen, command)]


def _require_nothing_of_who_came(command: sessions.RecordAttendance) -> None:
    """Raises: Invalid when somebody who did not come is told to have spent time, or to have judged."""
    for field in ("minutes", "rating", "rating_reason"):
        if getattr(command, field):
            raise Invalid(field, "only_of_who_came", attendance=command.attendance)


def _missing(parts: Collection[str], command: sessions.RecordAttendance) -> tuple[str, ...]:
    """The parts that were not held; none where nobody says anything of them."""
    if command.parts is None and not command.waived:
        return ()
    return tuple(part for part in parts if part not in {*(command.parts or ()), *command.waived})


def _parts(binding: Binding, element: str) -> tuple[str, ...]:
    """What a session of *element* must hold; nothing where the programme does not have it any more."""
    known = binding.programme.elements.get(element)
    return known.parts if known else ()


def _require_parts(parts: Collection[str], held: Collection[str], waived: Collection[str]) -> None:
    for part in (*held, *waived):
        require_known("parts", part, parts)


def _require_named(binding: Binding, element: str, command: sessions.RecordAttendance) -> None:
    """Raises: Invalid when it names a topic or a role that the programme does not have for *element*."""
    known = binding.programme.elements.get(element)
    for topic in command.topics:
        require_known("topics", topic, known.topics if known else ())
    for role in command.staff or ():
        require_known("staff", role, (*known.staffed_by, *known.joined_by) if known else ())


def _unstaffed(binding: Binding, element: str, command: sessions.RecordAttendance) -> tuple[Role, ...]:
    known = binding.programme.elements.get(element)
    there = command.staff
    return tuple(role for role in known.staffed_by if role not in there) if known and there is not None else ()


def _require_judged(binding: Binding, element: str, rating: int | None) -> None:
    """Raises: Invalid when somebody judges what the programme does not let participants judge."""
    known = binding.programme.elements.get(element)
    if rating is not None and known and known.evaluation is None:
        raise Invalid("rating", "not_judged", value=element)


def may_be_evaluated(binding: Binding, seen: Attended) -> bool:
    """Whether the participant's judgement, or a part, may still be added to a session."""
    if seen.session is None or seen.attendance not in facts.TOOK_PART:
        return False
    known = binding.programme.elements.get(seen.element)
    is_judged = known is None or known.evaluation is not None
    parts = _parts(binding, seen.element)
    return (is_judged and not seen.evaluated) or (bool(parts) and not (seen.completed and seen.parts.issuperset(parts)))


def _judged(held: Attended, command: sessions.RecordAttendance | sessions.EvaluateSession) -> Facts:
    rating = None if held.evaluated else command.rating
    parts = tuple(part for part in command.parts or () if part not in held.parts)
    if held.session is None or (rating is None and not parts):
        return []
    return [
        facts.SessionEvaluated(
            at=held.at,
            session=held.session,
            element=held.element,
            rating=rating,
            reason=command.rating_reason,
            parts=parts,
        )
    ]


def _completed(
    parts: Collection[str], held: Attended, command: sessions.RecordAttendance | sessions.EvaluateSession
) -> Facts:
    missing = [part for part in parts if part not in held.parts | set(command.parts or ())]
    is_done = held.completed or not parts
    if is_done or held.session is None or any(part not in command.waived for part in missing):
        return []
    if missing and command.waiver_reason is None:
        raise PartsMissing(parts=", ".join(missing))
    return [
        facts.SessionCompleted(
            at=held.at,
            session=held.session,
            element=held.element,
            waived=tuple(missing),
            reason=command.waiver_reason if missing else None,
        )
    ]


def _evaluate(binding: Binding, pathway: Pathway, command: sessions.EvaluateSession) -> Facts:
    seen = pathway.attended_session(command.session)
    if seen is None or seen.attendance not in facts.TOOK_PART:
        require_underway(pathway)
        raise NoSuchSession(session=str(command.session))
    _require_judged(binding, seen.element, command.rating)
    parts = _parts(binding, seen.element)
    _require_parts(parts, command.parts, command.waived)
    return [*_judged(seen, command), *_completed(parts, seen, command)]


def _excuse(binding: Binding, pathway: Pathway, command: sessions.ExcuseAbsence) -> Facts:
    del binding
    require_underway(pathway)
    seen = pathway.attended_session(command.session)
    if seen is None:
        raise NoSuchSession(session=str(command.session))
    if seen.attendance is facts.Attendance.EXCUSED:
        return []
    if seen.attendance is not facts.Attendance.ABSENT:
        raise Invalid("session", "not_absent", attendance=seen.attendance)
    return [facts.AbsenceExcused(at=command.at, session=command.session, element=seen.element, reason=command.reason)]


def _assess(binding: Binding, pathway: Pathway, command: sessions.AssessAbsence) -> Facts:
    require_underway(pathway)
    require_known("element", command.element, duties(binding))
    if pathway.has_happened(f"{command.element}.assessed", command.at):
        return []
    return [facts.AbsenceAssessed(at=command.at, element=command.element, note=command.note)]


def duties(binding: Binding) -> list[str]:
    """The elements that somebody may have to take part in."""
    return [name for name, each in binding.programme.elements.items() if each.obligation is not Duty.VOLUNTARY]


ANSWERS: Answers = {
    sessions.RecordAttendance: _record,
    sessions.EvaluateSession: _evaluate,
    sessions.ExcuseAbsence: _excuse,
    sessions.AssessAbsence: _assess,
}

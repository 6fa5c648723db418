"""What somebody says who tells something that may be told now."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.actor import Actor, Role
from domain.pathway.acts import SHAPES, session_at, values_of
from domain.pathway.answers import instrument_of
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.commands.course import CorrectFact
from domain.pathway.deciding.correcting import CORRECTABLE
from domain.pathway.facts.sessions import TOOK_PART, Attendance, Side
from domain.pathway.history import erasures
from domain.pathway.options import Option
from domain.pathway.permissions import MAY
from domain.pathway.state import Pathway
from domain.programme.measures import Rater

Details = Callable[[Option, Binding, Pathway, datetime], dict[str, Any]]
WHY = {"reason": "efter aftale"}


def told(telling: Option, binding: Binding, pathway: Pathway, role: Role, at: datetime) -> Command:
    """A command that tells it, by somebody in *role* who knows what there is to say."""
    by = Actor.of(role, "x-1")
    if telling.command == CorrectFact.kind:
        return CorrectFact(by=by, at=at, corrects=_correctable(binding, role), withdraw=True, reason="fejl")
    return SHAPES[telling.command](by=by, at=at, **DETAILS[telling.command](telling, binding, pathway, at))


def _attended(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
    del binding
    begun = (each for each, booking in pathway.bookings.items() if booking.starts <= at and _is_of(telling, booking))
    return {"session": next(begun), "attendance": Attendance.ABSENT}


def _agreed(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
    del pathway
    element = telling.step or ""
    site = next(iter(binding.programme.elements[element].sites), None)
    return {"element": element, "session": session_at(element, at), "starts": at + timedelta(days=1), "site": site}


def _booked(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
    del binding
    [session, *_] = (each for each, booking in pathway.bookings.items() if _is_of(telling, booking))
    later = {"starts": at + timedelta(days=1)} if telling.command == "rebook_session" else {}
    return {"session": session, "asked_by": Side.CITIZEN, **later, **WHY}


def _evaluated(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
    del at
    known = binding.programme.elements.get(telling.step or "")
    parts = known.parts if known else ()
    is_judged = known is None or known.evaluation is not None
    [seen, *_] = (
        each
        for each in pathway.attendance
        if each.session
        and _is_of(telling, each)
        and each.attendance in TOOK_PART
        and ((is_judged and not each.evaluated) or (parts and not (each.completed and each.parts.issuperset(parts))))
    )
    return {"session": seen.session, "rating": 3 if is_judged else None, "parts": parts}


def _excused(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
    del binding, at
    absent = (each for each in pathway.attendance if each.attendance is Attendance.ABSENT and _is_of(telling, each))
    return {"session": next(each.session for each in absent), **WHY}


def _is_of(telling: Option, session: Any) -> bool:  # noqa: ANN401 - a booking, or what became of one
    return bool(session.element == telling.step)


def _measured(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
    del pathway, at
    name = telling.step or ""
    instrument, asked = instrument_of(binding.programme, name), binding.programme.measures[name].by
    rater = Rater.CITIZEN if Rater.CITIZEN in asked else Rater.WORKER
    return {"instrument": name, "rater": rater, "answers": (instrument.lowest,) * instrument.questions}


def _circumstance(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
    del at
    name = telling.step or ""
    values = values_of(binding.programme.citizen[name])
    return {"name": name, "value": next(each for each in values if each != pathway.circumstances.get(name))}


def _notice(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
    del binding, at
    key = next(key for key, each in pathway.notices.items() if each.notice == telling.step)
    return {"notice": telling.step, "about": key.rpartition(":")[2]}


def _correctable(binding: Binding, role: Role) -> int:
    """The version of something that somebody in that role may put right."""
    erased = erasures(binding.history)
    return next(
        version
        for version, event in enumerate(binding.history, start=1)
        for told_by in [CORRECTABLE[type(event)].told_by if type(event) in CORRECTABLE else None]  # type: ignore[index]  # an erased one is in no catalogue
        if told_by and version not in erased and role in MAY[told_by]
    )


def _of(field: str, **more: Any) -> Details:  # noqa: ANN401 - the fields of any command
    def details(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
        del binding, pathway, at
        return {field: telling.step, **more}

    return details


def _of_nothing(**fields: Any) -> Details:  # noqa: ANN401 - the same
    def details(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
        del telling, binding, pathway, at
        return fields

    return details


def _promised(telling: Option, binding: Binding, pathway: Pathway, at: datetime) -> dict[str, Any]:
    del telling, binding, pathway
    return {
        "obligation": "ring_tilbage",
        "owner": Role.CASEWORKER,
        "due": at + timedelta(days=2),
        "note": "ring tilbage",
    }


DETAILS: Mapping[str, Details] = {
    "record_attendance": _attended,
    "book_session": _agreed,
    "rebook_session": _booked,
    "cancel_session": _booked,
    "evaluate_session": _evaluated,
    "excuse_absence": _excused,
    "assess_absence": _of("element", note="talt med borgeren"),
    "create_obligation": _promised,
    "meet_obligation": _of("obligation"),
    "excuse_obligation": _of("obligation", **WHY),
    "declare_not_required": _of("obligation", **WHY),
    "agree_plan": _of_nothing(goals="job"),
    "hold_review": _of_nothing(),
    "assign_responsible": _of_nothing(role=Role.CONTACT_PERSON, person="kp-9", **WHY),
    "record_circumstance": _circumstance,
    "record_outcome": _of("outcome"),
    "record_measurement": _measured,
    "decline_measurement": _of("instrument"),
    "read_notice": _notice,
}
"""By command, what else is said."""

"""What putting a wrong fact right causes. The original stays; what it brought with it is reckoned anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import JsonValue, ValidationError

from domain.measures import INSTRUMENTS
from domain.pathway.answers import require_answers
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.circumstances import value_of
from domain.pathway.command import Command, Instant
from domain.pathway.commands.course import (
    AgreePlan,
    CorrectFact,
    RecordCircumstance,
    RecordEvent,
    RecordMeasurement,
    RecordOutcome,
)
from domain.pathway.commands.phases import HoldReview
from domain.pathway.commands.sessions import (
    EvaluateSession,
    HoldTalk,
    Minutes,
    RecordAttendance,
    RecordBridgingStep,
)
from domain.pathway.deciding import Answers, Facts
from domain.pathway.fact import Fact
from domain.pathway.facts import course, phases, sessions
from domain.pathway.guards import require_known
from domain.pathway.history import Erased, Recorded, content, corrections, erasures, read
from domain.pathway.permissions import MAY, require_role
from domain.pathway.state import Pathway, Stage
from domain.refusal import Invalid, IsOver, NoSuchFact, NotCorrectable, SessionExists
from domain.value import Value

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Reported:
    """What may be put right about a kind of fact that people reported."""

    told_by: type[Command]
    """The command by which it is told: whoever may give that may put it right."""
    fields: frozenset[str]


CORRECTABLE: Mapping[type[Fact], Reported] = {
    phases.ReviewHeld: Reported(HoldReview, frozenset({"at", "note"})),
    sessions.AttendanceRecorded: Reported(
        RecordAttendance,
        frozenset({"attendance", "minutes", "citizen_reason", "provider_reason", "check_in", "parts"}),
    ),
    sessions.SessionEvaluated: Reported(EvaluateSession, frozenset({"rating", "reason"})),
    sessions.TalkHeld: Reported(HoldTalk, frozenset({"at", "form", "minutes", "scaling", "next_step", "note"})),
    sessions.BridgingStepRecorded: Reported(RecordBridgingStep, frozenset({"at", "step", "note"})),
    course.PlanAgreed: Reported(AgreePlan, frozenset({"at", "goals"})),
    course.EventRecorded: Reported(RecordEvent, frozenset({"at", "note"})),
    course.CircumstanceRecorded: Reported(RecordCircumstance, frozenset({"at", "value"})),
    course.MeasurementRecorded: Reported(RecordMeasurement, frozenset({"at", "answers"})),
    course.OutcomeRecorded: Reported(RecordOutcome, frozenset({"at", "note"})),
}
"""What people reported, with the fields that may be put right; the rest is decided anew, not corrected."""

Body = dict[str, JsonValue] | None
"""What a fact says, or None where it never happened."""


def _correct(binding: Binding, pathway: Pathway, command: CorrectFact) -> Facts:
    if pathway.stage is Stage.ERASED:
        raise IsOver(stage=pathway.stage)
    entry = _entry(binding, command)
    body = None if command.withdraw else _changed(binding, entry, command)
    overlays = [(entry, body), *_attended(binding, entry, body)]
    for corrected, right in overlays:
        _require_not_registered_anew(binding, corrected, right)
    return [
        course.FactCorrected(
            at=command.at,
            corrects=corrected.version,
            corrected_kind=corrected.event.kind,
            body=right,
            reason=command.reason,
        )
        for corrected, right in overlays
        if right != _standing(binding, corrected)
    ]


def _require_not_registered_anew(binding: Binding, entry: Recorded, body: Body) -> None:
    """Raises: SessionExists when what was withdrawn comes back though its session has been registered since."""
    comes_back = body is not None and _standing(binding, entry) is None
    if not comes_back or not isinstance(entry.event, sessions.AttendanceRecorded):
        return
    for each in binding.history:
        same = isinstance(each.event, sessions.AttendanceRecorded) and each.event.session == entry.event.session
        if same and _standing(binding, each) is not None:
            raise SessionExists(session=str(entry.event.session))


def _entry(binding: Binding, command: CorrectFact) -> Recorded:
    entry = next((each for each in binding.history if each.version == command.corrects), None)
    if entry is None:
        raise NoSuchFact(version=command.corrects)
    reported = None if isinstance(entry.event, Erased) else CORRECTABLE.get(type(entry.event))
    if reported is None or entry.version in erasures(binding.history):
        raise NotCorrectable(kind=entry.event.kind)
    require_role(command, MAY[CorrectFact] & MAY[reported.told_by])
    return entry


def _standing(binding: Binding, entry: Recorded) -> Body:
    """What the fact says by now, its corrections laid over."""
    known = corrections(binding.history).get(entry.version)
    return known.body if known else _said(entry)


def _said(entry: Recorded) -> dict[str, JsonValue]:
    """What the fact said when it was recorded."""
    return {} if isinstance(entry.event, Erased) else content(entry.event)


def _changed(binding: Binding, entry: Recorded, command: CorrectFact) -> Body:
    for field in command.changes:
        require_known("changes", field, CORRECTABLE[type(entry.event)].fields)  # type: ignore[index]  # no erased ones
    body = _standing(binding, entry) or _said(entry)
    try:
        fact = read(entry.event.kind, {**body, **command.changes, **_as_told(command)})
    except ValidationError as error:
        first = error.errors()[0]
        values = {name: str(value) for name, value in first.get("ctx", {}).items()}
        raise Invalid(f"changes.{'.'.join(map(str, first['loc']))}", first["type"], **values) from None
    if fact.at > command.at:
        raise Invalid("changes.at", "in_the_future", at=str(command.at))
    return content(_worked_out(binding, fact, command))


class _Told(Value):
    """What a fact keeps more freely than people may tell it: read as when it is told."""

    at: Instant | None = None
    minutes: Minutes | None = None


def _as_told(command: CorrectFact) -> dict[str, object]:
    """Those changes that commands are strict about. Raises: pydantic.ValidationError."""
    told = {name: value for name, value in command.changes.items() if name in _Told.model_fields}
    return _Told.model_validate(told).model_dump(exclude_none=True)


def _worked_out(binding: Binding, fact: PathwayFact, command: CorrectFact) -> PathwayFact:
    """*fact* with what follows from its own fields: a score from its answers, a circumstance in its range."""
    if isinstance(fact, course.MeasurementRecorded):
        instrument = INSTRUMENTS[fact.instrument]
        require_answers(instrument, fact.answers, "changes.answers")
        score = instrument.score(fact.answers)
        return fact.model_copy(update={"score": score.value, "band": score.band, "scoring": instrument.scoring})
    if isinstance(fact, course.CircumstanceRecorded):
        value = value_of(binding.programme, fact.name, fact.value, "changes.value")
        return fact.model_copy(update={"value": value})
    if isinstance(fact, sessions.AttendanceRecorded):
        return _with_minutes(binding, fact, said="minutes" in command.changes)
    return fact


def _with_minutes(binding: Binding, fact: sessions.AttendanceRecorded, *, said: bool) -> sessions.AttendanceRecorded:
    """Those who did not come took no time; those who came after all took what was planned, where nobody says."""
    element = binding.programme.elements.get(fact.element)
    for part in fact.parts:
        require_known("changes.parts", part, element.parts if element else fact.parts)
    if fact.attendance not in sessions.TOOK_PART:
        return fact.model_copy(update={"minutes": 0, "parts": ()})
    if fact.minutes or said:
        return fact
    booked = [each for each in _events(binding, sessions.SessionBooked) if each.session == fact.session]
    return fact.model_copy(update={"minutes": booked[-1].minutes if booked else 0})


def _attended(binding: Binding, entry: Recorded, body: Body) -> Iterator[tuple[Recorded, Body]]:
    """A planned talk is attendance of its session as well, which is put right with it."""
    if not isinstance(entry.event, sessions.TalkHeld) or entry.event.session is None:
        return
    for each in binding.history:
        event = each.event
        if isinstance(event, sessions.AttendanceRecorded) and event.session == entry.event.session:
            yield each, None if body is None else {**content(event), "at": body["at"], "minutes": body["minutes"]}


def _events(binding: Binding, kind: type[F]) -> list[F]:
    return [entry.event for entry in binding.history if isinstance(entry.event, kind)]


ANSWERS: Answers = {CorrectFact: _correct}

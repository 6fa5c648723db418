"""What putting a wrong fact right causes. The original stays; what it brought with it is reckoned anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from pydantic import JsonValue, ValidationError

from domain.actor import Role
from domain.calendar import deadline
from domain.measures import BY_SCORING
from domain.misfits import invalid
from domain.pathway.answers import require_answers
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.circumstances import value_of
from domain.pathway.command import Command, Instant
from domain.pathway.commands.course import (
    AgreePlan,
    CorrectFact,
    DeclineMeasurement,
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
from domain.pathway.facts import course, obligations, phases, sessions
from domain.pathway.guards import require_known, require_sensible
from domain.pathway.history import Erased, Event, content, corrections, erasures, read
from domain.pathway.permissions import MAY, require_role
from domain.pathway.requirements import require, to_be_readable
from domain.pathway.state import Pathway
from domain.period import Period
from domain.programme.relations import InPause
from domain.refusal import NotCorrectable, SessionExists
from domain.value import Value


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
    course.MeasurementDeclined: Reported(DeclineMeasurement, frozenset({"at", "note"})),
    course.OutcomeRecorded: Reported(RecordOutcome, frozenset({"at", "note"})),
}
"""What people reported, with the fields that may be put right; the rest is decided anew, not corrected."""

LOOK_AGAIN = "look_again"
"""What a caseworker owes is called so, with the number of the fact that is to be looked at."""
WITHIN = Period("P2W")
"""How soon a caseworker looks again."""
Body = dict[str, JsonValue] | None
"""What a fact says, or None where it never happened."""


def _correct(binding: Binding, pathway: Pathway, command: CorrectFact) -> Facts:
    require(to_be_readable(pathway))
    reported = _reported(binding, command)
    body = None if command.withdraw else _changed(binding, pathway, command, reported.fields)
    overlays = [(command.corrects, body), *_attended(binding, command.corrects, body)]
    for version, right in overlays:
        _require_not_registered_anew(binding, version, right)
    for version in (*command.keep, *command.review):
        binding.recorded(version)
    changing = [(version, right) for version, right in overlays if right != _standing(binding, version)]
    corrected = [
        course.FactCorrected(
            at=command.at,
            corrects=version,
            corrected_kind=binding.recorded(version).kind,
            body=right,
            reason=None if number else command.reason,  # said once, it is erased with what it is said about
            kept=() if number else command.keep,
            reviewed=() if number else command.review,
        )
        for number, (version, right) in enumerate(changing)
    ]
    return [*corrected, *_looked_at_again(pathway, command)] if corrected else []


def correctable(history: Sequence[Event]) -> set[type[Command]]:
    """The commands by which something was told that may still be put right."""
    erased = erasures(history)
    return {
        CORRECTABLE[type(event)].told_by
        for version, event in enumerate(history, start=1)
        if not isinstance(event, Erased) and type(event) in CORRECTABLE and version not in erased
    }


def _looked_at_again(pathway: Pathway, command: CorrectFact) -> Facts:
    """What a caseworker owes for each fact that is to be looked at again; a closed pathway owes nothing."""
    if pathway.is_over:
        return []
    return [
        obligations.ObligationCreated(
            at=command.at,
            obligation=f"{LOOK_AGAIN}_{version}",
            name=LOOK_AGAIN,
            owner=Role.CASEWORKER,
            since=command.at,
            due=deadline(command.at, WITHIN),
            remind_at=None,
            in_pause=InPause.RUN,
            note=command.reason,
            why=None,
        )
        for version in dict.fromkeys(command.review)
        if f"{LOOK_AGAIN}_{version}" not in pathway.obligations
    ]


def _require_not_registered_anew(binding: Binding, version: int, body: Body) -> None:
    """Raises: SessionExists when what was withdrawn comes back though its session has been registered since."""
    event = binding.recorded(version)
    comes_back = body is not None and _standing(binding, version) is None
    if not comes_back or not isinstance(event, sessions.AttendanceRecorded):
        return
    for each, _ in _attendances(binding, event.session):
        if _standing(binding, each) is not None:
            raise SessionExists(session=str(event.session))


def _reported(binding: Binding, command: CorrectFact) -> Reported:
    """What may be put right about the fact. Raises: NoSuchFact, NotCorrectable, RoleMayNot."""
    event = binding.recorded(command.corrects)
    reported = None if isinstance(event, Erased) else CORRECTABLE.get(type(event))
    if reported is None or command.corrects in erasures(binding.history):
        raise NotCorrectable(kind=event.kind)
    require_role(command, MAY[CorrectFact] & MAY[reported.told_by])
    return reported


def _standing(binding: Binding, version: int) -> Body:
    """What the fact says by now, its corrections laid over."""
    known = corrections(binding.history).get(version)
    return known.body if known else _said(binding.recorded(version))


def _said(event: Event) -> dict[str, JsonValue]:
    """What the fact said when it was recorded."""
    return {} if isinstance(event, Erased) else content(event)


def _changed(binding: Binding, pathway: Pathway, command: CorrectFact, fields: frozenset[str]) -> Body:
    for field in command.changes:
        require_known("changes", field, fields)
    event = binding.recorded(command.corrects)
    body = _standing(binding, command.corrects) or _said(event)
    try:
        fact = read(event.kind, {**body, **command.changes, **_as_told(command)})
    except ValidationError as error:
        raise invalid(error, within="changes.") from None
    require_sensible("changes.at", fact.at, command, pathway)
    if isinstance(fact, phases.ReviewHeld) and "at" in command.changes:
        fact = fact.model_copy(update={"phase": pathway.phase_at(fact.at) or fact.phase})
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
        asked = _said(binding.recorded(command.corrects))["answers"]
        instrument = replace(BY_SCORING[fact.scoring], questions=len(asked) if isinstance(asked, list) else 0)
        require_answers(instrument, fact.answers, "changes.answers")
        score = instrument.score(fact.answers)
        return fact.model_copy(update={"score": score.value, "band": score.band, "scoring": instrument.scoring})
    if isinstance(fact, course.CircumstanceRecorded):
        if "value" not in command.changes:
            return fact
        require_known("changes.value", fact.name, binding.programme.citizen)  # a version moved to may not ask for it
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
    booked = [each for each in binding.history if isinstance(each, sessions.SessionBooked)]
    planned = [each.minutes for each in booked if each.session == fact.session]
    return fact.model_copy(update={"minutes": planned[-1] if planned else 0})


def _attended(binding: Binding, version: int, body: Body) -> Iterator[tuple[int, Body]]:
    """A planned talk is attendance of its session as well, which is put right with it."""
    event = binding.recorded(version)
    if not isinstance(event, sessions.TalkHeld) or event.session is None:
        return
    for each, attendance in _attendances(binding, event.session):
        yield each, None if body is None else {**content(attendance), "at": body["at"], "minutes": body["minutes"]}


def _attendances(binding: Binding, session: UUID) -> Iterator[tuple[int, sessions.AttendanceRecorded]]:
    """What was registered of a session, with its versions."""
    for version, event in enumerate(binding.history, start=1):
        if isinstance(event, sessions.AttendanceRecorded) and event.session == session:
            yield version, event


ANSWERS: Answers = {CorrectFact: _correct}

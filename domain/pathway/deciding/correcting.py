"""What putting a wrong fact right causes. The original stays; what it brought with it is reckoned anew."""

from collections.abc import Mapping

from pydantic import JsonValue, ValidationError

from domain.measures import INSTRUMENTS
from domain.pathway.answers import require_answers
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.circumstances import checked
from domain.pathway.commands.course import CorrectFact
from domain.pathway.deciding import Answers, Facts
from domain.pathway.fact import Fact
from domain.pathway.facts import course, phases, sessions
from domain.pathway.guards import require_known
from domain.pathway.history import Erased, Recorded, content, corrections, read
from domain.pathway.state import Pathway, Stage
from domain.refusal import Invalid, IsOver, NoSuchFact, NotCorrectable

CORRECTABLE: Mapping[type[Fact], frozenset[str]] = {
    phases.ReviewHeld: frozenset({"at", "note"}),
    sessions.AttendanceRecorded: frozenset(
        {"attendance", "minutes", "citizen_reason", "provider_reason", "check_in", "parts"}
    ),
    sessions.SessionEvaluated: frozenset({"rating", "reason"}),
    sessions.TalkHeld: frozenset({"at", "form", "minutes", "scaling", "next_step", "note"}),
    sessions.BridgingStepRecorded: frozenset({"at", "step", "note"}),
    course.PlanAgreed: frozenset({"at", "goals"}),
    course.EventRecorded: frozenset({"at", "note"}),
    course.CircumstanceRecorded: frozenset({"at", "value"}),
    course.MeasurementRecorded: frozenset({"at", "answers"}),
    course.OutcomeRecorded: frozenset({"at", "note"}),
}
"""What people reported, with the fields that may be put right; the rest is decided anew, not corrected."""


def _correct(binding: Binding, pathway: Pathway, command: CorrectFact) -> Facts:
    if pathway.stage is Stage.ERASED:
        raise IsOver(stage=pathway.stage)
    entry = _entry(binding, command.corrects)
    known = corrections(binding.history).get(entry.version)
    body = known.body if known else content(entry.event)  # type: ignore[arg-type]  # _entry leaves no erased facts
    corrected = None if command.withdraw else _changed(binding, entry, body or {}, command)
    if corrected == body:
        return []
    return [
        course.FactCorrected(
            at=command.at,
            corrects=entry.version,
            corrected_kind=entry.event.kind,
            body=corrected,
            reason=command.reason,
        )
    ]


def _entry(binding: Binding, version: int) -> Recorded:
    entry = next((each for each in binding.history if each.version == version), None)
    if entry is None:
        raise NoSuchFact(version=version)
    if isinstance(entry.event, Erased) or type(entry.event) not in CORRECTABLE:
        raise NotCorrectable(kind=entry.event.kind)
    return entry


def _changed(
    binding: Binding, entry: Recorded, body: Mapping[str, object], command: CorrectFact
) -> dict[str, JsonValue]:
    allowed = CORRECTABLE[type(entry.event)]  # type: ignore[index]  # _entry leaves only these
    for field in command.changes:
        require_known("changes", field, allowed)
    try:
        fact = read(entry.event.kind, {**body, **command.changes})
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid(f"changes.{'.'.join(map(str, first['loc']))}", first["type"]) from None
    if fact.at > command.at:
        raise Invalid("changes.at", "in_the_future", at=str(command.at))
    return content(_worked_out(binding, fact))


def _worked_out(binding: Binding, fact: PathwayFact) -> PathwayFact:
    """*fact* with what follows from its own fields: a score from its answers, a circumstance in its range."""
    if isinstance(fact, course.MeasurementRecorded):
        instrument = INSTRUMENTS[fact.instrument]
        require_answers(instrument, fact.answers)
        score = instrument.score(fact.answers)
        return fact.model_copy(update={"score": score.value, "band": score.band, "scoring": instrument.scoring})
    if isinstance(fact, course.CircumstanceRecorded):
        return fact.model_copy(update={"value": checked(binding.programme, {fact.name: fact.value})[fact.name]})
    return fact


ANSWERS: Answers = {CorrectFact: _correct}

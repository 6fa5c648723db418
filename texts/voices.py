"""One history in four voices: for the caseworker, the citizen, the archive and the engineer."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from domain.actor import Actor
from domain.pathway.facts.course import DecisionMade, PathwayClosed, RuleSetApplied
from domain.pathway.facts.decisions import DecisionPrepared
from domain.pathway.history import Erased, Event, content
from domain.programme.shape import Programme
from domain.why import Why
from texts.catalogue import Wording
from texts.sentences import of_event

LATE_SECONDS = 60
"""So long may lie between what happened and its registration before both are told."""


class Voice(StrEnum):
    """Whom a history is worded for."""

    CASEWORKER = "caseworker"
    CITIZEN = "citizen"
    ARCHIVE = "archive"
    ENGINEER = "engineer"


BY_LAW = (DecisionMade, PathwayClosed, DecisionPrepared)
"""What somebody decides by a law that they name."""
WORDED = {Voice.CASEWORKER: "fact", Voice.CITIZEN: "fact_citizen", Voice.ARCHIVE: "fact_archive"}
"""By voice, where its sentences stand; an engineer reads the facts as they are stored."""


class Told:
    """A fact with what its header says, as every voice tells it."""

    def __init__(self, event: Event, version: int, recorded_at: datetime, actor: Actor) -> None:
        self.event = event
        self.version = version
        self.recorded_at = recorded_at
        self.actor = actor

    def by(self, voice: Voice, wording: Wording, programme: Programme | None) -> str:
        """The fact as that voice tells it."""
        if voice is Voice.ENGINEER:
            return self._raw()
        says = of_event(wording, self.event, WORDED[voice])
        return self._journalled(wording, programme, says) if voice is Voice.ARCHIVE else says

    def _journalled(self, wording: Wording, programme: Programme | None, says: str) -> str:
        """Dated, with who recorded it and when, the rule where nobody did, and the law that it rests on."""
        why = getattr(self.event, "why", None)
        is_late = (self.recorded_at - self.event.at).total_seconds() > LATE_SECONDS
        return wording.say(
            "archive_line",
            "frame",
            at=self.event.at,
            actor=str(self.actor),
            says=says,
            late=is_late,
            recorded_at=self.recorded_at,
            rule=why.rule if isinstance(why, Why) else None,
            version=why.programme if isinstance(why, Why) else None,
            basis=_legal_basis(programme, self.event),
        )

    def _raw(self) -> str:
        """Kind, version, instants, rule and inputs, and every field by its own name."""
        event = self.event
        head = f"{event.kind} v{self.version} at={event.at.isoformat()} recorded={self.recorded_at.isoformat()}"
        who = f"by={self.actor}"
        if isinstance(event, Erased):
            return f"{head} {who} erased"
        why = getattr(event, "why", None)
        rule = f"rule={why.rule} programme={why.programme} inputs={_pairs(why.inputs)}" if why else "rule=-"
        body = {name: value for name, value in content(event).items() if name not in {"at", "why"}}
        return f"{head} {who} schema={event.schema_number} {rule}\n{_pairs(body)}"


def _pairs(values: Mapping[str, object]) -> str:
    return " ".join(f"{name}={value!r}" for name, value in values.items()) or "-"


def _legal_basis(programme: Programme | None, event: Event) -> str | None:
    """The law that somebody named for a decision, or that an element rests on, or else the programme."""
    if isinstance(event, BY_LAW) and event.legal_basis:
        return event.legal_basis
    if isinstance(event, RuleSetApplied):
        return event.legal_ref
    if programme is None:
        return None
    element = programme.elements.get(str(getattr(event, "element", "")))
    return (element.legal_basis if element else None) or programme.legal_basis

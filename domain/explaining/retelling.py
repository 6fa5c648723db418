"""What somebody must have asked for, read back from the facts that it caused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from domain.actor import Actor, Role
from domain.explaining.leading import LED_BY
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command, Report
from domain.pathway.commands import children as child
from domain.pathway.commands import course as asked
from domain.pathway.commands import obligations as owing
from domain.pathway.commands import referrals as referring
from domain.pathway.fact import Fact
from domain.pathway.facts import children, course, decisions, obligations, phases, proceedings, referrals, sessions
from domain.pathway.places import BY_PLACES
from domain.pathway.state import Pathway
from domain.programme.decisions import CLOSE
from domain.programme.shape import Programme
from domain.why import Why

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Answered:
    """The facts that one command caused, with what is known besides."""

    facts: Sequence[PathwayFact]
    by: Actor
    at: datetime
    """When it was asked."""
    before: Pathway
    """Where the pathway stood then."""
    programme: Programme

    def the(self, kind: type[F]) -> F | None:
        """The first of the facts that is of a kind."""
        return next((fact for fact in self.facts if isinstance(fact, kind)), None)

    @property
    def lead(self) -> PathwayFact:
        """The fact that says what was asked for."""
        closing = self.the(decisions.DecisionPrepared) or self.the(course.PathwayClosed)
        if closing and isinstance(self.facts[0], children.AftercareChosen):
            return closing
        return self.the(sessions.TalkHeld) or self.facts[0]


def retold(answered: Answered) -> Command | None:
    """What was asked for, or None where the facts do not say."""
    lead = answered.lead
    shape = _shape(answered, lead)
    if shape is None:
        return None
    fields = {name: getattr(lead, name) for name in shape.model_fields if hasattr(lead, name)}
    if issubclass(shape, Report) and lead.at != answered.at:
        fields["happened"] = lead.at
    renamed = DETAILS.get(type(lead))
    try:
        return shape(**{**fields, **(renamed(answered, lead) if renamed else {}), "by": answered.by, "at": answered.at})
    except ValidationError:
        return None  # the rules for what people may write have become stricter since


def _shape(answered: Answered, lead: PathwayFact) -> type[Command] | None:
    why = getattr(lead, "why", None)
    if isinstance(why, Why):
        return referring.GivePlace if why.rule == BY_PLACES else None
    match lead:
        case course.EventRecorded(event=event) if event not in answered.programme.events:
            return owing.MeetObligation
        case decisions.DecisionPrepared(decision=decision) if decision == CLOSE:
            return asked.ClosePathway if answered.by.role is not Role.SYSTEM else child.EndChild
        case course.PathwayClosed() | referrals.ReferralWithdrawn() if answered.by.role is Role.SYSTEM:
            return child.EndChild
        case _:
            return LED_BY.get(type(lead))


Details = Callable[[Answered, Any], dict[str, Any]]


def _accepted(answered: Answered, lead: referrals.ReferralAccepted) -> dict[str, Any]:
    del lead
    person, waits = answered.the(referrals.ResponsibleAssigned), answered.the(referrals.PlacedOnWaitingList)
    return {"contact_person": person.person if person else None, "begins": waits.begins if waits else None}


def _completed(answered: Answered, lead: referrals.ReferralCompleted) -> dict[str, Any]:
    """Only what was new: what stood there before may be what is put right."""
    known = answered.before
    added = {name: value for name, value in lead.circumstances.items() if known.circumstances.get(name) != value}
    same = lead.contraindications == known.contraindications
    return {"circumstances": added, "contraindications": None if same else lead.contraindications}


def _enrolled(answered: Answered, lead: referrals.CitizenEnrolled) -> dict[str, Any]:
    del lead
    entered = answered.the(phases.PhaseEntered)
    return {"reason": entered.reason if entered else None}


def _attended(answered: Answered, lead: sessions.AttendanceRecorded) -> dict[str, Any]:
    element = answered.programme.elements.get(lead.element)
    judged = answered.the(sessions.SessionEvaluated)
    there = element.staffed_by if element and lead.unstaffed else ()
    return {
        **_waived(answered, lead),
        "parts": lead.parts or (() if lead.missing else None),
        "staff": tuple(role for role in there if role not in lead.unstaffed) if there else None,
        "rating": judged.rating if judged else None,
        "rating_reason": judged.reason if judged else None,
    }


def _waived(answered: Answered, lead: sessions.AttendanceRecorded) -> dict[str, Any]:
    done = answered.the(sessions.SessionCompleted)
    element = answered.programme.elements.get(lead.element)
    if done or not lead.missing or element is None:
        return {"waived": done.waived if done else (), "waiver_reason": done.reason if done else None}
    return {"waived": tuple(part for part in element.parts if part not in {*lead.parts, *lead.missing})}


def _judged(answered: Answered, lead: Fact) -> dict[str, Any]:
    del lead
    judged, done = answered.the(sessions.SessionEvaluated), answered.the(sessions.SessionCompleted)
    return {
        "rating": judged.rating if judged else None,
        "rating_reason": judged.reason if judged else None,
        "parts": judged.parts if judged else (),
        "waived": done.waived if done else (),
        "waiver_reason": done.reason if done else None,
    }


def _noted(answered: Answered, lead: course.EventRecorded) -> dict[str, Any]:
    return {} if lead.event in answered.programme.events else {"obligation": lead.event}


def _set(answered: Answered, lead: obligations.DeadlineSet) -> dict[str, Any]:
    del answered
    return {"due": None if lead.due == lead.previous else lead.due}


def _moved(answered: Answered, lead: course.PathwayMoved) -> dict[str, Any]:
    stays = lead.phase == answered.before.phase
    return {"version": int(lead.programme.partition("@")[2]), "phase": None if stays else lead.phase}


def _decided(answered: Answered, lead: course.PathwayClosed | decisions.DecisionPrepared) -> dict[str, Any]:
    if answered.by.role is Role.SYSTEM:
        by = lead.closed_by if isinstance(lead, course.PathwayClosed) else lead.prepared_by
        return {"decided_by": by, "reason": lead.reason}
    return {"no_aftercare": answered.the(children.AftercareChosen) is not None}


def _withdrawn(answered: Answered, lead: referrals.ReferralWithdrawn) -> dict[str, Any]:
    return {"decided_by": answered.by, "reason": lead.reason} if answered.by.role is Role.SYSTEM else {}


DETAILS: Mapping[type[Fact], Details] = {
    referrals.ReferralAccepted: _accepted,
    referrals.ReferralCompleted: _completed,
    referrals.ReferralWithdrawn: _withdrawn,
    referrals.CitizenEnrolled: _enrolled,
    phases.DurationExtended: lambda _, lead: {"until": lead.ends},
    sessions.AttendanceRecorded: _attended,
    sessions.SessionEvaluated: _judged,
    sessions.SessionCompleted: _judged,
    obligations.DeadlineSet: _set,
    course.EventRecorded: _noted,
    course.PathwayClosed: _decided,
    course.PathwayMoved: _moved,
    decisions.DecisionPrepared: lambda answered, lead: _decided(answered, lead) if lead.decision == CLOSE else {},
    proceedings.HearingSent: lambda _, lead: {"until": lead.due},
    proceedings.HearingExtended: lambda _, lead: {"until": lead.due},
    proceedings.HearingAssessed: lambda _, lead: {"drop": not lead.goes_on},
}
"""By the fact that comes first, what its command says in other words, or says in facts beside it."""

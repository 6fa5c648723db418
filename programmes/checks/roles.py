"""Whether somebody who may act holds each role that a programme names."""

from collections.abc import Iterator, Mapping

from domain.actor import Role
from domain.pathway.command import Command
from domain.pathway.commands import children, course, phases, referrals, sessions
from domain.pathway.permissions import ANYBODY, MAY
from domain.programme.decisions import AtEnd, Decision
from domain.programme.elements import Element, Kind
from domain.programme.relations import Response
from domain.programme.shape import Programme
from programmes.checks.problem import Problem
from programmes.source import Path

BY_KIND: Mapping[Kind, type[Command]] = {
    Kind.TALK: sessions.HoldTalk,
    Kind.BRIDGING: sessions.RecordBridgingStep,
    Kind.PATHWAY: children.CallChild,
}
"""The command by which an element is recorded; every other kind has sessions, whose attendance is recorded."""


def of_roles(programme: Programme) -> Iterator[Problem]:
    """Roles that can never do what the programme leaves to them, so that nobody would."""
    yield from each_role(("referral", "by"), programme.referral.by, MAY[referrals.ReferCitizen])
    for name, phase in programme.phases.items():
        yield from _one(("phases", name, "review_by"), phase.review_by, MAY[phases.HoldReview])
        if phase.advance:
            where: Path = ("phases", name, "advance")
            yield from each_role((*where, "by"), phase.advance.by, MAY[phases.ApproveTransition])
            yield from each_role((*where, "proposed_by"), phase.advance.proposed_by, MAY[phases.ProposeTransition])
    for name, element in programme.elements.items():
        yield from _of_element(("elements", name), element)
    for name, event in programme.events.items():
        yield from each_role(("events", name, "by"), event.by, MAY[course.RecordEvent])
    for name, decision in programme.decisions.items():
        yield from _of_decision(name, decision)
    yield from _of_owners(programme)


def _of_element(where: Path, element: Element) -> Iterator[Problem]:
    recording = BY_KIND.get(element.kind, sessions.RecordAttendance)
    yield from each_role((*where, "by"), element.by, MAY[recording])
    yield from _one((*where, "absence", "by"), element.absence.by, MAY[sessions.AssessAbsence])


def _of_decision(name: str, decision: Decision) -> Iterator[Problem]:
    if not decision.by:
        yield Problem(("decisions", name, "by"), "nobody_decides", {"value": name})
    yield from each_role(("decisions", name, "by"), decision.by, MAY[course.MakeDecision])


def _of_owners(programme: Programme) -> Iterator[Problem]:
    """Those who owe something must be able to see to it."""
    for index, relation in enumerate(programme.relations):
        if isinstance(relation, Response):
            yield from _one(("relations", index, "by"), relation.by, ANYBODY)
    for name, recurring in programme.obligations.items():
        yield from _one(("obligations", name, "by"), recurring.by, ANYBODY)
    yield from _one(("open_pause", "by"), programme.open_pause.by, MAY[course.ResumePathway])
    if programme.fixed_duration:
        answering = phases.HoldReview if programme.fixed_duration.at_end is AtEnd.REVIEW else phases.ExtendDuration
        yield from _one(("duration", "by"), programme.fixed_duration.by, MAY[answering])


def each_role(path: Path, roles: tuple[Role, ...], may: frozenset[Role]) -> Iterator[Problem]:
    """Those of *roles* that may never do what *may* do."""
    for index, role in enumerate(roles):
        yield from _one((*path, index), role, may)


def _one(path: Path, role: Role, may: frozenset[Role]) -> Iterator[Problem]:
    if role not in may:
        yield Problem(path, "role_never_may", {"value": role, "known": ", ".join(sorted(may))})

"""Whether what a programme says of itself holds together: purposes, anchors, evaluations, sites, data."""

from collections.abc import Iterator

from domain.programme.elements import Kind
from domain.programme.setting import EvaluationKind, ProgrammeEvaluation, SiteKind
from domain.programme.shape import Programme
from programmes.checks.problem import Problem, each_known, is_known
from programmes.source import Path

AS_PLANNED = 3
"""I høj grad: whatever is less was done otherwise, and says why. Source: F33."""


def of_setting(programme: Programme) -> Iterator[Problem]:
    """Purposes that nothing shows, units nobody knows, days in the wrong order."""
    for name, purpose in programme.purposes.items():
        if not purpose.measured_by:
            yield Problem(("purposes", name), "purpose_without_measure", {"value": name})
        yield from each_known(("purposes", name, "measured_by"), purpose.measured_by, programme.measures)
    for index, anchor in enumerate(programme.anchor):
        yield from is_known(("anchor", index, "unit"), anchor.unit, programme.units)
        if index and anchor.since <= programme.anchor[index - 1].since:
            yield Problem(("anchor", index, "from"), "not_after_the_one_before", {})
    if programme.owner:
        yield from is_known(("owner", "unit"), programme.owner.unit, programme.units)
    period = programme.period
    if period and period.until and period.until < period.since:
        yield Problem(("period", "until"), "not_after_the_one_before", {})
    for index, evaluation in enumerate(programme.evaluations):
        yield from _evaluation(programme, ("evaluations", index), evaluation)


def _evaluation(programme: Programme, path: Path, evaluation: ProgrammeEvaluation) -> Iterator[Problem]:
    if evaluation.of > programme.version:
        yield Problem((*path, "of"), "not_yet_a_version", {"most": programme.version})
    judged = evaluation.purpose_met is not None and evaluation.as_planned is not None
    if judged is (evaluation.kind is EvaluationKind.NONE):
        yield Problem(path, "evaluation_unanswered", {})
    if evaluation.as_planned is not None and evaluation.as_planned < AS_PLANNED and evaluation.deviation is None:
        yield Problem(path, "deviation_missing", {})


def of_places(programme: Programme) -> Iterator[Problem]:
    """Nature where nobody knows where to meet, and talks and topics in the wrong place."""
    for name, site in programme.sites.items():
        if site.kind is SiteKind.NATURE and site.meeting_point is None:
            yield Problem(("sites", name), "meeting_point_missing", {"value": name})
    for name, element in programme.elements.items():
        is_talk = element.kind is Kind.TALK
        if not is_talk and (element.prompts or element.method):
            yield Problem(("elements", name), "prompts_without_talk", {"value": name})
        if is_talk and element.topics:
            yield Problem(("elements", name, "topics"), "topics_in_a_talk", {"value": name})


def of_data(programme: Programme) -> Iterator[Problem]:
    """Sensitive circumstances that nobody may ask for."""
    for name, circumstance in programme.citizen.items():
        if circumstance.sensitive and circumstance.legal_basis is None:
            yield Problem(("citizen", name), "sensitive_without_basis", {"value": name})

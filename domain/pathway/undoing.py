"""Whether somebody has decided anything since a pathway was moved, so that the move stands."""

from collections.abc import Sequence

from domain.pathway.catalogue import FACTS
from domain.pathway.fact import Fact
from domain.pathway.facts import children, course, obligations, phases, sessions
from domain.pathway.history import Event
from domain.why import Why

TOLD: frozenset[type[Fact]] = frozenset(
    {
        phases.ReviewHeld,
        phases.TransitionProposed,
        sessions.AttendanceRecorded,
        sessions.SessionEvaluated,
        sessions.SessionCompleted,
        sessions.TalkHeld,
        sessions.BridgingStepRecorded,
        obligations.ObligationMet,
        children.ChildReferred,
        children.ChildBegan,
        children.ChildEnded,
        children.PassedOn,
        course.EventRecorded,
        course.CircumstanceRecorded,
        course.MeasurementRecorded,
        course.OutcomeRecorded,
        course.FactCorrected,
        course.FactErased,
        course.LetterSent,
        course.NoticeGiven,
        course.NoticeRead,
        course.DeliveryFailed,
    }
)
"""What is only told or noted. Whatever else has no reason of its own is somebody's decision, also what comes later."""
NEVER_DECIDED = frozenset(
    kind
    for kind, fact in FACTS.items()
    if fact in TOLD or getattr(fact.model_fields.get("why"), "annotation", 0) is Why
)
"""The kinds that are told, or always happen by themselves."""


def decided_since(history: Sequence[Event], moved: int) -> int | None:
    """The version of the first decision of a person after version *moved*, or None.

    What was erased counts as decided where its kind alone does not say that nobody did.
    """
    later = enumerate(history[moved:], start=moved + 1)
    return next((version for version, event in later if _is_decided(event)), None)


def _is_decided(event: Event) -> bool:
    return event.kind not in NEVER_DECIDED and getattr(event, "why", None) is None

"""Who may see what somebody answered to a measure, and what follows from it. Source: DOMAIN 3.2, 7."""

from domain.actor import Role
from domain.pathway.facts import course, obligations
from domain.pathway.history import Erased, Event
from domain.pathway.permissions import MEASURES
from domain.programme.shape import Programme

OWED = (
    obligations.ObligationCreated,
    obligations.ObligationReminded,
    obligations.ObligationMet,
    obligations.ObligationExcused,
    obligations.ObligationOverdue,
    obligations.ObligationNotRequired,
    obligations.ObligationMoved,
)
"""The facts that name the rule by which something is owed."""
ANSWERED = (course.MeasurementRecorded, course.MeasurementDeclined)


def may_see_rule(programme: Programme, role: Role, rule: str) -> bool:
    """Whether somebody in *role* is shown what is owed under *rule*, such as a talk after a low score."""
    respond, _, trigger = rule.partition(".after.")
    of = {step.partition(".")[0] for step in (respond, trigger)}
    return role in MEASURES or not of & programme.measures.keys()


def may_see(programme: Programme, role: Role, event: Event) -> bool:
    """Whether somebody in *role* is shown that *event* happened, and what it says."""
    if role in MEASURES or isinstance(event, Erased):
        return True
    if isinstance(event, OWED):
        return may_see_rule(programme, role, event.obligation)
    if isinstance(event, course.EventRecorded):
        return event.event not in programme.talks_after_scores
    if isinstance(event, course.FactCorrected):
        return event.corrected_kind not in {kind.kind for kind in ANSWERED}
    return not isinstance(event, ANSWERED)

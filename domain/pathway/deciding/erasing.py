"""What destroying keys causes: the pathway goes on without what a fact said, or ends without its citizen."""

from datetime import datetime

from domain.actor import Role
from domain.calendar import deadline
from domain.pathway.binding import Binding
from domain.pathway.commands import course
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import course as facts
from domain.pathway.facts.obligations import ObligationCreated
from domain.pathway.facts.referrals import ResponsibleAssigned
from domain.pathway.history import Erased, erasures
from domain.pathway.state import Pathway, Stage
from domain.period import Period
from domain.programme.relations import InPause
from domain.refusal import IsOver

NAME_SOMEBODY = "name_contact_person"
"""What the caseworker owes, met by hand, when it was erased who looks after the citizen. Source: DOMAIN 7, inv. 1."""
NAMED_WITHIN = Period("P2D")


def _erase_fact(binding: Binding, pathway: Pathway, command: course.EraseFact) -> Facts:
    if pathway.stage is Stage.ERASED:
        raise IsOver(stage=pathway.stage)
    event = binding.recorded(command.erases)
    if isinstance(event, Erased) or command.erases in erasures(binding.history):
        return []
    erased = facts.FactErased(at=command.at, erases=command.erases, decision=command.decision)
    if pathway.is_over or NAME_SOMEBODY in pathway.obligations or not _names_contact_person(binding, command.erases):
        return [erased]
    return [erased, _somebody_to_name(command.at)]


def _names_contact_person(binding: Binding, version: int) -> bool:
    """Whether that version says who is the contact person now."""
    forgotten = erasures(binding.history)
    named = [
        number
        for number, event in enumerate(binding.history, start=1)
        if isinstance(event, ResponsibleAssigned) and event.role is Role.CONTACT_PERSON and number not in forgotten
    ]
    return version in named[-1:]


def _somebody_to_name(at: datetime) -> ObligationCreated:
    return ObligationCreated(
        at=at,
        obligation=NAME_SOMEBODY,
        name=NAME_SOMEBODY,
        owner=Role.CASEWORKER,
        since=at,
        due=deadline(at, NAMED_WITHIN),
        remind_at=None,
        in_pause=InPause.RUN,
        note=None,
        why=None,
    )


def _erase_citizen(binding: Binding, pathway: Pathway, command: course.EraseCitizen) -> Facts:
    del binding
    if pathway.stage is Stage.ERASED:
        return []
    return [facts.CitizenErased(at=command.at, decision=command.decision)]


ANSWERS: Answers = {course.EraseFact: _erase_fact, course.EraseCitizen: _erase_citizen}

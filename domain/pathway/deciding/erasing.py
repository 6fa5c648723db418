"""What destroying keys causes: the pathway goes on without what a fact said, or ends without its citizen."""

from domain.pathway.binding import Binding
from domain.pathway.commands import course
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import course as facts
from domain.pathway.history import Erased, erasures
from domain.pathway.state import Pathway, Stage
from domain.refusal import IsOver


def _erase_fact(binding: Binding, pathway: Pathway, command: course.EraseFact) -> Facts:
    if pathway.stage is Stage.ERASED:
        raise IsOver(stage=pathway.stage)
    event = binding.recorded(command.erases)
    if isinstance(event, Erased) or command.erases in erasures(binding.history):
        return []
    return [facts.FactErased(at=command.at, erases=command.erases, decision=command.decision)]


def _erase_citizen(binding: Binding, pathway: Pathway, command: course.EraseCitizen) -> Facts:
    del binding
    if pathway.stage is Stage.ERASED:
        return []
    return [facts.CitizenErased(at=command.at, decision=command.decision)]


ANSWERS: Answers = {course.EraseFact: _erase_fact, course.EraseCitizen: _erase_citizen}

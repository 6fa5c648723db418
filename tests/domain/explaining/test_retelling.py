"""What people asked for can be read back from what it caused."""

from hypothesis import given as for_all
from hypothesis import settings

from domain.explaining.leading import LED_BY
from domain.explaining.retelling import Answered, retold
from domain.pathway.commands.children import EndChild, ReferChild
from domain.pathway.commands.course import ClosePathway, CorrectFact, EraseCitizen, EraseFact, PassTime
from domain.pathway.commands.referrals import GivePlace, ReferCitizen
from domain.pathway.decide import decide
from domain.pathway.permissions import MAY
from tests.domain.laws.lives import Lived, law, lives

BEGINNING_OR_PUTTING_RIGHT = (ReferCitizen, ReferChild, CorrectFact, EraseFact, EraseCitizen)
"""What is never asked again: a referral stands first, and what puts history right is laid over it."""


@settings(law, max_examples=60)
@for_all(lives)
def test_what_is_read_back_causes_the_same_again(steps: Lived) -> None:
    for step in steps:
        if not step.facts or isinstance(step.command, BEGINNING_OR_PUTTING_RIGHT):
            continue
        told = retold(Answered(step.facts, step.command.by, step.command.at, step.before, step.binding.programme))
        assert told, step
        if isinstance(told, ClosePathway) and isinstance(step.command, ClosePathway):
            told = told.model_copy(update={"despite": step.command.despite})  # the end of a pathway does not keep it
        again = decide(step.binding, step.before, told)
        assert [fact.model_dump(exclude={"why"}) for fact in again] == [
            fact.model_dump(exclude={"why"}) for fact in step.facts
        ], step


def test_for_every_command_it_is_known_by_which_fact_it_is_read_back() -> None:
    others = {GivePlace, EndChild, PassTime}
    """Told apart by who asked, or by the rule; and time, which nobody asks for."""
    assert set(MAY) - set(LED_BY.values()) - others == set(BEGINNING_OR_PUTTING_RIGHT)

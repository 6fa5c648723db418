"""Laws of pathways that belong together: one child of an element at a time, and after-care without any duty."""

from hypothesis import given

from domain.pathway.facts.children import ChildCalled
from domain.pathway.facts.course import PathwayClosed
from domain.pathway.facts.sessions import AttendanceRecorded, SessionBooked
from tests.domain.laws.lives import Lived, law, lives


@law
@given(lives)
def test_no_element_calls_for_a_pathway_while_one_of_it_is_open(steps: Lived) -> None:
    for step in steps:
        for fact in step.facts:
            if isinstance(fact, ChildCalled):
                assert not step.before.open_children(fact.element), step


@law
@given(lives)
def test_nobody_enters_after_care_who_does_not_want_it(steps: Lived) -> None:
    """F41: by closing with an outcome that the programme names, and unless the citizen opted out."""
    declined = False
    for step in steps:
        for fact in step.facts:
            if fact.kind == "aftercare_chosen":
                declined = getattr(fact, "choice", None) == "declined"
            elif isinstance(fact, ChildCalled) and fact.voluntary:
                aftercare = step.binding.programme.aftercare
                [closed] = [each for each in step.facts if isinstance(each, PathwayClosed)]
                assert aftercare is not None, step
                assert closed.outcome in aftercare.after, step
                assert not declined, step
        if any(event.kind == "fact_erased" for event in step.history):
            return


@law
@given(lives)
def test_nothing_is_a_duty_in_after_care(steps: Lived) -> None:
    """X9."""
    for step in steps:
        if step.before.parent and step.before.parent.voluntary:
            for fact in step.facts:
                if isinstance(fact, (SessionBooked, AttendanceRecorded)):
                    assert not fact.mandatory, step

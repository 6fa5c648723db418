"""Laws of history: facts are told once, in their order, and are enough to know where a pathway stands."""

from collections.abc import Mapping
from datetime import time, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import local, local_date
from domain.pathway.binding import Binding
from domain.pathway.catalogue import FACTS
from domain.pathway.consequences import consequences
from domain.pathway.deciding.correcting import CORRECTABLE
from domain.pathway.due import next_due
from domain.pathway.evolve import fold
from domain.pathway.fact import Fact
from domain.pathway.facts.course import CitizenErased
from domain.pathway.history import Erased, Event, as_corrected, content, corrections, erasures, read
from domain.pathway.options import options
from domain.pathway.settling import settled
from domain.pathway.state import Stage
from tests.domain.laws.lives import Lived, every_fact, law, lives
from tests.support.life import unreadable

WORKED_OUT = {
    "measurement_recorded": {"score", "band", "scoring"},
    "attendance_recorded": {"at", "minutes", "parts"},
    "review_held": {"phase"},
}
"""What follows from what was put right; a talk that was moved takes its session along."""


@law
@given(lives)
def test_nothing_happened_before_the_day_of_the_referral(steps: Lived) -> None:
    begun = local(local_date(steps[0].facts[0].at), time())
    for step, fact in every_fact(steps):
        assert fact.at >= begun, f"{fact}: {step}"


@law
@given(lives)
def test_the_history_folds_to_where_the_pathway_went_on_from(steps: Lived) -> None:
    for step in steps:
        folded = fold(as_corrected(step.history))
        if step.after.stage is Stage.ERASED:
            folded = folded.but(programme=step.after.programme)
        assert folded == step.after, step


@law
@given(lives)
def test_every_fact_survives_being_stored(steps: Lived) -> None:
    for step, fact in every_fact(steps):
        assert FACTS[fact.kind].model_validate_json(fact.model_dump_json().encode()) == fact, step
        assert read(fact.kind, content(fact)) == fact, step


@law
@given(lives)
def test_what_has_happened_stays_in_its_place_under_its_header(steps: Lived) -> None:
    """What lies over a fact by a correction has its kind, and differs in nothing but what may be put right."""
    for step in steps:
        erased, corrected = erasures(step.history), corrections(step.history)
        shown = iter(list(as_corrected(step.history)))
        for version, event in enumerate(step.history, start=1):
            correction = corrected.get(version)
            if correction and correction.body is None and version not in erased:
                continue
            counting = next(shown)
            assert counting.kind == event.kind, step
            if correction is None:
                assert counting.at == event.at, step
            elif version not in erased:
                _assert_rightly_corrected(event, correction.body or {})
        assert next(shown, None) is None, step


def _assert_rightly_corrected(event: Event, body: Mapping[str, object]) -> None:
    if isinstance(event, Erased):
        return
    said = content(event)
    changed = {field for field in said if said[field] != body[field]}
    reported: type[Fact] = type(event)
    assert changed <= CORRECTABLE[reported].fields | WORKED_OUT.get(event.kind, set())


@law
@given(lives)
def test_a_fact_is_never_true_after_it_was_learnt(steps: Lived) -> None:
    """DOMAIN 7, invariant 9."""
    for step, fact in every_fact(steps):
        assert fact.at <= step.command.at, step


@law
@given(lives, st.integers(0, 2**32), st.sampled_from([0.02, 0.1, 0.5, 1]))
def test_whatever_cannot_be_read_any_more_the_pathway_goes_on(steps: Lived, chance: int, share: float) -> None:
    """It folds, time passes, and it can be said what may be done; any body may be gone, or all of them."""
    random = Random(chance)  # noqa: S311 - which keys are gone, not a secret
    history = [unreadable(event) if random.random() < share else event for event in steps[-1].history]
    binding, at = Binding(steps[-1].programme), steps[-1].command.at
    pathway = fold(as_corrected(history))
    pathway = fold(consequences(binding, pathway, at), pathway)
    for passed in settled(binding, pathway, at + timedelta(weeks=20)):
        assert passed.facts, f"time stands still at {passed.due}"
        pathway = passed.pathway
    following = next_due(pathway)
    assert following is None or following > at
    assert options(binding, pathway)


@law
@given(lives)
def test_an_erased_citizen_has_no_pathway_that_goes_on(steps: Lived) -> None:
    for step in steps:
        if any(isinstance(fact, CitizenErased) for fact in step.facts):
            assert fold(as_corrected(step.history)).stage is Stage.ERASED
            assert next_due(step.after) is None
            assert step.after.citizen is None

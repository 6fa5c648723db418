"""Reading back: what was written is read as it is, whatever the rules for writing have become since."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, get_args, get_type_hints

import pytest

from domain.actor import Actor
from domain.moment import Moment
from domain.pathway.catalogue import FACTS
from domain.pathway.facts.course import EventRecorded, FactCorrected, PathwayClosed
from domain.pathway.history import Event, as_corrected, content
from domain.pathway.state import Pathway
from domain.programme.decisions import Valence
from engine.state import state_from, state_to
from eventstore.codec import PATHWAY
from tests.support.cast import CASEWORKER, DAY, MONDAY
from tests.support.keeping import noted

NOW_REFUSED = "ring 610180-1234"
"""What a rule that has become stricter would not take any more."""
WRITTEN_BEFORE = EventRecorded.model_construct(at=MONDAY, event="noted", note=NOW_REFUSED)
CLOSED = PathwayClosed(
    at=MONDAY,
    outcome="job",
    valence=Valence.POSITIVE,
    closed_by=CASEWORKER,
    reason="kom i arbejde",
    against_wish=False,
)


def stored(event: Event) -> Event:
    """*event* as it is read back."""
    encoded = PATHWAY.encode(event)
    return PATHWAY.decode(encoded.kind, encoded.schema, encoded.body)


@pytest.mark.parametrize(
    "fact", [WRITTEN_BEFORE, CLOSED.model_copy(update={"closed_by": Actor("rolle_der_er_nedlagt:x-1")})]
)
def test_a_stricter_rule_does_not_lock_what_was_written_before_it(fact: Event) -> None:
    assert stored(fact) == fact


def test_nor_does_it_lock_what_was_put_right_before_it() -> None:
    correction = FactCorrected(
        at=MONDAY, corrects=1, corrected_kind="event_recorded", body=content(WRITTEN_BEFORE), reason="slåfejl"
    )
    assert list(as_corrected([noted(), stored(correction)])) == [WRITTEN_BEFORE, correction]


@pytest.mark.parametrize("note", ["borger 610180-1234", "nul\x00"])
def test_what_is_written_is_looked_through(note: str) -> None:
    with pytest.raises(ValueError, match="holds"):
        noted(note)


def test_an_instant_is_read_back_in_the_zone_that_all_others_are_in() -> None:
    """So that any two are compared at once, and nothing has to be asked of their zones."""
    read = stored(noted(at=MONDAY))
    kept = state_from(state_to(Pathway(review_due=MONDAY, happened={"plan": (MONDAY, MONDAY + DAY)})))
    found = [read.at, kept.review_due, *kept.happened["plan"]]
    assert [at and at.tzinfo for at in found] == [MONDAY.tzinfo] * 4


def test_every_instant_of_a_fact_and_of_a_state_is_read_back_so() -> None:
    assert [name for shape in (*FACTS.values(), Pathway) for name in bare_instants(shape, set())] == []


def bare_instants(shape: type, seen: set[type]) -> Iterator[str]:
    """The fields of a shape, and of the shapes in it, that hold an instant and do not say how it is read back."""
    if shape in seen:
        return
    seen.add(shape)
    for name, annotation in get_type_hints(shape, include_extras=True).items():
        for inner in parts(annotation):
            if inner is datetime:
                yield f"{shape.__name__}.{name}: write Moment"
            elif isinstance(inner, type) and inner.__module__.startswith("domain."):
                yield from bare_instants(inner, seen)


def parts(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - a type as written
    """The types that a type is made of, but for what a moment is made of."""
    if annotation == Moment:
        return
    yield annotation
    for inner in get_args(annotation):
        yield from parts(inner)

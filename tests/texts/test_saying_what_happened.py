"""Every fact becomes a sentence for a caseworker: in words, with nothing of the inner codes left."""

import re

import pytest

from domain.pathway.catalogue import FACTS
from domain.pathway.history import Erased, Event
from domain.words import LANGUAGES, Language
from tests.support.cast import MONDAY, SICK
from tests.texts.everything import stories
from texts.catalogue import Wording
from texts.sentences import of_event

BY_HAND = {"call_employer"}
"""What staff call a promise is shown as they wrote it."""
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")
INNER = re.compile(
    r"\{\{|\}\}|\bNone\b|\bTrue\b|\bFalse\b|\b\d{4}-\d{2}-\d{2}\b|\d{2}:\d{2}:\d{2}|@\d|[0-9a-f]{8}-[0-9a-f]{4}"
)
"""What a template, a program or an id looks like, and a sentence does not."""
EVENTS: list[tuple[str, Event]] = [(name, event) for name, story in stories().items() for event in story.history]


def test_the_stories_hold_every_kind_of_fact() -> None:
    assert {event.kind for _, event in EVENTS} == set(FACTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FACTS)
def test_a_fact_is_told_in_words(kind: str, language: Language) -> None:
    for name, event in EVENTS:
        if event.kind != kind:
            continue
        said = of_event(Wording(language, stories()[name].programme), event)
        assert not INNER.search(said), said
        assert set(CODE.findall(said)) <= BY_HAND, said
        assert said[0].isupper() or said.startswith("kp-"), said
        assert said[-1] in ".:!?", said
        assert "  " not in said, said
        assert ".." not in said, said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FACTS)
def test_an_erased_fact_says_what_it_was_and_nothing_more(kind: str, language: Language) -> None:
    wording = Wording(language, SICK)
    said = of_event(wording, Erased(kind, MONDAY))
    assert kind == "citizen_erased" or wording.naming.called("fact", kind) in said
    assert not CODE.search(said)


def test_a_fact_is_told_without_its_programme_too() -> None:
    for _, event in EVENTS:
        assert of_event(Wording("da"), event)


def test_times_are_danish_times() -> None:
    booked = next(event for _, event in EVENTS if event.kind == "session_booked")
    assert "kl. 9.00" in of_event(Wording("da", SICK), booked)
    assert "at 9:00" in of_event(Wording("en", SICK), booked)


def test_free_text_is_told_as_it_was_written_with_a_full_stop_where_it_lacks_one() -> None:
    reviewed = next(event for _, event in EVENTS if event.kind == "review_held")
    assert of_event(Wording("da", SICK), reviewed).endswith("det går fremad.")

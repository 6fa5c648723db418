"""Every fact becomes a sentence for a caseworker: in words, with nothing of the inner codes left."""

import re

import pytest
from pydantic import JsonValue

from domain.pathway.catalogue import FACTS
from domain.pathway.deciding.correcting import CORRECTABLE
from domain.pathway.due import coming
from domain.pathway.evolve import evolve
from domain.pathway.history import Erased, Event
from domain.pathway.state import Pathway
from domain.programme.elements import TalkForm
from domain.words import LANGUAGES, Language
from tests.support.cast import MONDAY, SICK
from tests.texts.everything import stories
from tests.texts.templates import templates
from texts.catalogue import Wording
from texts.changes import changes
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


DECISIONS = ("silence", "hearing", "complaint")
"""What comes by itself around decisions."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_comes_by_itself_is_told_in_words(language: Language) -> None:
    told: set[str] = set()
    for story in stories().values():
        wording, pathway = Wording(language, story.programme), Pathway()
        for event in story.history:
            pathway = evolve(pathway, event)
            for each in coming(pathway):
                owed = pathway.obligations.get(each.about or "")
                said = wording.say(
                    "coming",
                    each.what,
                    phase=each.about,
                    owner=owed.owner if owed else None,
                    obligation=owed.name if owed else None,
                )
                assert set(CODE.findall(said)) <= BY_HAND, said
                told.add(each.what)
    assert told == {
        "begins",
        "ends",
        "review",
        "week",
        "resume",
        *DECISIONS,
        "reminder",
        "deadline",
        "escalation",
        "rules",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_correction_may_change_has_a_name_in_words(language: Language) -> None:
    known = templates(language)
    fields = {field for reported in CORRECTABLE.values() for field in reported.fields}
    assert {field for field in fields if ("change", field) not in known} == set()
    assert {form for form in TalkForm if ("change", "forms", form) not in known} == set()


def test_a_change_is_told_in_words_from_what_was_so_to_what_is() -> None:
    before: dict[str, JsonValue] = {
        "at": "2026-03-02T09:00:00Z",
        "form": "phone",
        "minutes": 30,
        "parts": [],
        "answers": [None, 2],
        "scaling": [{"question": "today", "answer": 4}],
        "name": "benefit",
        "value": "sygedagpenge",
    }
    after: dict[str, JsonValue] = {
        "at": "2026-03-02T10:30:00Z",
        "form": "video",
        "minutes": 45,
        "parts": ["check_in"],
        "answers": [1, 2],
        "scaling": [{"question": "today", "answer": 5}],
        "name": "benefit",
        "value": "kontanthjaelp",
    }
    assert changes(Wording("en", SICK), before, after) == [
        "when: Monday 2 March 2026 at 10:00 → Monday 2 March 2026 at 11:30",
        "form: by telephone → by video",
        "minutes: 30 → 45",
        "parts: nothing → check_in",
        "answers: -, 2 → 1, 2",
        "scales: today 4 → today 5",
        "value: Sickness benefit → Cash benefit",
    ]

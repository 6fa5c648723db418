"""Danish and English say the same things, and every code has words in both."""

import re
from collections.abc import Collection

import pytest

from domain.actor import Role
from domain.measures import INSTRUMENTS
from domain.pathway.catalogue import FACTS
from domain.pathway.facts.children import AFTERCARE, Choice, Ending
from domain.pathway.facts.obligations import Cause
from domain.pathway.facts.proceedings import Channel, Ruling
from domain.pathway.facts.sessions import Attendance, Side
from domain.pathway.follow_ups import CALL_CHILD, END_CHILD, GIVE_PLACE, TELL_PARENT, follow_ups
from domain.pathway.permissions import BESIDES, MAY
from domain.pathway.proceeding import Recoursing
from domain.pathway.state import OrderStage, Stage
from domain.pathway.steps import (
    BUILT_IN,
    OF_A_CHILD,
    OF_A_HEARING,
    OF_A_PHASE,
    OF_A_SECOND,
    OF_AN_ELEMENT,
    OF_AN_INSTRUMENT,
    OF_AN_ORDER,
)
from domain.programme.decisions import Valence
from domain.programme.elements import BridgingStep, Track
from domain.programme.measures import Rater
from domain.programme.setting import Dimension, EvaluationKind
from domain.programme.shape import ProgrammeStage
from domain.refusal import NotOpenYet, Refused, code_of
from domain.words import LANGUAGES, Language
from tests.texts.everything import stories
from tests.texts.raising import raised
from tests.texts.templates import asked_for, templates
from texts.catalogue import Wording
from texts.naming import SECTIONS
from texts.sentences import of_refusal

DANISH, ENGLISH = templates("da"), templates("en")
CALLED_FOR = [
    each for story in stories().values() for event in story.history for each in follow_ups(story.programme, event)
]
"""Every letter and notice that the stories call for."""
CODES: dict[str, Collection[str]] = {
    "role": list(Role),
    "stage": list(Stage),
    "track": list(Track),
    "attendance": list(Attendance),
    "side": list(Side),
    "cause": list(Cause),
    "bridging_step": list(BridgingStep),
    "dimension": list(Dimension),
    "evaluation_kind": list(EvaluationKind),
    "programme_stage": list(ProgrammeStage),
    "rater": list(Rater),
    "channel": list(Channel),
    "ruling": list(Ruling),
    "recourse_stage": list(Recoursing),
    "rating": [str(rating) for rating in range(4)],
    "kind": ("obligation", "session", "notice"),
    "fact": FACTS,
    "command": [*(command.kind for command in MAY), *BESIDES],
    "letter": {each.name for each in CALLED_FOR if each.is_letter},
    "notice": {"delivery_failed", *(each.name for each in CALLED_FOR if not each.is_letter and not each.is_errand)},
    "errand": (CALL_CHILD, TELL_PARENT, END_CHILD, GIVE_PLACE),
    "choice": list(Choice),
    "ending": list(Ending),
    "order_stage": list(OrderStage),
    "valence": list(Valence),
    "step": (*BUILT_IN, *INSTRUMENTS, AFTERCARE),
    "step_of": (
        *OF_AN_ELEMENT,
        *OF_A_CHILD,
        *OF_A_PHASE,
        *OF_AN_INSTRUMENT,
        *OF_AN_ORDER,
        *OF_A_SECOND,
        *OF_A_HEARING,
        *(*Rater, *BridgingStep),
        "assigned",
    ),
}


def test_both_languages_have_the_same_keys() -> None:
    assert DANISH.keys() == ENGLISH.keys()


def test_both_languages_ask_for_the_same_values() -> None:
    unlike = {key for key, said in DANISH.items() if asked_for(said) != asked_for(ENGLISH[key])}
    assert unlike == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", CODES)
def test_every_code_has_a_name(section: str, language: Language) -> None:
    known = templates(language)
    assert {code for code in CODES[section] if ("names", section, code) not in known} == set()


@pytest.mark.parametrize("section", SECTIONS)
def test_no_name_is_left_for_a_code_that_no_longer_exists(section: str) -> None:
    named = {key[2] for key in DANISH if key[:2] == ("names", section)}
    assert named - set(CODES[section]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_fact_and_every_refusal_has_a_sentence(language: Language) -> None:
    known = templates(language)
    refusals = {code_of(each.__name__) for each in Refused.__subclasses__()}
    assert {kind for kind in FACTS if ("fact", kind) not in known} == set()
    assert {code for code in refusals if ("refusal", code) not in known} == set()


def test_no_sentence_is_left_for_a_refusal_that_no_longer_exists() -> None:
    refusals = {code_of(each.__name__) for each in Refused.__subclasses__()}
    assert {key[1] for key in DANISH if key[0] == "refusal"} - refusals == set()


def test_every_refusal_is_raised_with_the_values_that_its_sentence_asks_for() -> None:
    names = [each.__name__ for each in Refused.__subclasses__()]
    found = [each for each in raised(*names) if each.values is not None]
    short = [
        (each.place, missing)
        for each in found
        if (missing := asked_for(DANISH["refusal", code_of(each.name)]) - (each.values or frozenset()))
    ]
    assert len(found) > len(names)
    assert short == []


def test_every_problem_with_a_field_has_a_sentence_and_the_values_that_it_asks_for() -> None:
    found = [each for each in raised("Invalid", "Problem", "Unreadable") if each.code]
    assert {each.code for each in found if ("problem", each.code or "") not in DANISH} == set()
    short = [
        (each.place, missing)
        for each in found
        if each.values is not None and (missing := asked_for(DANISH["problem", each.code or ""]) - each.values)
    ]
    assert len(found) > 30
    assert short == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_end_as_sentences_do(language: Language) -> None:
    spoken = {"refusal", "problem", "error", "fact"}
    free = re.compile(r"(\{\{[^{}]*\}\}|\{% endif %\}|[.:])$")
    unended = {key for key, said in templates(language).items() if key[0] in spoken and not free.search(said)}
    assert unended == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_that_nobody_has_named_is_shown_as_it_is(language: Language) -> None:
    assert Wording(language).naming.called("role", "gardener") == "gardener"
    assert Wording(language).naming.name("gardening") == "gardening"


def test_no_letter_shares_its_name_with_a_notice() -> None:
    assert set(CODES["letter"]) & set(CODES["notice"]) == set()
    assert len(CODES["letter"]) == 19


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closing_that_something_keeps_open_says_what_to_type_so_as_to_set_it_aside(language: Language) -> None:
    missing = NotOpenYet(step="close", missing="diet_exercise.assessed")
    assert "(--despite diet_exercise.assessed)" in of_refusal(Wording(language), missing)

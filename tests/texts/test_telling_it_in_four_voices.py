"""Every fact has words for the caseworker, the citizen, the archive and the engineer, in both languages."""

import re
from datetime import timedelta

import pytest

from domain.actor import Role
from domain.pathway.catalogue import FACTS
from domain.pathway.history import Erased
from domain.words import LANGUAGES, Language
from tests.support.cast import CASEWORKER, MONDAY, SICK
from tests.texts.everything import stories
from tests.texts.templates import templates
from tests.texts.test_saying_what_happened import BY_HAND, CODE, EVENTS, INNER
from texts.catalogue import Wording
from texts.voices import WORDED, Told, Voice

STAFF_ID = re.compile(r"\b(kp|sb|vk|in|sund|arkiv|rev|it)-\d+\b")
WORDED_VOICES = [voice for voice in WORDED if voice is not Voice.CASEWORKER]
SCALE_QUESTIONS = {"self_efficacy"}
WRITTEN = (
    *("reason", "note", "judgement", "goals", "answer", "citizen_reason", "provider_reason", "check_in", "next_step"),
    *("basis", "expected_benefit", "terms", "legal_basis", "legal_ref"),
)
"""The fields in which people write, and those that name a law."""


def said(kind: str, voice: Voice, language: Language) -> list[str]:
    """Every fact of a kind that happens in some story, in that voice."""
    return [
        Told(event, 7, event.at + timedelta(days=2), CASEWORKER).by(
            voice, Wording(language, stories()[name].programme), stories()[name].programme
        )
        for name, event in EVENTS
        if event.kind == kind
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_fact_has_words_in_every_voice(language: Language) -> None:
    known = templates(language)
    missing = [f"{WORDED[voice]}: {kind}" for voice in WORDED for kind in FACTS if (WORDED[voice], kind) not in known]
    assert missing == [], (
        f"add to texts/{language}.yaml, under the section named before the colon, the sentence of the kind after it"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_voice_borrows_the_words_of_another(language: Language) -> None:
    """A caseworker, a citizen and an archivist ask for different things of the same fact."""
    known = templates(language)
    for kind in FACTS:
        assert len({known[section, kind] for section in WORDED.values()}) == len(WORDED), kind


def test_the_archive_keeps_every_word_that_people_wrote() -> None:
    """Years later nobody can look it up elsewhere: reasons, notes, answers and grounds all stand in the sentence."""
    for name, event in EVENTS:
        programme = stories()[name].programme
        told = Told(event, 7, event.at, CASEWORKER).by(Voice.ARCHIVE, Wording("en", programme), programme)
        for field in WRITTEN:
            words = getattr(event, field, None)
            assert not words or str(words) in told, f"{event.kind}.{field}: {told}"
        for answer in getattr(event, "said", {}).values():
            assert answer in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_archive_names_the_law_that_was_named_and_only_that(language: Language) -> None:
    [applied] = set(said("rule_set_applied", Voice.ARCHIVE, language))
    assert applied.count("Lov nr. 1750") == 1
    assert "Lov om sygedagpenge" not in applied


def test_no_words_are_left_for_a_kind_that_no_longer_exists() -> None:
    sections = {WORDED[voice] for voice in WORDED}
    assert {key[1] for key in templates("da") if key[0] in sections} - {*FACTS, "erased"} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("voice", WORDED_VOICES)
@pytest.mark.parametrize("kind", FACTS)
def test_a_fact_is_told_in_words_in_every_voice(kind: str, voice: Voice, language: Language) -> None:
    for told in said(kind, voice, language):
        words = re.sub(r"(reglen|the rule) \S+", "", told)
        assert not INNER.search(words), told
        assert set(CODE.findall(words)) <= BY_HAND | SCALE_QUESTIONS, told
        assert told[0].isupper() or told.startswith("kp-"), told
        assert told[-1] in ".:!?", told
        assert "  " not in told, told
        assert ".." not in told, told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FACTS)
def test_a_citizen_reads_of_no_colleague_by_id(kind: str, language: Language) -> None:
    for told in said(kind, Voice.CITIZEN, language):
        assert not STAFF_ID.search(told), told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_citizen_is_spoken_to_and_not_about(language: Language) -> None:
    words = {key[1]: said for key, said in templates(language).items() if key[0] == "fact_citizen"}
    about = re.compile(r"\b(borgeren|the citizen)\b", re.IGNORECASE)
    assert [kind for kind, said in words.items() if about.search(said)] == []


def test_notices_to_staff_are_marked_as_internal_for_the_citizen() -> None:
    for kind in ("notice_given", "notice_read", "obligation_reminded"):
        assert all(told.startswith("Internt: ") for told in said(kind, Voice.CITIZEN, "da"))
        assert all(told.startswith("Internal: ") for told in said(kind, Voice.CITIZEN, "en"))


def test_the_archive_reads_when_by_whom_and_by_which_law() -> None:
    for told in said("plan_agreed", Voice.ARCHIVE, "da"):
        assert re.match(r"\w+dag den \d+\. \w+ \d{4} kl\. \d+\.\d\d, registreret af sagsbehandler sb-1\. ", told), told
        assert "Journaliseret " in told
    assert SICK.legal_basis is None or SICK.legal_basis in said("plan_agreed", Voice.ARCHIVE, "da")[0]


def test_the_archive_reads_by_which_rule_something_happened_by_itself() -> None:
    assert all("Det følger af reglen " in told for told in said("review_came_due", Voice.ARCHIVE, "da"))


def test_an_engineer_reads_kind_version_instants_rule_and_inputs() -> None:
    for told in said("obligation_overdue", Voice.ENGINEER, "da"):
        assert re.search(r"^obligation_overdue v7 at=\S+ recorded=\S+ by=caseworker:sb-1 schema=1 rule=\S+ ", told)
        assert "inputs=due=" in told
        assert "\nobligation=" in told


@pytest.mark.parametrize("voice", Voice)
def test_what_was_erased_says_nothing_more_in_any_voice(voice: Voice) -> None:
    told = Told(Erased("plan_agreed", MONDAY), 7, MONDAY, CASEWORKER).by(voice, Wording("en", SICK), SICK)
    assert "erased" in told
    assert Role.CITIZEN not in told or voice is Voice.CITIZEN

"""What two versions of a programme say differently: every difference is shown, and nothing that is equal."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from typing import Any

import pytest

from domain.actor import Role
from domain.period import Period
from domain.programme.differing import Change, Difference, Meaning, differences
from domain.programme.elements import Track
from domain.programme.rules import RuleSet
from domain.programme.shape import Programme
from domain.value import Value
from domain.words import LANGUAGES, Language
from tests.docs.shapes import below, fields_of
from tests.domain.laws.lives import VERSIONS
from tests.support.altering import altered
from tests.support.cast import SIX_WEEKS, TOGETHER, WIDENED, shipped
from tests.texts.templates import templates
from texts.differences import Differing, plain

SICK = shipped("sygedagpenge-driftstilbud@1")
FOLLOW_UP = "respond: follow_up_talk, within: P4W"


def sick(*changes: tuple[str, str]) -> Programme:
    return altered("sygedagpenge-driftstilbud@1", *changes)


def only(old: Programme, new: Programme) -> Difference:
    [found] = differences(old, new)
    return found


def said(language: Language, old: Programme, new: Programme) -> str:
    return Differing(language, old, new).sentence(only(old, new))


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_a_version_differs_in_nothing_from_itself(version: Programme) -> None:
    assert differences(version, Programme.model_validate_json(version.model_dump_json(by_alias=True))) == []


def test_a_deadline_is_found_again_by_its_rule_and_comes_later_or_earlier() -> None:
    longer = sick((FOLLOW_UP, "respond: follow_up_talk, within: P6W"))
    later, earlier = only(SICK, longer), only(longer, SICK)
    assert (later.meaning, later.change, earlier.change) == (Meaning.TIME, Change.LATER, Change.EARLIER)
    assert later.path == ("relations", "follow_up_talk.after.enrolled", "within")
    assert said("en", SICK, longer) == (
        "Later: the deadline of Follow-up talk after beginning, Follow-up talk, time allowed: 4 weeks → 6 weeks."
    )
    assert said("da", SICK, longer) == (
        "Senere: fristen for Opfølgningssamtale efter opstart, Opfølgningssamtale, tid: 4 uger → 6 uger."
    )


def test_target_groups_that_come_let_more_people_in_and_those_that_go_fewer() -> None:
    wider = [each for each in differences(TOGETHER, WIDENED) if each.change is Change.WIDENED]
    assert [each.path[-1] for each in wider if each.meaning is Meaning.WHO] == [
        "other_course",
        "employee_return_after_illness",
    ]
    narrower = {each.path[-1]: each.change for each in differences(WIDENED, TOGETHER)}
    assert narrower["other_course"] is Change.NARROWED


@pytest.mark.parametrize(
    ("condition", "change"),
    [
        ("citizen.course in ['genoptraening', 'andet']", None),
        ("citizen.course == 'andet'", Change.NARROWED),
        ("citizen.municipal_employee || citizen.course == 'andet'", Change.CHANGED),
    ],
)
def test_a_target_group_of_codes_says_whether_more_or_fewer_belong_to_it(condition: str, change: Change | None) -> None:
    new = altered("sundere-sammen@3", ("citizen.course in ['genoptraening', 'andet']", condition))
    assert [each.change for each in differences(WIDENED, new)] == ([change] if change else [])
    widened = [each.change for each in differences(new, WIDENED)]
    assert widened == ([Change.WIDENED if change is Change.NARROWED else change] if change else [])


def test_other_words_are_words_only() -> None:
    renamed = altered("sundere-sammen@2", ("title: {da: Træning, en: Training}", "title: {da: Motion, en: Training}"))
    found = only(TOGETHER, renamed)
    assert (found.meaning, found.change) == (Meaning.WORDS, Change.REWORDED)
    assert said("da", TOGETHER, renamed) == "Elementet Motion, navn: »Træning« → »Motion«."


def test_a_step_that_needs_another_first_is_about_the_way() -> None:
    found = only(sick(("  - {condition: plan_agreed, for: work_placement}\n", "")), SICK)
    assert (found.meaning, found.change) == (Meaning.WAY, Change.ADDED)


def test_who_may_refer_is_about_roles() -> None:
    [found] = [each for each in differences(TOGETHER, WIDENED) if each.path == ("referral", "by")]
    assert (found.meaning, found.change) == (Meaning.ROLES, Change.WIDENED)


def test_the_phase_that_one_begins_with_is_not_exchanged_in_silence() -> None:
    phases = dict(reversed(SICK.phases.items()))
    found = only(SICK, SICK.model_copy(update={"phases": phases}))
    assert (found.path, found.change) == (("phases",), Change.REORDERED)


def test_six_weeks_that_become_open_ended_are_one_difference_beside_the_version_itself() -> None:
    found = [each for each in differences(SIX_WEEKS, TOGETHER) if each.meaning is not Meaning.ABOUT]
    assert [(each.path, each.after) for each in found] == [(("duration",), "open")]


def test_a_week_is_seven_days_however_it_is_written() -> None:
    assert differences(SICK, sick((FOLLOW_UP, "respond: follow_up_talk, within: P28D"))) == []


def test_meanings_come_in_one_order() -> None:
    order = [list(Meaning).index(each.meaning) for each in differences(SICK, TOGETHER)]
    assert order == sorted(order)
    assert len(order) > 50


def others(value: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever a programme holds
    """The value altered in each way in which one thing of it can be: something else, something more or one less."""
    match value:
        case Value():
            for name in type(value).model_fields:
                yield from (value.model_copy(update={name: each}) for each in others(getattr(value, name)))
        case dict():
            for name, each in value.items():
                yield {other: held for other, held in value.items() if other != name}
                yield from ({**value, name: other} for other in others(each))
        case tuple():
            yield from (value[:place] + value[place + 1 :] for place in range(len(value)) if len(value) > 1)
            yield from (
                (*value[:place], each, *value[place + 1 :])
                for place in range(len(value))
                for each in others(value[place])
            )
        case _:
            yield _another(value)


def _another(value: Any) -> Any:  # noqa: ANN401 - the same
    match value:
        case bool():
            return not value
        case Period():
            return value.times(2)
        case int() | float():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case None:
            return "andet"
        case _:
            return f"{value}x" if type(value) is str else next(each for each in type(value) if each != value)


@pytest.mark.parametrize("version", [SICK, WIDENED], ids=lambda each: each.ref)
def test_whatever_is_altered_shows(version: Programme) -> None:
    unseen, many = [], 0
    for many, other in enumerate(others(version), start=1):
        found = differences(version, other)
        if not found or any(plain(each.before) == plain(each.after) for each in found):
            unseen.append(other)
        if many % 40 == 0:
            words = Differing("en", version, other)
            assert all(words.sentence(each) for each in found)
    assert unseen == []
    assert many > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_every_word_of_the_language_has_a_name_for_planners(language: Language) -> None:
    """One that is added gets its line under `difference` in texts/da.yaml and texts/en.yaml."""
    shapes = [Programme, RuleSet, *below([Programme, RuleSet])]
    fields = {
        shape.model_fields[name].alias or name
        for shape in shapes
        if issubclass(shape, Value)
        for name in fields_of(shape)
    }
    words = {
        str(word.value) for shape in shapes if issubclass(shape, Enum) and shape not in {Role, Track} for word in shape
    }
    known = {key[1:3] for key in templates(language) if key[0] == "difference"}
    assert {field for field in fields - {"da", "en"} if ("field", field) not in known} == set()
    assert {word for word in words if ("word", word) not in known} == set()


def test_a_rule_set_that_became_another_since_is_shown_under_its_name() -> None:
    law = RuleSet.model_validate(
        {
            "rule_set": "sick-leave",
            "jurisdiction": "dk",
            "title": {"da": "Sygedagpenge", "en": "Sickness benefit"},
            "valid_from": date(2026, 1, 1),
            "legal_ref": "§ 1",
            "transition": "new_cases",
            "parameters": {"first_follow_up": {"value": "P8W"}},
        }
    )
    stricter = law.model_copy(update={"valid_from": date(2026, 7, 1)})
    found = only(SICK.under([], [law]), SICK.under([], [stricter]))
    assert (found.meaning, found.path) == (Meaning.TIME, ("rule_sets", "sick-leave", "valid_from"))

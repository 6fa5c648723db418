"""CPR numbers in what people write: found however they are written, and nothing else taken for one."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.actor import Role
from domain.pathway.command import Command
from domain.refusal import Invalid, Refused
from domain.text import holds_cpr, is_cpr, without_cpr
from tests.domain.beginnings import on_sick_leave
from tests.domain.laws.lives import law
from tests.domain.samples import samples
from tests.support.cast import DAY, MONDAY

CPR = "610180-1234"
SEPARATORS = ("", "-", " ", " - ", "\N{NO-BREAK SPACE}", "\N{EN DASH}", "\N{NON-BREAKING HYPHEN}", "\t")
births = st.dates(date(1900, 1, 1), date(2099, 12, 31))
numbers = st.builds(
    lambda born, between, last: f"{born.day + 60:02}{born:%m%y}{between}{last:04}",
    births,
    st.sampled_from(SEPARATORS),
    st.integers(0, 9999),
)
"""Numbers of nobody: sixty is added to the day of birth."""
words = st.text(st.characters(categories=("L", "P", "Z", "S")), max_size=20)


@law
@given(words, numbers, words)
def test_a_cpr_number_is_found_wherever_it_stands_and_left_out(before: str, number: str, after: str) -> None:
    text = f"{before}{number}{after}"
    assert holds_cpr(text)
    assert not holds_cpr(without_cpr(text))
    assert number[-4:] not in without_cpr(text)


@law
@given(numbers)
def test_a_cpr_number_without_sixty_added_is_one_as_well(number: str) -> None:
    day = int(number[:2]) - 60
    assert holds_cpr(f"{day:02}{number[2:]}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ring 61018012",
        "sag 61018012345",
        "610180-12345",
        "1610180-1234",
        "001380-1234",
        "610080-1234",
        "611380-1234",
        "920280-1234",
        "910480-1234",
        "2026-03-02 09:00",
        "2026-03-02T09:00:00.123456+01:00",
        "+45 33 12 34 56",
        "CVR 12345678",
        "8 uger, 2 gange om ugen, 1000 kr",
        "610180\n1234 nye linjer er nye tal",
    ],
)
def test_what_is_no_birth_date_with_four_digits_is_no_cpr_number(text: str) -> None:
    assert not holds_cpr(text)
    assert without_cpr(text) == text


@pytest.mark.parametrize("day", ["900280", "890280", "290280", "290299"])
def test_the_leap_day_is_a_birthday(day: str) -> None:
    """In which century somebody was born is not looked at."""
    assert holds_cpr(f"{day}-1234") is (day != "900280")


@law
@given(st.uuids())
def test_an_id_is_never_taken_for_a_cpr_number(each: UUID) -> None:
    assert not holds_cpr(str(each))
    assert without_cpr(f"forløb {each}.") == f"forløb {each}."


@law
@given(st.text(st.sampled_from("0126789- abf"), max_size=60))
def test_whatever_stands_there_nothing_of_a_cpr_number_is_repeated(text: str) -> None:
    assert not holds_cpr(without_cpr(text))


@pytest.mark.parametrize("text", ["610180-1234", "6101801234", "610180 1234", " 610180-1234 "])
def test_a_cpr_number_alone_is_one(text: str) -> None:
    assert is_cpr(text)


@pytest.mark.parametrize(
    "text", ["", "610180", "610180-123", "610180--1234", "611380-1234", "610180-1234 og", "61018O1234"]
)
def test_what_has_another_shape_is_none(text: str) -> None:
    assert not is_cpr(text)


WRITTEN = [
    (command, field)
    for command in samples(MONDAY + 4 * DAY)
    for field, info in type(command).model_fields.items()
    if command.by.role is not Role.SYSTEM and field != "by" and "str" in str(info.annotation)
]
"""Every field of what people may tell in which something may be written."""


@pytest.mark.parametrize(("command", "field"), WRITTEN, ids=[f"{each.kind}.{field}" for each, field in WRITTEN])
def test_no_cpr_number_gets_from_what_people_tell_into_a_fact(command: Command, field: str) -> None:
    """DOMAIN 7, invariant 12."""
    said, story = command.model_dump(exclude_unset=True), on_sick_leave()
    for number in (CPR, f"ring til {CPR}", "x_6101801234", (CPR,), {"x_6101801234": CPR}):
        try:
            facts = story.when(type(command).model_validate({**said, field: number})).facts
        except (ValidationError, Refused, Invalid):
            continue
        assert not [fact for fact in facts if holds_cpr(fact.model_dump_json())], number

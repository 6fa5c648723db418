"""Lengths of time as people set them, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.period import Period
from tests.domain.laws.lives import law

TURNED_DOWN = {"not_a_period", "empty_period", "string_too_long", "period_too_long"}
PERIOD: TypeAdapter[Period] = TypeAdapter(Period)


@pytest.mark.parametrize(
    ("text", "months", "days", "minutes"),
    [
        ("P6W", 0, 42, 0),
        ("P3M", 3, 0, 0),
        ("P1Y", 12, 0, 0),
        ("P1Y2M3W4D", 14, 25, 0),
        ("PT2H", 0, 0, 120),
        ("PT45M", 0, 0, 45),
        ("P1DT1H30M", 0, 1, 90),
        ("P1M", 1, 0, 0),
        ("PT1M", 0, 0, 1),
    ],
)
def test_a_period_is_months_days_and_minutes(text: str, months: int, days: int, minutes: int) -> None:
    """Months are months, never thirty days; the same letter after T means minutes."""
    period = PERIOD.validate_python(text)
    assert (period.months, period.days, period.minutes) == (months, days, minutes)
    assert period == text


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1DT", "6W", "p6w", "P6", "P-1W", "P1.5D", "P1H", "PT1D", "P1W1M", "P1D ", "1 uge", "P\u0661D"],
)
def test_what_is_no_period_is_turned_down_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError, match="P6W") as caught:
        PERIOD.validate_python(text)
    assert caught.value.errors()[0]["type"] == "not_a_period"


@pytest.mark.parametrize("text", ["P0D", "PT0M", "P0Y0M0W0DT0H0M"])
def test_a_period_without_length_is_none(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        PERIOD.validate_python(text)
    assert caught.value.errors()[0]["type"] == "empty_period"


@pytest.mark.parametrize("text", ["P101Y", "P1300M", "P40000D"])
def test_no_period_is_longer_than_a_life(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        PERIOD.validate_python(text)
    assert caught.value.errors()[0]["type"] == "period_too_long"


def test_a_period_of_whole_days_is_known() -> None:
    assert Period("P6W").is_of_days
    assert Period("P3M").is_of_days
    assert not Period("PT2H").is_of_days
    assert not Period("P1DT2H").is_of_days


@law
@given(st.integers(0, 9), st.integers(0, 30), st.integers(0, 600), st.integers(0, 40))
def test_a_period_several_times_in_a_row_is_that_many_times_as_long(
    months: int, days: int, minutes: int, number: int
) -> None:
    once = Period(f"P{months}M{days}DT{minutes}M")
    often = once.times(number)
    assert (often.months, often.days, often.minutes) == (months * number, days * number, minutes * number)


@law
@given(st.text() | st.from_regex(r"P[0-9YMWDTH]{1,8}", fullmatch=True))
def test_whatever_is_written_is_a_period_or_turned_down(text: str) -> None:
    try:
        period = PERIOD.validate_python(text)
    except ValidationError as error:
        codes = {each["type"] for each in error.errors()}
    else:
        codes = set()
        assert period.months + period.days + period.minutes > 0
    assert codes <= TURNED_DOWN

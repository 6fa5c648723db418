"""What people may write in a command: instants with a zone, and no CPR number where one does not belong."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.actor import PersonId
from domain.pathway.command import Instant
from domain.pathway.commands.obligations import CreateObligation
from domain.pathway.facts.sessions import Scaling
from domain.text import Line, holds_cpr, is_cpr, without_cpr
from tests.support.cast import CONTACT, MONDAY

INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)
LOOKS_LIKE = UUID("0a610180-1234-4abc-8def-0123456789ab")
"""An id in which ten digits stand like those of a CPR number."""


def code_of(adapter: "TypeAdapter[object] | TypeAdapter[datetime] | TypeAdapter[str]", given_value: object) -> str:
    """Why a value is turned down."""
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(given_value)
    return caught.value.errors()[0]["type"]


def test_a_danish_clock_time_with_its_zone_is_an_instant() -> None:
    assert INSTANT.validate_python("2026-03-02 09:00 Europe/Copenhagen") == MONDAY
    assert INSTANT.validate_python("2026-07-02T09:00[Europe/Copenhagen]") == datetime(2026, 7, 2, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-03-02T09:00", "timezone_aware"),
        ("2026-03-02", "timezone_aware"),
        ("2026-03-29 02:30 Europe/Copenhagen", "datetime_gap"),
        ("i morgen", "datetime_parsing"),
        ("1772438400", "datetime_parsing"),
        (1772438400, "datetime_parsing"),
        (1e300, "datetime_parsing"),
        (None, "datetime_parsing"),
        ("0001-01-01T00:00+14:00", "instant_out_of_range"),
        ("0001-01-01 00:00 Europe/Copenhagen", "instant_out_of_range"),
        ("9999-12-31T23:59-14:00", "instant_out_of_range"),
        ("9999-12-31 23:59 Europe/Copenhagen", "instant_out_of_range"),
    ],
)
def test_what_is_no_instant_is_turned_down_with_the_reason(text: object, code: str) -> None:
    assert code_of(INSTANT, text) == code


@given(st.text() | st.integers() | st.floats() | st.none() | st.datetimes().map(str))
def test_whatever_is_given_for_an_instant_is_read_or_turned_down(given_value: object) -> None:
    try:
        assert INSTANT.validate_python(given_value).tzinfo is UTC
    except ValidationError:
        return


@pytest.mark.parametrize("text", ["kp-1", "a.b_c-d", "Z"])
def test_a_person_has_an_id_that_starts_with_a_letter(text: str) -> None:
    assert TypeAdapter(PersonId).validate_python(text) == text


def test_no_id_or_code_that_is_shown_in_the_clear_may_hold_a_cpr_number() -> None:
    assert code_of(TypeAdapter(PersonId), "a610180-1234") == "holds_cpr"
    with pytest.raises(ValidationError, match="CPR"):
        Scaling(question="q6101801234", answer=1)
    with pytest.raises(ValidationError, match="CPR"):
        CreateObligation(
            by=CONTACT, at=MONDAY, obligation="call_6101801234", owner=CONTACT.role, due=MONDAY, note="ringe op"
        )


@pytest.mark.parametrize("text", ["610180-1234", "borger 6101801234 ringede", "610180 1234"])
def test_a_cpr_number_is_found_and_can_be_left_out(text: str) -> None:
    assert holds_cpr(text)
    assert "1234" not in without_cpr(text)
    assert code_of(TypeAdapter(Line), text) == "holds_cpr"


def test_an_id_of_ours_is_not_taken_for_a_cpr_number_but_one_beside_it_is() -> None:
    assert not holds_cpr(f"forløb {LOOKS_LIKE}")
    assert without_cpr(f"forløb {LOOKS_LIKE}") == f"forløb {LOOKS_LIKE}"
    assert without_cpr(f"{LOOKS_LIKE} 610180-1234") == f"{LOOKS_LIKE} ***"


def test_a_cpr_number_is_written_in_plain_digits() -> None:
    assert is_cpr("610180-1234")
    assert not is_cpr("\uff16\uff11\uff10\uff11\uff18\uff10-\uff11\uff12\uff13\uff14")
    assert holds_cpr("\uff16\uff11\uff10\uff11\uff18\uff10-\uff11\uff12\uff13\uff14")

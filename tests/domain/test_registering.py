"""Who sees to it that a session is registered."""

import pytest

from domain.actor import Role
from domain.pathway.registering import registered_by, registers
from domain.pathway.state import Booking
from tests.support.altering import altered
from tests.support.cast import DAY, MONDAY, TOGETHER


@pytest.mark.parametrize(
    ("by", "who"),
    [
        ("", Role.CONTACT_PERSON),
        ("    by: [instructor, contact_person]\n", Role.CONTACT_PERSON),
        ("    by: [instructor, company_consultant]\n", Role.INSTRUCTOR),
    ],
)
def test_it_is_the_contact_person_unless_the_programme_leaves_it_to_others(by: str, who: Role) -> None:
    programme = altered("sundere-sammen@2", ("    per_week: 2\n", f"    per_week: 2\n{by}"))
    assert registers(programme, "training") is who


def test_what_a_newer_version_dropped_is_left_to_the_contact_person() -> None:
    assert registers(TOGETHER, "singing") is Role.CONTACT_PERSON


def test_it_is_due_when_the_day_of_the_session_is_over() -> None:
    booking = Booking(element="training", starts=MONDAY, minutes=60, site=None, mandatory=False)
    assert MONDAY < registered_by(booking) <= MONDAY + DAY

"""What people read when a command is turned down says what would change the answer."""

import pytest

from domain.pathway.commands.course import CorrectFact
from domain.pathway.commands.phases import HoldReview
from tests.domain.beginnings import on_sick_leave
from tests.support.asking import attend, book
from tests.support.cast import CONTACT, DAY, MONDAY
from tests.support.spec import Answer

TUESDAY = MONDAY + DAY


def corrected(**changes: object) -> Answer:
    """A correction of recorded attendance."""
    story = on_sick_leave().tell(book(TUESDAY, TUESDAY + DAY, "diet_exercise"), attend(TUESDAY + 2 * DAY))
    recorded = story.kinds.index("attendance_recorded") + 1
    return story.when(
        CorrectFact(by=CONTACT, at=TUESDAY + 3 * DAY, corrects=recorded, changes=changes, reason="forkert")
    )


def test_a_wrong_value_in_a_correction_comes_with_what_would_be_right() -> None:
    invalid = corrected(attendance="asleep").then_invalid("changes.attendance", "enum")
    assert "'late'" in str(invalid.values["expected"])


@pytest.mark.parametrize(("minutes", "code"), [(-5, "greater_than_equal"), (10**30, "less_than_equal")])
def test_the_minutes_of_a_correction_are_those_of_a_day(minutes: int, code: str) -> None:
    corrected(minutes=minutes).then_invalid("changes.minutes", code)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (5, "datetime_parsing"),
        ("2026-03-02T09:00", "timezone_aware"),
        ("2026-03-29 02:30 Europe/Copenhagen", "datetime_gap"),
        ("0001-01-01T00:00:00+14:00", "instant_out_of_range"),
    ],
)
def test_the_instant_of_a_correction_is_read_as_every_other(at: object, code: str) -> None:
    story = on_sick_leave().tell(HoldReview(by=CONTACT, at=TUESDAY))
    held = story.kinds.index("review_held") + 1
    wrong = CorrectFact(by=CONTACT, at=TUESDAY + DAY, corrects=held, changes={"at": at}, reason="forkert")
    story.when(wrong).then_invalid("changes.at", code)

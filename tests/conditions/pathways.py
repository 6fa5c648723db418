"""Pathways and conditions as the specifications of conditions need them."""

from datetime import datetime
from typing import Any

from domain.conditions.engine import Condition, ConditionError, Verdict, condition
from domain.pathway.facts.sessions import Attendance
from domain.pathway.state import Attended, Pathway
from domain.programme.referral import Circumstance, CodeCircumstance, NumberCircumstance, YesNoCircumstance
from domain.words import Words
from tests.support.cast import MONDAY

TITLE = Words(da="Noget", en="Something")
CITIZEN: dict[str, Circumstance] = {
    "benefit": CodeCircumstance(title=TITLE, values={"sygedagpenge": TITLE, "dagpenge": TITLE}),
    "bmi": NumberCircumstance(title=TITLE, minimum=10, maximum=90),
    "employee": YesNoCircumstance(title=TITLE),
}
"""One circumstance of each type."""


def checked(text: str) -> Condition:
    """The condition that *text* says."""
    return condition(text, CITIZEN)


def ask(text: str, pathway: Pathway | None = None, at: datetime = MONDAY, **circumstances: Any) -> Verdict:  # noqa: ANN401 - plain values
    """The verdict on a citizen with those circumstances."""
    return checked(text).ask((pathway or Pathway()).but(circumstances=circumstances), at)


def refused(text: str) -> ConditionError:
    """Why *text* is not a condition."""
    try:
        checked(text)
    except ConditionError as error:
        return error
    raise AssertionError(f"is a condition after all: {text}")


def seen(at: datetime, attendance: Attendance = Attendance.PRESENT, **others: Any) -> Attended:  # noqa: ANN401 - fields
    """A session of an hour that was registered."""
    usual = {"session": None, "element": "training", "minutes": 60, "planned": 60, "mandatory": True}
    return Attended(at=at, attendance=attendance, **{**usual, **others})

"""What lies ahead on a pathway, counted by week and role."""

from domain.actor import Role
from domain.calendar import week_of
from domain.explaining.workload import Cell, Load, workload
from domain.pathway.binding import Binding
from domain.pathway.facts.obligations import ObligationReminded
from tests.domain.beginnings import on_sick_leave, together
from tests.support.asking import book, close
from tests.support.cast import DAY, MONDAY, SICK, SIX_WEEKS, WEEK
from tests.support.spec import Story

TUESDAY = MONDAY + DAY


def ahead(story: Story, weeks: int = 12) -> dict[Cell, int]:
    """What lies ahead on Tuesday."""
    return dict(workload(Binding(story.programme), story.pathway, TUESDAY, weeks))


def test_a_booked_session_counts_for_whoever_registers_it_in_its_week() -> None:
    story = on_sick_leave().tell(book(TUESDAY, TUESDAY + WEEK, "diet_exercise"))
    assert ahead(story)[Cell(week_of(TUESDAY + WEEK), Role.CONTACT_PERSON, Load.SESSIONS)] == 1
    assert ahead(story, weeks=1).get(Cell(week_of(TUESDAY + 2 * WEEK), Role.CONTACT_PERSON, Load.SESSIONS)) is None


def test_a_deadline_counts_in_the_week_of_its_last_day_for_its_owner() -> None:
    story = on_sick_leave()
    owed = next(each for each in story.pathway.obligations.values() if each.name == "first_talk")
    assert ahead(story)[Cell(week_of(owed.due - DAY / 24), owed.owner, Load.DEADLINES)] >= 1


def test_a_reminder_and_a_review_count_in_their_weeks() -> None:
    story = on_sick_leave()
    later = Story(SICK, story.history).settle(TUESDAY + 12 * WEEK)
    reminded = later.every(ObligationReminded)
    found = ahead(story)
    assert sum(n for cell, n in found.items() if cell.load is Load.REMINDERS) == len(reminded)
    assert sum(n for cell, n in found.items() if cell.load is Load.REVIEWS) > 0


def test_a_time_that_is_up_asks_for_a_decision() -> None:
    assert any(cell.load is Load.DECISIONS for cell in ahead(together(SIX_WEEKS)))


def test_nothing_lies_ahead_on_what_is_over() -> None:
    assert ahead(on_sick_leave().tell(close(TUESDAY))) == {}

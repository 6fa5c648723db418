"""Hours or shares that are agreed from a day on: what holds on a day is the latest setting until then."""

from datetime import date

import pytest

from domain.calendar import Week
from domain.conditions.engine import condition
from domain.pathway.commands.intensities import SetIntensity
from domain.pathway.facts.intensities import IntensitySet
from domain.pathway.facts.phases import WeekCounted
from domain.pathway.intensities import expected_minutes, held_on
from domain.refusal import IsOver
from tests.domain.beginnings import ENROLLED, on_sick_leave
from tests.support.altering import altered
from tests.support.asking import close
from tests.support.broad import BROAD, HOURS
from tests.support.cast import CITIZEN, CONTACT, DAY, MONDAY, WEEK
from tests.support.spec import Story

TUESDAY = MONDAY + DAY
HALF_TIME = altered("sygedagpenge-driftstilbud@2", (HOURS[0], HOURS[1].replace("unit: hours", "unit: percent")))


def agree(value: float, day: date, at: object = TUESDAY, **others: object) -> SetIntensity:
    """The contact person and the citizen agree."""
    return SetIntensity.model_validate(
        {"by": CONTACT, "at": at, "name": "hours_per_week", "value": value, "effective_from": day, **others}
    )


def held(story: Story, *days: date) -> list[float | None]:
    """What held, or will hold, on those days."""
    return [held_on(story.pathway, "hours_per_week", day) for day in days]


def test_a_programme_begins_with_what_it_says_and_says_why() -> None:
    begun = on_sick_leave(BROAD).the(IntensitySet)
    assert (begun.value, begun.effective_from, begun.previous) == (10, date(2026, 3, 2), None)
    assert begun.why is not None
    assert begun.why.inputs == {"starts": 10}


def test_a_setting_holds_from_its_day_until_the_next_one() -> None:
    story = (
        on_sick_leave(BROAD)
        .when(agree(6, date(2026, 4, 6), reason="operation"))
        .then(
            IntensitySet(
                at=TUESDAY,
                name="hours_per_week",
                value=6,
                effective_from=date(2026, 4, 6),
                previous=10,
                reason="operation",
                why=None,
            )
        )
    )
    story.tell(agree(20, date(2026, 6, 1)))
    days = (date(2026, 4, 5), date(2026, 4, 6), date(2026, 5, 31), date(2026, 6, 1))
    assert held(story, *days) == [10, 6, 6, 20]


def test_an_earlier_change_leaves_later_ones_standing_and_one_of_the_same_day_takes_its_place() -> None:
    story = on_sick_leave(BROAD).tell(agree(20, date(2026, 6, 1)), agree(5, date(2026, 4, 1)))
    assert held(story, date(2026, 4, 1), date(2026, 6, 1)) == [5, 20]
    story.tell(agree(15, date(2026, 6, 1)))
    assert held(story, date(2026, 4, 1), date(2026, 6, 1)) == [5, 15]


def test_what_holds_already_is_not_agreed_again() -> None:
    on_sick_leave(BROAD).when(agree(10, date(2026, 4, 6))).then_nothing()


def test_only_what_the_programme_allows_can_be_agreed() -> None:
    story = on_sick_leave(BROAD)
    story.when(agree(1, date(2026, 4, 6))).then_invalid("value", "out_of_range")
    story.when(agree(38, date(2026, 4, 6))).then_invalid("value", "out_of_range")
    story.when(agree(5, date(2026, 4, 6), name="percent")).then_invalid("name", "unknown_code")
    story.when(agree(5, date(2026, 3, 1))).then_invalid("effective_from", "before_the_referral")
    story.tell(close(TUESDAY)).when(agree(5, date(2026, 4, 6), TUESDAY + DAY)).then_refused(IsOver)


def test_a_citizen_agrees_with_staff_who_record_it() -> None:
    with pytest.raises(Exception, match="role_may_not"):
        _ = on_sick_leave(BROAD).when(agree(5, date(2026, 4, 6), by=CITIZEN)).facts


def test_each_week_counts_against_what_held_in_it() -> None:
    story = on_sick_leave(BROAD).tell(agree(5, date(2026, 3, 16)), agree(20, date(2026, 3, 23)))
    counted = {fact.week: fact.expected_minutes for fact in story.settle(ENROLLED + 5 * WEEK).every(WeekCounted)}
    assert counted == {"2026-W10": 600, "2026-W11": 600, "2026-W12": 300, "2026-W13": 1200}


def test_a_change_within_a_week_counts_by_the_day() -> None:
    story = on_sick_leave(BROAD).tell(agree(3, date(2026, 3, 19)))
    assert expected_minutes(BROAD, story.pathway, Week(2026, 12)) == round((3 * 10 + 4 * 3) / 7 * 60)


def test_a_share_is_a_share_of_the_norm() -> None:
    story = on_sick_leave(HALF_TIME).tell(agree(37, date(2026, 3, 16)))
    assert expected_minutes(HALF_TIME, story.pathway, Week(2026, 12)) == round(0.37 * 600)


def test_a_week_that_was_counted_is_counted_anew_when_it_turns_out_that_less_was_agreed() -> None:
    late = ENROLLED + 3 * WEEK + 3 * DAY
    story = on_sick_leave(BROAD).settle(late)
    story.when(agree(5, date(2026, 3, 9), late)).then_kinds("intensity_set", "week_counted", "week_counted")
    story.tell(agree(5, date(2026, 3, 9), late))
    recounted = story.every(WeekCounted)[-2:]
    assert [(fact.week, fact.expected_minutes) for fact in recounted] == [("2026-W11", 300), ("2026-W12", 300)]


def test_conditions_may_ask_what_holds_today() -> None:
    story = on_sick_leave(BROAD).tell(agree(20, date(2026, 4, 6)))
    asked = condition("intensity('hours_per_week') >= 20.0", BROAD.citizen)
    april = TUESDAY + 5 * WEEK
    assert [asked.ask(story.pathway, at).holds for at in (TUESDAY, april)] == [False, True]
    assert asked.ask(story.pathway, april).inputs == {"intensity('hours_per_week')": 20.0}


def test_a_programme_that_misspells_what_is_agreed_is_told_so() -> None:
    with pytest.raises(Exception, match="unknown_code"):
        altered("sygedagpenge-driftstilbud@2", (HOURS[0], HOURS[1].replace("intensity: hours_", "intensity: days_")))
    with pytest.raises(Exception, match="out_of_range"):
        altered("sygedagpenge-driftstilbud@2", (HOURS[0], HOURS[1].replace("starts: 10", "starts: 1")))

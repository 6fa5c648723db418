"""Stand-by for serious illness: talks are put aside while it lasts, and their clocks start afresh afterwards."""

from datetime import datetime, timedelta

from domain.calendar import end_of_day, local_date
from domain.pathway.commands.course import RecordEvent
from domain.pathway.commands.sessions import HoldTalk
from domain.pathway.facts.obligations import (
    Cause,
    ObligationCreated,
    ObligationNotRequired,
    StepExcluded,
    StepIncluded,
)
from domain.refusal import Excluded, NotOpenYet
from domain.why import Why
from tests.domain.beginnings import ENROLLED, HOUR, on_sick_leave
from tests.support.altering import altered
from tests.support.asking import book
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, SICK, WEEK

TUESDAY = MONDAY + DAY
RECOVERED = TUESDAY + 10 * WEEK


def begins(at: datetime, happened: datetime | None = None) -> RecordEvent:
    return RecordEvent(by=CASEWORKER, at=at, event="stand_by_begun", happened=happened)


def ends(at: datetime, happened: datetime | None = None) -> RecordEvent:
    return RecordEvent(by=CASEWORKER, at=at, event="stand_by_ended", happened=happened)


def hold(at: datetime) -> HoldTalk:
    return HoldTalk(by=CONTACT, at=at, element="follow_up_talk")


def test_stand_by_puts_talks_aside_and_says_by_which_rule() -> None:
    story = (
        on_sick_leave().when(begins(TUESDAY)).then_kinds("event_recorded", "step_excluded", "obligation_not_required")
    )
    assert story.the(StepExcluded) == StepExcluded(
        at=TUESDAY,
        step="follow_up_talk",
        why=Why(
            rule="exclude.follow_up_talk.after.stand_by_begun",
            programme=SICK.ref,
            inputs={"after": "stand_by_begun"},
        ),
    )
    assert story.the(ObligationNotRequired).cause is Cause.EXCLUDED


def test_what_is_put_aside_is_neither_owed_nor_held_nor_booked() -> None:
    story = on_sick_leave().tell(begins(TUESDAY))
    story.when(hold(TUESDAY + DAY)).then_refused(Excluded, step="follow_up_talk")
    story.when(book(TUESDAY, TUESDAY + DAY, "follow_up_talk")).then_refused(Excluded)
    assert "follow_up_talk.after.enrolled" not in story.settle(RECOVERED).pathway.obligations


def test_other_duties_go_on_in_stand_by() -> None:
    story = on_sick_leave().tell(begins(TUESDAY)).settle(ENROLLED + 9 * WEEK)
    assert story.pathway.obligations["first_talk.after.referral_accepted"].overdue


def test_after_stand_by_talks_count_again_and_their_clocks_start_afresh() -> None:
    story = on_sick_leave().tell(begins(TUESDAY))
    back = story.when(ends(RECOVERED)).then_kinds("event_recorded", "step_included", "obligation_created")
    assert back.the(StepIncluded).why.rule == "include.follow_up_talk.after.stand_by_ended"
    created = back.the(ObligationCreated)
    assert (created.since, created.due) == (RECOVERED, end_of_day(local_date(RECOVERED + 4 * WEEK)))
    back.when(hold(RECOVERED + DAY)).then_kinds("talk_held", "obligation_met", "obligation_created")


def test_stand_by_may_come_and_go() -> None:
    story = on_sick_leave()
    for number in range(3):
        at = TUESDAY + number * 2 * WEEK
        story.tell(begins(at), ends(at + WEEK))
    assert story.pathway.excluded == frozenset()
    assert story.pathway.obligations["follow_up_talk.after.enrolled"].since == TUESDAY + 5 * WEEK


def test_what_is_told_afterwards_counts_in_the_order_in_which_it_was_true() -> None:
    story = on_sick_leave().tell(ends(TUESDAY + 2 * DAY))
    story.when(begins(TUESDAY + 3 * DAY, happened=TUESDAY)).then_kinds("event_recorded")


def test_where_both_happen_at_the_same_moment_the_talks_count() -> None:
    story = on_sick_leave().tell(begins(TUESDAY))
    story.when(ends(TUESDAY)).then_kinds("event_recorded", "step_included", "obligation_created")


def test_something_put_aside_holds_nothing_else_up() -> None:
    held_up = altered(
        "sygedagpenge-driftstilbud@2",
        ("{condition: plan_agreed, for: work_placement}", "{condition: follow_up_talk, for: nature}"),
    )
    nature = book(TUESDAY + HOUR, TUESDAY + DAY, "nature")
    on_sick_leave(held_up).when(nature).then_refused(NotOpenYet, missing="follow_up_talk")
    on_sick_leave(held_up).tell(begins(TUESDAY)).when(nature).then_kinds("session_booked")


def test_stand_by_puts_aside_for_as_long_as_it_takes() -> None:
    story = on_sick_leave().tell(begins(TUESDAY)).settle(TUESDAY + timedelta(days=5 * 365))
    assert story.pathway.excluded == {"follow_up_talk"}

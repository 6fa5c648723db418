"""Clocks that stand still while something is awaited, are asked about after a pause, and climb a ladder when late."""

from datetime import date, datetime, timedelta

from domain.actor import Role
from domain.calendar import end_of_day, last_day, local_date
from domain.pathway.commands.course import PausePathway, RecordEvent, ResumePathway
from domain.pathway.commands.obligations import ExcuseObligation, SetDeadline
from domain.pathway.due import coming, runs
from domain.pathway.facts.obligations import (
    DeadlineQuestioned,
    DeadlineSet,
    ObligationEscalated,
    ObligationMoved,
    ObligationOverdue,
)
from domain.pathway.follow_ups import follow_ups
from domain.pathway.ledger import ledger
from domain.refusal import NotQuestioned, ReasonNeeded, RoleMayNot
from tests.domain.beginnings import ENROLLED, on_sick_leave
from tests.support.cast import CASEWORKER, CONTACT, DAY, INSTRUCTOR, TODAY, WEEK
from tests.support.spec import Story
from texts.catalogue import Wording
from texts.ledgers import of_ledger

REASSESSED, FIRST_TALK = "reassessed.after.enrolled", "first_talk.after.referral_accepted"
FOLLOW_UP = "follow_up_talk.after.enrolled"


def event(name: str, at: datetime) -> RecordEvent:
    return RecordEvent(by=CASEWORKER, at=at, event=name)


def due(story: Story, rule: str) -> date:
    return last_day(story.pathway.obligations[rule].due)


def awaited(began: datetime, ended: datetime) -> Story:
    return on_sick_leave(TODAY).tell(event("information_requested", began), event("information_received", ended))


def resumed() -> Story:
    return on_sick_leave(TODAY).tell(
        PausePathway(by=CASEWORKER, at=ENROLLED + WEEK, reason="indlagt"),
        ResumePathway(by=CASEWORKER, at=ENROLLED + 2 * WEEK),
    )


def test_while_information_is_awaited_the_clock_stands_still_and_goes_on_with_what_was_left() -> None:
    before = due(on_sick_leave(TODAY), REASSESSED)
    waiting = on_sick_leave(TODAY).tell(event("information_requested", ENROLLED + WEEK))
    assert not runs(waiting.pathway, waiting.pathway.obligations[REASSESSED])
    assert REASSESSED not in {each.about for each in coming(waiting.pathway)}
    assert runs(waiting.pathway, waiting.pathway.obligations[FOLLOW_UP]), "only that clock waits"
    story = awaited(ENROLLED + WEEK, ENROLLED + WEEK + 14 * DAY)
    assert due(story, REASSESSED) == before + timedelta(days=14)
    assert last_day(story.the(ObligationMoved).previous) == before


def test_days_that_are_stopped_twice_over_count_once() -> None:
    story = on_sick_leave(TODAY).tell(
        event("information_requested", ENROLLED + WEEK),
        PausePathway(by=CASEWORKER, at=ENROLLED + 9 * DAY, reason="indlagt"),
        event("information_received", ENROLLED + 12 * DAY),
        ResumePathway(by=CASEWORKER, at=ENROLLED + 17 * DAY),
    )
    assert due(story, REASSESSED) == due(on_sick_leave(TODAY), REASSESSED) + timedelta(days=10)
    known = ledger(TODAY, story.pathway, REASSESSED)
    assert known is not None
    assert (known.days, [each.days for each in known.stops]) == (10, [5, 8])


def test_more_waits_than_are_remembered_of_other_steps_are_counted_all_the_same() -> None:
    story = on_sick_leave(TODAY)
    for number in range(14):
        asked = ENROLLED + (1 + 3 * number) * DAY
        story.tell(event("information_requested", asked), event("information_received", asked + DAY))
    assert due(story, REASSESSED) == due(on_sick_leave(TODAY), REASSESSED) + timedelta(days=14)


def test_the_ledger_is_one_sentence_in_two_languages() -> None:
    known = ledger(TODAY, awaited(ENROLLED + WEEK, ENROLLED + WEEK + 14 * DAY).pathway, REASSESSED)
    assert known is not None
    danish, english = (of_ledger(Wording(language), known) for language in ("da", "en"))
    assert "22 uger fra" in danish
    assert "uret har stået stille i 14 dage: afventede oplysninger" in danish
    assert "the clock has stood still for 14 days: waited for information" in english
    assert "§ 13 b" in english, "the law that the period comes from"


def test_after_a_pause_the_owner_is_asked_while_the_clock_goes_on_with_what_was_left() -> None:
    story = resumed()
    asked = [fact for fact in story.every(DeadlineQuestioned) if fact.obligation == FIRST_TALK]
    assert [(fact.owner, fact.due) for fact in asked] == [
        (Role.CONTACT_PERSON, story.pathway.obligations[FIRST_TALK].due)
    ]
    assert due(story, FIRST_TALK) == due(on_sick_leave(TODAY), FIRST_TALK) + timedelta(days=7)
    [notice] = follow_ups(TODAY, asked[0])
    assert (notice.name, notice.to, notice.subject) == ("deadline_questioned", Role.CONTACT_PERSON, "first_talk")


def test_the_owner_lets_the_deadline_stand_or_sets_another_day_with_a_reason() -> None:
    story, at = resumed(), ENROLLED + 2 * WEEK + DAY
    previous = story.pathway.obligations[FIRST_TALK].due
    kept = story.when(SetDeadline(by=CONTACT, at=at, obligation="first_talk"))
    assert kept.the(DeadlineSet).due == previous
    assert [fact.kind for fact in kept.facts] == ["deadline_set"]
    other = previous + 2 * WEEK
    asked = SetDeadline(by=CONTACT, at=at, obligation="first_talk", due=other, reason="først rask da")
    set_anew = story.when(asked).then_kinds("deadline_set", "obligation_moved")
    assert set_anew.the(DeadlineSet).previous == previous
    assert set_anew.pathway.obligations[FIRST_TALK].due == other
    paused_again = set_anew.tell(
        PausePathway(by=CASEWORKER, at=at + DAY, reason="indlagt"), ResumePathway(by=CASEWORKER, at=at + 4 * DAY)
    )
    assert due(paused_again, FIRST_TALK) == last_day(other) + timedelta(days=3)


def test_nobody_sets_a_deadline_that_is_in_no_question_or_of_somebody_else_or_without_a_reason() -> None:
    at, story = ENROLLED + 3 * WEEK, resumed()
    asked = SetDeadline(by=CONTACT, at=at, obligation="first_talk", due=at + WEEK)
    story.when(asked).then_refused(ReasonNeeded)
    story.when(asked.model_copy(update={"by": INSTRUCTOR, "reason": "x"})).then_refused(RoleMayNot)
    on_sick_leave(TODAY).when(asked).then_refused(NotQuestioned, obligation="first_talk")


def test_a_deadline_that_nobody_keeps_climbs_its_ladder_once_and_no_further() -> None:
    story = on_sick_leave(TODAY).settle(ENROLLED + 16 * WEEK)
    climbed = [fact for fact in story.every(ObligationEscalated) if fact.obligation == FOLLOW_UP]
    [late] = [fact for fact in story.every(ObligationOverdue) if fact.obligation == FOLLOW_UP]
    last = last_day(late.due)
    assert [(fact.level, fact.to, local_date(fact.at) - last) for fact in climbed] == [
        (1, Role.CASEWORKER, timedelta(weeks=1)),
        (2, Role.COORDINATING_CASEWORKER, timedelta(weeks=2)),
    ]


def test_the_ladder_ends_when_somebody_lets_it_go_and_begins_anew_with_another_deadline() -> None:
    first = on_sick_leave(TODAY).settle(ENROLLED + 16 * WEEK).every(ObligationEscalated)[0]
    excused = on_sick_leave(TODAY).settle(first.at)
    excused.tell(ExcuseObligation(by=CASEWORKER, at=first.at, obligation=first.name, reason="aftalt"))
    excused.settle(first.at + 2 * WEEK)
    assert [fact.level for fact in excused.every(ObligationEscalated) if fact.due == first.due] == [1]


def test_a_deadline_on_a_closed_day_moves_where_the_programme_says_so() -> None:
    story = on_sick_leave(TODAY)
    for obligation in story.pathway.obligations.values():
        assert TODAY.closings.is_open(last_day(obligation.due))
        assert obligation.due == end_of_day(last_day(obligation.due))

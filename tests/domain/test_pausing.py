"""Pauses: clocks stand still and go on with what was left of them, unless the programme lets them run."""

from datetime import datetime, timedelta

from domain.actor import Actor
from domain.calendar import MORNING, days_later, end_of_day, last_day, local, local_date
from domain.pathway.commands.course import AgreePlan, PausePathway, ResumePathway
from domain.pathway.commands.phases import ExtendDuration
from domain.pathway.facts.course import PathwayPaused, PathwayResumed
from domain.pathway.facts.obligations import ObligationMet, ObligationMoved, ObligationOverdue
from domain.pathway.state import Stop
from domain.refusal import IsOver, IsPaused, NotPaused, NotUnderway, RoleMayNot
from tests.domain.beginnings import ACCEPTED, ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, CONSULTANT, CONTACT, DAY, MONDAY, SICK, SIX_WEEKS, WEEK
from tests.support.spec import given, passing

TUESDAY = MONDAY + DAY
TALK = "follow_up_talk.after.enrolled"
RESUMED = "resumed.after.paused_without_end"
FIRST_TALK = "respond: first_talk, within: rule.first_follow_up,"


def pause(at: datetime, until: datetime | None = None, by: Actor = CASEWORKER) -> PausePathway:
    return PausePathway(by=by, at=at, reason="indlæggelse", until=until)


def resume(at: datetime, by: Actor = CASEWORKER) -> ResumePathway:
    return ResumePathway(by=by, at=at)


def test_a_paused_pathway_waits_for_nothing_but_its_resumption() -> None:
    until = TUESDAY + 300 * WEEK
    on_sick_leave().when(pause(TUESDAY, until)).then(PathwayPaused(at=TUESDAY, reason="indlæggelse", until=until))
    assert on_sick_leave().tell(pause(TUESDAY, until)).settle(until - DAY).kinds[-1] == "week_counted"


def test_in_a_pause_without_an_end_the_contact_person_owes_that_it_goes_on_and_no_pause_stops_that_clock() -> None:
    story = on_sick_leave().tell(pause(TUESDAY))
    owed = story.pathway.obligations[RESUMED]
    assert (owed.owner, last_day(owed.due)) == ("contact_person", local_date(TUESDAY + 4 * WEEK))
    overdue = story.settle(TUESDAY + 300 * WEEK).every(ObligationOverdue)
    assert [each.obligation for each in overdue] == [RESUMED]
    met = story.tell(resume(TUESDAY + 301 * WEEK)).the(ObligationMet)
    assert (met.obligation, met.in_time) == (RESUMED, False)


def test_a_programme_says_who_looks_after_a_pause_without_an_end_and_how_soon() -> None:
    said = altered(
        "sygedagpenge-driftstilbud@2",
        ("hearing: {answer", "open_pause: {resume_within: P1W, by: caseworker}\nhearing: {answer"),
    )
    owed = on_sick_leave(said).tell(pause(TUESDAY)).pathway.obligations[RESUMED]
    assert (owed.owner, last_day(owed.due)) == ("caseworker", local_date(TUESDAY + WEEK))


def test_a_deadline_goes_on_after_the_pause_with_the_days_that_were_left() -> None:
    story = on_sick_leave()
    due = story.pathway.obligations[TALK].due
    story.tell(pause(TUESDAY)).when(resume(TUESDAY + 10 * DAY)).then_kinds(
        "pathway_resumed", "obligation_moved", "obligation_moved", "obligation_met"
    )
    moved = story.tell(resume(TUESDAY + 10 * DAY)).the(ObligationMoved)
    assert (moved.name, moved.previous, moved.due) == ("follow_up_talk", due, days_later(due, 10))
    assert story.pathway.stops == (Stop(TUESDAY, TUESDAY + 10 * DAY),)


def test_several_pauses_add_up() -> None:
    story = on_sick_leave()
    due = story.pathway.obligations[TALK].due
    for began in (TUESDAY, TUESDAY + 4 * DAY):
        story.tell(pause(began), resume(began + 2 * DAY))
    assert story.pathway.obligations[TALK].due == days_later(due, 4)


def test_a_pause_over_the_change_to_summer_time_moves_a_deadline_by_whole_days() -> None:
    story = on_sick_leave().tell(pause(TUESDAY), resume(TUESDAY + 28 * DAY))
    due = story.pathway.obligations[TALK].due
    assert due == end_of_day(local_date(ENROLLED) + timedelta(days=56))


def test_what_is_called_for_within_a_pause_loses_only_the_days_after_the_call() -> None:
    by_meeting = altered(
        "sygedagpenge-driftstilbud@2",
        ("after: [enrolled, follow_up_talk], respond", "after: [plan_agreed, follow_up_talk], respond"),
    )
    story = on_sick_leave(by_meeting).tell(pause(TUESDAY))
    story.tell(AgreePlan(by=CONTACT, at=TUESDAY + 6 * DAY, goals="tilbage til job"), resume(TUESDAY + 10 * DAY))
    due = story.pathway.obligations["follow_up_talk.after.plan_agreed"].due
    assert due == end_of_day(local_date(TUESDAY + 6 * DAY + 4 * WEEK + 4 * DAY))


def test_what_was_overdue_before_the_pause_stays_overdue_after_it() -> None:
    late = ENROLLED + 5 * WEEK
    story = on_sick_leave().tell(pause(late))
    before = story.pathway.obligations[TALK]
    assert before.overdue
    assert story.tell(resume(late + WEEK)).pathway.obligations[TALK] == before


def test_a_clock_that_the_programme_lets_run_passes_its_deadline_in_the_pause() -> None:
    running = altered(
        "sygedagpenge-driftstilbud@2",
        (FIRST_TALK, f"{FIRST_TALK} in_pause: run,"),
    )
    story = on_sick_leave(running).tell(pause(TUESDAY))
    due = story.pathway.obligations["first_talk.after.referral_accepted"].due
    assert story.settle(due).kinds[-1] == "obligation_overdue"
    assert story.tell(resume(due + WEEK)).pathway.obligations["first_talk.after.referral_accepted"].due == due


def test_a_pause_may_end_by_itself_and_says_why() -> None:
    until = TUESDAY + 12 * DAY
    story = on_sick_leave().tell(pause(TUESDAY, until))
    resumed = story.when(passing(until)).then_kinds("pathway_resumed", "obligation_moved", "obligation_moved")
    fact = resumed.the(PathwayResumed)
    assert fact.why is not None
    assert (fact.at, fact.why.rule, fact.why.inputs) == (until, "pause.until", {"until": str(until)})


def test_a_deadline_that_lies_within_a_pause_is_not_overdue_when_the_pause_ends_by_itself() -> None:
    until = ENROLLED + 10 * WEEK
    story = on_sick_leave().tell(pause(TUESDAY, until)).settle(until)
    assert "obligation_overdue" not in story.kinds
    assert story.pathway.obligations[TALK].due > until


def test_what_runs_on_and_falls_due_when_the_pause_ends_is_told_in_the_same_moment() -> None:
    running = altered(
        "sygedagpenge-driftstilbud@2",
        (FIRST_TALK, f"{FIRST_TALK} in_pause: run,"),
    )
    story = on_sick_leave(running)
    due = story.pathway.obligations["first_talk.after.referral_accepted"].due
    story.tell(pause(TUESDAY, due)).when(passing(due)).then_kinds(
        "pathway_resumed", "obligation_moved", "obligation_overdue"
    )


def test_the_rhythm_of_reviews_moves_by_the_days_of_the_pause() -> None:
    story = on_sick_leave()
    due = story.pathway.review_due
    assert due is not None
    assert story.tell(pause(TUESDAY), resume(TUESDAY + 9 * DAY)).pathway.review_due == days_later(due, 9)


def test_a_pause_within_one_day_moves_nothing() -> None:
    story = on_sick_leave().tell(pause(TUESDAY))
    story.when(resume(TUESDAY + HOUR)).then_kinds("pathway_resumed", "obligation_met")


def test_the_time_of_a_course_stands_still_while_the_end_of_a_project_does_not() -> None:
    course = together(SIX_WEEKS)
    ends = course.pathway.ends
    assert ends is not None
    assert course.tell(pause(TUESDAY), resume(TUESDAY + WEEK)).pathway.ends == days_later(ends, 7)
    project = together(
        altered(
            "sundere-sammen@1",
            ("duration: {length: P6W, at_end: review}", "duration: {until: 2026-06-30, at_end: decide}"),
        )
    )
    ends = project.pathway.ends
    assert project.tell(pause(TUESDAY), resume(TUESDAY + WEEK)).pathway.ends == ends


def test_time_that_is_up_is_not_given_back_by_a_pause() -> None:
    story = together(SIX_WEEKS).settle(ACCEPTED + 7 * WEEK)
    ends = story.pathway.ends
    paused = story.tell(pause(ACCEPTED + 7 * WEEK), resume(ACCEPTED + 9 * WEEK))
    assert (paused.pathway.ends, paused.pathway.time_up) == (ends, True)
    extended = paused.tell(ExtendDuration(by=CASEWORKER, at=ACCEPTED + 9 * WEEK, reason="har brug for mere tid"))
    assert extended.pathway.ends is None


def test_pausing_and_resuming_are_for_those_who_take_part() -> None:
    waiting = given(SICK, refer(), accept(MONDAY + HOUR))
    waiting.when(pause(TUESDAY)).then_refused(NotUnderway)
    waiting.when(resume(TUESDAY)).then_refused(NotUnderway)
    for command in (pause(TUESDAY + DAY), resume(TUESDAY + DAY)):
        on_sick_leave().tell(close(TUESDAY)).when(command).then_refused(IsOver)


def test_the_authority_pauses_and_the_contact_person_may_resume() -> None:
    on_sick_leave().when(pause(TUESDAY, by=CONTACT)).then_refused(RoleMayNot)
    paused = on_sick_leave().tell(pause(TUESDAY))
    paused.when(resume(TUESDAY + DAY, by=CONSULTANT)).then_refused(RoleMayNot)
    paused.when(resume(TUESDAY + DAY, by=CONTACT)).then_kinds(
        "pathway_resumed", "obligation_moved", "obligation_moved", "obligation_met"
    )


def test_a_pause_is_not_begun_twice_and_not_ended_before_it_began() -> None:
    paused = on_sick_leave().tell(pause(TUESDAY))
    paused.when(pause(TUESDAY + DAY, TUESDAY + 2 * DAY)).then_refused(IsPaused, since=str(TUESDAY))
    on_sick_leave().when(resume(TUESDAY)).then_refused(NotPaused)
    on_sick_leave().when(pause(TUESDAY, TUESDAY)).then_invalid("until", "not_later")


def test_the_week_in_which_a_pause_began_is_still_counted_and_no_week_after_it() -> None:
    thursday = MONDAY + 3 * DAY
    story = on_sick_leave().tell(pause(thursday)).settle(thursday + 5 * WEEK)
    assert story.kinds.count("week_counted") == 1
    friday = thursday + 4 * WEEK + DAY
    counted = story.tell(resume(friday)).pathway.week_counted
    assert counted == local(local_date(friday) + timedelta(days=5), MORNING), "the Wednesday after it"


def test_a_short_pause_does_not_lose_the_week_before_it() -> None:
    story = on_sick_leave()
    wednesday = local(local_date(MONDAY) + timedelta(days=9), MORNING)
    next_monday = MONDAY + WEEK
    story.tell(pause(next_monday), resume(next_monday + DAY))
    assert story.pathway.week_counted == wednesday

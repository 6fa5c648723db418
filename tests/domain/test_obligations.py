"""What is owed: called for, reminded of, overdue, met, excused, not required, promised by hand."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.actor import Role
from domain.calendar import day_after, end_of_day, local, local_date
from domain.pathway.commands.course import PausePathway, RecordEvent
from domain.pathway.commands.obligations import (
    CreateObligation,
    DeclareNotRequired,
    ExcuseObligation,
    MeetObligation,
)
from domain.pathway.commands.referrals import RefuseReferral
from domain.pathway.commands.sessions import AssessAbsence, ExcuseAbsence, HoldTalk
from domain.pathway.facts.course import EventRecorded
from domain.pathway.facts.obligations import (
    Cause,
    ObligationCreated,
    ObligationExcused,
    ObligationMet,
    ObligationNotRequired,
    ObligationOverdue,
    ObligationReminded,
)
from domain.pathway.facts.sessions import Attendance
from domain.period import Period
from domain.programme.relations import InPause
from domain.refusal import Excluded, IsOver, NoSuchObligation, RoleMayNot
from domain.why import Why
from tests.domain.beginnings import ACCEPTED, ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import attend, book, close, refer
from tests.support.cast import (
    CASEWORKER,
    CITIZEN,
    CONSULTANT,
    CONTACT,
    DAY,
    INSTRUCTOR,
    MONDAY,
    OTHER_SESSION,
    SICK,
    WEEK,
)
from tests.support.spec import Story, given, passing

TUESDAY = MONDAY + DAY
FRIDAY = MONDAY + 4 * DAY
THIRD = UUID("44444444-4444-4444-8444-444444444444")
MISSED = "diet_exercise.assessed.after.diet_exercise.missed"


def promise(at: datetime = TUESDAY, **others: Any) -> CreateObligation:  # noqa: ANN401 - fields
    promised = {"by": CONTACT, "obligation": "call_doctor", "owner": Role.CONTACT_PERSON, "due": FRIDAY}
    return CreateObligation(at=at, **{**promised, "note": "ringer til lægen", **others})


def meet(at: datetime, obligation: str = "call_doctor", **others: Any) -> MeetObligation:  # noqa: ANN401 - fields
    return MeetObligation(at=at, obligation=obligation, **{"by": CONTACT, **others})


def excuse(at: datetime, obligation: str) -> ExcuseObligation:
    return ExcuseObligation(by=CONTACT, at=at, obligation=obligation, reason="borgeren er indlagt")


def not_required(at: datetime, obligation: str) -> DeclareNotRequired:
    return DeclareNotRequired(by=CASEWORKER, at=at, obligation=obligation, reason="raskmelding ventes")


def absent(story: Story, day: datetime, **others: Any) -> Story:  # noqa: ANN401 - fields
    return story.tell(book(day, day, "diet_exercise", **others), attend(day + 6 * HOUR, Attendance.ABSENT, **others))


def test_what_is_owed_says_who_by_when_and_why() -> None:
    created = given(SICK, refer()).the(ObligationCreated)
    assert created == ObligationCreated(
        at=MONDAY,
        obligation="referral_answered.after.referred",
        name="referral_answered",
        owner=Role.CASEWORKER,
        since=MONDAY,
        due=end_of_day(local_date(MONDAY + 2 * WEEK)),
        remind_at=local(day_after(local_date(MONDAY), Period("P11D")), datetime.min.time().replace(hour=7)),
        in_pause=InPause.STOP,
        note=None,
        why=Why(
            rule="referral_answered.after.referred", programme=SICK.ref, inputs={"after": "referred", "within": "P2W"}
        ),
    )


def test_a_reminder_comes_before_the_deadline_and_then_the_deadline() -> None:
    story = given(SICK, refer())
    created = story.the(ObligationCreated)
    assert created.remind_at is not None
    reminded = story.when(passing(created.remind_at)).then_kinds("obligation_reminded", due=created.due)
    assert reminded.the(ObligationReminded).due == created.due
    overdue = reminded.when(passing(created.due)).then_kinds("obligation_overdue")
    assert overdue.the(ObligationOverdue).why.inputs == {"due": str(created.due)}


def test_what_is_done_a_moment_before_the_deadline_is_in_time_and_at_it_too_late() -> None:
    due = given(SICK, refer()).the(ObligationCreated).due
    for at, in_time in ((due - timedelta(microseconds=1), True), (due, False)):
        answered = given(SICK, refer()).tell(
            RefuseReferral(by=CASEWORKER, at=at, reason="et andet tilbud passer bedre")
        )
        assert answered.the(ObligationMet).in_time is in_time


def test_a_deadline_is_told_once_however_long_nobody_acts() -> None:
    story = given(SICK, refer()).settle(MONDAY + 200 * WEEK)
    assert story.kinds == ["citizen_referred", "obligation_created", "obligation_reminded", "obligation_overdue"]


def test_a_rule_that_leaves_no_time_for_a_reminder_gives_none() -> None:
    late = on_sick_leave().tell(
        HoldTalk(by=CONTACT, at=ENROLLED + 4 * WEEK, element="follow_up_talk", happened=TUESDAY)
    )
    created = late.the(ObligationCreated)
    assert (created.name, created.remind_at) == ("follow_up_talk", None), "its morning has passed already"


def test_something_recurring_is_done_by_telling_so_and_counts_anew_from_then() -> None:
    story = together()
    due = story.pathway.obligations["progression_review.after.enrolled"].due
    done = story.when(meet(FRIDAY, "progression_review", by=CONSULTANT, note="går fremad"))
    assert done.the(EventRecorded) == EventRecorded(at=FRIDAY, event="progression_review", note="går fremad")
    story = done.then_kinds("event_recorded", "obligation_met", "obligation_created")
    again = story.pathway.obligations["progression_review.after.enrolled"]
    assert due == end_of_day(day_after(local_date(ACCEPTED), Period("P3M")))
    assert again.due == end_of_day(day_after(local_date(FRIDAY), Period("P3M")))


def test_something_recurring_that_is_put_aside_is_not_done() -> None:
    aside = altered("sundere-sammen@2", ("{exclude: consultant_talk, ", "{exclude: progression_review, "))
    stand_by = together(aside).tell(RecordEvent(by=CASEWORKER, at=TUESDAY, event="stand_by_begun"))
    stand_by.when(meet(FRIDAY, "progression_review")).then_refused(Excluded)


def test_what_a_rule_calls_for_is_met_by_doing_it_and_not_by_saying_so() -> None:
    on_sick_leave().when(meet(FRIDAY, "first_talk")).then_invalid("obligation", "met_by_doing")


def test_what_staff_promise_by_hand_is_owed_reminded_of_by_nobody_and_met_by_saying_so() -> None:
    promised = on_sick_leave().when(promise()).then_kinds("obligation_created", due=FRIDAY)
    assert promised.pathway.obligations["call_doctor"].by_hand
    met = promised.when(meet(TUESDAY + HOUR, note="klaret")).then_kinds("obligation_met")
    assert met.the(ObligationMet).note == "klaret"
    overdue = promised.when(passing(FRIDAY)).then_kinds("obligation_overdue")
    late = overdue.when(meet(FRIDAY + DAY, happened=TUESDAY + HOUR)).then_kinds("obligation_met").the(ObligationMet)
    assert (late.in_time, late.registered_late) == (True, True)


def test_a_promise_does_not_take_a_name_that_the_programme_uses_nor_one_that_is_open() -> None:
    on_sick_leave().when(promise(obligation="first_talk")).then_invalid("obligation", "already_used")
    promised = on_sick_leave().tell(promise())
    promised.when(promise(TUESDAY + HOUR, due=FRIDAY + DAY)).then_invalid("obligation", "already_used")
    promised.when(promise(TUESDAY + HOUR)).then_nothing()
    on_sick_leave().when(promise(due=TUESDAY)).then_invalid("due", "not_later")


def test_a_promise_that_was_kept_may_be_given_again() -> None:
    kept = on_sick_leave().tell(promise(), meet(TUESDAY + HOUR))
    kept.when(promise(TUESDAY + 2 * HOUR)).then_kinds("obligation_created")


def test_a_promise_runs_on_in_a_pause_and_ends_with_the_pathway() -> None:
    resting = on_sick_leave().tell(promise(), PausePathway(by=CASEWORKER, at=TUESDAY + HOUR, reason="operation"))
    resting.when(passing(FRIDAY)).then_kinds("obligation_overdue")
    ended = on_sick_leave().tell(promise(), close(TUESDAY + HOUR))
    causes = {fact.obligation: fact.cause for fact in ended.every(ObligationNotRequired)}
    assert causes["call_doctor"] is Cause.ENDED


def test_what_was_called_for_once_is_let_go_for_good() -> None:
    excused = on_sick_leave().when(excuse(FRIDAY, "first_talk")).then_kinds("obligation_excused")
    excused.settle(ENROLLED + 100 * WEEK)
    assert [fact.name for fact in excused.every(ObligationCreated)].count("first_talk") == 1


def test_something_recurring_that_is_let_go_this_once_counts_anew_from_its_deadline() -> None:
    story = on_sick_leave()
    due = story.pathway.obligations["follow_up_talk.after.enrolled"].due
    excused = story.when(excuse(FRIDAY, "follow_up_talk")).then_kinds("obligation_excused", "obligation_created")
    fact, again = excused.the(ObligationExcused), excused.pathway.obligations["follow_up_talk.after.enrolled"]
    assert fact.again == again.since == due
    assert again.due == end_of_day(local_date(due) + 4 * WEEK)


def test_something_recurring_that_is_let_go_when_long_overdue_counts_anew_from_that_day() -> None:
    late = ENROLLED + 30 * WEEK
    excused = on_sick_leave().tell(excuse(late, "follow_up_talk"))
    again = excused.pathway.obligations["follow_up_talk.after.enrolled"]
    assert (again.since, again.due) == (late, end_of_day(local_date(late) + 4 * WEEK))


def test_something_recurring_that_was_let_go_but_then_done_counts_from_when_it_was_done() -> None:
    excused = on_sick_leave().tell(excuse(FRIDAY, "follow_up_talk"))
    held = excused.tell(HoldTalk(by=CONTACT, at=FRIDAY + WEEK, element="follow_up_talk"))
    assert held.pathway.obligations["follow_up_talk.after.enrolled"].since == FRIDAY + WEEK
    later = held.tell(HoldTalk(by=CONTACT, at=FRIDAY + 20 * WEEK, element="follow_up_talk"))
    assert later.pathway.obligations["follow_up_talk.after.enrolled"].since == FRIDAY + 20 * WEEK


def test_something_recurring_that_is_not_required_rests_until_it_is_done_again() -> None:
    rests = on_sick_leave().when(not_required(FRIDAY, "follow_up_talk")).then_kinds("obligation_not_required")
    fact = rests.the(ObligationNotRequired)
    assert (fact.cause, fact.reason, fact.covers) == (Cause.DECIDED, "raskmelding ventes", ENROLLED)
    assert "follow_up_talk.after.enrolled" not in rests.settle(ENROLLED + 50 * WEEK).pathway.obligations
    again = rests.when(HoldTalk(by=CONTACT, at=ENROLLED + 51 * WEEK, element="follow_up_talk"))
    again.then_kinds("talk_held", "obligation_created")


def test_letting_an_absence_go_covers_those_known_by_then_and_a_later_one_calls_anew() -> None:
    story = absent(absent(on_sick_leave(), TUESDAY), TUESDAY + DAY, session=OTHER_SESSION)
    let_go = story.when(excuse(FRIDAY, "diet_exercise.assessed")).then_kinds("obligation_excused")
    booked = let_go.tell(book(FRIDAY, FRIDAY + HOUR, "diet_exercise", session=THIRD))
    again = booked.when(attend(FRIDAY + 6 * HOUR, Attendance.ABSENT, session=THIRD))
    again.then_kinds("attendance_recorded", "obligation_created")


def test_what_was_let_go_stays_so_when_a_later_call_for_it_falls_away() -> None:
    story = absent(on_sick_leave(), TUESDAY).tell(excuse(TUESDAY + DAY, MISSED))
    story = absent(story, TUESDAY + 2 * DAY, session=OTHER_SESSION)
    excused = ExcuseAbsence(by=CONTACT, at=FRIDAY, session=OTHER_SESSION, reason="var til læge")
    story.when(excused).then_kinds("absence_excused", "obligation_not_required")
    assert MISSED not in story.tell(excused).pathway.obligations


def test_what_is_owed_may_be_named_by_its_rule_or_by_what_must_happen() -> None:
    for named in ("first_talk", "first_talk.after.referral_accepted"):
        on_sick_leave().when(excuse(FRIDAY, named)).then_kinds("obligation_excused")
        on_sick_leave().when(not_required(FRIDAY, named)).then_kinds("obligation_not_required")


def test_what_has_come_to_its_end_is_neither_met_nor_let_go_again() -> None:
    held = on_sick_leave().tell(HoldTalk(by=CONTACT, at=TUESDAY, element="first_talk"))
    for command in (meet(FRIDAY, "first_talk"), excuse(FRIDAY, "first_talk"), not_required(FRIDAY, "first_talk")):
        held.when(command).then_nothing()


def test_what_nobody_owes_is_refused_with_what_is_owed() -> None:
    refusal = on_sick_leave().when(excuse(FRIDAY, "call_doctor")).then_refused(NoSuchObligation)
    assert refusal.values["owed"] == "first_talk, follow_up_talk"


def test_each_role_has_its_part_in_what_is_owed() -> None:
    on_sick_leave().when(promise(by=INSTRUCTOR)).then_refused(RoleMayNot)
    on_sick_leave().tell(promise()).when(meet(FRIDAY, by=CITIZEN)).then_refused(RoleMayNot)
    by_instructor = ExcuseObligation(by=INSTRUCTOR, at=FRIDAY, obligation="first_talk", reason="syg")
    on_sick_leave().when(by_instructor).then_refused(RoleMayNot)
    by_contact = DeclareNotRequired(by=CONTACT, at=FRIDAY, obligation="first_talk", reason="syg")
    on_sick_leave().when(by_contact).then_refused(RoleMayNot, may="caseworker, coordinating_caseworker")


def test_nothing_is_promised_met_or_let_go_after_the_end() -> None:
    ended = on_sick_leave().tell(promise(), close(TUESDAY + HOUR))
    commands = (promise(FRIDAY, due=FRIDAY + DAY), meet(FRIDAY), excuse(FRIDAY, "call_doctor"))
    for command in (*commands, not_required(FRIDAY, "call_doctor")):
        ended.when(command).then_refused(IsOver)


def test_a_response_may_follow_the_latest_call_for_it() -> None:
    restarting = altered(
        "sundere-sammen@2",
        ("respond: consultant_talk, within: P4W,", "respond: consultant_talk, within: P4W, restart: true,"),
        ("{after: enrolled, respond: consultant_talk", "{after: [enrolled, training], respond: consultant_talk"),
    )
    story = together(restarting).tell(book(TUESDAY, TUESDAY, "training"))
    moved = story.when(attend(TUESDAY + 3 * HOUR)).then_kinds("attendance_recorded", "obligation_moved")
    assert moved.pathway.obligations["consultant_talk.after.enrolled"].since == TUESDAY


def test_a_response_may_be_owed_in_hours_to_the_minute() -> None:
    quick = altered(
        "sundere-sammen@2",
        (
            "respond: consultant_talk, within: P4W, by: company_consultant, remind: P1W",
            "respond: consultant_talk, within: PT36H, by: company_consultant",
        ),
    )
    assert together(quick).pathway.obligations["consultant_talk.after.enrolled"].due == ACCEPTED + timedelta(hours=36)


def test_an_assessment_made_at_the_very_moment_of_the_absence_answers_it() -> None:
    story = on_sick_leave().tell(book(ENROLLED, FRIDAY, "diet_exercise"))
    story.tell(AssessAbsence(by=CASEWORKER, at=FRIDAY, element="diet_exercise", note="ringede afbud for sent"))
    story.when(attend(FRIDAY, Attendance.ABSENT)).then_kinds("attendance_recorded")

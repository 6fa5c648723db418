"""Following another version of the programme: a fact that carries what it changes."""

from datetime import datetime, timedelta
from typing import Any

from domain.actor import Role
from domain.calendar import MORNING, end_of_day, local, local_date
from domain.pathway.commands.course import EraseFact, MovePathway, PausePathway, ReopenPathway, ResumePathway
from domain.pathway.commands.obligations import CreateObligation
from domain.pathway.commands.phases import ApproveTransition, ProposeTransition, RejectTransition
from domain.pathway.commands.sessions import HoldTalk
from domain.pathway.due import next_due
from domain.pathway.facts.course import PathwayMoved
from domain.pathway.facts.obligations import Cause, ObligationCreated, ObligationNotRequired
from domain.pathway.facts.phases import TimeUp, WeekCounted
from domain.programme.shape import Programme
from domain.refusal import FollowsAlready, IsOver, NotEligible, NotInPlace, RoleMayNot
from tests.domain.beginnings import ACCEPTED, ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.cast import (
    ADMINISTRATOR,
    CASEWORKER,
    CONSULTANT,
    CONTACT,
    DAY,
    MONDAY,
    RECORDS,
    SICK,
    SIX_WEEKS,
    TOGETHER,
    WEEK,
    WIDENED,
)
from tests.support.spec import given

TUESDAY = MONDAY + DAY
NEXT = ("version: 2\n", "version: 3\n")
SHORTER = altered("sundere-sammen@1", ("version: 1\n", "version: 9\n"), ("length: P6W", "length: P1W"))
LONGER = altered("sundere-sammen@1", ("version: 1\n", "version: 9\n"), ("length: P6W", "length: P12W"))


def sick(*changes: tuple[str, str]) -> Programme:
    return altered("sygedagpenge-driftstilbud@2", NEXT, *changes)


def move(at: datetime, version: int = 2, **others: Any) -> MovePathway:  # noqa: ANN401 - fields
    return MovePathway(at=at, version=version, **{"by": CASEWORKER, "reason": "uden udløb", **others})


def test_six_weeks_become_open_ended_and_the_timer_is_gone() -> None:
    story = together(SIX_WEEKS).when(move(TUESDAY), TOGETHER).then_kinds("pathway_moved")
    assert story.the(PathwayMoved) == PathwayMoved(
        at=TUESDAY,
        programme="sundere-sammen@2",
        previous="sundere-sammen@1",
        phase="together",
        review_due=local(local_date(ACCEPTED) + timedelta(weeks=4), MORNING),
        begins=None,
        ends=None,
        week_counted=local(local_date(ACCEPTED) + timedelta(days=9), MORNING),
        starts=(),
        eligibility=None,
        reason="uden udløb",
    )
    assert story.settle(ACCEPTED + 200 * WEEK).every(TimeUp) == []


def test_what_was_asked_when_time_was_up_is_not_asked_any_more() -> None:
    story = together(SIX_WEEKS).settle(ACCEPTED + 7 * WEEK)
    moved = story.when(move(ACCEPTED + 7 * WEEK), TOGETHER).then_kinds("pathway_moved", "obligation_not_required")
    assert moved.the(ObligationNotRequired).cause is Cause.VERSION
    assert not moved.pathway.time_up


def test_what_stays_in_the_new_version_goes_on_as_it_was() -> None:
    before = together(SIX_WEEKS).pathway
    after = together(SIX_WEEKS).tell(move(TUESDAY), target=TOGETHER).pathway
    assert (before.obligations, before.responsible, before.phase) == (after.obligations, after.responsible, after.phase)


def test_a_rule_that_the_new_version_brings_counts_from_the_move() -> None:
    target = sick(
        ("relations:\n", "relations:\n  - {after: enrolled, respond: dls_talk, within: P2W, by: health_staff}\n")
    )
    story = on_sick_leave().when(move(ENROLLED + 10 * WEEK, 3), target)
    moved = story.then_kinds("pathway_moved", "obligation_created")
    assert moved.the(PathwayMoved).starts == ("dls_talk.after.enrolled",)
    assert moved.the(ObligationCreated).due == end_of_day(local_date(ENROLLED + 12 * WEEK))


def test_a_rule_that_the_new_version_has_not_lets_go_what_it_called_for() -> None:
    rule = (
        "  - {after: referral_accepted, respond: first_talk, within: rule.first_follow_up, by: contact_person,"
        " remind: P1W}\n"
    )
    moved = (
        on_sick_leave().when(move(TUESDAY, 3), sick((rule, ""))).then_kinds("pathway_moved", "obligation_not_required")
    )
    assert moved.the(ObligationNotRequired).cause is Cause.VERSION


def test_a_deadline_that_the_new_version_sets_otherwise_is_counted_anew_from_its_call() -> None:
    target = sick(("respond: follow_up_talk, within: rule.follow_up_every", "respond: follow_up_talk, within: P6W"))
    story = on_sick_leave().when(move(TUESDAY, 3), target).then_kinds("pathway_moved", "obligation_moved")
    owed = story.pathway.obligations["follow_up_talk.after.enrolled"]
    assert (owed.since, owed.due) == (ENROLLED, end_of_day(local_date(ENROLLED + 6 * WEEK)))


def test_a_promise_made_by_hand_goes_along() -> None:
    promise = CreateObligation(
        by=CONTACT, at=TUESDAY, obligation="call_doctor", owner=Role.CONTACT_PERSON, due=TUESDAY + WEEK, note="ringer"
    )
    story = together(SIX_WEEKS).tell(promise).tell(move(TUESDAY + HOUR), target=TOGETHER)
    assert "call_doctor" in story.pathway.obligations


def test_reviews_keep_their_rhythm_and_take_a_new_one_from_the_last() -> None:
    story = on_sick_leave().settle(ENROLLED + 5 * WEEK)
    last = story.pathway.last("health_first.review")
    assert last is not None
    target = altered(
        "sygedagpenge-driftstilbud@1",
        ("review_every: P4W\n    advance", "review_every: P3W\n    advance"),
        ("version: 1\n", "version: 3\n"),
    )
    moved = story.tell(move(ENROLLED + 5 * WEEK, 3), target=target)
    assert moved.pathway.review_due == local(local_date(last) + timedelta(weeks=3), MORNING)


def test_a_review_never_lies_in_the_past_after_a_move() -> None:
    silent = altered("sundere-sammen@2", ("    review_every: P4W\n", ""))
    at = ACCEPTED + 30 * WEEK
    story = together(silent).tell(move(at, 3), target=WIDENED)
    assert story.pathway.review_due == local(local_date(ACCEPTED) + timedelta(weeks=32), MORNING)


def test_a_version_without_reviews_or_weekly_counts_stops_them() -> None:
    silent = altered(
        "sundere-sammen@1", ("    review_every: P4W\n", ""), ("    per_week: 2\n", ""), ("version: 1\n", "version: 9\n")
    )
    moved = together(TOGETHER).tell(move(TUESDAY, 9), target=silent).pathway
    assert (moved.review_due, moved.week_counted) == (None, None)
    back = together(silent).tell(move(TUESDAY, 2), target=TOGETHER)
    assert back.settle(ACCEPTED + 3 * WEEK).every(WeekCounted)


def test_a_phase_of_another_name_must_be_named() -> None:
    renamed = altered("sundere-sammen@3", ("  together:\n", "  side_by_side:\n"))
    story = together(TOGETHER)
    story.when(move(TUESDAY, 3), renamed).then_invalid("phase", "unknown_code")
    moved = story.when(move(TUESDAY, 3, phase="side_by_side"), renamed).then_kinds("pathway_moved")
    assert moved.pathway.phase == "side_by_side"


def test_time_goes_on_from_the_first_day_without_the_pauses() -> None:
    story = together(SIX_WEEKS).tell(
        PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation"), ResumePathway(by=CASEWORKER, at=TUESDAY + WEEK)
    )
    moved = story.tell(move(TUESDAY + 2 * WEEK, 9), target=LONGER)
    assert moved.pathway.ends == end_of_day(local_date(ACCEPTED + 13 * WEEK))


def test_time_goes_on_without_the_weeks_in_which_the_pathway_was_closed() -> None:
    story = together(SIX_WEEKS).tell(
        close(TUESDAY, "job"), ReopenPathway(by=CASEWORKER, at=TUESDAY + 5 * WEEK, reason="igen")
    )
    moved = story.tell(move(TUESDAY + 6 * WEEK, 9), target=LONGER)
    assert moved.pathway.ends == end_of_day(local_date(ACCEPTED + 17 * WEEK))


def test_a_time_that_the_new_version_would_have_ended_already_is_up_at_the_end_of_the_day() -> None:
    at = ACCEPTED + 3 * WEEK
    story = together(SIX_WEEKS).tell(move(at, 9), target=SHORTER)
    assert story.pathway.ends == next_due(story.pathway) == end_of_day(local_date(at))
    asked = story.settle(end_of_day(local_date(at)))
    assert "end_reviewed.after.time_up" in asked.pathway.obligations, "somebody must look"


def test_somebody_who_waits_waits_for_the_next_intake_of_the_new_version() -> None:
    waiting = given(SICK, refer(), accept(ACCEPTED))
    target = sick(("first: 2010-03-01", "first: 2010-03-08"))
    moved = waiting.when(move(TUESDAY, 3), target).then_kinds("pathway_moved")
    assert moved.pathway.begins == local(local_date(MONDAY) + timedelta(weeks=2), MORNING)
    assert moved.settle(MONDAY + 15 * DAY).pathway.stage == "underway"


def test_somebody_who_waits_for_an_agreed_day_keeps_it_where_there_are_no_intakes() -> None:
    begins = MONDAY + 10 * DAY
    waiting = given(TOGETHER, refer(benefit="ressourceforloeb"), accept(ACCEPTED, begins=begins))
    assert waiting.tell(move(TUESDAY, 3), target=WIDENED).pathway.begins == begins


def test_a_referral_that_awaits_its_answer_may_move_as_well() -> None:
    story = given(TOGETHER, refer(benefit="ressourceforloeb")).tell(move(TUESDAY, 3), target=WIDENED)
    assert (story.pathway.programme, story.pathway.phase) == ("sundere-sammen@3", None)


def test_a_referral_that_awaits_its_answer_is_held_against_the_target_groups_of_the_new_version() -> None:
    narrow = given(TOGETHER, refer(benefit="sygedagpenge"))
    narrow.when(accept(TUESDAY)).then_refused(NotEligible)
    everybody = altered(
        "sundere-sammen@3",
        (
            "      when: \"citizen.benefit == 'ressourceforloeb'\"\n",
            "      when: \"citizen.benefit != 'ledighedsydelse'\"\n",
        ),
    )
    moved = narrow.tell(move(TUESDAY, 3), target=everybody)
    eligibility = moved.the(PathwayMoved).eligibility
    assert eligibility is not None
    assert (eligibility.programme, eligibility.met) == ("sundere-sammen@3", ("resource_course",))
    assert moved.tell(accept(TUESDAY + HOUR)).pathway.stage == "underway"


def test_a_proposal_keeps_waiting_for_its_answer_in_the_new_version() -> None:
    proposed = on_sick_leave().tell(ProposeTransition(by=CONTACT, at=TUESDAY, reason="er klar"))
    moved = proposed.tell(move(TUESDAY + HOUR, 3), target=sick())
    moved.when(RejectTransition(by=CASEWORKER, at=TUESDAY + DAY, reason="ikke endnu")).then_kinds(
        "transition_rejected", "obligation_met"
    )


def test_a_proposal_to_a_phase_that_the_new_version_has_not_can_only_be_turned_down() -> None:
    proposed = on_sick_leave().tell(ProposeTransition(by=CONTACT, at=TUESDAY, reason="er klar"))
    renamed = sick(
        ("  labour_market:\n    title: {da: Rettet", "  job_first:\n    title: {da: Rettet"),
        ("{to: labour_market, how", "{to: job_first, how"),
    )
    moved = proposed.tell(move(TUESDAY + HOUR, 3), target=renamed)
    moved.when(ApproveTransition(by=CASEWORKER, at=TUESDAY + DAY)).then_refused(NotInPlace)
    moved.when(RejectTransition(by=CASEWORKER, at=TUESDAY + DAY, reason="fasen findes ikke")).then_kinds(
        "transition_rejected", "obligation_met"
    )


def test_a_paused_pathway_may_move_and_goes_on_with_what_is_left() -> None:
    paused = together(SIX_WEEKS).tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation"))
    story = paused.tell(move(TUESDAY + DAY, 9), target=LONGER)
    assert story.pathway.paused_since == TUESDAY
    story.tell(ResumePathway(by=CASEWORKER, at=TUESDAY + WEEK))
    assert story.pathway.ends == end_of_day(local_date(ACCEPTED + 13 * WEEK))


def test_sessions_that_are_booked_are_held_under_the_new_version() -> None:
    story = together(SIX_WEEKS).tell(book(ACCEPTED, TUESDAY, "training"))
    story.tell(move(ACCEPTED + HOUR), target=TOGETHER)
    story.when(attend(TUESDAY + HOUR)).then_kinds("attendance_recorded")


def test_the_authority_or_an_administrator_moves_a_pathway_to_another_version_that_is_published() -> None:
    together(TOGETHER).when(move(TUESDAY, 9)).then_invalid("version", "unknown_version")
    together(TOGETHER).when(move(TUESDAY, 2), TOGETHER).then_refused(FollowsAlready, programme="sundere-sammen@2")
    together(TOGETHER).when(move(TUESDAY, 3, by=CONSULTANT), WIDENED).then_refused(RoleMayNot)
    together(TOGETHER).when(move(TUESDAY, 3, by=ADMINISTRATOR), WIDENED).then_kinds("pathway_moved")
    together(TOGETHER).tell(close(TUESDAY, "job")).when(move(TUESDAY + DAY, 3), WIDENED).then_refused(IsOver)


def test_a_move_whose_words_were_erased_is_still_a_move() -> None:
    story = together(SIX_WEEKS).tell(move(TUESDAY, 2), target=TOGETHER)
    story.tell(EraseFact(by=RECORDS, at=TUESDAY + DAY, erases=story.version(PathwayMoved), decision="2026-17"))
    story.when(move(TUESDAY + 2 * DAY, 2), TOGETHER).then_nothing()
    story.when(move(TUESDAY + 2 * DAY, 1), SIX_WEEKS).then_kinds("pathway_moved")


def test_a_pathway_may_move_on_and_back() -> None:
    story = together(SIX_WEEKS).tell(move(TUESDAY), target=TOGETHER)
    back = story.tell(move(TUESDAY + DAY, 1), target=SIX_WEEKS)
    assert back.pathway.ends == end_of_day(local_date(ACCEPTED + 6 * WEEK))


def test_a_talk_held_before_the_move_still_answers_what_the_new_version_asks() -> None:
    held = on_sick_leave().tell(HoldTalk(by=CONTACT, at=TUESDAY, element="first_talk"))
    assert (
        "first_talk.after.referral_accepted" not in held.tell(move(TUESDAY + DAY, 3), target=sick()).pathway.obligations
    )

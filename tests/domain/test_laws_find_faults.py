"""The laws can fail: a fault that is planted into the rules is found by the law that it breaks."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from inspect import signature
from itertools import count

import pytest

from domain.pathway import passing, steps
from domain.pathway.commands.course import MakeDecision, PassTime
from domain.pathway.evolve import fold
from domain.pathway.facts import children, course, obligations, phases, referrals, sessions
from domain.pathway.folding import erased, unchanged
from domain.pathway.follow_ups import CALLED_FOR
from domain.pathway.state import OrderStage
from domain.refusal import Refused
from tests.domain.faults import (
    Plant,
    Strange,
    answered,
    closes,
    closing,
    completed_at_once,
    ends_some_day,
    exchanged,
    folded,
    forgets_what_is_overdue,
    from_nowhere,
    in_place_of,
    letter,
    loses_sessions,
    made_alone,
    misses,
    nobody_before,
    nobody_leaves,
    nothing,
    nothing_follows,
    planned,
    settled_a_day_ago,
    settled_in_one,
    stored_otherwise,
    without_deadlines,
)
from tests.domain.laws import test_answering as answering
from tests.domain.laws import test_belonging_together as belonging
from tests.domain.laws import test_deciding as deciding
from tests.domain.laws import test_keeping_history as history
from tests.domain.laws import test_letting_time_pass as time
from tests.domain.laws import test_ordering as ordering
from tests.domain.laws import test_owing as owing
from tests.domain.laws import test_taking_back as taking_back
from tests.domain.laws import test_taking_part as taking_part
from tests.domain.laws.lives import LIVES, Lived, live

Law = Callable[..., None]

MORE_LIVES = LIVES + 150
"""So many lives are looked through for a fault that few of them come across; most are found in the first ones."""
FAULTS: Mapping[str, tuple[Plant, Law]] = {
    "deadlines that are reckoned anew when a move is taken back": (
        in_place_of("domain.pathway.giving_back._owed_again", lambda *_: iter(())),
        taking_back.test_what_is_due_after_a_move_and_back_is_due_when_it_was,
    ),
    "clocks that start afresh when a move is taken back": (
        in_place_of("domain.pathway.deciding.moving.given_back", lambda *given: [given[-1]]),
        taking_back.test_what_is_due_after_a_move_and_back_is_due_when_it_was,
    ),
    "an order to somebody without an agreement": (
        in_place_of("domain.pathway.deciding.orders._require_agreement", nothing),
        ordering.test_no_private_provider_is_given_an_order_without_an_agreement_that_holds,
    ),
    "delivery of what nobody took on": (
        in_place_of("domain.pathway.deciding.orders.DELIVERING", tuple(OrderStage)),
        ordering.test_nothing_is_reported_or_accepted_of_an_order_that_nobody_took_on,
    ),
    "a second child beside the first": (
        in_place_of("domain.pathway.deciding.children.require_no_child", nothing),
        belonging.test_no_element_calls_for_a_pathway_while_one_of_it_is_open,
    ),
    "after-care for somebody who said no": (
        folded(children.AftercareChosen, unchanged),
        belonging.test_nobody_enters_after_care_who_does_not_want_it,
    ),
    "a duty in after-care": (
        in_place_of("domain.pathway.deciding.bookings.is_mandatory", lambda *_: True),
        belonging.test_nothing_is_a_duty_in_after_care,
    ),
    "an excuse that is forgotten": (
        folded(obligations.ObligationExcused, unchanged),
        owing.test_what_is_owed_begins_where_it_was_not_owed_and_ends_once,
    ),
    "rules that forget what follows": (
        in_place_of("domain.pathway.decide.consequences", lambda *_: []),
        owing.test_what_is_owed_is_what_the_programme_calls_for_and_what_staff_promised,
    ),
    "what follows, left for later": (
        in_place_of("domain.pathway.decide.consequences", lambda *_: []),
        owing.test_an_answer_brings_everything_with_it_that_follows,
    ),
    "a milestone that does not block": (
        in_place_of("domain.pathway.decidable.for_step", lambda *_: iter(())),
        owing.test_a_pathway_closes_only_when_no_milestone_is_owed_or_the_reason_covers_it,
    ),
    "a task for staying away from what is voluntary": (
        exchanged(steps.STEPS_SAID, sessions.AttendanceRecorded, misses),
        owing.test_staying_away_from_something_voluntary_brings_nothing_with_it,
    ),
    "a correction that is not folded anew": (
        in_place_of("tests.support.life.after", lambda _, pathway, facts: fold(facts, pathway)),
        history.test_the_history_folds_to_where_the_pathway_went_on_from,
    ),
    "a correction of what nobody may put right": (
        in_place_of("domain.pathway.deciding.correcting.require_known", nothing),
        history.test_what_has_happened_stays_in_its_place_under_its_header,
    ),
    "an erased citizen who lives on": (
        lambda patch: patch.delitem(erased.BY_HEADER, course.CitizenErased.kind),
        history.test_an_erased_citizen_has_no_pathway_that_goes_on,
    ),
    "settling that skips the last day": (
        in_place_of("tests.support.life.settled", settled_a_day_ago),
        time.test_nothing_that_is_due_is_left_when_something_is_decided,
    ),
    "a clock without deadlines": (
        in_place_of("domain.pathway.due._of_obligation", without_deadlines),
        time.test_a_deadline_that_passes_is_overdue_from_that_instant_on,
    ),
    "a clock that runs while something is awaited": (
        in_place_of("domain.pathway.due.stands_since", lambda *_: None),
        time.test_nothing_becomes_overdue_while_its_clock_stands_still,
    ),
    "a ladder that nobody climbs": (
        in_place_of("domain.pathway.owed.ladder", lambda *_: ()),
        time.test_what_stays_overdue_is_passed_on_as_far_as_its_ladder_says_by_then,
    ),
    "a week that stays as it was counted": (
        in_place_of("domain.pathway.decide.recounted", nothing_follows),
        time.test_the_latest_count_of_a_week_holds_what_is_registered_of_it,
    ),
    "a hearing that nobody waits for": (
        in_place_of("domain.pathway.hearable.to_be_heard", nothing_follows),
        deciding.test_nobody_is_decided_against_unheard,
    ),
    "a person who confirms their own": (
        in_place_of("domain.pathway.deciding.decisions.require_another", nothing),
        deciding.test_a_second_pair_of_eyes_is_never_the_first,
    ),
    "a decision that one person makes": (
        answered(MakeDecision, made_alone),
        deciding.test_what_takes_a_second_pair_of_eyes_is_made_once_and_after_it_was_prepared,
    ),
    "silence that closes": (
        in_place_of("domain.pathway.passing.silence", closing),
        deciding.test_nothing_adverse_happens_by_silence_nor_by_an_outsider,
    ),
    "a closing that waits for nobody": (
        in_place_of("domain.pathway.hearable.for_closing", nothing_follows),
        owing.test_a_pathway_closes_only_when_no_milestone_is_owed_or_the_reason_covers_it,
    ),
    "a session that is lost at the end": (
        folded(course.PathwayClosed, loses_sessions),
        taking_part.test_the_end_calls_off_each_session_that_it_leaves_unheld_and_no_other,
    ),
    "a deadline that is overdue every week": (
        folded(phases.WeekCounted, forgets_what_is_overdue),
        time.test_a_deadline_is_overdue_once_and_reminded_of_once,
    ),
    "time that passes when somebody looks": (
        answered(PassTime, lambda binding, pathway, command: passing.passed(binding, pathway, command.at)),
        time.test_a_timer_that_rings_late_brings_what_it_would_have_brought_in_time,
    ),
    "a reason from another version": (
        in_place_of("domain.pathway.binding.Binding.why", from_nowhere),
        time.test_what_happens_by_itself_says_by_which_rule_of_which_version_and_why,
    ),
    "a contact person who is forgotten": (
        folded(referrals.ResponsibleAssigned, unchanged),
        taking_part.test_whoever_takes_part_has_exactly_one_contact_person_the_one_named_last,
    ),
    "a contact person who follows upon nobody": (
        in_place_of("domain.pathway.deciding.referrals._given", nobody_before),
        taking_part.test_a_contact_person_is_handed_over_from_the_one_who_was,
    ),
    "a session that is completed at once": (
        in_place_of("domain.pathway.deciding.sessions._completed", completed_at_once),
        taking_part.test_a_session_is_completed_only_with_each_of_its_parts_held_or_waived_with_a_reason,
    ),
    "an attendance that is forgotten": (
        folded(sessions.AttendanceRecorded, unchanged),
        taking_part.test_a_session_is_registered_once_for_each_time_that_it_was_booked,
    ),
    "a talk that resets no clock": (
        folded(sessions.TalkHeld, unchanged),
        taking_part.test_no_talk_is_held_before_the_latest_one_that_reset_the_clock,
    ),
    "a pathway that time closes": (
        folded(phases.TimeUp, closes),
        taking_part.test_nothing_ends_a_pathway_but_somebody_who_closes_refuses_withdraws_or_erases,
    ),
    "an end that nobody set": (
        folded(referrals.CitizenEnrolled, ends_some_day),
        taking_part.test_an_open_end_never_comes_by_itself,
    ),
    "a plan for somebody who has left": (
        planned(),
        taking_part.test_what_is_over_stays_as_it_is_until_it_is_reopened,
    ),
    "a letter to somebody who has died": (
        exchanged(CALLED_FOR, course.PathwayClosed, letter),
        taking_part.test_after_a_death_or_a_move_nobody_is_written_to,
    ),
    "a plan that is numbered by chance": (
        planned(plan_version=count(1)),
        answering.test_the_same_question_about_the_same_pathway_has_the_same_answer,
    ),
    "an outcome that is recorded every time": (
        folded(course.OutcomeRecorded, unchanged),
        answering.test_what_is_asked_a_second_time_is_met_with_silence,
    ),
    "a list that promises what is put aside": (
        in_place_of("domain.pathway.options.for_step", lambda *_: ()),
        answering.test_what_may_be_decided_is_accepted_and_what_may_not_is_refused_for_the_reason_given,
    ),
    "a refusal that nobody has words for": (
        in_place_of("domain.pathway.requirements.IsPaused", Strange),
        answering.test_whoever_is_turned_down_is_told_why_in_words,
    ),
    "an answer to anybody": (
        in_place_of("domain.pathway.decide.require_role", nothing),
        answering.test_only_a_role_that_may_gets_an_answer,
    ),
    "a plan that is stored otherwise": (
        stored_otherwise,
        history.test_every_fact_survives_being_stored,
    ),
    "a plan from a time to come": (
        planned(at=datetime(2090, 1, 1, tzinfo=UTC)),
        history.test_a_fact_is_never_true_after_it_was_learnt,
    ),
    "time that passes in one piece": (
        in_place_of("tests.support.life.settled", settled_in_one),
        time.test_however_time_is_cut_into_pieces_the_same_things_happen,
    ),
    "an end that leaves something owed": (
        in_place_of("domain.pathway.decide.consequences", lambda *_: []),
        time.test_what_is_over_waits_for_nothing,
    ),
    "a reminder that comes too late": (
        in_place_of("domain.pathway.owed.morning_before", lambda due, *_: due + timedelta(days=1)),
        owing.test_nothing_is_reminded_of_after_its_deadline,
    ),
    "a duty that is none": (
        exchanged(steps.STEPS_SAID, sessions.AttendanceRecorded, misses),
        owing.test_an_absence_is_looked_into_only_where_taking_part_is_a_duty,
    ),
    "a judgement by somebody who was not there": (
        in_place_of("domain.pathway.facts.sessions.TOOK_PART", frozenset(sessions.Attendance)),
        taking_part.test_only_who_took_part_has_completed_or_judged_a_session,
    ),
    "a pathway that nobody may leave": (
        in_place_of("domain.pathway.decidable.for_step", nobody_leaves),
        taking_part.test_whoever_takes_part_can_always_be_let_go_by_a_decision,
    ),
    "a move that is forgotten": (
        folded(course.PathwayMoved, unchanged),
        taking_part.test_a_programme_version_stays_as_it_was_published,
    ),
    "a CPR number that got in": (planned(goals="610180-1234"), answering.test_no_fact_holds_a_cpr_number),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, law = FAULTS[name]
    plant(monkeypatch)
    assert any(_breaks(law, live(seed)) for seed in range(MORE_LIVES)), f"{law.__name__} does not notice {name}"


def _breaks(law: Law, lived: Lived) -> bool:
    inner: Law = law.hypothesis.inner_test  # type: ignore[attr-defined]  # what hypothesis makes of a test
    try:
        inner(lived, **({"chance": 7} if "chance" in signature(inner).parameters else {}))
    except (AssertionError, Refused):
        return True
    return False

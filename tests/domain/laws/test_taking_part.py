"""Laws of taking part: who looks after the citizen, what a session is, and what alone ends a pathway."""

from collections import Counter

from hypothesis import given

from domain.actor import Role
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.commands.course import ClosePathway, EraseFact
from domain.pathway.commands.proceedings import AssessHearing
from domain.pathway.decide import decide
from domain.pathway.evolve import fold
from domain.pathway.facts.course import FactCorrected, OutcomeRecorded, PathwayClosed, PathwayReopened
from domain.pathway.facts.decisions import DecisionPrepared
from domain.pathway.facts.referrals import ResponsibleAssigned
from domain.pathway.facts.sessions import (
    TOOK_PART,
    AttendanceRecorded,
    SessionBooked,
    SessionCancelled,
    SessionCompleted,
    SessionEvaluated,
    TalkHeld,
)
from domain.pathway.follow_ups import follow_ups, is_silent
from domain.pathway.history import Erased, Event, as_corrected
from domain.pathway.state import OVER, Pathway, Stage
from tests.domain.laws.lives import AS_PUBLISHED, Lived, every_fact, law, lives
from tests.support.cast import CASEWORKER
from tests.support.life import Step

ENDS = {
    Stage.CLOSED: {"pathway_closed"},
    Stage.REFUSED: {"referral_refused"},
    Stage.WITHDRAWN: {"referral_withdrawn"},
    Stage.ERASED: {"citizen_erased"},
}
"""The facts that alone end a pathway."""
AFTER_THE_END = {
    *("fact_corrected", "fact_erased", "citizen_erased"),
    *("letter_sent", "notice_given", "notice_read", "delivery_failed", "week_counted"),
    *("decision_notified", "complaint_expired", "complaint_received", "complaint_reassessed", "complaint_forwarded"),
    *("complaint_concluded", "obligation_created", "obligation_met", "obligation_overdue", "obligation_moved"),
    *("obligation_excused", "obligation_not_required"),
    *("child_referred", "child_began", "child_ended", "child_released", "passed_on"),
}
"""What still happens to a pathway that is over, besides that it goes on: above all to a decision complained of."""
REGISTERED_LATE = {*("attendance_recorded", "session_evaluated", "session_completed", "talk_held")}
"""What is told about it afterwards, if it was true before."""


FORGETTABLE = {SessionBooked.kind, FactCorrected.kind}


@law
@given(lives)
def test_whoever_takes_part_has_exactly_one_contact_person_the_one_named_last(steps: Lived) -> None:
    """DOMAIN 7, invariant 1; where it was erased who that is, nobody is known until somebody is named.

    An open house that anybody drops into, such as after-care, may do without.
    """
    for step in steps:
        named = [event for event in as_corrected(step.history) if _is_about_a_contact_person(event)]
        known = [event for event in named if isinstance(event, ResponsibleAssigned)]
        if step.after.stage is Stage.UNDERWAY and step.programme.contact_person == "required":
            assert named, f"nobody was ever named: {step}"
        if step.after.stage is not Stage.ERASED:
            now = step.after.responsible.get(Role.CONTACT_PERSON)
            assert now == (known[-1].person if known else None), step


def _is_about_a_contact_person(event: Event) -> bool:
    if isinstance(event, Erased):
        return event.kind == ResponsibleAssigned.kind
    return isinstance(event, ResponsibleAssigned) and event.role is Role.CONTACT_PERSON


@law
@given(lives)
def test_a_contact_person_is_handed_over_from_the_one_who_was(steps: Lived) -> None:
    """DOMAIN 7, invariant 1: with a reason, for the citizen is told."""
    for step in steps:
        for fact in step.facts:
            if isinstance(fact, ResponsibleAssigned):
                assert fact.previous == step.before.responsible.get(fact.role), step
                assert fact.previous is None or fact.reason, step
                assert fact.previous != fact.person, step


@law
@given(lives)
def test_a_session_is_completed_only_with_each_of_its_parts_held_or_waived_with_a_reason(steps: Lived) -> None:
    """DOMAIN 7, invariant 4."""
    for step in steps:
        for completed in (fact for fact in step.facts if isinstance(fact, SessionCompleted)):
            seen = step.before.attended_session(completed.session)
            held = set(seen.parts) if seen else set()
            for fact in step.facts:
                if isinstance(fact, (AttendanceRecorded, SessionEvaluated)) and fact.session == completed.session:
                    held |= set(fact.parts)
            assert set(step.programme.elements[completed.element].parts) <= held | set(completed.waived), step
            assert completed.reason or not completed.waived, step


@law
@given(lives)
def test_only_who_took_part_has_completed_or_judged_a_session(steps: Lived) -> None:
    for step in steps:
        for fact in step.facts:
            if isinstance(fact, (SessionCompleted, SessionEvaluated)):
                seen = step.after.attended_session(fact.session)
                assert seen, step
                assert seen.attendance in TOOK_PART, step


@law
@given(lives)
def test_a_session_is_registered_once_for_each_time_that_it_was_booked(steps: Lived) -> None:
    """DOMAIN 7, invariant 8: what was wrong is corrected or withdrawn, never registered beside it.

    What lost its body may have been the booking, or have withdrawn what now counts again.
    """
    for step in steps:
        events = list(as_corrected(step.history))
        booked = Counter(event.session for event in events if isinstance(event, SessionBooked))
        lost = sum(isinstance(event, Erased) and event.kind in FORGETTABLE for event in events)
        registered = Counter(event.session for event in events if isinstance(event, AttendanceRecorded))
        assert (registered - booked).total() <= lost, step


@law
@given(lives)
def test_no_talk_is_held_before_the_latest_one_that_reset_the_clock(steps: Lived) -> None:
    """DOMAIN 7, invariant 9."""
    for step in steps:
        talks = [event for event in as_corrected(step.history) if isinstance(event, TalkHeld) and event.resets_clock]
        if step.after.stage is not Stage.ERASED:
            assert step.after.clock_reset == max((talk.at for talk in talks), default=None), step
        for fact in step.facts:
            if isinstance(fact, TalkHeld) and fact.resets_clock and step.before.clock_reset:
                assert fact.at >= step.before.clock_reset, step


@law
@given(lives)
def test_nothing_ends_a_pathway_but_somebody_who_closes_refuses_withdraws_or_erases(steps: Lived) -> None:
    was_over = False
    for step in steps:
        told = [fact.kind for passed in step.passed for fact in passed.facts]
        assert not set(told) & set().union(*ENDS.values()), f"time ended it: {step}"
        assert was_over or not step.before.is_over, f"time ended it: {step}"
        if step.after.stage is not step.before.stage and step.after.stage in OVER:
            assert ENDS[step.after.stage] & {fact.kind for fact in step.facts}, step
        was_over = step.after.is_over


@law
@given(lives)
def test_what_is_over_stays_as_it_is_until_it_is_reopened(steps: Lived) -> None:
    for step in steps:
        if step.before.is_over and step.facts and not isinstance(step.facts[0], PathwayReopened):
            late = {fact.kind for fact in step.facts if fact.kind in REGISTERED_LATE and _was_true_before(step, fact)}
            assert {fact.kind for fact in step.facts} - late <= AFTER_THE_END | _ended_anew(step), step
            assert step.after.is_over, step
        if step.before.is_over and step.passed:
            assert {fact.kind for passed in step.passed for fact in passed.facts} <= AFTER_THE_END, step


def _was_true_before(step: Step, fact: PathwayFact) -> bool:
    closed = step.before.last("closed")
    return step.before.stage is Stage.CLOSED and closed is not None and fact.at <= closed


def _ended_anew(step: Step) -> set[str]:
    """What ends a second time when it was forgotten that it had ended."""
    return {"obligation_met", "obligation_not_required"} if isinstance(step.command, EraseFact) else set()


@law
@given(lives)
def test_whoever_takes_part_can_always_be_let_go_by_a_decision(steps: Lived) -> None:
    """DOMAIN 7, invariant 7: no pathway without a way out, however open its end; a hearing is withdrawn first."""
    step = steps[-1]
    if step.after.stage is Stage.UNDERWAY and "close" not in step.after.prepared:
        milestones = tuple(each.milestone for each in step.programme.milestones)
        milestones += tuple(f"{name}.heard" for name in step.after.hearings)
        milestones += tuple(f"{name}.{what}" for name in step.after.recourses for what in ("concluded", "to_undo"))
        outcome = step.programme.decisions["close"].outcomes[0]
        closing = ClosePathway(
            by=CASEWORKER, at=step.command.at, outcome=outcome, reason="besluttet", despite=milestones
        )
        unheard = _without_a_hearing(step, "close")
        facts = decide(Binding(step.programme), unheard, closing)
        assert isinstance(facts[0], (PathwayClosed, DecisionPrepared)), step


def _without_a_hearing(step: Step, decision: str) -> Pathway:
    """Where the pathway stands when the hearing about that decision has been withdrawn, if there is one."""
    if decision not in step.after.hearings:
        return step.after
    withdrawing = AssessHearing(by=CASEWORKER, at=step.command.at, decision=decision, note="opgivet", drop=True)
    return fold(decide(Binding(step.programme), step.after, withdrawing), step.after)


@law
@given(lives)
def test_an_open_end_never_comes_by_itself(steps: Lived) -> None:
    """DOMAIN 7, invariant 7."""
    for step in steps:
        if step.programme.fixed_duration is None:
            assert step.after.ends is None, step
            assert not step.after.time_up, step


@law
@given(lives)
def test_after_a_death_or_a_move_nobody_is_written_to(steps: Lived) -> None:
    """DOMAIN 7, invariant 10: at once, and until something happens after somebody reopened the pathway."""
    silent = False
    for step, fact in every_fact(steps):
        if silent and isinstance(fact, PathwayReopened):
            assert is_silent(step.programme, step.after, fact.at), step
        silent = (silent or _silences(fact)) and not isinstance(fact, PathwayReopened)
        letters = [each.name for each in follow_ups(step.programme, fact) if each.is_letter]
        assert not (silent and letters), f"{letters}: {step}"


@law
@given(lives)
def test_the_end_calls_off_each_session_that_it_leaves_unheld_and_no_other(steps: Lived) -> None:
    for step in steps:
        if isinstance(step.command, ClosePathway) and step.facts:
            unheld = {session for session, booking in step.before.bookings.items() if booking.starts > step.command.at}
            assert {fact.session for fact in step.facts if isinstance(fact, SessionCancelled)} == unheld, step
            assert step.after.bookings.keys() == step.before.bookings.keys() - unheld, step


def _silences(fact: PathwayFact) -> bool:
    return isinstance(fact, (PathwayClosed, OutcomeRecorded)) and fact.outcome in {"death", "moved"}


@law
@given(lives)
def test_a_programme_version_stays_as_it_was_published(steps: Lived) -> None:
    """DOMAIN 7, invariant 6: whatever happens in a pathway, and a pathway changes version by a fact alone."""
    for step in steps:
        assert step.programme.model_dump_json() == AS_PUBLISHED[id(step.programme)], step
        if step.binding.programme is not step.programme:
            assert "pathway_moved" in {fact.kind for fact in step.facts}, step
            assert step.after.programme == step.programme.ref, step

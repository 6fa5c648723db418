"""Laws of what is owed: it begins once, ends once, and is exactly what the programme calls for."""

from hypothesis import given

from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.commands.children import EndChild
from domain.pathway.commands.course import ClosePathway
from domain.pathway.commands.decisions import ConfirmDecision
from domain.pathway.commands.sessions import RecordAttendance
from domain.pathway.consequences import consequences
from domain.pathway.decide import decide
from domain.pathway.facts.course import FactCorrected, FactErased, PathwayClosed
from domain.pathway.facts.obligations import (
    ObligationCreated,
    ObligationExcused,
    ObligationMet,
    ObligationMoved,
    ObligationNotRequired,
    ObligationOverdue,
    ObligationReminded,
)
from domain.pathway.facts.phases import WeekCounted
from domain.pathway.facts.sessions import Attendance, AttendanceRecorded
from domain.pathway.owed import owed
from domain.pathway.proceeding import Heard, Intended
from domain.pathway.state import Stage
from domain.programme.elements import Duty
from tests.domain.laws.lives import Lived, law, lives
from tests.support.life import Step

ENDINGS = (ObligationMet, ObligationExcused, ObligationNotRequired)
GOING_ON = (ObligationMoved, ObligationOverdue, ObligationReminded)


def _caused(step: Step) -> list[PathwayFact]:
    return [*(fact for passed in step.passed for fact in passed.facts), *step.facts]


@law
@given(lives)
def test_what_is_owed_begins_where_it_was_not_owed_and_ends_once(steps: Lived) -> None:
    """Told by the facts alone; where history itself was put right, what is owed is taken from there."""
    open_now: set[str] = set()
    for step in steps:
        if any(isinstance(fact, (FactCorrected, FactErased)) for fact in step.facts):
            open_now = set(step.after.obligations)
            continue
        for fact in _caused(step):
            if isinstance(fact, ObligationCreated):
                assert fact.obligation not in open_now, f"{fact.obligation} twice: {step}"
                open_now.add(fact.obligation)
            elif isinstance(fact, (*ENDINGS, *GOING_ON)):
                assert fact.obligation in open_now, f"{fact.obligation} is not owed: {step}"
                open_now -= {fact.obligation} if isinstance(fact, ENDINGS) else set()
        assert set(step.after.obligations) == (set() if step.after.stage is Stage.ERASED else open_now), step


@law
@given(lives)
def test_what_is_owed_is_what_the_programme_calls_for_and_what_staff_promised(steps: Lived) -> None:
    for step in (step for step in steps if step.facts):
        expected = owed(step.programme, step.after)
        standing = {rule: each for rule, each in step.after.obligations.items() if not each.by_hand}
        assert {rule: (each.since, each.due) for rule, each in standing.items()} == {
            rule: (each.since, each.due) for rule, each in expected.items()
        }, step


@law
@given(lives)
def test_an_answer_brings_everything_with_it_that_follows(steps: Lived) -> None:
    for step in (step for step in steps if step.facts):
        assert consequences(Binding(step.programme), step.after, step.command.at) == [], step


@law
@given(lives)
def test_nothing_is_reminded_of_after_its_deadline(steps: Lived) -> None:
    for step in steps:
        for fact in _caused(step):
            if isinstance(fact, ObligationReminded):
                assert fact.at < fact.due, step
            if isinstance(fact, ObligationCreated) and fact.remind_at:
                assert fact.since < fact.remind_at < fact.due, step


@law
@given(lives)
def test_a_pathway_closes_only_when_no_milestone_is_owed_or_the_reason_covers_it(steps: Lived) -> None:
    """DOMAIN 7, invariant 3."""
    for step in steps:
        if not any(isinstance(fact, PathwayClosed) for fact in step.facts):
            continue
        intended = step.before.prepared["close"].intended if isinstance(step.command, ConfirmDecision) else step.command
        assert isinstance(intended, (ClosePathway, EndChild, Intended)), step
        despite = () if isinstance(intended, EndChild) else intended.despite
        names = {each.name for each in step.before.obligations.values()}
        open_now = {f"{name}.heard" for name, each in step.before.hearings.items() if each.stage is not Heard.CLOSED}
        open_now |= {f"{name}.concluded" for name, each in step.before.recourses.items() if each.runs}
        assert open_now <= set(despite), step
        milestones = {each.milestone for each in step.programme.milestones if each.target == "close"}
        in_the_way = names & milestones - step.before.excluded
        assert in_the_way <= set(despite), step
        assert intended.reason or not in_the_way, step


@law
@given(lives)
def test_staying_away_from_something_voluntary_brings_nothing_with_it(steps: Lived) -> None:
    """DOMAIN 7, invariant 11: nothing that a valid reason would not bring; the task of looking into it least of all.

    A week that is counted anew because of a valid reason is a number, not a consequence.
    """
    for step in steps:
        missed = [fact for fact in step.facts if isinstance(fact, AttendanceRecorded) and not fact.mandatory]
        if missed and isinstance(step.command, RecordAttendance) and missed[0].attendance is Attendance.ABSENT:
            excused = step.command.model_copy(update={"attendance": Attendance.EXCUSED})
            reasoned = [
                fact for fact in decide(step.binding, step.before, excused) if not isinstance(fact, WeekCounted)
            ]
            assert [fact for fact in step.facts if not isinstance(fact, WeekCounted)][1:] == reasoned[1:], step
            assert not [fact for fact in step.facts if isinstance(fact, ObligationCreated)], step


@law
@given(lives)
def test_an_absence_is_looked_into_only_where_taking_part_is_a_duty(steps: Lived) -> None:
    """DOMAIN 7, invariant 11."""
    for step in steps:
        for rule, each in step.after.obligations.items():
            element = each.name.removesuffix(".assessed")
            if element != each.name:
                known = step.programme.elements[element]
                by_referral = known.obligation is Duty.PER_REFERRAL and element in step.after.mandatory
                assert known.obligation is Duty.MANDATORY or by_referral, f"{rule}: {step}"

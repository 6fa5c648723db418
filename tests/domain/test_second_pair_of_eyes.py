"""A second pair of eyes: what one person prepares counts when others have confirmed it, and silence means one thing."""

from datetime import datetime
from typing import Any

from domain.actor import Actor, Role
from domain.calendar import deadline
from domain.pathway.commands.course import ClosePathway, MakeDecision, MovePathway, PausePathway
from domain.pathway.commands.decisions import ConfirmDecision, ObjectToDecision
from domain.pathway.due import next_due
from domain.pathway.facts.course import DecisionMade, PathwayClosed
from domain.pathway.facts.decisions import DecisionConfirmed, DecisionLapsed, DecisionObjected, DecisionPrepared
from domain.pathway.facts.obligations import Cause, ObligationNotRequired
from domain.pathway.follow_ups import FollowUp, follow_ups
from domain.pathway.options import options
from domain.period import Period
from domain.refusal import AwaitsAnswer, IsOver, NothingPrepared, NotInPlace, NotOpenYet, RoleMayNot, SamePerson
from tests.domain.beginnings import HOUR, together
from tests.support.altering import altered
from tests.support.asking import book, close
from tests.support.cast import CASEWORKER, CONSULTANT, CONTACT, DAY, HEALTH, MONDAY, OTHER_CASEWORKER, TOGETHER, WEEK
from tests.support.deciding import DECISIONS, WITH_EYES
from tests.support.spec import Story, passing

TUESDAY = MONDAY + DAY
WEDNESDAY = MONDAY + 2 * DAY
DUE = deadline(TUESDAY, Period("P1W"))
SAME_PERSON = Actor("coordinating_caseworker:sb-1")
"""The caseworker, in another role."""
AGAINST_WISH = "    character: adverse_if_against_wish\n"
LAPSING = altered("sundere-sammen@2", ("decisions:\n", DECISIONS.replace("silence: stands", "silence: lapse")))
WITHOUT_JOBS = altered(
    "sundere-sammen@4",
    ("outcomes: [job, education", "outcomes: [education"),
    ("after: [job, ", "after: ["),
    (AGAINST_WISH, f"{AGAINST_WISH}    second: {{by: [caseworker, coordinating_caseworker]}}\n"),
)
WAITING = altered(
    "sundere-sammen@2",
    ("decisions:\n", DECISIONS),
    ("relations:\n", "relations:\n  - {milestone: consultant_talk, for: exempt}\n"),
)


def exempt(at: datetime = TUESDAY, **others: Any) -> MakeDecision:  # noqa: ANN401 - fields
    return MakeDecision(at=at, **{"by": CASEWORKER, "decision": "exempt", "reason_code": "transport", **others})


def confirm(at: datetime, by: Actor = OTHER_CASEWORKER, decision: str = "exempt") -> ConfirmDecision:
    return ConfirmDecision(by=by, at=at, decision=decision)


def against(at: datetime, by: Actor = OTHER_CASEWORKER, decision: str = "exempt") -> ObjectToDecision:
    return ObjectToDecision(by=by, at=at, decision=decision, reason="vi ved for lidt")


def prepared() -> Story:
    return together(WITH_EYES).tell(exempt())


def test_what_one_person_decides_is_prepared_and_others_owe_an_answer() -> None:
    story = together(WITH_EYES).when(exempt()).then_kinds("decision_prepared", "obligation_created")
    assert story.the(DecisionPrepared) == DecisionPrepared(
        at=TUESDAY,
        decision="exempt",
        outcome=None,
        prepared_by=CASEWORKER,
        reason=None,
        reason_code="transport",
        legal_basis=None,
        against_wish=False,
        despite=(),
        quorum=2,
        due=DUE,
    )
    owed = story.pathway.obligations["exempt.seconded.after.exempt.prepared"]
    assert (owed.owner, owed.due) == (Role.CASEWORKER, DUE)
    assert story.pathway.last("exempt") is None


def test_it_is_made_as_it_was_intended_when_as_many_different_persons_have_confirmed_it() -> None:
    first = (
        prepared()
        .when(confirm(WEDNESDAY))
        .then(DecisionConfirmed(at=WEDNESDAY, decision="exempt", confirmed_by=OTHER_CASEWORKER, is_enough=False))
    )
    second = first.when(confirm(WEDNESDAY + HOUR, HEALTH))
    story = second.then_kinds("decision_confirmed", "decision_made", "obligation_met")
    assert story.the(DecisionMade) == DecisionMade(
        at=WEDNESDAY + HOUR,
        decision="exempt",
        outcome=None,
        decided_by=CASEWORKER,
        reason=None,
        reason_code="transport",
        seconded_by=(OTHER_CASEWORKER, HEALTH),
    )
    assert story.pathway.prepared == {}


def test_nobody_is_their_own_second_pair_of_eyes_in_whatever_role() -> None:
    closing = together(WITH_EYES).tell(close(TUESDAY, "job"))
    for by in (CASEWORKER, SAME_PERSON):
        closing.when(confirm(WEDNESDAY, by, "close")).then_refused(SamePerson, decision="close")
        closing.when(against(WEDNESDAY, by, "close")).then_refused(SamePerson)


def test_who_has_confirmed_counts_once() -> None:
    story = prepared().tell(confirm(WEDNESDAY))
    story.when(confirm(WEDNESDAY + HOUR)).then_nothing()
    in_another_role = Actor("health_staff:sb-2")
    story.when(confirm(WEDNESDAY + HOUR, in_another_role)).then_refused(SamePerson)


def test_an_objection_ends_it_and_whoever_prepared_it_is_told() -> None:
    story = prepared().when(against(WEDNESDAY)).then_kinds("decision_objected", "obligation_met")
    assert story.the(DecisionObjected).prepared_by == CASEWORKER
    told = follow_ups(WITH_EYES, story.the(DecisionObjected))
    assert told == (FollowUp(name="decision_objected", to=Role.CASEWORKER, subject="exempt"),)
    story.when(confirm(WEDNESDAY + HOUR)).then_refused(NothingPrepared)
    assert story.tell(exempt(WEDNESDAY + HOUR)).pathway.prepared


def test_what_is_prepared_is_not_prepared_again_by_somebody_else_nor_in_another_way() -> None:
    prepared().when(exempt(WEDNESDAY)).then_nothing()
    prepared().when(exempt(WEDNESDAY, by=OTHER_CASEWORKER)).then_refused(AwaitsAnswer, decision="exempt")
    prepared().when(exempt(WEDNESDAY, reason_code="treatment")).then_refused(AwaitsAnswer)


def test_only_the_roles_that_the_programme_names_look() -> None:
    prepared().when(confirm(WEDNESDAY, CONTACT)).then_refused(RoleMayNot, may="caseworker, health_staff")
    prepared().when(against(WEDNESDAY, CONSULTANT)).then_refused(RoleMayNot)
    prepared().when(confirm(WEDNESDAY, decision="leave")).then_refused(NotInPlace)
    prepared().when(confirm(WEDNESDAY, decision="famous")).then_invalid("decision", "unknown_code")


def test_what_must_hold_is_asked_again_when_it_is_confirmed() -> None:
    story = together(WAITING)
    story.when(exempt(TUESDAY)).then_refused(NotOpenYet, missing="consultant_talk")
    story = together(WITH_EYES).tell(close(TUESDAY, "job"))
    story.programme = altered(
        "sundere-sammen@3",
        ("    character: adverse_if", "    second: {by: [caseworker]}\n    character: adverse_if"),
        ("relations:\n", "relations:\n  - {condition: plan_agreed, for: close}\n"),
    )
    story.when(confirm(WEDNESDAY, decision="close")).then_refused(NotOpenYet, missing="plan_agreed")


def test_silence_lapses_unless_the_programme_says_that_it_stands() -> None:
    story = together(LAPSING).tell(exempt())
    assert next_due(story.pathway) == DUE
    story = story.when(passing(DUE)).then_kinds("obligation_overdue", "decision_lapsed", "obligation_not_required")
    lapsed = story.the(DecisionLapsed)
    assert (lapsed.prepared_by, lapsed.why.rule) == (CASEWORKER, "exempt.second")
    assert lapsed.why.inputs == {"due": str(DUE), "confirmed": 0}
    assert story.the(ObligationNotRequired).cause is Cause.ENDED
    assert [each.name for each in follow_ups(LAPSING, lapsed)] == ["decision_lapsed"]
    assert story.pathway.last("exempt") is None


def test_silence_that_stands_makes_the_decision_and_says_by_which_rule() -> None:
    story = prepared().tell(confirm(WEDNESDAY))
    made = story.when(passing(DUE)).then_kinds("obligation_overdue", "decision_made", "obligation_not_required")
    decision = made.the(DecisionMade)
    assert (decision.decided_by, decision.seconded_by) == (CASEWORKER, (OTHER_CASEWORKER,))
    assert decision.why
    assert decision.why.rule == "exempt.second"
    assert made.pathway.last("exempt") == DUE


def test_silence_about_what_cannot_be_made_any_more_lets_it_lapse_and_says_why() -> None:
    story = together(WITH_EYES).tell(exempt())
    story.programme = WAITING
    story.settle(DUE)
    assert story.the(DecisionLapsed).why.inputs["refused"] == "not_open_yet"


def test_a_pause_does_not_stop_the_clock_of_colleagues() -> None:
    story = prepared().tell(PausePathway(by=CASEWORKER, at=WEDNESDAY, reason="ferie"))
    assert next_due(story.pathway) == DUE


def test_closing_with_a_second_pair_of_eyes_ends_nothing_until_it_is_confirmed() -> None:
    story = together(WITH_EYES).tell(book(TUESDAY, TUESDAY + 2 * WEEK, "training"))
    story = story.when(close(TUESDAY, "job")).then_kinds("decision_prepared", "obligation_created")
    assert story.pathway.stage == "underway"
    confirmed = story.tell(confirm(WEDNESDAY, decision="close"))
    closed = confirmed.the(PathwayClosed)
    assert (closed.closed_by, closed.seconded_by, closed.reason) == (CASEWORKER, (OTHER_CASEWORKER,), "målet er nået")
    assert "session_cancelled" in confirmed.kinds
    assert confirmed.pathway.prepared == {}


def test_a_pathway_is_never_closed_by_silence() -> None:
    story = together(WITH_EYES).tell(close(TUESDAY, "job")).settle(DUE)
    assert story.kinds[-2:] == ["decision_lapsed", "obligation_not_required"]
    assert story.pathway.stage == "underway"


def test_the_end_of_a_pathway_leaves_nothing_prepared() -> None:
    story = together(LAPSING).tell(exempt(), close(WEDNESDAY, "job"))
    assert (story.pathway.prepared, next_due(story.pathway)) == ({}, None)
    story.when(confirm(WEDNESDAY + HOUR)).then_refused(IsOver)


def test_what_another_version_does_not_have_lapses_in_its_time() -> None:
    moving = MovePathway(by=CASEWORKER, at=WEDNESDAY, version=2, reason="ny ordning")
    story = prepared().tell(moving, target=TOGETHER)
    story.when(confirm(WEDNESDAY + HOUR)).then_invalid("decision", "unknown_code")
    assert story.settle(DUE).kinds[-1] == "decision_lapsed"


def test_what_others_may_confirm_is_on_the_list_of_what_can_be_decided() -> None:
    def opened(story: Story) -> set[tuple[str, str | None]]:
        found = options(story.binding, story.pathway)
        return {(option.command, option.step) for option in found if option.closed_by is None}

    answers = {("confirm_decision", "exempt"), ("object_to_decision", "exempt")}
    assert not answers & opened(together(WITH_EYES))
    assert answers <= opened(prepared())
    assert ("make_decision", "exempt") not in opened(prepared())


def test_a_closing_that_is_told_again_while_it_waits_is_the_same() -> None:
    story = together(WITH_EYES).tell(close(TUESDAY, "job"))
    story.when(ClosePathway(by=CASEWORKER, at=WEDNESDAY, outcome="job", reason="målet er nået")).then_nothing()


def test_what_another_version_does_not_have_any_more_is_not_confirmed_but_objected_to() -> None:
    story = together(WITH_EYES).tell(close(TUESDAY, "job"))
    story.tell(MovePathway(by=CASEWORKER, at=WEDNESDAY, version=4, reason="ny ordning"), target=WITHOUT_JOBS)
    story.when(confirm(WEDNESDAY + HOUR, decision="close")).then_refused(NotInPlace, what="job")
    story.when(against(WEDNESDAY + HOUR, decision="close")).then_kinds("decision_objected", "obligation_met")

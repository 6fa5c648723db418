"""Every decision to the citizen's detriment has its own notification, time to complain and complaint."""

from datetime import datetime
from typing import Any

import pytest

from domain.calendar import deadline
from domain.pathway.acts import acts
from domain.pathway.commands.course import EraseFact, MakeDecision, MovePathway, ReopenPathway
from domain.pathway.commands.obligations import DeclareNotRequired, ExcuseObligation
from domain.pathway.commands.proceedings import (
    ExemptHearing,
    ForwardComplaint,
    NotifyDecision,
    ReassessComplaint,
    ReceiveComplaint,
)
from domain.pathway.due import coming
from domain.pathway.facts.course import DecisionMade, PathwayClosed
from domain.pathway.facts.proceedings import (
    Channel,
    ComplaintExpired,
    ComplaintReassessed,
    ComplaintReceived,
    DecisionNotified,
)
from domain.pathway.ledger import ledger
from domain.pathway.options import AT_STAGE, options
from domain.period import Period
from domain.refusal import NothingToComplainOf, NothingToNotify, NotOpenYet, RoleMayNot, WhichDecision
from projections.worklist import items
from tests.domain.beginnings import HOUR, together
from tests.domain.test_hearing_and_complaining import WISH, answer, assess, hearing
from tests.support.altering import altered
from tests.support.asking import close
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, RECORDS, WEEK
from tests.support.deciding import REDUCE
from tests.support.spec import Story
from texts.catalogue import Wording

REDUCIBLE = altered("sundere-sammen@3", ("decisions:\n", REDUCE))
OTHERWISE = altered("sundere-sammen@3", ("version: 3", "version: 4"))
"""The next version, which has no such decision any more."""
FIRST, SECOND = MONDAY + DAY, MONDAY + WEEK


def against(at: datetime, decision: str = "reduce") -> list[Any]:
    """What leads to a decision to the citizen's detriment, and the decision."""
    exempt = ExemptHearing(by=CASEWORKER, at=at, decision=decision, reason="har selv oplyst det")
    if decision == "close":
        return [exempt, close(at + HOUR, WISH, against_wish=True)]
    made = MakeDecision(by=CASEWORKER, at=at + HOUR, decision=decision, outcome=WISH, legal_basis="LAB § 22")
    return [exempt, made]


def notify(at: datetime, number: int | None = None, **others: Any) -> NotifyDecision:  # noqa: ANN401 - fields
    told = {"decision": "reduce", "channel": Channel.LETTER, "number": number, **others}
    return NotifyDecision(by=CASEWORKER, at=at, **told)


def complain(at: datetime, number: int | None = None, **others: Any) -> ReceiveComplaint:  # noqa: ANN401 - fields
    return ReceiveComplaint(by=CONTACT, at=at, **{"decision": "reduce", "number": number, **others})


def reassess(at: datetime, number: int | None = None, *, changed: bool = False) -> ReassessComplaint:
    said = {"decision": "reduce", "number": number, "changed": changed, "reason": "set på igen"}
    return ReassessComplaint(by=CASEWORKER, at=at, **said)


def about_it(story: Story) -> list[str]:
    """What is owed upon decisions."""
    return [rule for rule in story.pathway.obligations if rule.startswith("reduce")]


def notified_twice() -> Story:
    first = together(REDUCIBLE).tell(*against(FIRST), notify(FIRST + DAY))
    return first.tell(*against(SECOND), notify(SECOND + DAY))


def complained_twice() -> Story:
    return notified_twice().tell(complain(SECOND + 2 * DAY, 1), complain(SECOND + 3 * DAY))


def test_a_second_decision_leaves_the_first_ones_time_to_complain_alone() -> None:
    story = notified_twice()
    ends = {each.about: each.at for each in coming(story.pathway) if each.what == "complaint"}
    since = {"reduce": FIRST + DAY, "reduce#2": SECOND + DAY}
    assert ends == {name: deadline(at, Period("P4W")) for name, at in since.items()}
    expired = story.settle(ends["reduce#2"]).every(ComplaintExpired)
    assert [(each.number, each.at) for each in expired] == [(1, ends["reduce"]), (2, ends["reduce#2"])]


def test_whoever_complains_says_of_which_decision_where_it_could_be_several() -> None:
    story = notified_twice()
    refusal = story.when(complain(SECOND + 2 * DAY)).then_refused(WhichDecision, decision="reduce")
    said = Wording("da", REDUCIBLE).say("refusal", refusal.code, **refusal.values)
    assert "(--number): 1 (3. marts 2026), 2 (9. marts 2026)." in said
    of_the_first = story.tell(complain(SECOND + 2 * DAY, 1))
    assert of_the_first.the(ComplaintReceived).number == 1
    assert of_the_first.when(complain(SECOND + 3 * DAY)).the(ComplaintReceived).number == 2
    story.when(complain(SECOND + 2 * DAY, 3)).then_refused(NothingToComplainOf, decision="reduce#3")


def test_a_complaint_that_is_told_late_is_of_the_decision_that_could_be_complained_of_then() -> None:
    story = together(REDUCIBLE).tell(*against(FIRST), notify(FIRST + DAY), *against(SECOND), notify(SECOND + DAY))
    early = complain(SECOND + WEEK, happened=FIRST + 2 * DAY)
    assert story.when(early).the(ComplaintReceived).number == 1
    late = complain(SECOND + 4 * WEEK, happened=FIRST + 4 * WEEK + 3 * DAY)
    assert story.when(late).the(ComplaintReceived).number == 2, "the first one's time was up"


def test_two_letters_of_the_same_hour_are_told_one_by_one() -> None:
    story = together(REDUCIBLE).tell(*against(FIRST), *against(SECOND))
    at = SECOND + DAY
    story.when(notify(at)).then_refused(WhichDecision)
    told = story.when(notify(at, 1)).then_kinds("decision_notified", "obligation_met")
    told.when(notify(at)).then_refused(WhichDecision)
    both = told.when(notify(at, 2)).then_kinds("decision_notified", "obligation_met")
    both.when(notify(at + HOUR, 1)).then_refused(NothingToNotify)
    assert [each.number for each in both.every(DecisionNotified)] == [1, 2]


def test_each_decision_calls_for_its_own_notification_and_is_met_by_no_other() -> None:
    story = together(REDUCIBLE).tell(*against(FIRST), *against(SECOND), notify(SECOND + DAY, 2))
    assert about_it(story) == ["reduce.notified.after.reduce.adverse"]
    [row] = [each for each in items(REDUCIBLE, story.pathway) if each.item in about_it(story)]
    assert (row.name, row.since) == ("reduce.notified", FIRST + HOUR)
    other = together(REDUCIBLE).tell(*against(FIRST), *against(SECOND), notify(SECOND + DAY, 1))
    named = [each.name for each in items(REDUCIBLE, other.pathway) if each.item in about_it(other)]
    assert named == ["reduce#2.notified"]
    assert Wording("da", REDUCIBLE).naming.name("reduce#2.notified").endswith("(nr. 2)")


def test_two_complaints_run_side_by_side_each_with_its_deadlines() -> None:
    story = complained_twice()
    rules = {name: f"{name}.reassessed.after.{name}.complained" for name in ("reduce", "reduce#2")}
    reckoned = {name: ledger(REDUCIBLE, story.pathway, rule) for name, rule in rules.items()}
    assert {name: each.since for name, each in reckoned.items() if each} == {
        "reduce": SECOND + 2 * DAY,
        "reduce#2": SECOND + 3 * DAY,
    }
    story.when(reassess(SECOND + WEEK)).then_refused(WhichDecision)
    upheld = story.tell(reassess(SECOND + WEEK, 2), reassess(SECOND + WEEK + HOUR, changed=True))
    assert [(each.number, each.changed) for each in upheld.every(ComplaintReassessed)] == [(2, False), (1, True)]
    assert set(about_it(upheld)) == {"reduce#2.forwarded.after.reduce#2.upheld", "reduce.after.reduce.to_undo"}
    forwarded = upheld.tell(ForwardComplaint(by=CASEWORKER, at=SECOND + 2 * WEEK, decision="reduce"))
    assert [each.stage for each in forwarded.pathway.recourses.values()] == ["ended", "forwarded"]


def test_what_may_be_done_about_several_decisions_is_listed_for_each() -> None:
    story = together(REDUCIBLE).tell(*against(FIRST), *against(SECOND))
    offered = [each for each in options(story.binding, story.pathway) if each.command == "notify_decision"]
    assert [(each.step, each.number, each.closed_by) for each in offered if each.step == "reduce"] == [
        ("reduce", 1, None),
        ("reduce", 2, None),
    ]


def test_closing_waits_for_each_complaint_and_for_what_is_to_be_undone() -> None:
    story = complained_twice().tell(reassess(SECOND + WEEK, 1, changed=True))
    at = SECOND + WEEK + DAY
    story.when(close(at, "job")).then_refused(NotOpenYet, missing="reduce.to_undo")
    despite = ("reduce.to_undo",)
    story.when(close(at, "job", despite=despite)).then_refused(NotOpenYet, missing="reduce#2.concluded")
    closed = story.tell(close(at, "job", despite=(*despite, "reduce#2.concluded")))
    assert list(closed.pathway.obligations) == ["reduce#2.reassessed.after.reduce#2.complained"]


def test_each_closing_against_the_citizens_wish_can_be_complained_of() -> None:
    """A pathway that was reopened and closed again: the first letter's time to complain is not the second's."""
    story = together(REDUCIBLE).tell(*against(FIRST, "close"), notify(FIRST + DAY, decision="close"))
    story.tell(ReopenPathway(by=CASEWORKER, at=FIRST + 2 * DAY, reason="nyt"), *against(SECOND, "close"))
    assert [each.number for each in story.every(PathwayClosed)] == [1, 2]
    told = story.tell(notify(SECOND + DAY, decision="close"))
    ends = [each.at for each in coming(told.pathway) if each.what == "complaint"]
    assert ends == [deadline(at, Period("P4W")) for at in (FIRST + DAY, SECOND + DAY)]
    of_the_first = told.tell(complain(SECOND + 2 * DAY, 1, decision="close"))
    changed = of_the_first.tell(reassess(SECOND + WEEK, changed=True).model_copy(update={"decision": "close"}))
    assert not changed.the(ComplaintReassessed).undo, "the first closing was taken back long ago"


def test_a_closing_that_was_taken_back_before_anybody_was_told_is_not_notified() -> None:
    story = together(REDUCIBLE).tell(*against(FIRST, "close"))
    assert "close.notified.after.close.adverse" in story.pathway.obligations
    reopened = story.tell(ReopenPathway(by=CASEWORKER, at=FIRST + DAY, reason="fortrudt"))
    assert "close.notified.after.close.adverse" not in reopened.pathway.obligations
    reopened.when(notify(FIRST + 2 * DAY, decision="close")).then_refused(NothingToNotify)


def test_whoever_complains_before_the_letter_came_is_told_all_the_same() -> None:
    story = together(REDUCIBLE).tell(*against(FIRST), complain(FIRST + DAY))
    told = story.when(notify(FIRST + 2 * DAY)).then_kinds("decision_notified", "obligation_met")
    assert told.pathway.recourses["reduce"].stage == "complained"


def test_what_was_decided_is_gone_on_with_under_a_version_that_has_no_such_decision() -> None:
    story = notified_twice().tell(*against(SECOND + 2 * DAY), complain(SECOND + 3 * DAY, 1))
    move = MovePathway(by=CASEWORKER, at=SECOND + 4 * DAY, version=4, reason="ny ordning")
    moved = story.tell(move, target=OTHERWISE)
    owed = {"reduce.reassessed.after.reduce.complained", "reduce#3.notified.after.reduce#3.adverse"}
    assert owed <= set(moved.pathway.obligations)
    offered = {(each.command, each.number) for each in options(moved.binding, moved.pathway) if not each.closed_by}
    assert {("reassess_complaint", 1), ("notify_decision", 3)} <= offered
    moved.tell(notify(SECOND + 5 * DAY), reassess(SECOND + WEEK))
    assert moved.the(DecisionNotified).number == 3


def test_nobody_is_heard_anew_about_a_decision_that_the_version_does_not_have() -> None:
    """What led to a way onward, and the hearing itself, looked the decision up where it was not."""
    after = SECOND + 3 * DAY
    moved = notified_twice().tell(
        MovePathway(by=CASEWORKER, at=SECOND + 2 * DAY, version=4, reason="ny version"), target=OTHERWISE
    )
    for begun in (hearing(after, decision="reduce"), *against(after)[:1]):
        moved.when(begun).then_invalid("decision", "unknown_code")
    listed = {option.command for option in options(moved.binding, moved.pathway) if option.step == "reduce"}
    assert listed == {"notify_decision", "receive_complaint", *(each.kind for each in AT_STAGE)}
    assert list(acts(moved.binding, moved.pathway, after))


def test_a_hearing_is_ended_under_a_version_that_has_no_such_decision() -> None:
    asked = hearing(FIRST, decision="reduce"), answer(FIRST + DAY, decision="reduce")
    moved = together(REDUCIBLE).tell(*asked)
    move = MovePathway(by=CASEWORKER, at=SECOND, version=4, reason="ny ordning")
    moved.tell(move, target=OTHERWISE).tell(assess(SECOND + DAY, decision="reduce", drop=True))
    assert moved.pathway.hearings == {}


def test_a_notified_decision_can_be_complained_of_though_it_was_erased() -> None:
    story = together(REDUCIBLE).tell(*against(FIRST), notify(FIRST + DAY))
    erase = EraseFact(by=RECORDS, at=FIRST + 2 * DAY, erases=story.version(DecisionMade), decision="2026-17")
    erased = story.tell(erase)
    assert [each.what for each in coming(erased.pathway) if each.what == "complaint"] == ["complaint"]
    complained = erased.tell(complain(FIRST + 3 * DAY), *against(SECOND))
    assert complained.the(DecisionMade).number == 2
    assert "reduce.reassessed.after.reduce.complained" in complained.pathway.obligations


def test_what_was_erased_of_the_only_decision_is_neither_told_twice_nor_forgotten() -> None:
    """The header says that the citizen was told, or complained; the time to complain has no end that anybody knows."""
    story = together(REDUCIBLE).tell(*against(FIRST), notify(FIRST + DAY))
    letter = EraseFact(by=RECORDS, at=FIRST + 2 * DAY, erases=story.version(DecisionNotified), decision="2026-17")
    untold = story.tell(letter)
    untold.when(notify(FIRST + 3 * DAY)).then_refused(NothingToNotify)
    complained = untold.tell(complain(SECOND + 8 * WEEK))
    assert complained.the(ComplaintReceived).in_time
    words = EraseFact(by=RECORDS, at=SECOND + 9 * WEEK, erases=story.version(ComplaintReceived), decision="2026-18")
    assert "reduce.reassessed.after.reduce.complained" in complained.tell(words).pathway.obligations


def test_a_notification_that_was_erased_is_not_taken_for_that_of_a_closing_that_nobody_was_told_of() -> None:
    taken_back = ReopenPathway(by=CASEWORKER, at=FIRST + DAY, reason="for tidligt")
    story = together(REDUCIBLE).tell(*against(FIRST, "close"), taken_back, *against(FIRST + 2 * DAY))
    story.tell(notify(FIRST + 3 * DAY))
    erase = EraseFact(by=RECORDS, at=FIRST + 4 * DAY, erases=story.version(DecisionNotified), decision="2026-1")
    story.tell(erase)
    assert about_it(story) == []
    story.when(notify(FIRST + 5 * DAY)).then_refused(NothingToNotify)


@pytest.mark.parametrize("letting_go", [ExcuseObligation, DeclareNotRequired])
def test_only_those_who_decide_let_go_of_what_the_law_owes_the_citizen(letting_go: type[ExcuseObligation]) -> None:
    story = together(REDUCIBLE).tell(*against(FIRST), *against(SECOND))
    owed = {"obligation": "reduce#2.notified", "reason": "borgeren er død"}
    story.when(letting_go(by=CONTACT, at=SECOND + DAY, **owed)).then_refused(RoleMayNot)
    story.tell(letting_go(by=CASEWORKER, at=SECOND + DAY, **owed))
    assert about_it(story) == ["reduce.notified.after.reduce.adverse"]

"""Refusing a referral is a decision to the citizen's detriment where the programme says so, and is heard about."""

from typing import Any

import pytest

from domain.calendar import deadline
from domain.pathway.commands.course import EraseFact, MakeDecision, MovePathway, ReopenPathway
from domain.pathway.commands.proceedings import AssessHearing, ExemptHearing, SendHearing
from domain.pathway.commands.referrals import RefuseReferral, ReturnReferral, WithdrawReferral
from domain.pathway.due import coming
from domain.pathway.facts.course import PathwayReopened
from domain.pathway.facts.proceedings import ComplaintReassessed, DecisionNotified
from domain.pathway.facts.referrals import ReferralRefused
from domain.pathway.follow_ups import follow_ups
from domain.pathway.options import options
from domain.pathway.state import Stage
from domain.period import Period
from domain.refusal import HeardAgainst, HearingNeeded, NotClosed, NotReferred
from programmes.loader import Unpublishable
from tests.domain.beginnings import HOUR
from tests.domain.test_complaining_of_each import complain, notify, reassess
from tests.support.altering import altered
from tests.support.asking import accept, refer
from tests.support.cast import CASEWORKER, DAY, MONDAY, RECORDS, WEEK, WIDENED
from tests.support.spec import Story, given

REFUSING = """decisions:
  refuse:
    title: {da: Afslag på at deltage, en: Refusal of a place}
    by: [caseworker]
    character: adverse
    reason: legal_basis
"""
BY_RIGHT = altered("sundere-sammen@3", ("decisions:\n", REFUSING))
"""A programme that citizens apply for: refusing them is a decision to their detriment."""
TUESDAY = MONDAY + DAY


def refuse(at: Any = TUESDAY + HOUR, **others: Any) -> RefuseReferral:  # noqa: ANN401 - fields
    return RefuseReferral(
        by=CASEWORKER, at=at, **{"reason": "ingen målgruppe", "legal_basis": "LAB § 6", "judgement": "vejet", **others}
    )


def referred() -> Story:
    return given(BY_RIGHT, refer(MONDAY))


def exempt(at: Any = TUESDAY) -> ExemptHearing:  # noqa: ANN401 - an instant
    return ExemptHearing(by=CASEWORKER, at=at, decision="refuse", reason="har selv oplyst det")


def refused() -> Story:
    return referred().tell(exempt(), refuse())


def test_nobody_is_refused_unheard_what_they_applied_for() -> None:
    referred().when(refuse()).then_refused(HearingNeeded, missing="refuse.hearing_sent")
    hearing = SendHearing(by=CASEWORKER, at=TUESDAY, decision="refuse", reason="ingen målgruppe")
    sent = referred().tell(hearing)
    sent.when(refuse()).then_refused(HearingNeeded, missing="refuse.hearing_answered")
    weighed = sent.settle(MONDAY + 4 * WEEK)
    assess = AssessHearing(by=CASEWORKER, at=MONDAY + 4 * WEEK, decision="refuse", note="ændrer intet")
    assert weighed.tell(assess).when(refuse(MONDAY + 4 * WEEK + HOUR)).the(ReferralRefused).adverse


def test_a_refusal_is_notified_with_how_to_complain_though_the_pathway_has_ended() -> None:
    story = refused()
    fact = story.the(ReferralRefused)
    assert (fact.adverse, fact.number, fact.legal_basis) == (True, 1, "LAB § 6")
    assert follow_ups(BY_RIGHT, fact) == (), "the notification says it"
    assert list(story.pathway.obligations) == ["refuse.notified.after.refuse.adverse"]
    told = story.tell(notify(TUESDAY + DAY, decision="refuse"))
    assert told.the(DecisionNotified).reason == "ingen målgruppe"
    until = deadline(TUESDAY + DAY, Period("P4W"))
    assert [(each.what, each.at) for each in coming(told.pathway)] == [("complaint", until)]


def test_whoever_complains_with_success_has_the_referral_answered_anew() -> None:
    said = [notify(TUESDAY + DAY, decision="refuse"), complain(TUESDAY + WEEK, decision="refuse")]
    right = reassess(TUESDAY + 2 * WEEK, changed=True).model_copy(update={"decision": "refuse"})
    story = refused().tell(*said, right)
    assert story.the(ComplaintReassessed).undo
    assert list(story.pathway.obligations) == ["reopened.after.refuse.to_undo"]
    opened = {each.command for each in options(story.binding, story.pathway) if each.closed_by is None}
    assert "reopen_pathway" in opened
    reopen = ReopenPathway(by=CASEWORKER, at=TUESDAY + 3 * WEEK, reason="medhold i klagen")
    again = story.when(reopen).then_kinds("pathway_reopened", "obligation_met", "obligation_created")
    assert again.the(PathwayReopened).phase is None
    assert [each.name for each in again.pathway.obligations.values()] == ["referral_answered"]
    again.when(refuse(TUESDAY + 4 * WEEK)).then_refused(HearingNeeded)
    taken_in = again.tell(accept(TUESDAY + 4 * WEEK, judgement="kan være med"))
    assert taken_in.pathway.stage == "underway"


def test_a_referral_that_is_refused_again_can_be_complained_of_again() -> None:
    story = refused().tell(notify(TUESDAY + DAY, decision="refuse"))
    story.tell(ReopenPathway(by=CASEWORKER, at=TUESDAY + WEEK, reason="nye oplysninger"))
    story.tell(exempt(TUESDAY + 2 * WEEK), refuse(TUESDAY + 2 * WEEK + HOUR))
    assert story.the(ReferralRefused).number == 2
    assert {each.about for each in coming(story.pathway) if each.what == "complaint"} == {"refuse"}
    assert "refuse#2.notified.after.refuse#2.adverse" in story.pathway.obligations


def test_a_refusal_that_is_no_decision_stays_the_last_word() -> None:
    plain = given(WIDENED, refer(MONDAY), refuse(legal_basis=None))
    assert not plain.the(ReferralRefused).adverse
    assert [each.name for each in follow_ups(WIDENED, plain.the(ReferralRefused))] == ["referral_refused"]
    plain.when(ReopenPathway(by=CASEWORKER, at=TUESDAY + WEEK, reason="nyt")).then_refused(NotClosed)


def test_whoever_was_heard_about_a_refusal_is_not_sent_away_by_taking_the_referral_back() -> None:
    withdraw = WithdrawReferral(by=CASEWORKER, at=TUESDAY + HOUR, reason="alligevel ikke")
    referred().tell(exempt()).when(withdraw).then_refused(HeardAgainst, decision="refuse")
    assert referred().tell(withdraw).pathway.stage == "withdrawn"


def test_whoever_was_heard_about_a_refusal_is_not_refused_unheard_under_a_version_that_knows_of_none() -> None:
    to = MovePathway(by=CASEWORKER, at=TUESDAY + HOUR, version=4, reason="ny version")
    moved = referred().tell(exempt()).tell(to, target=altered("sundere-sammen@3", ("version: 3", "version: 4")))
    at = TUESDAY + 2 * HOUR
    for against_wish in (False, True):
        moved.when(refuse(at, against_wish=against_wish)).then_refused(HeardAgainst)
    [refusing] = [each for each in options(moved.binding, moved.pathway) if each.command == "refuse_referral"]
    assert isinstance(refusing.closed_by, HeardAgainst)
    drop = AssessHearing(by=CASEWORKER, at=at, decision="refuse", note="borgeren er enig", drop=True)
    assert moved.tell(drop, refuse(at + HOUR)).pathway.stage is Stage.REFUSED


def test_a_hearing_about_a_refusal_ends_when_the_citizen_is_taken_in_or_more_is_asked_for() -> None:
    taken_in = referred().tell(exempt(), accept(TUESDAY + HOUR, judgement="kan være med"))
    assert taken_in.pathway.hearings == {}
    taken_in.when(exempt(TUESDAY + DAY)).then_refused(NotReferred)
    back = referred().tell(exempt(), ReturnReferral(by=CASEWORKER, at=TUESDAY + HOUR, reason="mangler status"))
    assert back.pathway.hearings == {}, "what is added may be what the citizen has not been heard about"


def test_a_refusal_that_was_erased_is_notified_all_the_same() -> None:
    """The header says that the referral was refused, and the hearing that it was against the citizen."""
    story = refused()
    erase = EraseFact(by=RECORDS, at=TUESDAY + DAY, erases=story.version(ReferralRefused), decision="2026-17")
    erased = story.tell(erase)
    assert list(erased.pathway.obligations) == ["refuse.notified.after.refuse.adverse"]
    erased.when(notify(TUESDAY + 2 * DAY, decision="refuse")).then_kinds("decision_notified", "obligation_met")


def test_a_referral_is_refused_by_its_own_command_only() -> None:
    made = MakeDecision(by=CASEWORKER, at=TUESDAY, decision="refuse", legal_basis="LAB § 6")
    referred().when(made).then_invalid("decision", "unknown_code")


@pytest.mark.parametrize("more", ["outcomes: [other_effort]", "second: {by: [caseworker]}"])
def test_a_refusal_takes_neither_outcomes_nor_other_eyes(more: str) -> None:
    with pytest.raises(Unpublishable, match="refusing_is_plain"):
        altered("sundere-sammen@3", ("decisions:\n", f"{REFUSING}    {more}\n"))

"""Hearing and complaint: nobody is decided against unheard, and whoever is, is told how to complain."""

from datetime import datetime
from typing import Any

import pytest

from domain.actor import Role
from domain.calendar import deadline
from domain.pathway.commands.course import ClosePathway, MakeDecision, PausePathway, ReopenPathway
from domain.pathway.commands.proceedings import (
    AnswerHearing,
    AssessHearing,
    ConcludeComplaint,
    ExemptHearing,
    ExtendHearing,
    ForwardComplaint,
    NotifyDecision,
    ReassessComplaint,
    ReceiveComplaint,
    SendHearing,
)
from domain.pathway.decide import pathway_decider
from domain.pathway.due import next_due
from domain.pathway.facts.course import PathwayClosed
from domain.pathway.facts.proceedings import (
    Channel,
    ComplaintExpired,
    ComplaintReassessed,
    ComplaintReceived,
    DecisionNotified,
    HearingExpired,
    HearingSent,
    Ruling,
)
from domain.pathway.follow_ups import follow_ups
from domain.pathway.options import options
from domain.period import Period
from domain.refusal import (
    HearingNeeded,
    HearingOpen,
    HearingRuns,
    NoComplaint,
    NoHearing,
    NothingToComplainOf,
    NothingToNotify,
    NotOpenYet,
    RoleMayNot,
)
from tests.domain.beginnings import HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import close
from tests.support.cast import CASEWORKER, CITIZEN, CONTACT, DAY, MONDAY, SICK, WEEK, WIDENED
from tests.support.deciding import REDUCE, WITH_EYES
from tests.support.spec import Story, passing

TUESDAY = MONDAY + DAY
ANSWERED = TUESDAY + 3 * DAY
DUE = deadline(TUESDAY, Period("P2W"))
DECIDED = DUE + DAY
WISH = "own_wish"


def hearing(at: datetime = TUESDAY, **others: Any) -> SendHearing:  # noqa: ANN401 - fields
    return SendHearing(
        at=at, **{"by": CASEWORKER, "decision": "close", "outcome": WISH, "reason": "udebliver", **others}
    )


def answer(at: datetime = ANSWERED, **others: Any) -> AnswerHearing:  # noqa: ANN401 - fields
    return AnswerHearing(at=at, **{"by": CONTACT, "decision": "close", "answer": "vil gerne blive", **others})


def assess(at: datetime, **others: Any) -> AssessHearing:  # noqa: ANN401 - fields
    return AssessHearing(at=at, **{"by": CASEWORKER, "decision": "close", "note": "ændrer intet", **others})


def against(at: datetime, **others: Any) -> ClosePathway:  # noqa: ANN401 - fields
    return close(at, **{"outcome": WISH, "against_wish": True, **others})


def notify(at: datetime, **others: Any) -> NotifyDecision:  # noqa: ANN401 - fields
    return NotifyDecision(at=at, **{"by": CASEWORKER, "decision": "close", "channel": Channel.LETTER, **others})


def complain(at: datetime, **others: Any) -> ReceiveComplaint:  # noqa: ANN401 - fields
    return ReceiveComplaint(at=at, **{"by": CONTACT, "decision": "close", "note": "uenig", **others})


def reassess(at: datetime, *, changed: bool = False) -> ReassessComplaint:
    return ReassessComplaint(by=CASEWORKER, at=at, decision="close", changed=changed, reason="set på igen")


def conclude(at: datetime, ruling: Ruling) -> ConcludeComplaint:
    return ConcludeComplaint(by=CASEWORKER, at=at, decision="close", ruling=ruling)


def heard() -> Story:
    return on_sick_leave().tell(hearing(), answer(), assess(ANSWERED + DAY))


def notified() -> Story:
    return heard().tell(against(DECIDED), notify(DECIDED + DAY))


def complained() -> Story:
    return notified().tell(complain(DECIDED + WEEK))


def test_nobody_is_closed_against_their_wish_unheard() -> None:
    """DOMAIN 7, invariant 2."""
    on_sick_leave().when(against(TUESDAY)).then_refused(HearingNeeded, missing="close.hearing_sent")
    sent = on_sick_leave().tell(hearing())
    sent.when(against(ANSWERED)).then_refused(HearingNeeded, missing="close.hearing_answered")
    answered = sent.tell(answer())
    answered.when(against(ANSWERED + HOUR)).then_refused(HearingNeeded, missing="close.hearing_assessed")
    despite = against(ANSWERED + HOUR, despite=("close.heard",))
    answered.when(despite).then_refused(HearingNeeded)
    closed = heard().tell(against(DECIDED)).the(PathwayClosed)
    assert (closed.against_wish, closed.adverse) == (True, True)


def test_the_citizen_is_told_what_is_intended_and_until_when_to_answer() -> None:
    story = (
        on_sick_leave()
        .when(hearing())
        .then(HearingSent(at=TUESDAY, decision="close", outcome=WISH, reason="udebliver", due=DUE))
    )
    assert [each.name for each in follow_ups(SICK, story.the(HearingSent))] == ["hearing_sent"]
    story.when(hearing(ANSWERED)).then_refused(HearingRuns, decision="close")
    on_sick_leave().when(hearing(outcome="famous")).then_invalid("outcome", "unknown_code")
    on_sick_leave().when(hearing(until=TUESDAY)).then_invalid("until", "not_later")
    on_sick_leave().when(hearing(by=CONTACT)).then_refused(RoleMayNot)


def test_an_answer_or_the_end_of_the_time_calls_for_an_assessment() -> None:
    story = on_sick_leave().tell(hearing())
    story.when(assess(ANSWERED)).then_refused(HearingOpen, decision="close")
    answered = story.when(answer()).then_kinds("hearing_answered", "obligation_created")
    owed = answered.pathway.obligations["close.hearing_assessed.after.close.hearing_answered"]
    assert owed.owner is Role.CASEWORKER
    answered.when(assess(ANSWERED + DAY)).then_kinds("hearing_assessed", "obligation_met")
    expired = on_sick_leave().tell(hearing()).settle(DUE)
    assert expired.the(HearingExpired).why.rule == "close.hearing"
    assert expired.the(HearingExpired).why.inputs == {"due": str(DUE)}
    assert expired.tell(assess(DECIDED), against(DECIDED)).pathway.stage == "closed"


def test_a_late_answer_is_heard_as_well() -> None:
    story = on_sick_leave().tell(hearing()).settle(DUE)
    assert story.tell(answer(DECIDED), assess(DECIDED)).pathway.hearings["close"].stage == "closed"


def test_more_time_moves_the_end_of_the_time() -> None:
    extend = ExtendHearing(by=CASEWORKER, at=ANSWERED, decision="close", until=DUE + WEEK, reason="på ferie")
    story = on_sick_leave().tell(hearing()).when(extend).then_kinds("hearing_extended")
    assert "hearing_expired" not in story.settle(DUE).kinds
    assert "hearing_expired" in story.settle(DUE + WEEK).kinds
    on_sick_leave().when(extend).then_refused(NoHearing)
    shorter = extend.model_copy(update={"until": ANSWERED + HOUR})
    on_sick_leave().tell(hearing()).when(shorter).then_invalid("until", "not_longer")


def test_a_pause_does_not_stop_the_citizens_time_to_answer() -> None:
    story = on_sick_leave().tell(hearing(), PausePathway(by=CASEWORKER, at=ANSWERED, reason="syg"))
    assert "hearing_expired" in story.settle(DUE).kinds


def test_what_is_not_intended_any_more_is_dropped_and_needs_a_new_hearing() -> None:
    story = on_sick_leave().tell(hearing(), assess(ANSWERED, drop=True))
    assert story.pathway.hearings == {}
    story.when(against(ANSWERED + HOUR)).then_refused(HearingNeeded)
    assert story.tell(hearing(ANSWERED + DAY)).pathway.hearings


def test_the_reason_why_no_hearing_is_called_for_is_recorded_instead() -> None:
    exempt = ExemptHearing(by=CASEWORKER, at=TUESDAY, decision="close", reason="har selv oplyst det")
    story = on_sick_leave().when(exempt).then_kinds("hearing_exempted")
    assert story.tell(against(ANSWERED)).pathway.stage == "closed"
    on_sick_leave().tell(hearing()).when(exempt.model_copy(update={"at": ANSWERED})).then_refused(HearingRuns)


def test_an_open_hearing_holds_the_closing_up_until_it_is_set_aside_with_a_reason() -> None:
    """DOMAIN 7, invariant 3."""
    reducible = altered("sundere-sammen@3", ("decisions:\n", REDUCE))
    story = together(reducible).tell(hearing(decision="reduce"))
    story.when(close(ANSWERED, WISH)).then_refused(NotOpenYet, step="close", missing="reduce.heard")
    closed = story.tell(close(ANSWERED, WISH, despite=("reduce.heard",)))
    assert (closed.pathway.stage, closed.pathway.hearings, closed.pathway.recourses) == ("closed", {}, {})
    assert next_due(closed.pathway) is None


def test_what_only_the_contact_person_may_close_is_set_aside_by_the_authority_alone() -> None:
    lenient = altered("sundere-sammen@3", ("    character: adverse_if_against_wish", "    character: favourable"))
    by_contact = lenient.model_copy(
        update={"decisions": {"close": lenient.decisions["close"].model_copy(update={"by": (Role.CONTACT_PERSON,)})}}
    )
    story = together(by_contact)
    story.when(close(TUESDAY, "job", by=CONTACT, despite=("training",))).then_refused(RoleMayNot)
    assert story.tell(close(TUESDAY, "job", by=CONTACT)).pathway.stage == "closed"


def test_a_decision_to_the_citizens_detriment_is_notified_with_how_to_complain() -> None:
    decided = heard().when(against(DECIDED))
    assert "obligation_created" in [fact.kind for fact in decided.facts]
    story = heard().tell(against(DECIDED))
    assert [each.name for each in follow_ups(SICK, story.the(PathwayClosed))] == []
    assert "close.notified.after.close.adverse" in story.pathway.obligations
    told = story.when(notify(DECIDED + DAY)).then_kinds("decision_notified", "obligation_met")
    fact = told.the(DecisionNotified)
    until = deadline(DECIDED + DAY, Period("P4W"))
    assert (fact.reason, fact.outcome, fact.complaint_until) == ("målet er nået", WISH, until)
    assert [each.name for each in follow_ups(SICK, fact)] == ["decision_notified"]
    on_sick_leave().when(notify(TUESDAY)).then_refused(NothingToNotify)


def test_what_was_notified_elsewhere_brings_no_letter_from_here() -> None:
    story = heard().tell(against(DECIDED), notify(DECIDED + DAY, channel=Channel.DIGITAL_POST))
    assert follow_ups(SICK, story.the(DecisionNotified)) == ()


def test_nobody_is_written_to_about_a_decision_on_somebody_who_moved_away() -> None:
    """DOMAIN 7, invariant 10."""
    about_it = on_sick_leave().tell(hearing(outcome="moved"), answer(), assess(ANSWERED + DAY))
    story = about_it.tell(close(DECIDED, "moved", against_wish=True), notify(DECIDED + DAY))
    assert not story.the(DecisionNotified).by_letter


def test_the_time_to_complain_runs_out_though_the_pathway_is_closed() -> None:
    story = notified()
    until = story.the(DecisionNotified).complaint_until
    rules = pathway_decider(story.binding)
    assert (next_due(story.pathway), rules.is_over(story.pathway)) == (until, False)
    expired = story.when(passing(until)).then_kinds("complaint_expired")
    assert expired.the(ComplaintExpired).why.rule == "close.complaint"
    assert (next_due(expired.pathway), rules.is_over(expired.pathway)) == (None, True)


def test_a_complaint_is_in_time_when_it_was_received_in_time_however_late_it_is_registered() -> None:
    until = notified().the(DecisionNotified).complaint_until
    late = notified().tell(complain(until + DAY)).the(ComplaintReceived)
    told_late = notified().tell(complain(until + DAY, happened=until - HOUR)).the(ComplaintReceived)
    assert (late.in_time, told_late.in_time) == (False, True)
    on_sick_leave().when(complain(TUESDAY)).then_refused(NothingToComplainOf)
    complained().when(complain(DECIDED + 2 * WEEK)).then_refused(NothingToComplainOf)


def test_the_municipality_looks_again_within_four_weeks() -> None:
    story = complained()
    owed = story.pathway.obligations["close.reassessed.after.close.complained"]
    assert owed.due == deadline(DECIDED + WEEK, Period("P4W"))
    assert "obligation_overdue" in complained().settle(owed.due).kinds
    story.when(ForwardComplaint(by=CASEWORKER, at=DECIDED + 2 * WEEK, decision="close")).then_refused(NoComplaint)
    upheld = story.when(reassess(DECIDED + 2 * WEEK))
    upheld.then_kinds("complaint_reassessed", "obligation_met", "obligation_created")


def test_whoever_is_right_gets_the_pathway_reopened() -> None:
    story = complained().tell(reassess(DECIDED + 2 * WEEK, changed=True))
    assert story.the(ComplaintReassessed).undo
    assert [each.name for each in story.pathway.obligations.values()] == ["reopened"]
    opened = {each.command for each in options(story.binding, story.pathway) if each.closed_by is None}
    assert "reopen_pathway" in opened
    reopen = ReopenPathway(by=CASEWORKER, at=DECIDED + 3 * WEEK, reason="medhold i klagen")
    reopened = story.tell(reopen)
    assert "reopened" not in {each.name for each in reopened.pathway.obligations.values()}
    assert reopened.pathway.stage == "underway"


@pytest.mark.parametrize("ruling", Ruling)
def test_the_board_of_appeal_has_the_last_word(ruling: Ruling) -> None:
    at = DECIDED + 3 * WEEK
    story = complained().tell(
        reassess(DECIDED + 2 * WEEK), ForwardComplaint(by=CASEWORKER, at=at, decision="close"), conclude(at, ruling)
    )
    to_undo = ruling in {Ruling.CHANGED, Ruling.REMANDED}
    assert [each.name for each in story.pathway.obligations.values()] == (["reopened"] if to_undo else [])


def test_what_was_reopened_meanwhile_is_not_to_be_undone_again() -> None:
    story = complained().tell(ReopenPathway(by=CASEWORKER, at=DECIDED + 2 * WEEK, reason="nyt"))
    at = DECIDED + 2 * WEEK + DAY
    story.when(close(at)).then_refused(NotOpenYet, missing="close.concluded")
    assert not story.tell(reassess(at, changed=True)).the(ComplaintReassessed).undo
    assert story.tell(close(at + DAY)).pathway.obligations == {}


def test_another_decision_to_the_citizens_detriment_is_heard_and_complained_of_in_the_same_way() -> None:
    reduce = MakeDecision(
        by=CASEWORKER, at=DECIDED, decision="reduce", outcome="other_effort", legal_basis="LAB § 22", against_wish=True
    )
    story = together(WITH_EYES)
    story.when(reduce).then_refused(HearingNeeded, decision="reduce")
    story.tell(
        hearing(decision="reduce", outcome="other_effort"),
        answer(decision="reduce"),
        assess(ANSWERED + DAY, decision="reduce"),
        reduce,
        notify(DECIDED, decision="reduce"),
        complain(DECIDED + DAY, decision="reduce"),
        ReassessComplaint(by=CASEWORKER, at=DECIDED + WEEK, decision="reduce", changed=True, reason="nyt"),
    )
    assert "reduce.after.reduce.to_undo" in story.pathway.obligations
    story.when(reduce.model_copy(update={"at": DECIDED + 2 * WEEK})).then_refused(HearingNeeded)


def test_only_what_can_be_to_the_citizens_detriment_is_heard_about() -> None:
    together(WITH_EYES).when(hearing(decision="exempt", outcome=None)).then_invalid("decision", "unknown_code")


def test_the_citizen_may_answer_and_complain() -> None:
    story = on_sick_leave().tell(hearing(), answer(by=CITIZEN))
    story.tell(assess(ANSWERED + DAY), against(DECIDED), complain(DECIDED + DAY, by=CITIZEN))
    assert story.kinds.count("complaint_received") == 1


def test_a_programme_sets_its_own_deadlines() -> None:
    quick = altered("sundere-sammen@3", ("answer_within: P2W", "answer_within: P10D"))
    story = together(quick).tell(hearing())
    assert story.the(HearingSent).due == deadline(TUESDAY, Period("P10D"))
    assert WIDENED.hearing.complaint_within == "P4W"


def test_what_is_told_afterwards_cannot_have_happened_before_what_called_for_it() -> None:
    """Otherwise the citizen's four weeks could have begun, and be over, before anything was decided."""
    sent = on_sick_leave().tell(hearing())
    sent.when(answer(happened=MONDAY + 3 * HOUR)).then_invalid("happened", "before_its_cause")
    noon = DECIDED + 12 * HOUR
    decided = heard().tell(against(noon))
    decided.when(notify(noon + DAY, happened=noon - DAY)).then_invalid("happened", "before_its_cause")
    told = decided.when(notify(noon + DAY, happened=noon - HOUR)).the(DecisionNotified)
    assert told.complaint_until == deadline(DECIDED, Period("P4W")), "the hour is known about, the day is known"
    early = complain(DECIDED + WEEK, happened=DECIDED - DAY)
    notified().when(early).then_invalid("happened", "before_its_cause")


def test_no_ruling_comes_before_the_board_has_the_complaint() -> None:
    forwarded = complained().tell(
        reassess(DECIDED + 2 * WEEK), ForwardComplaint(by=CASEWORKER, at=DECIDED + 3 * WEEK, decision="close")
    )
    early = conclude(DECIDED + 5 * WEEK, Ruling.UPHELD).model_copy(update={"happened": DECIDED + 2 * WEEK})
    forwarded.when(early).then_invalid("happened", "before_its_cause")

"""What the citizen was heard about is decided against them or withdrawn, and they had time to answer."""

from datetime import timedelta

from domain.calendar import deadline, last_day
from domain.pathway.commands.course import MakeDecision
from domain.pathway.commands.decisions import ConfirmDecision
from domain.pathway.commands.proceedings import ExemptHearing
from domain.pathway.facts.course import PathwayClosed
from domain.pathway.facts.proceedings import HearingSent
from domain.pathway.options import options
from domain.period import Period
from domain.refusal import HeardAgainst, HearingNeeded, HearingTooShort, NoHearing
from tests.domain.beginnings import HOUR, on_sick_leave, together
from tests.domain.test_hearing_and_complaining import ANSWERED, DECIDED, TUESDAY, WISH, against, answer, assess, hearing
from tests.support.altering import altered
from tests.support.asking import close
from tests.support.cast import CASEWORKER, DAY, OTHER_CASEWORKER, WEEK
from tests.support.deciding import WITH_EYES
from tests.support.spec import Story
from texts.catalogue import Wording


def heard() -> Story:
    return on_sick_leave().tell(hearing(), answer(), assess(ANSWERED + DAY))


def test_whoever_was_heard_is_not_closed_as_if_they_had_agreed() -> None:
    """However far the hearing has come, and whatever is set aside: otherwise nobody would tell them how to complain."""
    sent = on_sick_leave().tell(hearing())
    sent.when(close(ANSWERED, WISH)).then_refused(HeardAgainst, decision="close", stage="sent")
    sent.when(close(ANSWERED, WISH, despite=("close.heard",))).then_refused(HeardAgainst)
    heard().when(close(DECIDED, WISH)).then_refused(HeardAgainst, stage="closed")
    exempt = ExemptHearing(by=CASEWORKER, at=TUESDAY, decision="close", reason="har selv oplyst det")
    on_sick_leave().tell(exempt).when(close(ANSWERED, WISH)).then_refused(HeardAgainst)


def test_whoever_has_come_to_agree_is_closed_after_the_hearing_was_withdrawn_with_a_note() -> None:
    withdrawn = heard().tell(assess(DECIDED, drop=True, note="borgeren er blevet enig"))
    assert not withdrawn.tell(close(DECIDED + HOUR, WISH)).the(PathwayClosed).adverse
    assert heard().tell(against(DECIDED)).the(PathwayClosed).adverse


def test_another_decision_that_was_heard_about_is_carried_to_its_end_as_well() -> None:
    leave = MakeDecision(by=CASEWORKER, at=DECIDED, decision="leave")
    story = together(WITH_EYES).tell(hearing(decision="leave", outcome=None))
    story.when(leave).then_refused(HeardAgainst, decision="leave")
    assert together(WITH_EYES).tell(leave).history[-1].kind == "decision_made"


def test_what_was_prepared_before_the_hearing_is_not_confirmed_as_if_there_had_been_none() -> None:
    prepared = together(WITH_EYES).tell(close(TUESDAY, WISH), hearing(TUESDAY + HOUR))
    confirm = ConfirmDecision(by=OTHER_CASEWORKER, at=TUESDAY + DAY, decision="close")
    prepared.when(confirm).then_refused(HeardAgainst, decision="close")


def test_what_the_citizen_says_before_it_is_decided_is_weighed_though_the_answer_had_been() -> None:
    late = (
        heard().when(answer(DECIDED, answer="har fundet en plads")).then_kinds("hearing_answered", "obligation_created")
    )
    late.when(against(DECIDED + HOUR)).then_refused(HearingNeeded, missing="close.hearing_assessed")
    assert late.tell(assess(DECIDED + DAY), against(DECIDED + DAY + HOUR)).the(PathwayClosed).adverse
    exempt = ExemptHearing(by=CASEWORKER, at=TUESDAY, decision="close", reason="har selv oplyst det")
    on_sick_leave().tell(exempt).when(answer()).then_refused(NoHearing)


def test_what_is_open_after_a_hearing_is_deciding_against_the_citizen() -> None:
    closing = [each for each in options(on_sick_leave().binding, heard().pathway) if each.command == "close_pathway"]
    assert [each.closed_by for each in closing] == [None]
    sent = on_sick_leave().tell(hearing())
    [waiting] = [each for each in options(sent.binding, sent.pathway) if each.command == "close_pathway"]
    assert waiting.closed_by is not None


def test_the_citizen_has_a_week_to_answer_at_the_least() -> None:
    earliest = deadline(TUESDAY, Period("P1W"))
    short = hearing(until=earliest - DAY - HOUR)
    refusal = on_sick_leave().when(short).then_refused(HearingTooShort, decision="close")
    assert "at the least" in Wording("en", on_sick_leave().programme).say("refusal", refusal.code, **refusal.values)
    assert refusal.values["earliest"] == str(earliest)
    on_the_day = on_sick_leave().tell(hearing(until=earliest - timedelta(hours=8))).the(HearingSent)
    assert last_day(on_the_day.due) == last_day(earliest), "whoever names the day may name an hour of it"


def test_the_law_that_allows_less_time_is_named_and_kept() -> None:
    urgent = hearing(until=TUESDAY + DAY, legal_basis="FVL § 19, stk. 2, nr. 3")
    sent = on_sick_leave().when(urgent).then_kinds("hearing_sent").the(HearingSent)
    assert (sent.due, sent.legal_basis) == (TUESDAY + DAY, "FVL § 19, stk. 2, nr. 3")
    usual = on_sick_leave().tell(hearing(legal_basis="FVL § 19")).the(HearingSent)
    assert usual.legal_basis is None, "it is needed for less time only"


def test_a_programme_says_how_much_time_there_is_at_the_least() -> None:
    longer = altered("sundere-sammen@3", ("answer_within: P2W", "answer_within: P2W, answer_at_least: P3W"))
    story = together(longer)
    story.when(hearing(until=TUESDAY + 2 * WEEK)).then_refused(HearingTooShort)
    assert story.tell(hearing()).the(HearingSent).due == deadline(TUESDAY, Period("P3W"))

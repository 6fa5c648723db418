"""Nobody is decided against unheard by another route: by what was erased, moved, released or entered."""

from datetime import datetime

from domain.pathway.commands.children import EndChild
from domain.pathway.commands.course import EraseFact, MakeDecision
from domain.pathway.facts.children import ChildReleased
from domain.pathway.facts.course import DecisionMade, PathwayClosed
from domain.pathway.facts.proceedings import HearingAssessed
from domain.refusal import HearingNeeded
from tests.domain.beginnings import HOUR, on_sick_leave, together
from tests.domain.test_calling_for_a_child import by_another
from tests.domain.test_hearing_and_complaining import (
    ANSWERED,
    DECIDED,
    TUESDAY,
    WISH,
    against,
    answer,
    assess,
    hearing,
)
from tests.support.asking import accept
from tests.support.broad import call, exists, placeable
from tests.support.cast import CASEWORKER, DAY, MONDAY, RECORDS, TOGETHER
from tests.support.deciding import WITH_EYES
from tests.support.family_ideas import SYSTEM
from tests.support.spec import Story, given


def erase(at: datetime, version: int) -> EraseFact:
    return EraseFact(by=RECORDS, at=at, erases=version, decision="2026-17")


def reduce(at: datetime) -> MakeDecision:
    return MakeDecision(by=CASEWORKER, at=at, decision="reduce", outcome=WISH, legal_basis="§ 1")


def heard_about_hours() -> Story:
    said = [hearing(decision="reduce"), answer(decision="reduce"), assess(ANSWERED + DAY, decision="reduce")]
    return together(WITH_EYES).tell(*said)


def heard_about_closing() -> Story:
    return on_sick_leave().tell(hearing(), answer(), assess(ANSWERED + DAY))


def test_a_hearing_is_not_used_twice_when_the_decision_was_erased() -> None:
    decided = heard_about_hours().tell(reduce(DECIDED))
    decided.when(reduce(DECIDED + DAY)).then_refused(HearingNeeded, missing="reduce.hearing_sent")
    erased = decided.tell(erase(DECIDED + DAY, decided.version(DecisionMade)))
    erased.when(reduce(DECIDED + 2 * DAY)).then_refused(HearingNeeded, missing="reduce.hearing_sent")


def test_a_hearing_that_was_dropped_does_not_come_back_when_that_is_erased() -> None:
    dropped = heard_about_hours().tell(assess(DECIDED, decision="reduce", drop=True))
    erased = dropped.tell(erase(DECIDED + DAY, dropped.version(HearingAssessed)))
    erased.when(reduce(DECIDED + 2 * DAY)).then_refused(HearingNeeded, missing="reduce.hearing_sent")


def test_a_hearing_whose_assessment_was_erased_is_assessed_again() -> None:
    heard = heard_about_hours()
    erased = heard.tell(erase(DECIDED, heard.version(HearingAssessed)))
    erased.when(reduce(DECIDED + DAY)).then_refused(HearingNeeded, missing="reduce.hearing_assessed")
    again = erased.tell(assess(DECIDED + DAY, decision="reduce"), reduce(DECIDED + 2 * DAY))
    assert again.the(DecisionMade).adverse


def test_a_child_is_not_closed_against_the_citizens_wish_because_its_parent_is() -> None:
    """They were heard about the one, not about the other: a task opens, and somebody decides."""
    said = [hearing(at=TUESDAY + HOUR), answer(), assess(ANSWERED + DAY)]
    parent = placeable().tell(call(TUESDAY), exists(TUESDAY), *said, against(DECIDED))
    released = parent.the(ChildReleased)
    assert (released.close, released.against_wish) == (True, True)
    end = EndChild(
        by=SYSTEM, at=DECIDED, decided_by=released.released_by, outcome=released.close_as, reason="udebliver"
    )
    child = given(TOGETHER, by_another(), accept(MONDAY + HOUR, judgement="kan være med"))
    child.when(end.model_copy(update={"against_wish": True})).then_refused(HearingNeeded)
    assert not child.when(end).the(PathwayClosed).adverse


def test_nobody_is_decided_against_otherwise_than_they_were_heard_about() -> None:
    otherwise = heard_about_closing().when(against(DECIDED, outcome="back_in_work"))
    otherwise.then_refused(HearingNeeded, missing="close.hearing_sent")
    about_that = hearing(at=DECIDED + HOUR, outcome="back_in_work")
    again = heard_about_closing().tell(assess(DECIDED, drop=True), about_that, answer(at=DECIDED + DAY))
    again.tell(assess(DECIDED + 2 * DAY), against(DECIDED + 3 * DAY, outcome="back_in_work"))
    assert again.the(PathwayClosed).adverse

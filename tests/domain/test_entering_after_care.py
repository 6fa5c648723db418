"""F41 and X9: after-care is entered by itself, unless the citizen does not want it, and nothing in it is a duty."""

import pytest

from domain.pathway.commands.children import ChooseAftercare
from domain.pathway.commands.course import ReopenPathway
from domain.pathway.facts.children import AftercareChosen, ChildCalled, Choice
from domain.pathway.facts.obligations import ObligationCreated
from domain.pathway.facts.referrals import ReferralAccepted
from domain.pathway.facts.sessions import Attendance, AttendanceRecorded
from domain.refusal import NoAftercare
from tests.domain.beginnings import on_sick_leave
from tests.domain.test_calling_for_a_child import by_another
from tests.support.altering import altered
from tests.support.asking import attend, book, close
from tests.support.broad import AFTERCARE, BROAD, HOURS, PLACEMENT
from tests.support.cast import CASEWORKER, CITIZEN, DAY, MONDAY, SICK, TOGETHER
from tests.support.spec import given

TUESDAY = MONDAY + DAY
DROP_IN = altered(
    "sundere-sammen@2",
    ("contact_person: required", "contact_person: optional"),
    ("citizen.benefit == 'ressourceforloeb'", "citizen.benefit != 'ressourceforloeb'"),
    ("    obligation: per_referral\n", "    obligation: mandatory\n    legal_basis: Loven\n"),
)


def choose(choice: Choice, at: object = TUESDAY) -> ChooseAftercare:
    return ChooseAftercare.model_validate({"by": CITIZEN, "at": at, "choice": choice})


def test_whoever_leaves_with_such_an_outcome_enters_after_care_with_the_reason_why() -> None:
    called = on_sick_leave(BROAD).tell(close(TUESDAY)).the(ChildCalled)
    assert (called.element, called.programme, called.voluntary) == ("aftercare", "sundere-sammen", True)
    assert called.why is not None
    assert (called.why.rule, called.why.inputs) == ("aftercare", {"outcome": "back_in_work"})


def test_whoever_leaves_otherwise_enters_none() -> None:
    assert on_sick_leave(BROAD).tell(close(TUESDAY, "own_wish")).every(ChildCalled) == []
    assert on_sick_leave(SICK).tell(close(TUESDAY)).every(ChildCalled) == []


def test_somebody_who_does_not_want_it_says_so_before_or_at_the_end() -> None:
    declined = (
        on_sick_leave(BROAD)
        .when(choose(Choice.DECLINED))
        .then(AftercareChosen(at=TUESDAY, choice=Choice.DECLINED, note=None))
    )
    assert declined.tell(close(TUESDAY + DAY)).every(ChildCalled) == []
    at_the_end = on_sick_leave(BROAD).tell(close(TUESDAY, no_aftercare=True))
    assert at_the_end.the(AftercareChosen).choice is Choice.DECLINED
    assert at_the_end.every(ChildCalled) == []


def test_a_mind_may_be_changed() -> None:
    story = on_sick_leave(BROAD).tell(choose(Choice.DECLINED), choose(Choice.WANTED, TUESDAY + DAY))
    assert len(story.tell(close(TUESDAY + 2 * DAY)).every(ChildCalled)) == 1


def test_where_there_is_none_nobody_chooses() -> None:
    on_sick_leave(SICK).when(choose(Choice.DECLINED)).then_refused(NoAftercare)


def test_a_pathway_that_was_opened_again_enters_it_once() -> None:
    reopened = ReopenPathway(by=CASEWORKER, at=TUESDAY + DAY, reason="syg igen")
    story = on_sick_leave(BROAD).tell(close(TUESDAY), reopened, close(TUESDAY + 2 * DAY))
    assert len(story.every(ChildCalled)) == 1


def test_it_begins_at_once_where_it_asks_for_nothing() -> None:
    story = given(DROP_IN, by_another(voluntary=True))
    assert story.pathway.stage == "underway"
    assert story.the(ReferralAccepted).accepted_by == "system:follow_up"


def test_it_waits_for_an_answer_where_it_asks_for_a_contact_person_or_a_judgement() -> None:
    assert given(TOGETHER, by_another(voluntary=True)).pathway.stage == "referred"
    judged = by_another(voluntary=True, contraindications=("severe_pain",))
    assert given(DROP_IN, judged).pathway.stage == "referred"


def test_nothing_in_it_is_a_duty_whatever_its_programme_says() -> None:
    story = given(DROP_IN, by_another(voluntary=True))
    story.tell(book(MONDAY, TUESDAY, "training"), attend(TUESDAY + DAY, Attendance.ABSENT))
    assert not story.the(AttendanceRecorded).mandatory
    assert "training.assessed" not in {fact.name for fact in story.every(ObligationCreated)}


@pytest.mark.parametrize(
    ("word", "code"),
    [("[moved]", "aftercare_without_anybody"), ("[no_such]", "unknown_code")],
)
def test_after_care_that_nobody_could_enter_is_not_published(word: str, code: str) -> None:
    words = AFTERCARE[1].replace("[back_in_work, partly_fit]", word)
    with pytest.raises(Exception, match=code):
        altered("sygedagpenge-driftstilbud@2", HOURS, PLACEMENT, (AFTERCARE[0], words))

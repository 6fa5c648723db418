"""Measuring: scores exactly as the instruments say, which decide nothing. Source: DOMAIN 3."""

from datetime import datetime
from typing import Any

import pytest

from domain.actor import Role
from domain.measures import INSTRUMENTS
from domain.pathway.commands.course import CorrectFact, RecordMeasurement
from domain.pathway.commands.obligations import MeetObligation
from domain.pathway.facts.course import MeasurementRecorded
from domain.pathway.facts.obligations import ObligationCreated
from domain.programme.measures import Rater
from domain.refusal import IsOver, RoleMayNot
from tests.domain.beginnings import on_sick_leave
from tests.support.altering import altered
from tests.support.asking import close, refer
from tests.support.cast import CITIZEN, DAY, HEALTH, INSTRUCTOR, MONDAY, SICK, WEEK
from tests.support.spec import given

TUESDAY = MONDAY + DAY
Answers = tuple[int | None, ...]


def measure(at: datetime = TUESDAY, **others: Any) -> RecordMeasurement:  # noqa: ANN401 - fields
    return RecordMeasurement(at=at, **{"by": HEALTH, "instrument": "who5", "answers": (3, 3, 3, 3, 3), **others})


@pytest.mark.parametrize(
    ("answers", "score", "band"),
    [
        ((5, 5, 5, 5, 5), 100, 3),
        ((0, 0, 0, 0, 0), 0, 1),
        ((3, 3, 3, 3, 3), 60, 3),
        ((2, 2, 2, 2, 1), 36, 2),
        ((2, 2, 2, 1, 1), 32, 1),
        ((3, 3, 3, 2, 2), 52, 3),
        ((3, 3, 2, 2, 2), 48, 2),
        ((3, 3, 3, 3, None), None, None),
        ((None,) * 5, None, None),
    ],
)
def test_who5_is_four_times_the_sum_and_incomplete_answers_have_no_score(
    answers: Answers, score: int | None, band: int | None
) -> None:
    found = INSTRUMENTS["who5"].score(answers)
    assert (found.value, found.band) == (score, band)


def test_who5_bands_have_no_gaps() -> None:
    bands = {}
    for total in range(26):
        answers = tuple(min(5, max(0, total - 5 * place)) for place in range(5))
        found = INSTRUMENTS["who5"].score(answers)
        bands[found.value] = found.band
    assert {score for score, band in bands.items() if band == 1} == {*range(0, 33, 4)}
    assert {score for score, band in bands.items() if band == 2} == {36, 40, 44, 48}
    assert {score for score, band in bands.items() if band == 3} == {*range(52, 101, 4)}


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ((3,) * 10, 30),
        ((1, 2, 3, 4, 1, 2, 3, 4, 1, 2), 23),
        ((3, 3, 3, 3, 3, 3, 3, None, None, None), 30.0),
        ((3, 3, 3, 3, 3, 3, None, None, None, None), None),
        ((4, 4, 3, 3, 2, 2, 3, None, None, 3), 30.0),
        ((1,) * 10, 10),
        ((4,) * 10, 40),
        ((4, 4, 4, 3, 3, 3, 3, None, None, None), 34.3),
    ],
)
def test_gse10_is_ten_times_the_mean_of_at_least_seven_answers_and_has_no_bands(
    answers: Answers, score: float | None
) -> None:
    found = INSTRUMENTS["gse10"].score(answers)
    assert (found.value, found.band) == (score, None)


def test_a_measurement_keeps_the_raw_answers_the_score_and_the_rule_that_gave_it() -> None:
    on_sick_leave().when(measure(answers=(2, 2, 2, 2, 1))).then(
        MeasurementRecorded(
            at=TUESDAY,
            instrument="who5",
            rater=Rater.CITIZEN,
            answers=(2, 2, 2, 2, 1),
            score=36,
            band=2,
            scoring="who5/1",
        )
    )


def test_an_answer_left_out_is_legitimate_and_stays_so_in_the_record() -> None:
    fact = on_sick_leave().when(measure(answers=(3, None, 3, 3, 3))).the(MeasurementRecorded)
    assert (fact.answers, fact.score) == ((3, None, 3, 3, 3), None)


def test_a_low_score_asks_health_staff_to_talk_with_the_citizen_and_decides_nothing() -> None:
    story = (
        on_sick_leave().when(measure(answers=(0, 0, 0, 0, 0))).then_kinds("measurement_recorded", "obligation_created")
    )
    task = story.the(ObligationCreated)
    assert (task.name, task.owner, task.why is None) == ("who5.talked", Role.HEALTH_STAFF, False)
    talked = MeetObligation(by=HEALTH, at=TUESDAY + DAY, obligation="who5.talked", note="sover dårligt")
    story.when(talked).then_kinds("event_recorded", "obligation_met")
    quiet = on_sick_leave().tell(measure(answers=(5, 5, 5, 5, 5)))
    assert story.settle(TUESDAY + 20 * WEEK).pathway.phase == quiet.settle(TUESDAY + 20 * WEEK).pathway.phase


@pytest.mark.parametrize(("answers", "called"), [((2, 2, 2, 1, 1), True), ((2, 2, 2, 2, 1), False)])
def test_the_talk_is_called_for_in_the_lowest_band_alone(answers: Answers, called: bool) -> None:  # noqa: FBT001 - a case
    rules = on_sick_leave().tell(measure(answers=answers)).pathway.obligations
    assert ("who5.talked.after.who5.low" in rules) is called


def test_a_score_that_is_corrected_upwards_calls_for_no_talk_any_more() -> None:
    story = on_sick_leave().tell(measure(answers=(0, 0, 0, 0, 0)))
    right = CorrectFact(
        by=HEALTH,
        at=TUESDAY + DAY,
        corrects=story.version(MeasurementRecorded),
        changes={"answers": [5, 5, 5, 5, 5]},
        reason="omvendt skala",
    )
    story.when(right).then_kinds("fact_corrected", "obligation_not_required")


def test_answers_have_the_number_and_the_range_of_the_instrument() -> None:
    short = on_sick_leave().when(measure(answers=(3, 3))).then_invalid("answers", "wrong_number_of_answers")
    assert short.values == {"questions": 5, "given": 2}
    on_sick_leave().when(measure(answers=(3, 3, 3, 3, 6))).then_invalid("answers", "out_of_range")
    zero = measure(instrument="gse10", answers=(0, *(3,) * 9))
    on_sick_leave().when(zero).then_invalid("answers", "out_of_range")


def test_only_instruments_of_the_programme_are_used() -> None:
    on_sick_leave().when(measure(instrument="sf12")).then_invalid("instrument", "unknown_code")
    without = altered("sygedagpenge-driftstilbud@2", ("  gse10: {by: citizen}\n", ""))
    wrong = on_sick_leave(without).when(measure(instrument="gse10", answers=(3,) * 10))
    assert wrong.then_invalid("instrument", "unknown_code").values["known"] == "who5"


def test_the_citizen_may_answer_and_the_instructor_sees_nothing_of_it() -> None:
    on_sick_leave().when(measure(by=CITIZEN)).then_kinds("measurement_recorded")
    on_sick_leave().when(measure(by=INSTRUCTOR)).then_refused(RoleMayNot)


def test_a_baseline_may_be_taken_before_the_beginning_and_nothing_after_the_end() -> None:
    given(SICK, refer()).when(measure()).then_kinds("measurement_recorded")
    on_sick_leave().tell(close(TUESDAY)).when(measure(TUESDAY + DAY)).then_refused(IsOver)


def test_an_answer_registered_late_is_true_when_it_was_given_and_is_told_once() -> None:
    story = on_sick_leave().when(measure(TUESDAY + 3 * DAY, happened=TUESDAY)).then_kinds("measurement_recorded")
    assert story.the(MeasurementRecorded).at == TUESDAY
    later = story.tell(measure(TUESDAY + 4 * DAY))
    later.when(measure(TUESDAY + 5 * DAY, happened=TUESDAY)).then_nothing()


def test_a_measure_that_the_programme_asks_for_is_met_by_answering() -> None:
    asked = altered(
        "sygedagpenge-driftstilbud@2",
        ("relations:\n", "relations:\n  - {after: [enrolled, who5], respond: who5, within: P3M, by: health_staff}\n"),
    )
    on_sick_leave(asked).when(measure()).then_kinds("measurement_recorded", "obligation_met", "obligation_created")

"""Measures in a programme's own words: asked at a rhythm, by two, declined in peace. Source: DOMAIN 3.1, 3.6."""

from datetime import datetime
from typing import Any

import pytest

from domain.actor import Role
from domain.pathway.commands.course import CorrectFact, DeclineMeasurement, RecordMeasurement
from domain.pathway.facts.course import MeasurementDeclined, MeasurementRecorded
from domain.pathway.facts.obligations import ObligationCreated, ObligationMet
from domain.pathway.seeing import may_see
from domain.pathway.state import Measured
from domain.programme.measures import Rater
from domain.refusal import RoleMayNot
from tests.domain.beginnings import ENROLLED, on_sick_leave
from tests.support.altering import altered
from tests.support.cast import CASEWORKER, CITIZEN, CONTACT, DAY, HEALTH, INSTRUCTOR, MONDAY, WEEK
from tests.support.spec import Story
from texts.catalogue import Wording
from texts.sentences import of_event

TUESDAY = MONDAY + DAY
PAIRED = altered(
    "sygedagpenge-driftstilbud@2",
    (
        "  who5: {by: citizen}\n",
        """\
  who5: {by: citizen, every: P3M, owner: health_staff}
  progression:
    kind: indicators
    title: {da: Progression, en: Progression}
    scale: zero_to_ten
    by: [citizen, worker]
    every: P3M
    items:
      belief: {da: Tro på job, en: Belief in a job}
      network: {da: Netværk, en: Network}
  satisfaction:
    kind: indicators
    title: {da: Tilfredshed, en: Satisfaction}
    scale: four_point
    items:
      structure: {da: Struktur, en: Structure}
      content: {da: Indhold, en: Content}
""",
    ),
)


def begun() -> Story:
    return on_sick_leave(PAIRED)


def rate(at: datetime = TUESDAY, **others: Any) -> RecordMeasurement:  # noqa: ANN401 - fields
    usual = {"by": CONTACT, "instrument": "progression", "rater": Rater.WORKER, "answers": (6, 3)}
    return RecordMeasurement(at=at, **{**usual, **others})


def test_both_views_are_asked_for_every_three_months_and_each_is_answered_by_itself() -> None:
    story = begun()
    asked = {fact.name for fact in story.every(ObligationCreated) if "progression" in fact.name}
    assert asked == {"progression.citizen", "progression.worker"}
    story.tell(rate())
    assert story.the(ObligationMet).name == "progression.worker"
    assert "progression.citizen.after.enrolled" in story.pathway.obligations
    again = story.pathway.obligations["progression.worker.after.enrolled"]
    assert again.since == TUESDAY


def test_both_are_kept_as_they_were_answered_and_never_added_up() -> None:
    story = begun().tell(rate(), rate(TUESDAY + DAY, by=CITIZEN, rater=Rater.CITIZEN, answers=(4, None)))
    said = [(fact.rater, fact.answers, fact.score, fact.scoring) for fact in story.every(MeasurementRecorded)]
    assert said == [("worker", (6, 3), None, "zero_to_ten/1"), ("citizen", (4, None), None, "zero_to_ten/1")]
    assert of_event(Wording("en", PAIRED), story.the(MeasurementRecorded)) == (
        "Progression was answered by the citizen: Belief in a job 4, Network -."
    )


def test_the_latest_answers_and_those_before_are_kept_for_people_to_compare_in_true_time() -> None:
    story = begun().tell(rate(TUESDAY + 3 * DAY, answers=(7, 7)), rate(TUESDAY + 4 * DAY, answers=(8, 8)))
    story.tell(rate(TUESDAY + 5 * DAY, answers=(1, 1), happened=TUESDAY + DAY))
    assert story.pathway.measured["progression.worker"] == (
        Measured(TUESDAY + 3 * DAY, (7, 7), None),
        Measured(TUESDAY + 4 * DAY, (8, 8), None),
    )


def test_who_answers_must_be_said_where_both_are_asked_and_only_a_worker_answers_as_one() -> None:
    assert begun().when(rate(rater=None)).then_invalid("rater", "rater_missing").values["known"] == "citizen, worker"
    begun().when(rate(instrument="who5", answers=(3,) * 5)).then_invalid("rater", "unknown_code")
    begun().when(rate(by=CITIZEN)).then_refused(RoleMayNot, role="citizen")


@pytest.mark.parametrize(
    ("instrument", "answers", "code"),
    [
        ("progression", (11, 3), "out_of_range"),
        ("progression", (3,), "wrong_number_of_answers"),
        ("satisfaction", (4, 0), "out_of_range"),
        ("satisfaction", (-1, 0), "out_of_range"),
    ],
)
def test_answers_have_the_scale_and_the_number_of_the_set(instrument: str, answers: tuple[int, ...], code: str) -> None:
    rater = Rater.WORKER if instrument == "progression" else None
    begun().when(rate(instrument=instrument, rater=rater, answers=answers)).then_invalid("answers", code)


def test_declining_is_an_answer_nothing_follows_and_it_is_asked_again_in_time() -> None:
    declined = DeclineMeasurement(by=HEALTH, at=TUESDAY, instrument="who5", note="ikke i dag")
    story = begun().when(declined).then_kinds("measurement_declined", "obligation_met", "obligation_created")
    assert story.the(MeasurementDeclined).note == "ikke i dag"
    assert story.the(ObligationCreated).since == TUESDAY
    assert "who5.citizen" not in story.pathway.measured
    begun().when(DeclineMeasurement(by=HEALTH, at=TUESDAY, instrument="sf12")).then_invalid(
        "instrument", "unknown_code"
    )


def test_answers_to_a_set_are_put_right_by_the_scale_on_which_they_were_given() -> None:
    story = begun().tell(rate())
    right: dict[str, Any] = {"by": CASEWORKER, "at": TUESDAY + DAY, "corrects": story.version(MeasurementRecorded)}
    fitting = CorrectFact(**right, changes={"answers": [10, 0]}, reason="byttet om")
    story.when(fitting).then_kinds("fact_corrected")
    wrong = CorrectFact(**right, changes={"answers": [11, 0]}, reason="byttet om")
    story.when(wrong).then_invalid("changes.answers", "out_of_range")


def test_nobody_is_reminded_without_end_who_is_asked_by_nobody() -> None:
    story = begun().settle(ENROLLED + 60 * WEEK)
    assert not [rule for rule in story.pathway.obligations if "satisfaction" in rule]


def test_instructors_are_shown_neither_answers_nor_what_follows_from_them() -> None:
    story = begun().tell(rate(instrument="who5", rater=None, answers=(0,) * 5), rate(TUESDAY + DAY))
    for role, seen in ((Role.INSTRUCTOR, False), (Role.PROVIDER, False), (Role.HEALTH_STAFF, True)):
        about = [event for event in story.history if "who5" in str(event) or "progression" in str(event)]
        assert about
        assert {may_see(PAIRED, role, event) for event in about} == {seen}
    assert all(may_see(PAIRED, INSTRUCTOR.role, event) for event in story.history if event not in about)

"""What somebody could do next, as commands that are ready: all of it can be done, and changes something."""

from datetime import timedelta

import pytest

from domain.pathway.acts import acts, reports, session_at
from domain.pathway.binding import Binding
from domain.pathway.commands.course import RecordMeasurement
from domain.pathway.commands.sessions import RecordAttendance
from domain.pathway.decide import after
from domain.pathway.options import options
from domain.pathway.state import Pathway
from tests.domain.beginnings import on_sick_leave, together
from tests.domain.test_choosing import STORIES
from tests.support.asking import accept, book
from tests.support.cast import DAY, MONDAY, shipped
from tests.support.spec import Story

TUESDAY = MONDAY + DAY


def kinds(story: Story) -> set[str]:
    """What could be done on Tuesday, by command."""
    return {act.command.kind for act in acts(story.binding, story.pathway, TUESDAY)}


@pytest.mark.parametrize("name", STORIES)
def test_whatever_may_be_decided_is_among_what_could_be_done(name: str) -> None:
    story = STORIES[name]()
    at = max(TUESDAY, story.history[-1].at)
    opened = {each.command for each in options(story.binding, story.pathway) if each.closed_by is None}
    idle = {"extend_duration"} if story.pathway.ends is None else set()  # without an end there is nothing to extend
    assert opened - idle <= {act.command.kind for act in acts(story.binding, story.pathway, at)}


@pytest.mark.parametrize("name", STORIES)
def test_whatever_could_be_done_changes_where_the_pathway_stands(name: str) -> None:
    story = STORIES[name]()
    at = max(TUESDAY, story.history[-1].at)
    for act in acts(story.binding, story.pathway, at):
        assert after(story.binding, story.pathway, act.facts) != story.pathway, act.command


def test_what_became_of_a_session_can_be_told_when_it_has_begun() -> None:
    booked = on_sick_leave().tell(book(TUESDAY, TUESDAY, "diet_exercise"))
    assert "record_attendance" in kinds(booked)
    later = on_sick_leave().tell(book(TUESDAY, TUESDAY + DAY, "diet_exercise"))
    assert "record_attendance" not in kinds(later)


def test_a_session_that_is_booked_and_held_completes_its_parts() -> None:
    story = together()
    [booking] = [act.command for act in acts(story.binding, story.pathway, TUESDAY) if _books(act.command, "training")]
    story.tell(booking)
    held = [act for act in acts(story.binding, story.pathway, TUESDAY) if isinstance(act.command, RecordAttendance)]
    assert "session_completed" in {fact.kind for fact in held[0].facts}


def _books(command: object, element: str) -> bool:
    return getattr(command, "session", None) == session_at(element, TUESDAY)


def test_what_is_known_about_the_citizen_can_change_to_any_value_that_it_has_not() -> None:
    story = on_sick_leave()
    values = {
        getattr(act.command, "value", None)
        for act in acts(story.binding, story.pathway, TUESDAY)
        if act.command.kind == "record_circumstance"
    }
    assert values == {"kontanthjaelp", "dagpenge", "ingen"}


def test_nothing_can_be_done_twice_at_one_instant() -> None:
    story = on_sick_leave()
    later = TUESDAY + timedelta(hours=1)
    for act in acts(story.binding, story.pathway, later):
        told = Story(story.programme, [*story.history, *act.facts])
        again = [each.command for each in acts(told.binding, told.pathway, later)]
        assert act.command not in again, act.command


def test_a_referral_can_be_accepted_by_somebody_who_names_a_contact_person() -> None:
    story = STORIES["referred"]()
    accepted = [act.command for act in acts(story.binding, story.pathway, TUESDAY) if "accept" in act.command.kind]
    assert [command.kind for command in accepted] == [accept().kind]


def test_every_measure_can_be_answered_by_each_whom_the_programme_asks() -> None:
    programme = shipped("grib-chancen@1")
    told = [each for each in reports(Binding(programme), Pathway(), TUESDAY) if isinstance(each, RecordMeasurement)]
    asked = {(name, rater) for name, measure in programme.measures.items() for rater in measure.by}
    assert {(each.instrument, each.rater) for each in told} == asked

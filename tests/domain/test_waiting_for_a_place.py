"""A programme with so many places: who comes too late waits without a date, and begins when a place is free."""

from datetime import datetime

import pytest

from domain.actor import Role
from domain.calendar import MORNING, day_after, local, local_date
from domain.pathway.commands.course import MovePathway, ReopenPathway
from domain.pathway.commands.referrals import EnrolCitizen, GivePlace, MoveIntake, WithdrawReferral
from domain.pathway.due import next_due
from domain.pathway.facts.course import PathwayMoved, PathwayReopened
from domain.pathway.facts.referrals import CitizenEnrolled, PlacedOnWaitingList, ReferralWithdrawn
from domain.pathway.follow_ups import GIVE_PLACE, follow_ups
from domain.pathway.options import options
from domain.period import Period
from domain.programme.shape import Programme
from domain.refusal import IsOver, NoFreePlace, NoPlaceAnyMore, NotWaiting, RoleMayNot
from domain.why import Why
from tests.domain.beginnings import HOUR, together
from tests.support.altering import altered
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, DAY, MONDAY, TOGETHER, shipped
from tests.support.family_ideas import SYSTEM
from tests.support.life import unreadable
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
FOOTBALL = shipped("seksogtyve-uger-i-bevaegelse@1")
"""Thirty places, and an intake every thirteen weeks."""
INTAKE = datetime.fromisoformat("2026-04-06T05:00+00:00")
PLACES = "contact_person: required", "contact_person: required\nplaces: {number}"


def room_for(number: int) -> Programme:
    """A programme in which one begins when accepted, with so many places."""
    return altered("sundere-sammen@2", (PLACES[0], PLACES[1].format(number=number)))


TWO = room_for(2)


def referred(programme: Programme = TWO) -> Story:
    return given(programme, refer(benefit="kontanthjaelp" if programme is FOOTBALL else "ressourceforloeb"))


def waiting(programme: Programme = TWO) -> Story:
    """Somebody who was taken in while every place was taken."""
    return referred(programme).among(taken=programme.places or 0).tell(accept(MONDAY + HOUR))


def give(at: datetime = TUESDAY) -> GivePlace:
    return GivePlace(by=SYSTEM, at=at)


def test_whoever_comes_while_there_is_room_begins() -> None:
    story = referred().among(taken=1).tell(accept(MONDAY + HOUR))
    assert (story.pathway.stage, story.every(PlacedOnWaitingList)) == ("underway", [])


def test_whoever_comes_when_every_place_is_taken_waits_without_a_date_and_is_told_why() -> None:
    story = waiting(FOOTBALL)
    assert story.the(PlacedOnWaitingList) == PlacedOnWaitingList(
        at=MONDAY + HOUR,
        begins=None,
        why=Why(rule="places", programme=FOOTBALL.ref, inputs={"places": 30, "taken": 30, "waiting": 0}),
    )
    assert (story.pathway.stage, story.pathway.waits_for_a_place) == ("waiting", True)
    assert [each.name for each in follow_ups(FOOTBALL, story.the(PlacedOnWaitingList))] == ["waiting_for_a_place"]
    assert story.settle(MONDAY + 400 * DAY).pathway.waits_for_a_place, "no intake begins it"


def test_those_who_wait_come_before_whoever_comes_now() -> None:
    story = referred().among(taken=1, waiting=1).tell(accept(MONDAY + HOUR))
    assert story.pathway.waits_for_a_place


def test_a_wish_for_a_later_day_takes_no_place_that_is_not_there() -> None:
    asked = accept(MONDAY + HOUR, begins=MONDAY + 30 * DAY)
    story = referred().among(taken=2).tell(asked)
    assert story.pathway.waits_for_a_place
    story.when(asked).then_nothing()


def test_a_place_that_became_free_lets_the_citizen_begin_at_once_where_everybody_does() -> None:
    story = waiting().among(taken=1, waiting=1).when(give())
    begun = story.then_kinds(*(fact.kind for fact in story.facts))
    assert begun.the(CitizenEnrolled).why == Why(
        rule="places", programme=TWO.ref, inputs={"places": 2, "taken": 1, "waiting": 1}
    )
    called_for = [(each.name, each.to) for each in follow_ups(TWO, begun.the(CitizenEnrolled))]
    assert called_for == [("enrolled", Role.CITIZEN), ("place_given", Role.CONTACT_PERSON)]


def test_a_place_that_became_free_gives_a_date_where_everybody_begins_together() -> None:
    story = waiting(FOOTBALL).among(taken=29, waiting=1).when(give()).then_kinds("placed_on_waiting_list", due=INTAKE)
    called_for = [(each.name, each.to) for each in follow_ups(FOOTBALL, story.the(PlacedOnWaitingList))]
    assert called_for == [("waiting", Role.CITIZEN), ("place_given", Role.CONTACT_PERSON)]
    assert story.settle(INTAKE).pathway.stage == "underway"


def test_no_place_is_given_that_is_not_free() -> None:
    waiting().when(give()).then_refused(NoFreePlace, places=2)
    waiting().when(EnrolCitizen(by=CASEWORKER, at=TUESDAY)).then_refused(NoFreePlace, places=2)
    moved = MoveIntake(by=CASEWORKER, at=TUESDAY, begins=TUESDAY + DAY, reason="har ventet længe")
    waiting(FOOTBALL).when(moved).then_refused(NoFreePlace, places=30)


def test_staff_let_somebody_begin_before_others_when_a_place_is_free() -> None:
    story = waiting().among(taken=1, waiting=5).tell(EnrolCitizen(by=CASEWORKER, at=TUESDAY, reason="haster"))
    assert story.pathway.stage == "underway"


def test_whoever_has_a_first_day_begins_whatever_others_have() -> None:
    story = referred(FOOTBALL).among(taken=29).tell(accept(MONDAY + HOUR)).among(taken=31)
    assert next_due(story.pathway) is not None
    assert story.tell(EnrolCitizen(by=CASEWORKER, at=TUESDAY)).pathway.stage == "underway"


def test_a_place_is_given_once_and_only_to_whoever_waits_for_one() -> None:
    together(TWO).when(give()).then_nothing()
    referred().when(give()).then_refused(NotWaiting)
    waiting().tell(WithdrawReferral(by=CASEWORKER, at=TUESDAY, reason="i job")).when(give()).then_refused(IsOver)
    waiting().when(GivePlace(by=CASEWORKER, at=TUESDAY)).then_refused(RoleMayNot)


@pytest.mark.parametrize(("taken", "closed_by"), [(1, None), (2, "no_free_place")])
def test_what_may_be_decided_about_somebody_who_waits_says_whether_a_place_is_free(
    taken: int, closed_by: str | None
) -> None:
    story = waiting().among(taken=taken, waiting=1)
    [enrol] = [each for each in options(story.binding, story.pathway) if each.command == "enrol_citizen"]
    assert (enrol.closed_by.code if enrol.closed_by else None) == closed_by


def test_whoever_leaves_frees_a_place_for_the_next_and_only_where_places_are_counted() -> None:
    closed = together(TWO).tell(close(TUESDAY, "job"))
    assert GIVE_PLACE in [each.name for fact in closed.history for each in follow_ups(TWO, fact)]
    assert GIVE_PLACE not in [each.name for fact in closed.history for each in follow_ups(TOGETHER, fact)]
    withdrawn = waiting().tell(WithdrawReferral(by=CASEWORKER, at=TUESDAY, reason="i job"))
    assert [each.name for each in follow_ups(TWO, withdrawn.the(ReferralWithdrawn))] == [GIVE_PLACE]


def again(at: datetime, **others: bool) -> ReopenPathway:
    return ReopenPathway(by=CASEWORKER, at=at, reason="syg igen", **others)


@pytest.mark.parametrize(("taken", "waiting_too"), [(2, 0), (1, 1)])
def test_nobody_comes_back_while_every_place_is_taken_or_waited_for(taken: int, waiting_too: int) -> None:
    closed = together(TWO).tell(close(TUESDAY, "job")).among(taken, waiting_too)
    closed.when(again(TUESDAY + DAY)).then_refused(NoPlaceAnyMore, places=2, waiting=waiting_too)
    [reopen] = [each for each in options(closed.binding, closed.pathway) if each.command == "reopen_pathway"]
    assert isinstance(reopen.closed_by, NoPlaceAnyMore)


def test_whoever_comes_back_while_a_place_is_free_goes_on() -> None:
    closed = together(TWO).tell(close(TUESDAY, "job")).among(taken=1)
    assert closed.tell(again(TUESDAY + DAY)).pathway.stage == "underway"


def test_whoever_should_never_have_been_closed_goes_on_beyond_the_places() -> None:
    closed = together(TWO).tell(close(TUESDAY, "job")).among(taken=2)
    back = closed.tell(again(TUESDAY + DAY, beyond_places=True))
    assert (back.pathway.stage, back.the(PathwayReopened).beyond_places) == ("underway", True)


MORE = altered(
    "sundere-sammen@2", ("version: 2\n", "version: 3\n"), (PLACES[0], PLACES[1].format(number=9))
)  # fmt: skip
BOUNDLESS = altered("sundere-sammen@2", ("version: 2\n", "version: 3\n"))


def test_whoever_waits_goes_on_waiting_under_a_version_with_other_places_and_somebody_looks_whether_it_has_more() -> (
    None
):
    moved = waiting().tell(MovePathway(by=CASEWORKER, at=TUESDAY, version=3, reason="flere hold"), target=MORE)
    assert moved.pathway.waits_for_a_place
    assert [each.name for each in follow_ups(MORE, moved.the(PathwayMoved))] == [GIVE_PLACE]


def test_whoever_waits_begins_the_next_morning_under_a_version_with_room_for_everybody() -> None:
    moving = MovePathway(by=CASEWORKER, at=TUESDAY, version=3, reason="plads til alle")
    moved = waiting().tell(moving, target=BOUNDLESS)
    assert moved.pathway.begins == local(day_after(local_date(TUESDAY), Period("P1D")), MORNING)


def test_whoever_lost_the_first_day_because_it_was_erased_is_in_the_queue_again() -> None:
    story = referred(FOOTBALL).among(taken=3).tell(accept(MONDAY + HOUR))
    history = [unreadable(each) if isinstance(each, PlacedOnWaitingList) else each for each in story.history]
    again = Story(FOOTBALL, history).among(taken=3, waiting=1)
    assert again.pathway.waits_for_a_place
    again.when(give()).then_kinds("placed_on_waiting_list", due=INTAKE)

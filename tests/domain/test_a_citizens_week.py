"""A citizen's week: hours of every pathway against the norms, a budget shared with children, sessions that overlap."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.calendar import Week, local, week_named
from domain.citizen_week import Agreed, CitizenWeek, Walk, citizen_week, overlapping
from domain.pathway.commands.children import ReferChild
from domain.pathway.commands.course import AgreePlan, PausePathway, ReopenPathway, ResumePathway
from domain.pathway.commands.intensities import SetIntensity
from domain.pathway.commands.sessions import CancelSession, RebookSession
from domain.pathway.counting import Hours
from domain.pathway.facts.children import Parent
from domain.pathway.facts.phases import WeekCounted
from domain.pathway.facts.sessions import Attendance, Side
from domain.pathway.state import Attended, Booking, Pathway, Stage
from domain.programme.shape import Programme
from tests.domain.beginnings import ENROLLED, HOUR, on_sick_leave, together
from tests.support.asking import accept, attend, book, close, refer
from tests.support.broad import BROAD
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, OTHER_SESSION, SESSION, SICK, TOGETHER, WEEK, shipped
from tests.support.family_ideas import SYSTEM
from tests.support.spec import Story, given

PLACEMENT = shipped("virksomhedspraktik@1")
NEXT_MONDAY = MONDAY + WEEK
SECOND, THIRD = Week(2026, 11), Week(2026, 12)
OFFER, COURSE, PRACTICE, CLUB = (UUID(int=number) for number in range(1, 5))
NORM = 600


def walk(story: Story, pathway: UUID = OFFER) -> Walk:
    return Walk(pathway, story.programme, story.pathway)


def placed(parent: UUID | None = OFFER) -> Story:
    """Somebody in a work placement of twenty hours, which an element of another pathway called for."""
    asked = refer(MONDAY)
    if parent is None:
        return given(PLACEMENT, asked, accept(MONDAY + HOUR))
    above = Parent(pathway=parent, element="work_placement", voluntary=False)
    child = ReferChild.model_validate({**dict(asked), "by": SYSTEM, "referred_by": CASEWORKER, "parent": above})
    return given(PLACEMENT, child, accept(MONDAY + HOUR))


def test_hours_of_several_pathways_add_up_against_the_norms() -> None:
    offer = on_sick_leave().tell(book(NEXT_MONDAY, NEXT_MONDAY, "nature"), attend(NEXT_MONDAY + HOUR, minutes=200))
    course = together().tell(book(NEXT_MONDAY, NEXT_MONDAY + DAY, "training", minutes=90))
    found = citizen_week([walk(offer), walk(course, COURSE)], SECOND)
    assert [share.hours for share in found.shares] == [Hours(300, 200, 0), Hours(90, 0, 0)]
    assert (found.hours, found.expected) == (Hours(390, 200, 0), NORM)
    assert [share.expected for share in found.shares] == [NORM, None], "one of the two has no norm"


def test_excused_hours_are_told_apart() -> None:
    offer = on_sick_leave().tell(book(NEXT_MONDAY, NEXT_MONDAY, "nature"))
    offer.tell(attend(NEXT_MONDAY + HOUR, Attendance.EXCUSED))
    assert citizen_week([walk(offer)], SECOND).hours == Hours(300, 0, 300)


def test_each_week_counts_against_what_was_agreed_for_it() -> None:
    agreed = {"by": CONTACT, "at": MONDAY + DAY, "name": "hours_per_week", "value": 4}
    offer = on_sick_leave(BROAD).tell(SetIntensity.model_validate({**agreed, "effective_from": date(2026, 3, 16)}))
    assert [citizen_week([walk(offer)], week).expected for week in (SECOND, THIRD)] == [NORM, 240]


def test_a_child_counts_within_the_norm_of_its_parent() -> None:
    practice = placed().tell(AgreePlan(by=CONTACT, at=MONDAY + DAY, goals="prøve kræfter"))
    practice.tell(book(NEXT_MONDAY, NEXT_MONDAY, "working_day", site="workplace"))
    practice.tell(attend(NEXT_MONDAY + HOUR))
    offer = on_sick_leave().tell(book(NEXT_MONDAY, NEXT_MONDAY + DAY, "nature"))
    found = citizen_week([walk(offer), walk(practice, PRACTICE)], SECOND)
    above, below = found.shares
    assert (below.expected, below.within) == (20 * 60, OFFER)
    assert (above.within, above.towards) == (None, Hours(600, 300, 0))
    assert found.expected == NORM, "the twenty hours of the placement are not asked for besides"


def test_a_child_of_nobody_who_has_a_norm_stands_by_itself() -> None:
    practice = placed()
    assert citizen_week([walk(practice, PRACTICE)], SECOND).expected == 1200, "its parent is not among them"
    beside = citizen_week([walk(together()), walk(practice, PRACTICE)], SECOND)
    assert (beside.expected, beside.shares[1].within) == (1200, None), "its parent has no norm"
    closed = on_sick_leave().tell(close(MONDAY + DAY))
    left = citizen_week([walk(closed), walk(practice, PRACTICE)], SECOND)
    assert (left.expected, left.shares[1].within) == (1200, None), "its parent has ended"


def test_nothing_is_asked_before_a_pathway_begins_nor_after_it_has_ended() -> None:
    waiting = given(SICK, refer(), accept())
    begins = waiting.pathway.begins
    assert begins is not None
    weeks = [begins - WEEK, begins, begins + WEEK]
    assert [citizen_week([walk(waiting)], named(each)).expected for each in weeks] == [None, NORM, NORM]
    ended = on_sick_leave().tell(close(NEXT_MONDAY))
    assert [citizen_week([walk(ended)], week).expected for week in (SECOND, THIRD)] == [NORM, None]
    assert not citizen_week([walk(ended)], SECOND).shares[0].whole


def test_nothing_is_asked_of_weeks_that_rest_all_through() -> None:
    weeks = [Week(2026, number) for number in (11, 12, 13, 14)]

    def asked(story: Story) -> list[int | None]:
        return [citizen_week([walk(story)], week).expected for week in weeks]

    open_end = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=NEXT_MONDAY, reason="operation"))
    assert asked(open_end) == [NORM, None, None, None]
    until = PausePathway(by=CASEWORKER, at=NEXT_MONDAY, reason="operation", until=NEXT_MONDAY + 2 * WEEK)
    assert asked(on_sick_leave().tell(until)) == [NORM, None, NORM, NORM]
    back = ResumePathway(by=CASEWORKER, at=NEXT_MONDAY + 3 * WEEK)
    assert asked(open_end.tell(back)) == [NORM, None, None, NORM]
    reopened = ReopenPathway(by=CASEWORKER, at=NEXT_MONDAY + 2 * WEEK, reason="fejl")
    assert asked(on_sick_leave().tell(close(NEXT_MONDAY), reopened)) == [NORM, None, NORM, NORM]


def test_sessions_overlap_within_a_pathway_and_across() -> None:
    offer = on_sick_leave().tell(book(MONDAY + DAY, NEXT_MONDAY, "nature"))
    offer.tell(book(MONDAY + DAY, NEXT_MONDAY + 4 * HOUR, "job_search", session=OTHER_SESSION, minutes=60))
    course = together().tell(book(MONDAY + DAY, NEXT_MONDAY + HOUR, "training", minutes=60, session=UUID(int=9)))
    found = citizen_week([walk(offer), walk(course, COURSE)], SECOND)
    assert [(one.element, other.element) for one, other in found.clashes] == [
        ("nature", "training"),
        ("nature", "job_search"),
    ]
    assert not citizen_week([walk(offer), walk(course, COURSE)], THIRD).clashes


@pytest.mark.parametrize(("starts", "clash"), [(-60, False), (-59, True), (299, True), (300, False)])
def test_sessions_that_meet_end_to_end_do_not_overlap(starts: int, clash: bool) -> None:  # noqa: FBT001 - a parameter
    offer = on_sick_leave().tell(book(MONDAY + DAY, NEXT_MONDAY, "nature"))
    other = book(MONDAY + DAY, NEXT_MONDAY + timedelta(minutes=starts), "training", minutes=60, session=OTHER_SESSION)
    assert bool(citizen_week([walk(offer), walk(together().tell(other), COURSE)], SECOND).clashes) is clash


def test_what_was_called_off_or_moved_away_overlaps_with_nothing() -> None:
    course = together().tell(book(MONDAY + DAY, NEXT_MONDAY, "training", session=OTHER_SESSION))

    def clashes(story: Story) -> list[str]:
        return [each.element for each in overlapping([walk(story), walk(course, COURSE)], OTHER_SESSION)]

    def booked() -> Story:
        return on_sick_leave().tell(book(MONDAY + DAY, NEXT_MONDAY, "nature"))

    why = {"by": CONTACT, "at": MONDAY + 2 * DAY, "session": SESSION, "asked_by": Side.CITIZEN, "reason": "syg"}
    assert clashes(booked()) == ["nature"]
    assert clashes(booked().tell(CancelSession.model_validate(why))) == []
    assert clashes(booked().tell(RebookSession.model_validate({**why, "starts": NEXT_MONDAY + DAY}))) == []
    assert clashes(booked().tell(attend(NEXT_MONDAY + HOUR, Attendance.CANCELLED_BY_WEATHER))) == []
    assert clashes(booked().tell(attend(NEXT_MONDAY + HOUR))) == ["nature"], "it was held at that time"


def test_a_session_overlaps_with_the_one_that_begins_before_the_week() -> None:
    sunday = local(date(2026, 3, 15), time(23))
    offer = on_sick_leave().tell(book(MONDAY + DAY, sunday, "nature"))
    course = together().tell(book(MONDAY + DAY, sunday + 2 * HOUR, "training", session=OTHER_SESSION))
    for week in (SECOND, THIRD):
        assert len(citizen_week([walk(offer), walk(course, COURSE)], week).clashes) == 1


def test_a_session_that_is_not_agreed_overlaps_with_nothing() -> None:
    assert overlapping([walk(on_sick_leave())], SESSION) == []


@pytest.mark.parametrize("text", ["2026-W48", "2026-W53", "2025-W01"])
def test_a_week_is_named_as_it_is_written(text: str) -> None:
    assert str(week_named(text)) == text


@pytest.mark.parametrize(
    "text", ["2025-W53", "2026-W00", "2026-W9", "2026-48", "2026", "", "W48", "-1-W02", "2026-W+9"]
)
def test_what_names_no_week_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        week_named(text)


def test_a_week_ends_when_its_sunday_is_over_in_denmark() -> None:
    assert Week(2026, 13).ends == local(date(2026, 3, 30), time())
    assert Week(2026, 53).ends == local(date(2027, 1, 4), time())


def named(at: datetime) -> Week:
    return Week(*at.date().isocalendar()[:2])


Times = list[tuple[int, int, Attendance | None]]
Drawn = Sequence[tuple[Times, Programme, int]]
SESSIONS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=6 * 24 * 60),
        st.integers(min_value=1, max_value=300),
        st.sampled_from([None, *Attendance]),
    ),
    max_size=6,
)
"""When sessions begin, how many minutes into the week, how long they last, and what became of them."""
CITIZENS = st.lists(
    st.tuples(SESSIONS, st.sampled_from([SICK, TOGETHER, PLACEMENT]), st.integers(min_value=-1, max_value=2)),
    min_size=1,
    max_size=4,
)
"""Pathways: their sessions, their programme, and which of those before it is above it."""


def walks_of(drawn_citizen: Drawn) -> list[Walk]:
    walks: list[Walk] = []
    for number, (sessions, programme, above) in enumerate(drawn_citizen):
        parent = Parent(pathway=walks[above].id, element="a", voluntary=False) if 0 <= above < number else None
        bookings = {
            session: Booking("a", at, minutes, site=None, mandatory=False)
            for session, at, minutes, kind in at_times(sessions, number)
            if kind is None
        }
        attendance = tuple(
            Attended(session, "a", at, kind, minutes, minutes, mandatory=False)
            for session, at, minutes, kind in at_times(sessions, number)
            if kind is not None
        )
        pathway = Pathway(
            stage=Stage.UNDERWAY,
            parent=parent,
            happened={"enrolled": (ENROLLED,)},
            bookings=bookings,
            attendance=attendance,
        )
        walks.append(Walk(UUID(int=number), programme, pathway))
    return walks


def at_times(sessions: Times, number: int) -> Iterator[tuple[UUID, datetime, int, Attendance | None]]:
    for place, (starts, minutes, kind) in enumerate(sessions):
        yield UUID(int=number * 100 + place), NEXT_MONDAY + timedelta(minutes=starts), minutes, kind


@settings(max_examples=60)
@drawn(citizen=CITIZENS)
def test_sums_add_up_and_every_hour_counts_within_one_norm_at_the_most(
    citizen: Drawn,
) -> None:
    found = citizen_week(walks_of(citizen), SECOND)
    assert found.hours == sum((share.hours for share in found.shares), Hours())
    topmost = [share for share in found.shares if share.walk.pathway.parent is None]
    assert sum((share.towards for share in topmost), Hours()) == found.hours, "each hour belongs to one tree"
    own = [share for share in found.shares if share.expected is not None and share.within is None]
    assert (found.expected or 0) == sum(share.expected or 0 for share in own)
    assert all(share.within is None for share in topmost)


def pairs(found: CitizenWeek) -> set[frozenset[Agreed]]:
    return {frozenset(clash) for clash in found.clashes}


@settings(max_examples=60)
@drawn(citizen=CITIZENS)
def test_overlapping_is_mutual_and_does_not_depend_on_the_order(
    citizen: Drawn,
) -> None:
    walks = walks_of(citizen)
    found = citizen_week(walks, SECOND)
    assert pairs(found) == pairs(citizen_week(walks[::-1], SECOND))
    assert all(len(pair) == 2 for pair in pairs(found)), "nothing overlaps with itself"
    for one, other in found.clashes:
        assert one.overlaps(other)
        assert other.overlaps(one)
        assert other in overlapping(walks, one.session)
        assert one in overlapping(walks, other.session)


@settings(max_examples=15)
@drawn(
    days=st.lists(st.integers(min_value=0, max_value=20), unique=True, max_size=6),
    kind=st.sampled_from([*Attendance]),
    registered=st.integers(min_value=0, max_value=6),
)
def test_the_figures_of_one_pathway_are_those_of_its_weekly_count(
    days: list[int], kind: Attendance, registered: int
) -> None:
    story = on_sick_leave()
    for number, day in enumerate(sorted(days)):
        session, starts = UUID(int=number), NEXT_MONDAY + day * DAY
        story.tell(book(starts, starts, "nature", session=session))
        if number < registered:
            story.tell(attend(starts + HOUR, kind, session=session))
    counted = {fact.week: fact for fact in story.settle(NEXT_MONDAY + 5 * WEEK).every(WeekCounted)}
    assert len(counted) == 5
    for fact in counted.values():
        [share] = citizen_week([walk(story)], week_named(fact.week)).shares
        assert share.hours == Hours(fact.planned_minutes, fact.attended_minutes, fact.excused_minutes)
        assert share.expected == fact.expected_minutes

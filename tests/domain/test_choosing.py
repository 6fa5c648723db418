"""What may be decided now, and what may not and why: the list is true in both directions."""

from collections.abc import Callable
from uuid import UUID

import pytest

from domain.actor import Role
from domain.pathway.command import Command
from domain.pathway.commands import children, course, orders, phases, referrals
from domain.pathway.facts.children import Choice
from domain.pathway.facts.sessions import Attendance
from domain.pathway.options import options
from domain.refusal import Invalid, Refused
from tests.domain.beginnings import LEAVE, on_sick_leave, together
from tests.domain.choices import told
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.broad import BROAD, call, order, placeable
from tests.support.cast import (
    CASEWORKER,
    CONTACT,
    DAY,
    MONDAY,
    PROVIDER,
    RECORDS,
    SICK,
    SIX_WEEKS,
    SOMEBODY,
    TOGETHER,
    WIDENED,
)
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
FRIDAY = MONDAY + 4 * DAY
WAITING_FOR_A_PLAN = altered("sygedagpenge-driftstilbud@2", ("for: work_placement}", "for: labour_market}"))
WITH_A_DECISION = altered("sundere-sammen@2", LEAVE)

STORIES: dict[str, Callable[[], Story]] = {
    "referred": lambda: given(SICK, refer()),
    "outside the target groups": lambda: given(SICK, refer(benefit="dagpenge", contraindications=("severe_pain",))),
    "returned": lambda: given(
        SICK, refer(), referrals.ReturnReferral(by=CASEWORKER, at=TUESDAY, reason="mangler status")
    ),
    "waiting": lambda: given(SICK, refer(), accept(TUESDAY)),
    "underway": on_sick_leave,
    "with a plan": lambda: on_sick_leave().tell(course.AgreePlan(by=CONTACT, at=TUESDAY, goals="job")),
    "in the last phase": lambda: on_sick_leave().tell(
        phases.EnterPhase(by=CASEWORKER, at=TUESDAY, phase="labour_market", reason="klar")
    ),
    "proposed": lambda: on_sick_leave().tell(phases.ProposeTransition(by=CONTACT, at=TUESDAY, reason="klar")),
    "proposed but waiting": lambda: on_sick_leave(WAITING_FOR_A_PLAN).tell(
        phases.ProposeTransition(by=CONTACT, at=TUESDAY, reason="klar")
    ),
    "paused": lambda: on_sick_leave().tell(course.PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation")),
    "paused in the company of others": lambda: together().tell(
        course.PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation")
    ),
    "standing by": lambda: on_sick_leave().tell(course.RecordEvent(by=CASEWORKER, at=TUESDAY, event="stand_by_begun")),
    "absent": lambda: on_sick_leave().tell(book(TUESDAY, TUESDAY, "diet_exercise"), attend(TUESDAY, Attendance.ABSENT)),
    "closed": lambda: on_sick_leave().tell(close(TUESDAY)),
    "reopened": lambda: on_sick_leave().tell(
        close(TUESDAY), course.ReopenPathway(by=CASEWORKER, at=TUESDAY, reason="igen")
    ),
    "refused": lambda: given(SICK, refer(), referrals.RefuseReferral(by=CASEWORKER, at=TUESDAY, reason="andet tilbud")),
    "withdrawn": lambda: given(SICK, refer(), referrals.WithdrawReferral(by=CASEWORKER, at=TUESDAY, reason="job")),
    "erased": lambda: on_sick_leave().tell(course.EraseCitizen(by=RECORDS, at=TUESDAY, decision="2026-18")),
    "together": together,
    "by the hour": lambda: on_sick_leave(BROAD),
    "ready for a placement": placeable,
    "ordered": lambda: on_sick_leave(BROAD).tell(order(TUESDAY)),
    "under delivery": lambda: on_sick_leave(BROAD).tell(
        order(TUESDAY), orders.AcceptOrder(by=PROVIDER, at=TUESDAY, order="movement")
    ),
    "in a placement": lambda: placeable().tell(call(TUESDAY)),
    "without after-care": lambda: on_sick_leave(BROAD).tell(
        children.ChooseAftercare(by=CONTACT, at=TUESDAY, choice=Choice.DECLINED)
    ),
    "for six weeks": lambda: together(SIX_WEEKS),
    "in wider company": lambda: given(WIDENED, refer(benefit="ressourceforloeb"), accept(TUESDAY)),
    "with a decision of its own": lambda: together(WITH_A_DECISION),
    "out of six weeks": lambda: together(SIX_WEEKS).settle(MONDAY + 60 * DAY),
}


def answer(story: Story, command: Command) -> str:
    """What the command is met with."""
    try:
        return "accepted" if story.when(command).facts else "already so"
    except (Refused, Invalid) as refusal:
        return refusal.code


@pytest.mark.parametrize("name", STORIES)
def test_what_may_be_decided_is_accepted(name: str) -> None:
    for option in options(STORIES[name]().binding, STORIES[name]().pathway):
        for role in option.by if option.closed_by is None else ():
            story = STORIES[name]()
            at = max(FRIDAY, story.history[-1].at)
            code = answer(story, told(option, story.binding, story.pathway, role, at))
            assert code == "accepted", f"{option} by {role}"


@pytest.mark.parametrize("name", STORIES)
def test_what_may_not_be_decided_is_refused_for_the_reason_that_is_given(name: str) -> None:
    for option in options(STORIES[name]().binding, STORIES[name]().pathway):
        if option.closed_by is None:
            continue
        assert option.by, f"{option} is for nobody"
        story = STORIES[name]()
        at = max(FRIDAY, story.history[-1].at)
        command = told(option, story.binding, story.pathway, option.by[0], at)
        assert answer(story, command) in {option.closed_by.code, "already so"}, option


def test_what_may_be_decided_comes_first_and_names_who_decides() -> None:
    found = options(on_sick_leave().binding, on_sick_leave().pathway)
    opened = [option.closed_by is None for option in found]
    assert opened == sorted(opened, reverse=True)
    [closing] = [option for option in found if option.command == "close_pathway"]
    assert closing.by == (Role.CASEWORKER,)


def test_every_element_phase_event_and_decision_is_on_the_list() -> None:
    steps = {option.step for option in options(on_sick_leave().binding, on_sick_leave().pathway)}
    assert {*SICK.elements, *SICK.events, "labour_market"} <= steps
    assert "leave" in {option.step for option in options(together(WITH_A_DECISION).binding, together().pathway)}


def test_whoever_the_citizen_is_the_list_is_about_the_pathway_alone() -> None:
    other = given(TOGETHER, refer(benefit="ressourceforloeb", citizen=UUID(int=3)), accept(MONDAY + DAY))
    mine = given(TOGETHER, refer(benefit="ressourceforloeb", citizen=SOMEBODY), accept(MONDAY + DAY))
    assert [option.step for option in options(other.binding, other.pathway)] == [
        option.step for option in options(mine.binding, mine.pathway)
    ]


def test_what_is_over_can_only_be_reopened_and_only_when_it_was_closed() -> None:
    for name in ("closed", "refused", "withdrawn", "erased"):
        story = STORIES[name]()
        opened = [option.command for option in options(story.binding, story.pathway) if option.closed_by is None]
        assert opened == (["reopen_pathway"] if name == "closed" else [])

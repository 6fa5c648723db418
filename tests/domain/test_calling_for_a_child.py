"""An element that is a pathway of its own: called for, begun, ended, and released when its parent closes."""

from uuid import UUID

import pytest

from domain.pathway.commands.children import (
    EndChild,
    RecordChildBegun,
    RecordChildEnded,
    RecordPassedOn,
    ReferChild,
)
from domain.pathway.commands.course import EraseCitizen, PausePathway, ReopenPathway
from domain.pathway.commands.sessions import BookSession
from domain.pathway.facts.children import (
    ChildBegan,
    ChildCalled,
    ChildEnded,
    ChildReferred,
    ChildReleased,
    Ending,
    Parent,
    PassedOn,
)
from domain.pathway.facts.course import PathwayClosed
from domain.pathway.facts.referrals import CitizenReferred, ReferralWithdrawn
from domain.pathway.follow_ups import CALL_CHILD, END_CHILD, TELL_PARENT, follow_ups
from domain.pathway.state import REMEMBERED
from domain.programme.decisions import Valence
from domain.refusal import ChildOpen, IsOver, IsPaused, NotOffered, NotOpenYet, RoleMayNot
from tests.domain.beginnings import ENROLLED, HOUR, on_sick_leave
from tests.domain.samples import FACT
from tests.support.altering import altered
from tests.support.asking import accept, close, refer
from tests.support.broad import AFTERCARE, BROAD, CHILD, HOURS, PLACEMENT, call, exists, placeable
from tests.support.cast import CASEWORKER, CONTACT, DAY, INSTRUCTOR, MONDAY, RECORDS, SESSION, TOGETHER, WEEK
from tests.support.family_ideas import ABOVE, SYSTEM
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
LEFT = altered(
    "sygedagpenge-driftstilbud@2", HOURS, (PLACEMENT[0], PLACEMENT[1].replace("at_close: close", "at_close: leave"))
)


def begun(at: object = TUESDAY) -> RecordChildBegun:
    return RecordChildBegun.model_validate({"by": SYSTEM, "at": at, "element": "work_placement", "child": CHILD})


def ended(at: object = TUESDAY, ending: Ending = Ending.CLOSED) -> RecordChildEnded:
    how = {"outcome": "job", "valence": Valence.POSITIVE} if ending is Ending.CLOSED else {}
    return RecordChildEnded.model_validate(
        {"by": SYSTEM, "at": at, "element": "work_placement", "child": CHILD, "ending": ending, **how}
    )


def by_another(voluntary: bool = False, **others: object) -> ReferChild:  # noqa: FBT001, FBT002 - reads as what it says
    asked = refer(benefit="sygedagpenge")
    fields = {
        **dict(asked),
        "by": SYSTEM,
        "referred_by": CASEWORKER,
        "parent": Parent(pathway=ABOVE, element="work_placement", voluntary=voluntary),
        **others,
    }
    return ReferChild.model_validate(fields)


def test_what_is_called_for_takes_along_what_is_known() -> None:
    story = placeable().when(call(TUESDAY)).then_kinds("child_called")
    called = story.the(ChildCalled)
    assert (called.programme, called.circumstances) == ("sundere-sammen", {"benefit": "sygedagpenge"})
    assert called.why is None, "a caseworker asked for it"
    assert [each.name for each in follow_ups(BROAD, called)] == [CALL_CHILD]


def test_it_is_called_for_where_its_phase_and_its_conditions_let_it_begin() -> None:
    on_sick_leave(BROAD).when(call(TUESDAY)).then_refused(NotOffered)
    placeable().when(call(TUESDAY, by=INSTRUCTOR)).then_refused(RoleMayNot)
    placeable().when(call(TUESDAY, element="nature")).then_invalid("element", "unknown_code")
    placeable().tell(close(TUESDAY)).when(call(TUESDAY + DAY)).then_refused(IsOver)
    rests = PausePathway(by=CASEWORKER, at=TUESDAY, reason="ferie")
    placeable().tell(rests).when(call(TUESDAY + DAY)).then_refused(IsPaused)


def test_one_child_of_an_element_is_open_at_a_time() -> None:
    story = placeable().tell(call(TUESDAY), exists(TUESDAY), begun())
    story.when(call(TUESDAY + DAY)).then_refused(ChildOpen, step="work_placement")
    story.tell(ended(TUESDAY + DAY)).when(call(TUESDAY + 2 * DAY)).then_kinds("child_called")


def test_it_has_no_sessions_here() -> None:
    booked = BookSession(by=CONTACT, at=TUESDAY, session=SESSION, element="work_placement", starts=TUESDAY + DAY)
    placeable().when(booked).then_invalid("element", "unknown_code")


def test_what_becomes_of_a_child_is_told_once_and_counts_as_a_step() -> None:
    story = placeable().tell(call(TUESDAY))
    story = story.when(exists(TUESDAY)).then(
        ChildReferred(at=TUESDAY, element="work_placement", called=TUESDAY, child=CHILD)
    )
    story = story.when(begun()).then(ChildBegan(at=TUESDAY, element="work_placement", child=CHILD))
    assert story.pathway.last("work_placement.began") == TUESDAY
    story = story.when(ended(TUESDAY + DAY)).then_kinds("child_ended")
    assert story.pathway.last("work_placement") == TUESDAY + DAY
    assert (story.the(ChildEnded).outcome, story.pathway.open_children()) == ("job", ())


def test_a_child_that_ended_stays_ended_when_its_beginning_is_heard_of_late() -> None:
    late = begun(TUESDAY + 3 * DAY).model_copy(update={"happened": TUESDAY + HOUR})
    story = placeable().tell(call(TUESDAY), exists(TUESDAY), ended(TUESDAY + 2 * DAY), late)
    assert story.pathway.last("work_placement.began") == TUESDAY + HOUR
    assert story.pathway.open_children() == ()
    reopened = story.tell(begun(TUESDAY + 4 * DAY))
    assert [each.child for each in reopened.pathway.open_children()] == [CHILD]


@pytest.mark.parametrize("ending", [Ending.REFUSED, Ending.WITHDRAWN])
def test_a_child_that_never_began_was_not_walked(ending: Ending) -> None:
    story = placeable().tell(call(TUESDAY), exists(TUESDAY), ended(TUESDAY + DAY, ending))
    assert story.pathway.last("work_placement") is None
    assert story.pathway.last("work_placement.declined") == TUESDAY + DAY


def test_relations_speak_of_what_a_child_does() -> None:
    waits = altered(
        "sygedagpenge-driftstilbud@2",
        HOURS,
        PLACEMENT,
        (
            "  - {condition: plan_agreed, for: work_placement}\n",
            "  - {condition: work_placement.began, for: employer_contact}\n",
        ),
    )
    booked = BookSession(by=CONTACT, at=TUESDAY, session=SESSION, element="employer_contact", starts=TUESDAY + DAY)
    story = Story(waits, placeable().history)
    story.when(booked).then_refused(NotOpenYet, missing="work_placement.began")
    story.tell(call(TUESDAY), exists(TUESDAY), begun()).when(booked).then_kinds("session_booked")


def test_closing_says_which_children_are_open_and_what_becomes_of_them() -> None:
    story = placeable().tell(call(TUESDAY), exists(TUESDAY), begun())
    closed = story.tell(close(TUESDAY + DAY, "own_wish"))
    released = closed.the(ChildReleased)
    assert (released.child, released.close, released.close_as) == (CHILD, True, "other_effort")
    assert (released.released_by, released.reason) == (CASEWORKER, "målet er nået")
    assert [each.name for each in follow_ups(BROAD, released)] == [END_CHILD]


def test_a_child_that_is_left_goes_on_by_itself() -> None:
    story = Story(LEFT, placeable().history).tell(call(TUESDAY), exists(TUESDAY), begun(), close(TUESDAY + DAY))
    assert not story.the(ChildReleased).close
    assert follow_ups(LEFT, story.the(ChildReleased)) == ()
    story.when(ended(TUESDAY + 2 * DAY)).then_kinds("child_ended")


def test_a_child_that_comes_to_be_after_the_end_is_released_at_once() -> None:
    story = placeable().tell(call(TUESDAY), close(TUESDAY + DAY, "own_wish"))
    assert story.every(ChildReleased) == []
    late = exists(TUESDAY).model_copy(update={"at": TUESDAY + 2 * DAY})
    story.when(late).then_kinds("child_referred", "child_released")


def test_nothing_is_told_to_an_erased_pathway() -> None:
    story = placeable().tell(EraseCitizen(by=RECORDS, at=TUESDAY, decision="2026-1"))
    for told in (exists(TUESDAY), begun(), ended()):
        story.when(told).then_refused(IsOver)


def test_a_child_is_referred_by_whoever_called_for_it_with_what_its_programme_asks_for() -> None:
    known = {"benefit": "sygedagpenge", "bmi": 31.0}
    story = given(TOGETHER, by_another(circumstances=known, contraindications=("severe_pain", "dizziness")))
    referred = story.the(CitizenReferred)
    assert (referred.referred_by, referred.parent) == (CASEWORKER, story.pathway.parent)
    assert (referred.circumstances, referred.contraindications) == ({"benefit": "sygedagpenge"}, ("severe_pain",))
    given(TOGETHER).when(by_another(referred_by=CONTACT)).then_refused(RoleMayNot, role="contact_person")


def test_nobody_but_the_system_says_that_a_pathway_belongs_to_another() -> None:
    given(TOGETHER).when(by_another(by=CASEWORKER)).then_refused(RoleMayNot)


def test_a_child_tells_of_its_beginning_and_its_end_and_others_tell_nobody() -> None:
    story = given(TOGETHER, by_another(), accept(MONDAY + HOUR, judgement="kan være med"))
    story.tell(close(TUESDAY, "job"), ReopenPathway(by=CASEWORKER, at=TUESDAY + DAY, reason="syg igen"))
    told = [
        event.kind
        for event in story.history
        if TELL_PARENT in {each.name for each in follow_ups(TOGETHER, event, is_child=True)}
    ]
    assert told == ["citizen_enrolled", "pathway_closed", "pathway_reopened"]
    assert not [each for event in story.history for each in follow_ups(TOGETHER, event) if each.is_errand]


def end(at: object, outcome: str = "other_effort") -> EndChild:
    return EndChild.model_validate(
        {"by": SYSTEM, "at": at, "decided_by": CASEWORKER, "outcome": outcome, "reason": "i arbejde"}
    )


def test_a_child_that_has_begun_is_closed_by_whoever_closed_its_parent() -> None:
    story = given(TOGETHER, by_another(), accept(MONDAY + HOUR, judgement="kan være med"))
    closed = story.when(end(TUESDAY)).the(PathwayClosed)
    assert (closed.closed_by, closed.outcome) == (CASEWORKER, "other_effort")
    story.when(end(TUESDAY, "no_such")).then_invalid("outcome", "unknown_code")
    story.tell(end(TUESDAY)).when(end(TUESDAY + DAY)).then_nothing()


def test_a_child_that_has_not_begun_is_withdrawn() -> None:
    withdrawn = given(TOGETHER, by_another()).when(end(TUESDAY)).the(ReferralWithdrawn)
    assert withdrawn == ReferralWithdrawn(at=TUESDAY, reason="i arbejde")


def test_what_was_passed_on_is_noted_once() -> None:
    told = RecordPassedOn(by=SYSTEM, at=TUESDAY, about=FACT, follow_up=TELL_PARENT)
    on_sick_leave().when(told).then(PassedOn(at=TUESDAY, about=FACT, follow_up=TELL_PARENT))


def test_those_that_ended_are_forgotten_one_by_one_and_those_that_are_open_never() -> None:
    story = placeable()
    at = ENROLLED
    for number in range(12):
        at += WEEK
        child = {"child": UUID(int=number)}
        story.tell(call(at), exists(at).model_copy(update=child))
        story.tell(ended(at + DAY, Ending.REFUSED).model_copy(update=child))
    assert len(story.pathway.children) == REMEMBERED


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ((("    programme: sundere-sammen\n", ""),), "pathway_without_programme"),
        ((("programme: sundere-sammen", "programme: sygedagpenge-driftstilbud"),), "its_own_child"),
        ((("    close_as: other_effort\n", ""),), "close_as_missing"),
        ((("kind: pathway", "kind: activity"),), "programme_without_pathway"),
    ],
)
def test_a_programme_whose_child_nobody_could_walk_is_not_published(
    changes: tuple[tuple[str, str], ...], code: str
) -> None:
    words = PLACEMENT[1]
    for old, new in changes:
        words = words.replace(old, new)
    with pytest.raises(Exception, match=code):
        altered("sygedagpenge-driftstilbud@2", HOURS, (PLACEMENT[0], words), AFTERCARE)

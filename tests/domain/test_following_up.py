"""What facts call for in the world: letters to the citizen, notices to staff, and what became of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from domain.actor import Actor, Role
from domain.pathway.commands.course import (
    EraseCitizen,
    GiveNotice,
    PausePathway,
    ReadNotice,
    RecordFailure,
    RecordLetter,
    ReopenPathway,
    ResumePathway,
)
from domain.pathway.commands.referrals import (
    AssignResponsible,
    MoveIntake,
    RefuseReferral,
    ReturnReferral,
    WithdrawReferral,
)
from domain.pathway.commands.sessions import CancelSession, HoldTalk, RebookSession
from domain.pathway.facts.course import DeliveryFailed, LetterSent, NoticeGiven, NoticeRead
from domain.pathway.facts.sessions import Side
from domain.pathway.follow_ups import CALLED_FOR, FollowUp, follow_ups, is_silent
from domain.pathway.history import Erased, Event
from domain.programme.shape import Programme
from domain.refusal import IsOver, RoleMayNot
from tests.domain.beginnings import ACCEPTED, ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, RECORDS, SESSION, SICK, TOGETHER, WEEK
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
FRIDAY = MONDAY + 4 * DAY
FACT = UUID("99999999-9999-4999-8999-999999999999")
SYSTEM = Actor("system:follow_up")


def called_for(story: Story, programme: Programme = SICK) -> list[tuple[str, str]]:
    """The names of everything that a story's facts call for, with the fact's kind."""
    return [(event.kind, each.name) for event in story.history for each in follow_ups(programme, event)]


def reopen(at: datetime) -> ReopenPathway:
    return ReopenPathway(by=CASEWORKER, at=at, reason="en anden med samme navn")


def letter(at: datetime = TUESDAY, **others: Any) -> RecordLetter:  # noqa: ANN401 - fields
    return RecordLetter(at=at, **{"by": SYSTEM, "about": FACT, "letter": "waiting", "channel": "outbox", **others})


def notice(at: datetime = TUESDAY, **others: Any) -> GiveNotice:  # noqa: ANN401 - fields
    given_ = {"by": SYSTEM, "about": FACT, "notice": "week_below", "owner": Role.CONTACT_PERSON, "subject": "2026-W11"}
    return GiveNotice(at=at, **{**given_, **others})


def failure(at: datetime = TUESDAY, **others: Any) -> RecordFailure:  # noqa: ANN401 - fields
    return RecordFailure(at=at, **{"by": SYSTEM, "about": FACT, "follow_up": "waiting", "error": "smtp", **others})


def read(at: datetime = FRIDAY, name: str = "week_below", **others: Any) -> ReadNotice:  # noqa: ANN401 - fields
    return ReadNotice(at=at, notice=name, **{"by": CONTACT, "about": FACT, **others})


def test_somebody_who_is_taken_in_is_written_to_and_their_contact_person_is_told() -> None:
    assert called_for(given(SICK, refer(), accept(ACCEPTED))) == [
        ("referral_accepted", "referral_accepted"),
        ("responsible_assigned", "assigned"),
        ("placed_on_waiting_list", "waiting"),
    ]


def test_a_beginning_is_announced_and_one_that_came_by_itself_is_told_to_staff() -> None:
    waiting = given(SICK, refer(), accept(ACCEPTED)).settle(MONDAY + 2 * WEEK)
    assert [name for kind, name in called_for(waiting) if kind == "citizen_enrolled"] == ["enrolled", "intake_came"]
    assert [name for kind, name in called_for(on_sick_leave()) if kind == "citizen_enrolled"] == ["enrolled"]


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (RefuseReferral(by=CASEWORKER, at=TUESDAY, reason="et andet tilbud"), "referral_refused"),
        (ReturnReferral(by=CASEWORKER, at=TUESDAY, reason="mangler status"), "referral_returned"),
    ],
)
def test_the_answer_to_a_referral_is_told(command: RefuseReferral | ReturnReferral, name: str) -> None:
    assert called_for(given(SICK, refer(), command))[-1] == (name, name)


def test_a_returned_referral_is_told_to_those_who_refer() -> None:
    returned = given(SICK, refer(), ReturnReferral(by=CASEWORKER, at=TUESDAY, reason="mangler status"))
    assert follow_ups(SICK, returned.history[2]) == (FollowUp(name="referral_returned", to=Role.CASEWORKER),)


def test_a_withdrawn_referral_is_told_to_nobody() -> None:
    withdrawn = given(SICK, refer(), WithdrawReferral(by=CASEWORKER, at=TUESDAY, reason="job"))
    assert called_for(withdrawn) == []


def test_a_moved_intake_is_told_to_the_citizen() -> None:
    story = given(SICK, refer(), accept(ACCEPTED))
    begins = story.pathway.begins
    assert begins is not None
    story.tell(MoveIntake(by=CONTACT, at=TUESDAY, begins=begins + DAY, reason="lokalet er optaget"))
    assert called_for(story)[-1] == ("intake_moved", "intake_moved")


def test_a_new_contact_person_is_told_to_both() -> None:
    story = on_sick_leave().tell(
        AssignResponsible(by=CASEWORKER, at=TUESDAY, role=Role.CONTACT_PERSON, person="kp-2", reason="barsel")
    )
    assert called_for(story)[-2:] == [
        ("responsible_assigned", "assigned"),
        ("responsible_assigned", "contact_person_changed"),
    ]


def test_only_talks_that_the_programme_announces_are_announced() -> None:
    def announced(element: str) -> bool:
        return ("session_booked", "session_booked") in called_for(on_sick_leave().tell(book(TUESDAY, FRIDAY, element)))

    assert [announced(element) for element in ("first_talk", "dls_talk", "nature")] == [True, True, False]


def test_what_the_citizen_asked_for_is_not_written_to_the_citizen() -> None:
    for side in Side:
        moving = RebookSession(
            by=CONTACT, at=TUESDAY, session=SESSION, starts=FRIDAY + DAY, asked_by=side, reason="sygdom"
        )
        cancelling = CancelSession(by=CONTACT, at=TUESDAY, session=SESSION, asked_by=side, reason="sygdom")
        for command in (moving, cancelling):
            story = on_sick_leave().tell(book(ENROLLED, FRIDAY, "nature"), command)
            written = called_for(story)[-1][0] in {"session_moved", "session_cancelled"}
            assert written is (side is not Side.CITIZEN)


def test_a_session_of_an_element_that_a_newer_version_dropped_is_announced_to_nobody() -> None:
    booked = on_sick_leave().tell(book(TUESDAY, FRIDAY, "nature")).history[-1]
    assert follow_ups(TOGETHER, booked) == ()


def test_pauses_ends_and_reopenings_are_written() -> None:
    story = on_sick_leave().tell(
        PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation"),
        ResumePathway(by=CASEWORKER, at=FRIDAY),
        close(FRIDAY + HOUR),
        ReopenPathway(by=CASEWORKER, at=FRIDAY + DAY, reason="igen"),
    )
    assert [name for _, name in called_for(story)][-4:] == ["paused", "resumed", "closed", "reopened"]


def test_nobody_writes_to_somebody_who_has_died_or_moved_away() -> None:
    for outcome in ("death", "moved"):
        story = on_sick_leave().tell(close(FRIDAY, outcome))
        assert "pathway_closed" not in [kind for kind, _ in called_for(story)]
        assert is_silent(SICK, story.pathway, ENROLLED), "what was to be written before is not written any more"


def test_whoever_was_thought_dead_or_gone_is_written_to_again_but_not_about_what_came_before() -> None:
    for outcome in ("death", "moved"):
        story = on_sick_leave().tell(close(FRIDAY, outcome), reopen(FRIDAY + DAY))
        assert is_silent(SICK, story.pathway, ENROLLED)
        assert is_silent(SICK, story.pathway, FRIDAY + DAY), "the reopening itself is no reason to write"
        assert not is_silent(SICK, story.pathway, FRIDAY + DAY + HOUR)
        story.tell(close(FRIDAY + WEEK, "own_wish"), reopen(FRIDAY + 2 * WEEK), close(FRIDAY + 3 * WEEK, "own_wish"))
        assert is_silent(SICK, story.pathway, FRIDAY), "whatever became of the pathway later"
        assert not is_silent(SICK, story.pathway, FRIDAY + WEEK)


def test_whoever_goes_on_or_ends_otherwise_is_written_to() -> None:
    assert not is_silent(SICK, on_sick_leave().pathway, ENROLLED)
    assert not is_silent(SICK, on_sick_leave().tell(close(FRIDAY, "own_wish")).pathway, ENROLLED)
    reopened = on_sick_leave().tell(close(FRIDAY, "own_wish"), reopen(FRIDAY + DAY))
    assert not is_silent(SICK, reopened.pathway, FRIDAY + DAY)


def test_the_sessions_that_closing_calls_off_are_told_of_in_the_letter_about_the_end() -> None:
    story = on_sick_leave().tell(book(TUESDAY, FRIDAY, "nature"), close(TUESDAY + HOUR, "own_wish"))
    assert story.kinds.count("session_cancelled") == 1
    assert [name for kind, name in called_for(story) if kind in {"pathway_closed", "session_cancelled"}] == ["closed"]


def test_a_step_taken_by_itself_and_a_low_week_are_told_to_staff() -> None:
    automatic = altered("sygedagpenge-driftstilbud@2", ("how: proposal,", "how: automatic,"))
    story = on_sick_leave(automatic)
    for number in range(6):
        at, session = TUESDAY + number * DAY, UUID(int=number)
        story.tell(book(at, at, "nature", session=session), attend(at + HOUR, session=session))
    story.settle(ENROLLED + 3 * WEEK)
    assert {("transition_taken", "transition_taken"), ("week_counted", "week_below")} <= set(called_for(story))


def test_letters_go_to_the_citizen_and_notices_to_staff() -> None:
    assert FollowUp(name="closed", to=Role.CITIZEN).is_letter
    assert not FollowUp(name="assigned", to=Role.CONTACT_PERSON).is_letter


def test_what_was_erased_calls_for_nothing() -> None:
    for kind in CALLED_FOR:
        erased: Event = Erased(getattr(kind, "kind", ""), MONDAY)
        assert follow_ups(SICK, erased) == ()


def test_a_letter_that_went_out_is_a_fact_and_goes_out_once() -> None:
    story = on_sick_leave().when(letter()).then(LetterSent(at=TUESDAY, about=FACT, letter="waiting", channel="outbox"))
    story.when(letter(FRIDAY, channel="smtp")).then_nothing()
    story.when(letter(FRIDAY, letter="enrolled")).then_kinds("letter_sent")


def test_a_notice_stands_until_somebody_has_read_it() -> None:
    story = (
        on_sick_leave()
        .when(notice())
        .then(NoticeGiven(at=TUESDAY, about=FACT, notice="week_below", owner=Role.CONTACT_PERSON, subject="2026-W11"))
    )
    assert list(story.pathway.notices) == [f"week_below:{FACT}"]
    taken = story.when(read()).then(NoticeRead(at=FRIDAY, about=FACT, notice="week_below"))
    assert taken.pathway.notices == {}
    on_sick_leave().when(read()).then_nothing()


def test_a_delivery_that_was_given_up_opens_a_task_for_the_caseworker() -> None:
    story = (
        on_sick_leave().when(failure()).then(DeliveryFailed(at=TUESDAY, about=FACT, follow_up="waiting", error="smtp"))
    )
    [task] = story.pathway.notices.values()
    assert (task.notice, task.owner, task.subject) == ("delivery_failed", Role.CASEWORKER, "waiting")
    story.when(read(name="delivery_failed")).then_kinds("notice_read")


def test_each_of_two_deliveries_that_a_fact_called_for_is_given_up_for_itself_and_once() -> None:
    story = on_sick_leave().tell(failure())
    other = story.when(failure(follow_up="enrolled")).then_kinds("delivery_failed")
    other.when(failure(follow_up="enrolled")).then_nothing()
    other.when(failure()).then_nothing()
    [task] = other.pathway.notices.values()
    assert task.subject == "enrolled", "the latest"


def test_deliveries_go_on_after_the_end_and_stop_with_the_citizens_data() -> None:
    closed = on_sick_leave().tell(close(MONDAY + 3 * HOUR))
    for command, kind in ((letter(), "letter_sent"), (notice(), "notice_given"), (failure(), "delivery_failed")):
        closed.when(command).then_kinds(kind)
    erased = on_sick_leave().tell(EraseCitizen(by=RECORDS, at=MONDAY + 3 * HOUR, decision="2026-18"))
    for told in (letter(), notice(), failure(), read(TUESDAY)):
        erased.when(told).then_refused(IsOver, stage="erased")


def test_only_the_system_says_what_was_delivered() -> None:
    for command in (letter(by=CASEWORKER), notice(by=CASEWORKER), failure(by=CASEWORKER)):
        on_sick_leave().when(command).then_refused(RoleMayNot, may="system")
    on_sick_leave().tell(notice()).when(read(by=SYSTEM)).then_refused(RoleMayNot)


def test_a_talk_that_was_held_is_written_to_nobody() -> None:
    held = together().tell(HoldTalk(by=CONTACT, at=TUESDAY, element="consultant_talk"))
    assert "talk_held" not in [kind for kind, _ in called_for(held, TOGETHER)]

"""What may be told now, by whom, and about what: nothing that the decider would turn down, and nothing left out."""

from domain.actor import Role
from domain.pathway.acts import DETAILS as DECIDED
from domain.pathway.commands import course, obligations
from domain.pathway.facts.sessions import Attendance
from domain.pathway.permissions import MAY, OURS
from domain.pathway.tellings import tellings
from tests.domain.beginnings import on_sick_leave, together
from tests.domain.laws.test_answering import UNLISTED
from tests.domain.tellings import DETAILS as TOLD
from tests.support.asking import attend, book, close
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY
from tests.support.spec import Story

TUESDAY = MONDAY + DAY
OF_A_SESSION = {"record_attendance", "rebook_session", "cancel_session", "evaluate_session", "excuse_absence"}


def told(story: Story) -> set[tuple[str, str | None]]:
    """What may be told on Tuesday, each with what it is about."""
    return {(each.command, each.step) for each in tellings(story.binding, story.pathway, TUESDAY)}


def of_sessions(story: Story) -> set[str]:
    """What may be told on Tuesday of the sessions."""
    return {command for command, _ in told(story)} & OF_A_SESSION


def test_every_command_of_people_is_decided_or_told() -> None:
    by_people = {command.kind for command in MAY if command not in OURS | UNLISTED}
    assert by_people == {*DECIDED, *TOLD, course.CorrectFact.kind}


def test_what_became_of_a_session_is_told_when_it_has_begun() -> None:
    assert of_sessions(on_sick_leave()) == set()
    tomorrow = on_sick_leave().tell(book(TUESDAY, TUESDAY + DAY, "diet_exercise"))
    assert of_sessions(tomorrow) == {"rebook_session", "cancel_session"}
    now = on_sick_leave().tell(book(TUESDAY, TUESDAY, "diet_exercise"))
    assert of_sessions(now) == {"rebook_session", "cancel_session", "record_attendance"}


def test_an_absence_may_be_excused_and_what_was_held_may_be_judged() -> None:
    absent = together().tell(book(TUESDAY, TUESDAY, "training"), attend(TUESDAY, Attendance.ABSENT))
    assert of_sessions(absent) == {"excuse_absence"}
    present = together().tell(book(TUESDAY, TUESDAY, "training"), attend(TUESDAY, Attendance.PRESENT))
    assert of_sessions(present) == {"evaluate_session"}


def test_what_is_owed_may_be_met_excused_or_called_off_by_its_name() -> None:
    promised = obligations.CreateObligation(
        by=CONTACT, at=MONDAY, obligation="ring_op", owner=Role.CASEWORKER, due=TUESDAY + DAY, note="ring op"
    )
    about = {command for command, step in told(on_sick_leave().tell(promised)) if step == "ring_op"}
    assert about == {"meet_obligation", "excuse_obligation", "declare_not_required"}
    assert ("meet_obligation", "first_talk") not in told(on_sick_leave()), "a talk is held, not ticked off"


def test_an_outcome_is_told_once_and_only_what_the_pathway_goes_on_after() -> None:
    story = on_sick_leave()
    outcomes = {step for command, step in told(story) if command == "record_outcome"}
    assert outcomes == {name for name, each in story.programme.outcomes.items() if each.letter}
    story.tell(course.RecordOutcome(by=CASEWORKER, at=TUESDAY, outcome="education"))
    assert ("record_outcome", "education") not in told(story)


def test_after_the_end_only_what_was_told_may_be_put_right() -> None:
    story = on_sick_leave().tell(course.AgreePlan(by=CONTACT, at=TUESDAY, goals="job"), close(TUESDAY))
    assert told(story) == {("correct_fact", None)}
    [correcting] = tellings(story.binding, story.pathway, TUESDAY)
    assert Role.INSTRUCTOR not in correcting.by, "nobody puts right what they may not tell"

"""What a correction would have changed: what it moves by itself, and what people decide about."""

from uuid import UUID, uuid4

from hypothesis import given as for_all
from hypothesis import settings

from domain.actor import Actor
from domain.explaining.correcting import PROPOSED, Cause, Otherwise, Proposal, otherwise
from domain.pathway.binding import Binding
from domain.pathway.commands.course import AgreePlan, CorrectFact, RecordLetter
from domain.pathway.commands.phases import EnterPhase
from domain.pathway.commands.sessions import BookSession
from domain.pathway.decide import decide
from domain.pathway.facts.course import FactCorrected, PlanAgreed
from domain.pathway.facts.obligations import ObligationCreated
from domain.pathway.facts.sessions import AttendanceRecorded
from domain.refusal import NoSuchFact
from tests.domain.beginnings import on_sick_leave
from tests.domain.laws.lives import ALTERED, Lived, law, lives
from tests.support.asking import attend, book
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, OTHER_SESSION
from tests.support.life import Step
from tests.support.spec import Story

TUESDAY, WEDNESDAY, FRIDAY = MONDAY + DAY, MONDAY + 2 * DAY, MONDAY + 4 * DAY
BY_ITSELF = ALTERED[1]
SYSTEM = Actor("system:follow_up")


def placed() -> Story:
    """Somebody in a placement, which asked for an agreed plan."""
    story = on_sick_leave().tell(
        EnterPhase(by=CASEWORKER, at=TUESDAY, phase="labour_market", reason="klar"),
        AgreePlan(by=CASEWORKER, at=TUESDAY + DAY / 24, goals="praktik"),
    )
    return story.tell(
        BookSession(by=CONTACT, at=WEDNESDAY, session=OTHER_SESSION, element="work_placement", starts=FRIDAY)
    )


def withdrawn(version: int, **choices: tuple[int, ...]) -> CorrectFact:
    """The command that takes a fact back on Friday."""
    return CorrectFact(by=CASEWORKER, at=FRIDAY, corrects=version, withdraw=True, reason="forkert borger", **choices)


def changed(story: Story, command: CorrectFact) -> list[Otherwise]:
    """What would have been otherwise."""
    story.settle(command.at)
    return otherwise(story.binding, decide(story.binding, story.pathway, command))


def test_what_could_not_have_been_done_is_to_be_looked_at_again() -> None:
    story = placed()
    [booked] = changed(story, withdrawn(story.version(PlanAgreed)))
    assert (booked.fact.kind, booked.cause, booked.proposal) == ("session_booked", Cause.DONE, Proposal.REVIEW)
    assert booked.refusal
    assert booked.refusal.code == "not_open_yet"


def test_a_step_that_a_rule_would_not_have_taken_can_be_compensated() -> None:
    story = on_sick_leave(BY_ITSELF).tell(book(TUESDAY, TUESDAY, "diet_exercise"), attend(WEDNESDAY))
    command = withdrawn(story.version(AttendanceRecorded))
    assert [(each.cause, each.proposal) for each in changed(story, command)] == [(Cause.TAKEN, Proposal.COMPENSATE)]


def test_a_letter_that_went_out_stands() -> None:
    story = placed()
    about, version = uuid4(), story.version(PlanAgreed)
    story.tell(RecordLetter(by=SYSTEM, at=WEDNESDAY, about=about, letter="session_booked", channel="outbox"))
    command = withdrawn(version)
    ids: dict[UUID, int] = {about: version}
    found = otherwise(story.binding, decide(story.binding, story.pathway, command), ids)
    assert (Cause.SENT, Proposal.STAND) in {(each.cause, each.proposal) for each in found}


def test_a_correction_of_words_changes_nothing_else() -> None:
    story = placed()
    command = CorrectFact(
        by=CASEWORKER, at=FRIDAY, corrects=story.version(PlanAgreed), changes={"goals": "job"}, reason="slåfejl"
    )
    assert changed(story, command) == []


def test_what_is_to_be_looked_at_again_becomes_the_caseworkers_to_see_to_with_the_reason() -> None:
    story = placed()
    booked = story.version(ObligationCreated)
    command = withdrawn(story.version(PlanAgreed), review=(booked,))
    owed = next(fact for fact in story.when(command).facts if isinstance(fact, ObligationCreated))
    assert (owed.obligation, owed.owner, owed.note) == (f"look_again_{booked}", "caseworker", "forkert borger")


def test_what_was_chosen_is_kept_with_the_correction() -> None:
    story = placed()
    corrected = story.when(withdrawn(story.version(PlanAgreed), keep=(1,), review=(2,))).the(FactCorrected)
    assert (corrected.kept, corrected.reviewed) == ((1,), (2,))


def test_nothing_that_never_happened_can_be_chosen() -> None:
    story = placed()
    story.when(withdrawn(story.version(PlanAgreed), keep=(999,))).then_refused(NoSuchFact, version=999)


@settings(law, max_examples=40)
@for_all(lives)
def test_what_is_told_before_a_correction_is_what_it_leaves_behind(steps: Lived) -> None:
    """Looked at afterwards, with the correction in place, the same facts would not have happened as they did."""
    for step in steps:
        if isinstance(step.command, CorrectFact) and step.facts:
            before = Binding(step.binding.programme, history=step.history[: len(step.history) - len(step.facts)])
            told = otherwise(before, step.facts)
            again = [each for each in otherwise(before, _corrections_in(step)) if each.version <= len(before.history)]
            assert told == again, step


def _corrections_in(step: Step) -> list[FactCorrected]:
    """The corrections among what was written, as they are read from the history afterwards."""
    written = step.history[len(step.history) - len(step.facts) :]
    return [event for event in written if isinstance(event, FactCorrected)]


def test_a_person_s_decision_is_looked_at_by_a_person_and_never_compensated_by_itself() -> None:
    assert PROPOSED[Cause.DECIDED] is Proposal.REVIEW
    assert {cause for cause, proposal in PROPOSED.items() if proposal is Proposal.COMPENSATE} == {
        Cause.TAKEN,
        Cause.PROPOSED,
    }

"""What a correction would have changed: what it moves by itself, and what people decide about."""

from datetime import datetime
from uuid import uuid4

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as chance

from domain.actor import Actor
from domain.explaining.correcting import PROPOSED, Cause, Otherwise, Proposal
from domain.pathway.commands.course import AgreePlan, CorrectFact, RecordCircumstance, RecordEvent, RecordLetter
from domain.pathway.commands.phases import ApproveTransition, EnterPhase, HoldReview
from domain.pathway.commands.proceedings import ExemptHearing, NotifyDecision, ReassessComplaint, ReceiveComplaint
from domain.pathway.commands.referrals import EnrolCitizen
from domain.pathway.commands.sessions import ExcuseAbsence
from domain.pathway.facts.course import CircumstanceRecorded, EventRecorded, FactCorrected, PlanAgreed
from domain.pathway.facts.obligations import ObligationCreated, ObligationOverdue
from domain.pathway.facts.proceedings import Channel
from domain.pathway.facts.sessions import Attendance, AttendanceRecorded, SessionBooked
from domain.programme.shape import Programme
from domain.refusal import NoSuchFact
from tests.domain.beginnings import ACCEPTED, ENROLLED, HOUR, on_sick_leave
from tests.domain.laws.lives import ALTERED, LIVES, law, lived
from tests.semantics.reference import Marking, blocked, executed, passed
from tests.semantics.test_relations import acts, programmes
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, OTHER_SESSION, SICK, TOGETHER, WEEK
from tests.support.life import Life, Step
from tests.support.replaying import Wrong, again, told, turns_of, withdrawn, wrongs
from tests.support.spec import Story

TUESDAY, WEDNESDAY, FRIDAY = MONDAY + DAY, MONDAY + 2 * DAY, MONDAY + 4 * DAY
BY_ITSELF = ALTERED[1]
SYSTEM = Actor("system:follow_up")
BEGUN = (refer(ENROLLED - 2 * HOUR), accept(ENROLLED - HOUR), EnrolCitizen(by=CASEWORKER, at=ENROLLED))
"""Somebody on sick leave who was let in at once."""
PLACED = (
    *BEGUN,
    EnterPhase(by=CASEWORKER, at=TUESDAY, phase="labour_market", reason="klar"),
    AgreePlan(by=CASEWORKER, at=TUESDAY + HOUR, goals="praktik"),
    book(WEDNESDAY, WEDNESDAY + HOUR, "work_placement", session=OTHER_SESSION),
)
"""Somebody in a placement, which asked for an agreed plan."""


def causes(found: list[Otherwise]) -> list[tuple[str, Cause]]:
    """What would have been otherwise, in short."""
    return [(each.fact.kind, each.cause) for each in found]


def codes(found: list[Otherwise]) -> dict[str, str]:
    """By what would have been turned down, with what answer."""
    return {each.fact.kind: each.refusal.code for each in found if each.refusal}


def test_what_could_not_have_been_done_is_to_be_looked_at_again() -> None:
    [booked] = withdrawn(told(SICK, *PLACED), PlanAgreed).told()
    assert (booked.fact.kind, booked.cause, booked.proposal) == ("session_booked", Cause.DONE, Proposal.REVIEW)
    assert booked.refusal
    assert booked.refusal.code == "not_open_yet"


def test_whatever_rests_on_what_could_not_have_been_done_is_looked_at_again_too() -> None:
    """Without a plan no placement, without its booking nobody stayed away from it, and nobody could be excused."""
    steps = told(
        SICK,
        *PLACED,
        attend(FRIDAY, Attendance.ABSENT, session=OTHER_SESSION, provider_reason="kom ikke"),
        ExcuseAbsence(by=CONTACT, at=FRIDAY + HOUR, session=OTHER_SESSION, reason="syg"),
    )
    found = withdrawn(steps, PlanAgreed).told()
    assert codes(found) == {
        "session_booked": "not_open_yet",
        "attendance_recorded": "no_such_session",
        "absence_excused": "no_such_session",
    }


ASSESSED_FIRST = altered("sundere-sammen@2", ("relations:\n", "relations:\n  - {condition: plan_agreed, for: close}\n"))


def test_a_decision_that_was_open_because_of_a_fact_takes_its_letter_and_the_complaint_of_it_along() -> None:
    at = ACCEPTED + DAY
    steps = told(
        ASSESSED_FIRST,
        refer(MONDAY, benefit="ressourceforloeb"),
        accept(ACCEPTED),
        AgreePlan(by=CASEWORKER, at=ACCEPTED + HOUR, goals="en ven"),
        ExemptHearing(by=CASEWORKER, at=at, decision="close", reason="partens eget ønske"),
        close(at + HOUR, "own_wish", against_wish=True),
        NotifyDecision(by=CASEWORKER, at=at + 2 * HOUR, decision="close", channel=Channel.LETTER),
        ReceiveComplaint(by=CASEWORKER, at=at + DAY, decision="close"),
        ReassessComplaint(by=CASEWORKER, at=at + 2 * DAY, decision="close", reason="intet nyt"),
    )
    notified = next(turn for turn in turns_of(steps) if turn.facts[0].kind == "decision_notified")
    about = uuid4()
    letter = RecordLetter(by=SYSTEM, at=at + 3 * DAY, about=about, letter="decision_notified", channel="outbox")
    steps = told(ASSESSED_FIRST, *(step.command for step in steps), letter)
    found = withdrawn(steps, PlanAgreed).told({about: notified.first})
    assert codes(found) == {
        "pathway_closed": "not_open_yet",
        "decision_notified": "nothing_to_notify",
        "complaint_received": "nothing_to_complain_of",
        "complaint_reassessed": "no_complaint",
    }
    assert ("pathway_closed", Cause.DECIDED) in causes(found)
    assert causes(found)[-1] == ("letter_sent", Cause.SENT)


def test_a_step_that_a_rule_would_not_have_taken_can_be_compensated() -> None:
    steps = told(BY_ITSELF, *BEGUN, book(TUESDAY, TUESDAY, "diet_exercise"), attend(WEDNESDAY))
    [taken] = withdrawn(steps, AttendanceRecorded).told()
    assert (taken.cause, taken.proposal) == (Cause.TAKEN, Proposal.COMPENSATE)


def test_what_was_done_in_a_phase_that_would_not_have_begun_is_looked_at_again() -> None:
    steps = told(
        BY_ITSELF,
        *BEGUN,
        book(TUESDAY, TUESDAY, "diet_exercise"),
        attend(WEDNESDAY),
        AgreePlan(by=CASEWORKER, at=WEDNESDAY + HOUR, goals="praktik"),
        book(FRIDAY, FRIDAY + HOUR, "work_placement", session=OTHER_SESSION),
    )
    found = withdrawn(steps, AttendanceRecorded).told()
    assert causes(found) == [("transition_taken", Cause.TAKEN), ("session_booked", Cause.DONE)]
    assert codes(found) == {"session_booked": "not_offered"}


def test_an_answer_to_a_proposal_that_would_not_have_come_is_looked_at_again() -> None:
    commands = list(BEGUN)
    for number in range(6):
        at, session = TUESDAY + number * DAY, uuid4()
        commands += [book(at, at, "nature", session=session), attend(at + HOUR, session=session)]
    approved = ApproveTransition(by=CASEWORKER, at=TUESDAY + 8 * DAY)
    found = withdrawn(told(SICK, *commands, approved), AttendanceRecorded).told()
    assert causes(found) == [("transition_proposed", Cause.PROPOSED), ("transition_approved", Cause.DECIDED)]


def test_a_step_that_the_rule_would_have_taken_and_has_not_is_told_as_missed() -> None:
    """It counts what was attended in four weeks, which are over by now: nothing follows by itself any more."""
    absent = attend(WEDNESDAY, Attendance.ABSENT)
    steps = told(BY_ITSELF, *BEGUN, book(TUESDAY, TUESDAY, "diet_exercise"), absent)
    plan = AgreePlan(by=CASEWORKER, at=MONDAY + 6 * WEEK, goals="en ven")
    steps = told(BY_ITSELF, *(step.command for step in steps), plan)
    version = next(turn.first for turn in turns_of(steps) if isinstance(turn.facts[0], AttendanceRecorded))
    found = Wrong(steps, version, {"changes": {"attendance": "present"}}).told()
    [missed] = [each for each in found if each.cause is Cause.MISSED]
    assert (missed.version, missed.fact.kind, missed.proposal) == (None, "transition_taken", Proposal.REVIEW)


def test_that_staff_were_told_of_a_deadline_that_was_not_stands() -> None:
    late = told(SICK, *BEGUN, HoldReview(by=CONTACT, at=MONDAY + 10 * WEEK))
    overdue = [fact for turn in turns_of(late) for fact in turn.facts if isinstance(fact, ObligationOverdue)]
    assert "follow_up_talk" in {fact.name for fact in overdue}
    stands_by = RecordEvent(by=CASEWORKER, at=TUESDAY, event="stand_by_begun")
    back = RecordEvent(by=CASEWORKER, at=MONDAY + 2 * WEEK, event="stand_by_ended")
    steps = told(SICK, *BEGUN, stands_by, back, HoldReview(by=CONTACT, at=MONDAY + 10 * WEEK))
    found = [each for each in withdrawn(steps, EventRecorded).told() if each.cause is Cause.TOLD]
    assert {each.proposal for each in found} == {Proposal.STAND}
    assert "obligation_overdue" in {each.fact.kind for each in found}


def test_a_decision_by_what_was_said_of_the_citizen_rests_on_that() -> None:
    """Whoever was let in as one whom the offer is for could not have been, by what turns out to be so."""
    steps = told(
        TOGETHER,
        refer(MONDAY, benefit="kontanthjaelp"),
        RecordCircumstance(by=CASEWORKER, at=MONDAY + HOUR, name="benefit", value="ressourceforloeb"),
        accept(MONDAY + 2 * HOUR),
    )
    found = withdrawn(steps, CircumstanceRecorded).told()
    assert codes(found) == {"referral_accepted": "not_eligible"}
    assert causes(found) == [("referral_accepted", Cause.DECIDED)]


def test_a_letter_about_what_is_put_right_stands() -> None:
    about = uuid4()
    sent = RecordLetter(by=SYSTEM, at=WEDNESDAY + HOUR, about=about, letter="session_booked", channel="outbox")
    wrong = withdrawn(told(SICK, *PLACED, sent), PlanAgreed)
    assert (Cause.SENT, Proposal.STAND) in {(each.cause, each.proposal) for each in wrong.told({about: wrong.corrects})}


def test_a_correction_of_words_changes_nothing_else() -> None:
    steps = told(SICK, *PLACED)
    wrong = withdrawn(steps, PlanAgreed)
    assert Wrong(steps, wrong.corrects, {"changes": {"goals": "job"}}).told() == []


def test_what_an_earlier_correction_would_have_changed_was_told_then() -> None:
    plan = withdrawn(told(SICK, *PLACED), PlanAgreed)
    assert plan.told()
    take_back = CorrectFact(by=CASEWORKER, at=FRIDAY, corrects=plan.corrects, withdraw=True, reason="forkert borger")
    event = RecordEvent(by=CASEWORKER, at=FRIDAY + HOUR, event="stand_by_begun")
    steps = told(SICK, *PLACED, take_back, event)
    assert withdrawn(steps, EventRecorded).told() == []


def test_what_is_to_be_looked_at_again_becomes_the_caseworkers_to_see_to_with_the_reason() -> None:
    story = Story(SICK).tell(*PLACED)
    booked = story.version(SessionBooked)
    command = CorrectFact(
        by=CASEWORKER,
        at=FRIDAY,
        corrects=story.version(PlanAgreed),
        withdraw=True,
        review=(booked,),
        reason="forkert borger",
    )
    owed = next(fact for fact in story.when(command).facts if isinstance(fact, ObligationCreated))
    assert (owed.obligation, owed.owner, owed.note) == (f"look_again_{booked}", "caseworker", "forkert borger")


def test_what_was_chosen_is_kept_with_the_correction() -> None:
    story = on_sick_leave().tell(AgreePlan(by=CASEWORKER, at=TUESDAY, goals="praktik"))
    chosen = {"corrects": story.version(PlanAgreed), "withdraw": True, "reason": "forkert borger"}
    command = CorrectFact(by=CASEWORKER, at=FRIDAY, keep=(1,), review=(2,), **chosen)
    corrected = story.when(command).the(FactCorrected)
    assert (corrected.kept, corrected.reviewed) == ((1,), (2,))
    never = CorrectFact(by=CASEWORKER, at=FRIDAY, keep=(999,), **chosen)
    story.when(never).then_refused(NoSuchFact, version=999)


@settings(law, max_examples=40)
@for_all(chance.integers(0, LIVES - 1), chance.integers(0, 99))
def test_what_is_to_be_looked_at_again_is_what_the_rules_would_have_answered_otherwise(seed: int, which: int) -> None:
    """Held against the very commands of a life, given again with what was wrong told right; no fact is read back."""
    every = list(wrongs(lived(seed, 50)))
    for wrong in every[which % max(len(every), 1) :][:1]:
        found, answered = wrong.told(), again(wrong)
        if wrong.facts:
            turned_down = sorted((wrong.first(each.version), each.refusal.code) for each in found if each.refusal)
            assert turned_down == sorted(answered.turned_down), wrong.fields
            assert [wrong.first(each.version) for each in found if each.cause is Cause.ANOTHER] == answered.another


@settings(law, max_examples=60)
@for_all(programmes, acts, chance.integers(0, 11))
def test_in_programmes_made_by_chance_the_reference_says_the_same(
    programme: Programme, steps: list[tuple[str, int]], which: int
) -> None:
    """Of an event that never happened: the reference tells the others again, and turns down what the preview names."""
    life = Life(programme, {})
    began = MONDAY + DAY
    told_ = [life.tell(refer(began - HOUR, benefit="ressourceforloeb")), life.tell(accept(began))]
    at = began
    for name, hours in steps:
        at += hours * HOUR
        told_.append(life.tell(RecordEvent(by=CASEWORKER, at=at, event=name)))
    happened = [step for step in told_[2:] if step.facts]
    if not happened:
        return
    wrong_step = happened[which % len(happened)]
    version = next(turn.first for turn in turns_of(told_) if turn.facts == wrong_step.facts)
    wrong = Wrong(told_, version, {"withdraw": True})
    found = wrong.told()
    expected, fallen = _by_the_reference(programme, [step for step in happened if step is not wrong_step], wrong)
    named = [each.fact for each in found if each.refusal]
    assert [(fact.at, fact.event) for fact in named if isinstance(fact, EventRecorded)] == expected
    overdue = [fact for fact in wrong.events if isinstance(fact, ObligationOverdue) and (fact.at, fact.obligation)]
    known = [fact for fact in overdue if fact.obligation in programme.responses and fact.name in {"a", "b", "c", "d"}]
    gone = [each.fact for each in found if isinstance(each.fact, ObligationOverdue)]
    assert [fact for fact in known if (fact.due, fact.obligation) not in fallen] == [
        fact for fact in gone if fact in known
    ]


def _by_the_reference(
    programme: Programme, happened: list[Step], wrong: Wrong
) -> tuple[list[tuple[datetime, str]], set[tuple[datetime, str]]]:
    """What the reference turns down, and what becomes overdue by it."""
    marking, turned_down, overdue = Marking(tuple(programme.relations)), [], set[tuple[datetime, str]]()
    for step in happened:
        assert isinstance(step.command, RecordEvent)
        marking, fallen, _ = passed(marking, step.command.at)
        overdue |= set(fallen)
        if list(blocked(marking, step.command.event)):
            turned_down.append((step.command.at, step.command.event))
        else:
            marking = executed(marking, step.command.event, step.command.at)
    _, fallen, _ = passed(marking, wrong.at)
    return turned_down, overdue | set(fallen)


def test_a_person_s_decision_is_looked_at_by_a_person_and_never_compensated_by_itself() -> None:
    assert PROPOSED[Cause.DECIDED] is Proposal.REVIEW
    assert {cause for cause, proposal in PROPOSED.items() if proposal is Proposal.COMPENSATE} == {
        Cause.TAKEN,
        Cause.PROPOSED,
    }

"""Proposing the next phase: by people or by the programme's rule, answered by those it names."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.calendar import MORNING, end_of_day, local, local_date
from domain.pathway.commands.course import AgreePlan, PausePathway, ReopenPathway, ResumePathway
from domain.pathway.commands.phases import ApproveTransition, EnterPhase, ProposeTransition, RejectTransition
from domain.pathway.facts.obligations import ObligationCreated
from domain.pathway.facts.phases import (
    PhaseEntered,
    TransitionApproved,
    TransitionProposed,
    TransitionRejected,
    TransitionTaken,
)
from domain.refusal import (
    AlreadyProposed,
    IsOver,
    IsPaused,
    NoProposal,
    NotInPlace,
    NotOpenYet,
    NotUnderway,
    RoleMayNot,
)
from domain.why import Why
from tests.domain.beginnings import HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.cast import CASEWORKER, CITIZEN, CONSULTANT, CONTACT, DAY, HEALTH, MONDAY, SICK, WEEK
from tests.support.spec import Story, given, passing

TUESDAY = MONDAY + DAY
AUTOMATIC = altered("sygedagpenge-driftstilbud@2", ("how: proposal,", "how: automatic,"))
BY_DECISION = altered("sygedagpenge-driftstilbud@2", ("how: proposal,", "how: decision,"))


def propose(at: datetime = TUESDAY, **others: Any) -> ProposeTransition:  # noqa: ANN401 - fields
    return ProposeTransition(at=at, **{"by": CONTACT, "reason": "kommer hver gang", **others})


def approve(at: datetime = TUESDAY + DAY, **others: Any) -> ApproveTransition:  # noqa: ANN401 - fields
    return ApproveTransition(at=at, **{"by": CASEWORKER, **others})


def reject(at: datetime = TUESDAY + DAY, **others: Any) -> RejectTransition:  # noqa: ANN401 - fields
    return RejectTransition(at=at, **{"by": CASEWORKER, "reason": "lidt tidligt", **others})


def attended(story: Story, times: int, since: datetime = TUESDAY) -> Story:
    for number in range(times):
        starts = since + number * 2 * DAY
        session = UUID(int=int(starts.timestamp()))
        story.tell(book(starts - HOUR, starts, "nature", session=session), attend(starts + HOUR, session=session))
    return story


def test_staff_or_the_citizen_may_propose_the_next_phase_and_it_is_to_be_answered() -> None:
    story = on_sick_leave().when(propose()).then_kinds("transition_proposed", "obligation_created")
    assert story.the(TransitionProposed) == TransitionProposed(
        at=TUESDAY,
        to="labour_market",
        phase="health_first",
        proposed_by=CONTACT,
        reason="kommer hver gang",
        why=None,
    )
    owed = story.the(ObligationCreated)
    assert (owed.name, owed.owner) == ("health_first.answered", "caseworker")
    assert owed.due == end_of_day(local_date(TUESDAY + 2 * WEEK))
    on_sick_leave().when(propose(by=CITIZEN)).then_kinds("transition_proposed", "obligation_created")


def test_a_proposal_is_made_once_and_by_those_whom_the_programme_names() -> None:
    proposed = on_sick_leave().tell(propose())
    proposed.when(propose(TUESDAY + HOUR, by=CONSULTANT)).then_refused(AlreadyProposed, to="labour_market")
    on_sick_leave().when(propose(by=HEALTH)).then_refused(RoleMayNot)


def test_a_proposal_that_is_followed_takes_the_step_at_once() -> None:
    followed = on_sick_leave().tell(propose()).when(approve(reason="enig"))
    story = followed.then_kinds("transition_approved", "phase_entered", "obligation_met")
    assert story.the(TransitionApproved) == TransitionApproved(
        at=TUESDAY + DAY, to="labour_market", phase="health_first", approved_by=CASEWORKER, reason="enig"
    )
    assert (story.the(PhaseEntered).phase, story.pathway.proposal) == ("labour_market", None)


def test_a_proposal_that_is_turned_down_leaves_everything_as_it_was() -> None:
    story = on_sick_leave().tell(propose()).when(reject()).then_kinds("transition_rejected", "obligation_met")
    assert story.the(TransitionRejected).rejected_by == CASEWORKER
    assert (story.pathway.phase, story.pathway.proposal) == ("health_first", None)
    story.when(propose(TUESDAY + 2 * DAY)).then_kinds("transition_proposed", "obligation_created")


def test_only_what_was_proposed_is_answered_and_by_those_whom_the_programme_names() -> None:
    for answer in (approve(), reject()):
        on_sick_leave().when(answer).then_refused(NoProposal)
    proposed = on_sick_leave().tell(propose())
    proposed.when(approve(by=CONTACT)).then_refused(RoleMayNot, may="caseworker")
    proposed.when(reject(by=CONTACT)).then_refused(RoleMayNot, may="caseworker")


def test_the_rule_proposes_by_itself_and_says_what_it_looked_at() -> None:
    story = attended(on_sick_leave(), 6)
    proposed = story.the(TransitionProposed)
    assert proposed.proposed_by is None
    assert proposed.why == Why(rule="health_first.advance", programme=SICK.ref, inputs={"attended('P4W')": 6})
    assert len(attended(on_sick_leave(), 5).every(TransitionProposed)) == 0


def test_the_rule_does_not_insist_until_the_next_review() -> None:
    story = attended(on_sick_leave(), 6)
    turned_down = story.when(reject(TUESDAY + 2 * WEEK)).then_kinds("transition_rejected", "obligation_met")
    attended(turned_down, 3, TUESDAY + 3 * WEEK)
    assert len(turned_down.every(TransitionProposed)) == 1
    review = local(local_date(MONDAY) + timedelta(weeks=4), MORNING)
    turned_down.when(passing(review)).then_kinds(
        "review_came_due", "obligation_created", "transition_proposed", "obligation_created"
    )


def test_the_rule_looks_only_as_far_back_as_it_says() -> None:
    story = attended(attended(on_sick_leave(), 3), 3, TUESDAY + 6 * WEEK)
    assert story.every(TransitionProposed) == []


def test_the_rule_is_silent_in_a_pause_and_speaks_when_it_ends() -> None:
    story = attended(on_sick_leave(), 5)
    at = TUESDAY + 2 * WEEK
    story.tell(book(at, at, "nature", session=UUID(int=99)), PausePathway(by=CASEWORKER, at=at, reason="operation"))
    story.when(attend(at + HOUR, session=UUID(int=99))).then_kinds("attendance_recorded")
    story.tell(attend(at + HOUR, session=UUID(int=99)))
    resumed = story.when(ResumePathway(by=CASEWORKER, at=at + 2 * HOUR))
    resumed.then_kinds("pathway_resumed", "obligation_met", "transition_proposed", "obligation_created")


def test_a_step_may_be_taken_by_itself_and_says_why() -> None:
    story = attended(on_sick_leave(AUTOMATIC), 6)
    taken = story.the(TransitionTaken)
    assert (taken.to, taken.phase, taken.why.inputs) == ("labour_market", "health_first", {"attended('P4W')": 6})
    assert story.the(PhaseEntered).why == taken.why
    assert story.pathway.phase == "labour_market"


def test_a_step_that_people_decide_is_never_proposed_by_the_rule() -> None:
    story = attended(on_sick_leave(BY_DECISION), 8)
    assert (story.every(TransitionProposed), story.every(TransitionTaken)) == ([], [])


def test_the_last_phase_leads_nowhere() -> None:
    last = on_sick_leave().tell(propose(), approve())
    last.when(propose(TUESDAY + 2 * DAY)).then_refused(NotInPlace, what="labour_market.advance")
    together().when(propose()).then_refused(NotInPlace, what="together.advance")


def test_proposals_belong_to_those_who_take_part_and_wait_for_a_pause_to_end() -> None:
    given(SICK, refer(), accept(MONDAY + HOUR)).when(propose()).then_refused(NotUnderway)
    on_sick_leave().tell(close(TUESDAY)).when(propose(TUESDAY + HOUR)).then_refused(IsOver)
    paused = on_sick_leave().tell(propose(), PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation"))
    for command in (propose(TUESDAY + HOUR, by=CONSULTANT), approve(), reject()):
        paused.when(command).then_refused(IsPaused)


def test_a_proposed_phase_that_waits_for_something_is_entered_when_that_has_happened() -> None:
    waiting = altered("sygedagpenge-driftstilbud@2", ("for: work_placement}", "for: labour_market}"))
    proposed = on_sick_leave(waiting).tell(propose())
    proposed.when(approve()).then_refused(NotOpenYet, missing="plan_agreed")
    proposed.tell(AgreePlan(by=CONTACT, at=TUESDAY + HOUR, goals="deltidsjob"))
    proposed.when(approve()).then_kinds("transition_approved", "phase_entered", "obligation_met")


def test_a_proposal_falls_with_its_phase_and_does_not_come_back_with_it() -> None:
    story = on_sick_leave().tell(propose())
    entering = EnterPhase(by=CASEWORKER, at=TUESDAY + DAY, phase="labour_market", reason="tid til nyt")
    story.when(entering).then_kinds("phase_entered", "obligation_not_required")
    back = EnterPhase(by=CASEWORKER, at=TUESDAY + 9 * WEEK, phase="health_first", reason="tilbagefald")
    story.tell(entering).tell(back)
    assert not [rule for rule in story.pathway.obligations if rule.startswith("health_first")]


def test_a_proposal_still_awaits_its_answer_when_a_closed_pathway_is_reopened() -> None:
    story = on_sick_leave().tell(propose(), close(TUESDAY + DAY))
    story.tell(ReopenPathway(by=CASEWORKER, at=TUESDAY + WEEK, reason="tilbagefald"))
    answered = "health_first.answered.after.health_first.proposed"
    assert answered in story.pathway.obligations
    story.when(reject(TUESDAY + WEEK + DAY)).then_kinds("transition_rejected", "obligation_met")

"""Erasing: a body that cannot be read leaves its header, and a citizen without data has no pathway that goes on."""

from datetime import datetime

from domain.actor import Actor, Role
from domain.calendar import end_of_day, local_date
from domain.pathway.commands.course import (
    AgreePlan,
    EraseCitizen,
    EraseFact,
    GiveNotice,
    PausePathway,
    RecordFailure,
    RecordLetter,
    ReopenPathway,
)
from domain.pathway.commands.obligations import MeetObligation
from domain.pathway.commands.phases import EnterPhase, HoldReview, ProposeTransition
from domain.pathway.commands.referrals import AssignResponsible, ReturnReferral
from domain.pathway.commands.sessions import HoldTalk
from domain.pathway.due import next_due
from domain.pathway.evolve import fold
from domain.pathway.fact import Fact
from domain.pathway.facts.course import (
    CitizenErased,
    FactErased,
    PathwayClosed,
    PathwayPaused,
    PathwayReopened,
)
from domain.pathway.facts.phases import PhaseEntered, TransitionProposed
from domain.pathway.facts.referrals import CitizenReferred, ReferralAccepted, ReferralReturned, ResponsibleAssigned
from domain.pathway.facts.sessions import TalkHeld
from domain.pathway.history import Erased
from domain.pathway.state import Stage
from domain.refusal import NoSuchFact, NotOpenYet, Refused, RoleMayNot
from tests.domain.beginnings import ACCEPTED, ENROLLED, HOUR, on_sick_leave
from tests.support.asking import accept, close, refer
from tests.support.cast import ADMINISTRATOR, CASEWORKER, CONTACT, DAY, MONDAY, RECORDS, SICK, SOMEBODY, WEEK
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
FRIDAY = MONDAY + 4 * DAY


def erase(at: datetime, version: int) -> EraseFact:
    return EraseFact(by=RECORDS, at=at, erases=version, decision="2026-17")


def without(story: Story, kind: type[Fact], at: datetime = FRIDAY) -> Story:
    """The pathway after the latest fact of a kind was erased."""
    return story.tell(erase(at, story.version(kind)))


def test_a_fact_that_should_never_have_been_written_is_erased_and_the_pathway_goes_on_without_it() -> None:
    story = on_sick_leave().tell(HoldTalk(by=CONTACT, at=TUESDAY, element="first_talk", note="hørte til en anden"))
    version = story.version(TalkHeld)
    erased = story.when(erase(FRIDAY, version)).then_kinds("fact_erased", "obligation_created")
    assert erased.the(FactErased) == FactErased(at=FRIDAY, erases=version, decision="2026-17")


def test_what_was_erased_folds_as_a_header_whether_it_can_still_be_read_or_not() -> None:
    story = on_sick_leave().tell(HoldTalk(by=CONTACT, at=TUESDAY, element="first_talk"))
    version = story.version(TalkHeld)
    story.tell(erase(FRIDAY, version))
    shredded = list(story.history)
    shredded[version - 1] = Erased("talk_held", TUESDAY)
    assert Story(SICK, shredded).pathway == story.pathway


def test_a_referral_without_its_words_is_still_a_referral_that_awaits_its_answer() -> None:
    story = without(given(SICK, refer()), CitizenReferred)
    assert (story.pathway.stage, story.pathway.citizen) == (Stage.REFERRED, None)
    assert "referral_answered.after.referred" in story.pathway.obligations
    judged = accept(FRIDAY + DAY, judgement="kendt af os")
    assert story.tell(judged).pathway.stage is Stage.WAITING


def test_an_answer_without_its_words_is_still_an_answer() -> None:
    accepted = without(given(SICK, refer(), accept(ACCEPTED)), ReferralAccepted)
    assert accepted.pathway.stage is Stage.WAITING
    returned = given(SICK, refer(), ReturnReferral(by=CASEWORKER, at=TUESDAY, reason="mangler status"))
    assert without(returned, ReferralReturned).pathway.stage is Stage.RETURNED


def test_a_closed_pathway_stays_closed_when_the_reason_is_erased() -> None:
    story = on_sick_leave().tell(close(TUESDAY))
    erased = story.when(erase(FRIDAY, story.version(PathwayClosed))).then_kinds("fact_erased")
    assert (erased.pathway.stage, erased.pathway.outcome) == (Stage.CLOSED, None)
    assert next_due(erased.pathway) is None


def test_a_pause_without_its_words_is_still_a_pause_and_ends_when_somebody_says_so() -> None:
    paused = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation", until=TUESDAY + WEEK))
    erased = without(paused, PathwayPaused)
    assert (erased.pathway.paused_since, erased.pathway.resume_due) == (TUESDAY, None)


def test_a_pause_whose_end_was_erased_is_one_without_an_end_which_somebody_owes() -> None:
    story = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation", until=FRIDAY + 8 * DAY))
    story.tell(erase(FRIDAY, story.version(PathwayPaused)))
    assert [owed.owner for owed in story.pathway.obligations.values() if owed.name == "resumed"] == ["contact_person"]


def test_a_reopening_without_its_words_is_still_a_reopening() -> None:
    story = on_sick_leave().tell(close(TUESDAY), ReopenPathway(by=CASEWORKER, at=TUESDAY + DAY, reason="igen"))
    erased = without(story, PathwayReopened)
    assert (erased.pathway.stage, erased.pathway.phase) == (Stage.UNDERWAY, "health_first")
    assert set(erased.pathway.obligations) == {"first_talk.after.referral_accepted", "follow_up_talk.after.enrolled"}


def test_where_the_phase_was_erased_a_review_waits_until_it_is_said_anew() -> None:
    story = without(on_sick_leave(), PhaseEntered)
    story.when(HoldReview(by=CONTACT, at=FRIDAY)).then_refused(NotOpenYet, missing="health_first.entered")
    entered = story.tell(EnterPhase(by=CASEWORKER, at=FRIDAY, phase="health_first", reason="skrevet igen"))
    entered.when(HoldReview(by=CONTACT, at=FRIDAY)).then_kinds("review_held")


def test_where_the_phase_was_erased_its_reviews_rest_and_time_goes_on() -> None:
    """A later review says when the next one would be, but no longer of which phase."""
    story = without(on_sick_leave().settle(ENROLLED + 6 * WEEK), PhaseEntered, at=ENROLLED + 6 * WEEK)
    reviews = story.kinds.count("review_came_due")
    assert story.pathway.review_due is not None
    assert story.settle(ENROLLED + 20 * WEEK).kinds.count("review_came_due") == reviews
    at = ENROLLED + 20 * WEEK
    entered = story.tell(EnterPhase(by=CASEWORKER, at=at, phase="health_first", reason="skrevet igen"))
    assert entered.settle(at + 5 * WEEK).kinds.count("review_came_due") == reviews + 1


def test_a_proposal_without_its_words_is_nobodys_any_more() -> None:
    story = on_sick_leave().tell(ProposeTransition(by=CONTACT, at=TUESDAY, reason="er klar"))
    story.when(erase(FRIDAY, story.version(TransitionProposed))).then_kinds("fact_erased", "obligation_not_required")


def test_where_it_was_erased_who_looks_after_the_citizen_somebody_is_to_be_named() -> None:
    story = on_sick_leave()
    first = story.version(ResponsibleAssigned)
    erased = story.when(erase(FRIDAY, first)).then_kinds("fact_erased", "obligation_created")
    owed = erased.pathway.obligations["name_contact_person"]
    assert (owed.owner, owed.by_hand, owed.due) == (Role.CASEWORKER, True, end_of_day(local_date(FRIDAY + 2 * DAY)))
    named = erased.tell(
        AssignResponsible(by=CASEWORKER, at=FRIDAY + HOUR, role=Role.CONTACT_PERSON, person="kp-2"),
        MeetObligation(by=CASEWORKER, at=FRIDAY + HOUR, obligation="name_contact_person"),
    )
    assert "name_contact_person" not in named.pathway.obligations


def test_erasing_who_looked_after_the_citizen_earlier_asks_for_nobody() -> None:
    story = on_sick_leave()
    first = story.version(ResponsibleAssigned)
    story.tell(
        AssignResponsible(by=CASEWORKER, at=TUESDAY, role=Role.CONTACT_PERSON, person="kp-2", reason="ferie"),
        AssignResponsible(by=CASEWORKER, at=TUESDAY, role=Role.COMPANY_CONSULTANT, person="vk-1"),
    )
    story.when(erase(FRIDAY, first)).then_kinds("fact_erased")
    story.when(erase(FRIDAY, story.version(ResponsibleAssigned))).then_kinds("fact_erased")
    closed = story.tell(close(FRIDAY))
    closed.when(erase(FRIDAY + DAY, story.version(ResponsibleAssigned) - 1)).then_kinds("fact_erased")


def test_erasing_is_for_those_who_keep_the_records_and_for_what_is_there() -> None:
    story = on_sick_leave()
    by_administrator = EraseFact(by=ADMINISTRATOR, at=TUESDAY, erases=1, decision="2026-17")
    story.when(by_administrator).then_refused(RoleMayNot, may="records_manager")
    story.when(EraseCitizen(by=CASEWORKER, at=TUESDAY, decision="2026-17")).then_refused(RoleMayNot)
    story.when(erase(TUESDAY, 99)).then_refused(NoSuchFact, version=99)


def test_erasing_what_cannot_be_read_any_more_changes_nothing() -> None:
    story = Story(SICK, [Erased("citizen_referred", MONDAY)])
    story.when(erase(FRIDAY, 1)).then_nothing()


def test_erasing_a_citizen_ends_the_pathway_for_good() -> None:
    story = on_sick_leave().when(EraseCitizen(by=RECORDS, at=FRIDAY, decision="2026-18")).then_kinds("citizen_erased")
    assert story.the(CitizenErased) == CitizenErased(at=FRIDAY, decision="2026-18")
    assert (story.pathway.stage, story.pathway.citizen, next_due(story.pathway)) == (Stage.ERASED, None, None)


def test_a_closed_pathway_is_erased_like_any_other() -> None:
    on_sick_leave().tell(close(TUESDAY)).when(EraseCitizen(by=RECORDS, at=FRIDAY, decision="2026-18")).then_kinds(
        "citizen_erased"
    )


def test_nothing_is_told_written_or_sent_about_a_citizen_who_was_erased() -> None:
    erased = on_sick_leave().tell(EraseCitizen(by=RECORDS, at=FRIDAY, decision="2026-18"))
    late, system = FRIDAY + DAY, Actor("system:follow_up")
    commands = (
        AgreePlan(by=CONTACT, at=late, goals="job"),
        RecordLetter(by=system, at=late, about=SOMEBODY, letter="closed", channel="outbox"),
        GiveNotice(by=system, at=late, about=SOMEBODY, notice="assigned", owner=Role.CASEWORKER),
        RecordFailure(by=system, at=late, about=SOMEBODY, follow_up="closed", error="smtp"),
        erase(late, 1),
        ReopenPathway(by=CASEWORKER, at=late, reason="igen"),
    )
    for command in commands:
        assert erased.when(command).then_refused(Refused).values["stage"] == "erased"
    assert erased.settle(ENROLLED + 100 * WEEK).kinds[-1] == "citizen_erased"


def test_when_every_body_is_gone_the_headers_still_say_that_it_is_over() -> None:
    story = on_sick_leave().tell(EraseCitizen(by=RECORDS, at=FRIDAY, decision="2026-18"))
    headers = [Erased(event.kind, event.at) for event in story.history]
    assert fold(headers).stage is Stage.ERASED
    assert next_due(fold(headers)) is None


def test_without_its_bodies_a_pathway_folds_to_the_same_stage() -> None:
    for story in (given(SICK, refer()), on_sick_leave(), on_sick_leave().tell(close(TUESDAY))):
        assert fold(Erased(event.kind, event.at) for event in story.history).stage is story.pathway.stage

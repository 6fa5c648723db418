"""What the founding document about the offer on sickness benefit says happens to a citizen, at work as it ships.

Each specification is named after its row in the table of founding facts. Rows of the first priority that are left
out, because they are about more than one pathway: V4's group sessions, which become many citizens' facts at once, and
V29, where one pathway is an element of another. Left to other rooms is what the rows say beyond a pathway: the order
that V17 places with a provider, who sees what (V31) and the actual mix of hours (V33).
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.actor import Actor, Role
from domain.calendar import Week
from domain.citizen_week import Walk, citizen_week
from domain.pathway.commands.children import ReferChild
from domain.pathway.commands.course import AgreePlan, MovePathway, RecordCircumstance, RecordOutcome
from domain.pathway.commands.orders import AcceptOrder, CompleteOrder, PlaceOrder, ReportDelivery
from domain.pathway.commands.phases import ApproveTransition, EnterPhase
from domain.pathway.commands.referrals import AssignResponsible, RefuseReferral
from domain.pathway.commands.sessions import CancelSession, HoldTalk
from domain.pathway.counting import Hours
from domain.pathway.facts.children import Parent
from domain.pathway.facts.course import OutcomeRecorded, PathwayClosed
from domain.pathway.facts.obligations import ObligationCreated
from domain.pathway.facts.orders import OrderPlaced
from domain.pathway.facts.phases import TransitionProposed, WeekCounted
from domain.pathway.facts.referrals import CitizenEnrolled, CitizenReferred, PlacedOnWaitingList, ResponsibleAssigned
from domain.pathway.facts.sessions import Attendance, AttendanceRecorded, Scaling, SessionBooked, Side, TalkHeld
from domain.pathway.follow_ups import follow_ups
from domain.programme.decisions import Valence
from domain.programme.elements import Duty, Track
from domain.refusal import ContactPersonNeeded, NotEligible, NotOffered, ReasonNeeded, RoleMayNot
from runtime.wiring import Trinvis
from tests.domain.beginnings import ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import accept, attend, book, close, refer
from tests.support.cast import CASEWORKER, CONTACT, DAY, HEALTH, INSTRUCTOR, MONDAY, SICK, TODAY, WEEK, shipped
from tests.support.clock import SetClock
from tests.support.spec import Story, given
from tests.support.walking import referred, underway

PILOT = shipped("sygedagpenge-driftstilbud@1")
PROVIDER = Actor("provider:udf-1")
TUESDAY = ENROLLED + DAY
FIFTEEN_MONTHS = altered(
    "sygedagpenge-driftstilbud@2",
    ("duration: open", "duration: {length: P15M, at_end: decide}"),
    (
        "citizen:\n",
        "citizen:\n  bmi: {type: number, title: {da: BMI, en: BMI}, minimum: 10, maximum: 90}\n",
    ),
    ("\"citizen.benefit == 'sygedagpenge'\"", '"citizen.bmi >= 30.0"'),
)
"""The project for overweight unemployed, which no shipped programme is, in the same language."""


def held(story: Story, *days: tuple[int, str], attendance: Attendance = Attendance.PRESENT) -> Story:
    """Sessions of those elements, so many days after the first Tuesday, registered as they end."""
    for day, element in days:
        starts = TUESDAY + day * DAY
        session = UUID(int=day + 1)
        sites = story.programme.elements[element].sites
        story.tell(book(starts, starts, element, session=session, site=sites[0] if sites else None))
        story.tell(attend(starts + 6 * HOUR, attendance, session=session))
    return story


def test_v1_who_belongs_is_a_matter_of_benefit_and_a_changed_benefit_counts_at_once() -> None:
    insured = given(SICK, refer(benefit="dagpenge"))
    insured.when(accept(MONDAY + HOUR)).then_refused(NotEligible)
    changed = RecordCircumstance(by=CONTACT, at=MONDAY + DAY, name="benefit", value="sygedagpenge")
    insured.tell(changed).when(accept(MONDAY + 2 * DAY)).then_kinds(*_taken_in())
    assert insured.the(CitizenReferred).eligibility.inputs == {"citizen.benefit": "dagpenge"}


def _taken_in() -> list[str]:
    return [fact.kind for fact in given(SICK, refer()).when(accept(MONDAY + 2 * DAY)).facts]


def test_v12_a_solution_focused_health_conversation_carries_its_scales_and_the_next_step() -> None:
    story = on_sick_leave()
    talk: dict[str, Any] = {"by": HEALTH, "at": TUESDAY, "element": "dls_talk"}
    story.when(HoldTalk(**talk)).then_invalid("scaling", "missing")
    scales = (Scaling(question="energy", answer=4), Scaling(question="hope", answer=10))
    fact = story.when(HoldTalk(**talk, scaling=scales, next_step="gåtur hver morgen")).the(TalkHeld)
    assert (fact.scaling, fact.next_step) == (scales, "gåtur hver morgen")
    with pytest.raises(ValueError, match="answer"):
        Scaling(question="energy", answer=11)


async def test_v14_a_citizen_may_be_in_several_efforts_each_with_its_own_pathway(
    trinvis: Trinvis, clock: SetClock
) -> None:
    course = await underway(trinvis, clock)
    sick = await referred(trinvis, clock, SICK.ref, benefit="sygedagpenge", citizen=course.citizen)
    assert course.pathway != sick.pathway
    await sick.tell(accept(clock() + HOUR))
    await course.tell(close(clock() + HOUR, "job"))
    assert [(await each.folded()).pathway.stage for each in (course, sick)] == ["closed", "waiting"]
    assert "citizen_enrolled" not in await sick.kinds()


def test_v14_hours_of_several_efforts_are_seen_together() -> None:
    offer = held(on_sick_leave(), (7, "nature"))
    course = together().tell(book(TUESDAY, TUESDAY + 8 * DAY, "training", minutes=90))
    found = citizen_week([walk(offer, 1), walk(course, 2)], Week(2026, 11))
    assert (found.hours, found.expected) == (Hours(planned=390, attended=300), 600)


def test_x5_hours_add_up_within_one_norm_what_overlaps_is_seen_and_each_keeps_its_own_record() -> None:
    offer = held(on_sick_leave(), (7, "nature"))
    placement = shipped("virksomhedspraktik@1")
    above = Parent(pathway=UUID(int=1), element="work_placement", voluntary=False)
    called = ReferChild.model_validate(
        {**dict(refer()), "by": "system:follow_up", "referred_by": CASEWORKER, "parent": above}
    )
    practice = given(placement, called, accept(MONDAY + HOUR), AgreePlan(by=CONTACT, at=TUESDAY, goals="en ny start"))
    practice.tell(book(TUESDAY, TUESDAY + 7 * DAY + HOUR, "working_day", site="workplace"))
    found = citizen_week([walk(offer, 1), walk(practice, 2)], Week(2026, 11))
    assert [(share.expected, share.within) for share in found.shares] == [(600, None), (1200, UUID(int=1))]
    assert (found.hours, found.expected) == (Hours(planned=600, attended=300), 600)
    assert found.shares[0].towards == found.hours, "what the placement holds counts within the norm above it"
    assert [(one.element, other.element) for one, other in found.clashes] == [("nature", "working_day")]
    assert (offer.kinds.count("session_booked"), practice.kinds.count("session_booked")) == (1, 1)


def walk(story: Story, number: int) -> Walk:
    """One of several pathways of a citizen."""
    return Walk(UUID(int=number), story.programme, story.pathway)


def test_v16_what_is_voluntary_has_no_consequence_and_what_is_mandatory_asks_a_caseworker_to_look() -> None:
    voluntary = held(on_sick_leave(), (0, "nature"), attendance=Attendance.ABSENT)
    assert SICK.elements["nature"].obligation is Duty.VOLUNTARY
    assert not any("nature" in rule for rule in voluntary.pathway.obligations)
    assert voluntary.kinds[-1] == "attendance_recorded"
    mandatory = held(on_sick_leave(), (0, "diet_exercise"), attendance=Attendance.ABSENT)
    assert SICK.elements["diet_exercise"].legal_basis
    assert mandatory.kinds[-2:] == ["attendance_recorded", "obligation_created"]
    task = mandatory.the(ObligationCreated)
    assert (task.name, task.owner) == ("diet_exercise.assessed", Role.CASEWORKER)
    assert not mandatory.settle(TUESDAY + 52 * WEEK).pathway.is_over, "nothing adverse happens by itself"


def test_v17_the_provider_delivers_and_only_the_orderer_decides() -> None:
    assert (SICK.roles.order, SICK.roles.provide) == ("jobcenter", ("sundhed", "arbejdsmarked"))
    waiting = given(SICK, refer())
    waiting.when(RefuseReferral(by=PROVIDER, at=MONDAY + HOUR, reason="fuldt hold")).then_refused(RoleMayNot)
    story = given(SICK, refer()).tell(accept(MONDAY + HOUR, by=PROVIDER)).settle(MONDAY + 5 * WEEK)
    at = MONDAY + 5 * WEEK
    story.tell(book(at, at, "nature", by=PROVIDER), attend(at + HOUR, by=PROVIDER))
    for decision in (
        close(at + HOUR, by=PROVIDER),
        EnterPhase(by=PROVIDER, at=at + HOUR, phase="labour_market", reason="klar"),
        MovePathway(by=PROVIDER, at=at + HOUR, version=1, reason="bedre"),
    ):
        story.when(decision).then_refused(RoleMayNot, role="provider")


def test_v17_the_orderer_orders_the_provider_answers_and_reports_and_the_orderer_ends_the_order() -> None:
    ordered = PlaceOrder(
        by=CASEWORKER,
        at=TUESDAY,
        order="movement",
        provider="nordvest",
        begins=TUESDAY.date(),
        goals="i bedre form",
        hours=40,
        terms="410 kr. pr. time",
    )
    story = on_sick_leave(TODAY).tell(ordered, AcceptOrder(by=PROVIDER, at=TUESDAY + HOUR, order="movement"))
    assert story.the(OrderPlaced).elements == ("diet_exercise", "nature")
    story.tell(ReportDelivery(by=PROVIDER, at=TUESDAY + DAY, order="movement", hours=4))
    completed = CompleteOrder(by=CASEWORKER, at=TUESDAY + 2 * DAY, order="movement")
    story.when(completed.model_copy(update={"by": PROVIDER})).then_refused(RoleMayNot, role="provider")
    assert story.tell(completed).pathway.orders["movement"].stage == "completed"


def first_day(story: Story) -> datetime:
    begins = story.the(PlacedOnWaitingList).begins
    assert begins is not None
    return begins


def test_v19_a_changed_law_is_a_new_version_and_those_underway_are_moved_to_it_openly() -> None:
    assert PILOT.legal_basis
    assert (str(PILOT.effective_from), str(SICK.effective_from)) == ("2009-11-01", "2010-03-01")
    november = datetime.fromisoformat("2009-11-03T09:00+01:00")
    story = given(PILOT, refer(november), accept(november + HOUR))
    begins = first_day(story)
    story.settle(begins)
    assert story.the(CitizenReferred).programme == "sygedagpenge-driftstilbud@1"
    moving = MovePathway(by=CASEWORKER, at=begins + 13 * WEEK, version=2, reason="fast tilbud fra marts")
    story.tell(moving, target=SICK)
    assert (story.pathway.programme, story.pathway.phase) == ("sygedagpenge-driftstilbud@2", "health_first")
    assert (PILOT.stage, SICK.stage) == ("pilot", "operation")


def test_v21_a_project_of_fifteen_months_asks_what_now_at_its_end_and_ends_nobody() -> None:
    def measured(bmi: float) -> Story:
        return given(FIFTEEN_MONTHS, refer(circumstances={"bmi": bmi}))

    measured(29.9).when(accept(MONDAY + HOUR)).then_refused(NotEligible)
    story = measured(30.0).tell(accept(MONDAY + HOUR)).settle(MONDAY + 5 * WEEK)
    ends = story.the(CitizenEnrolled).ends
    assert ends is not None
    lighter = RecordCircumstance(by=HEALTH, at=MONDAY + 20 * WEEK, name="bmi", value=28.0)
    story.tell(lighter)
    assert not story.settle(ends - HOUR).pathway.is_over, "falling below thirty is no exit"
    story.settle(ends + 52 * WEEK)
    asked = [fact for fact in story.every(ObligationCreated) if fact.name == "end_decided"]
    assert [(fact.since, fact.owner) for fact in asked] == [(ends, Role.CASEWORKER)]
    assert not story.pathway.is_over


@pytest.mark.parametrize(
    ("outcome", "valence"),
    [
        ("back_in_work", Valence.POSITIVE),
        ("education", Valence.POSITIVE),
        ("association_joined", Valence.POSITIVE),
        ("other_effort", Valence.NEUTRAL),
        ("moved", Valence.NEUTRAL),
        ("own_wish", Valence.DROP_OUT),
    ],
)
def test_v25_one_may_leave_activation_positively(outcome: str, valence: Valence) -> None:
    assert on_sick_leave().when(close(TUESDAY, outcome)).the(PathwayClosed).valence is valence


def test_v26_health_conversations_diet_and_exercise_and_nature_are_what_the_health_track_holds() -> None:
    story = held(on_sick_leave(), (0, "diet_exercise"), (1, "nature"))
    scales = (Scaling(question="energy", answer=4),)
    story.tell(HoldTalk(by=HEALTH, at=TUESDAY + 2 * DAY, element="dls_talk", scaling=scales))
    met = {
        *(fact.element for fact in story.every(AttendanceRecorded)),
        *(fact.element for fact in story.every(TalkHeld)),
    }
    assert met == {"diet_exercise", "nature", "dls_talk"}
    assert {SICK.elements[element].track for element in met} == {Track.HEALTH}


@pytest.mark.parametrize(
    ("sessions", "attendance", "minutes", "told"),
    [
        (2, Attendance.PRESENT, 600, ()),
        (1, Attendance.PRESENT, 300, (Role.CONTACT_PERSON,)),
        (2, Attendance.EXCUSED, 0, ()),
        (2, Attendance.ABSENT, 0, (Role.CONTACT_PERSON,)),
    ],
)
def test_v27_ten_hours_a_week_are_counted_and_a_deviation_is_told(
    sessions: int, attendance: Attendance, minutes: int, told: tuple[Role, ...]
) -> None:
    days = [(7 + each, "diet_exercise") for each in range(sessions)]
    story = held(on_sick_leave(), *days, attendance=attendance).settle(TUESDAY + 16 * DAY)
    counted = story.every(WeekCounted)[1]
    assert (counted.attended_minutes, counted.expected_minutes, counted.below) == (minutes, 600, bool(told))
    assert [each.to for each in follow_ups(SICK, counted)] == list(told)


def test_v28_intake_rolls_every_fourth_week_and_the_citizen_is_told_and_begins_by_itself() -> None:
    first = given(SICK, refer(), accept(MONDAY + HOUR))
    begins = first_day(first)
    later = first_day(given(SICK, refer(begins), accept(begins + HOUR)))
    assert (later.date() - begins.date()) == timedelta(weeks=4)
    assert begins.date() - MONDAY.date() <= timedelta(weeks=4)
    assert [each.name for each in follow_ups(SICK, first.the(PlacedOnWaitingList))] == ["waiting"]
    assert first.pathway.stage == "waiting"
    enrolled = first.settle(begins).the(CitizenEnrolled)
    assert (enrolled.at, enrolled.why is None) == (begins, False)
    assert first.pathway.phase == "health_first"


def test_v30_there_is_one_contact_person_from_the_first_day_and_a_change_is_open_and_has_a_reason() -> None:
    given(SICK, refer()).when(accept(MONDAY + HOUR, contact_person=None)).then_refused(ContactPersonNeeded)
    story = on_sick_leave()
    change: dict[str, Any] = {"by": CASEWORKER, "at": TUESDAY, "role": Role.CONTACT_PERSON, "person": "kp-2"}
    story.when(AssignResponsible(**change)).then_refused(ReasonNeeded)
    story.tell(AssignResponsible(**change, reason="barsel"))
    assert story.pathway.responsible[Role.CONTACT_PERSON] == "kp-2"
    fact = story.the(ResponsibleAssigned)
    assert (fact.previous, fact.reason) == ("kp-1", "barsel")
    assert "contact_person_changed" in [each.name for each in follow_ups(SICK, fact)]


def test_v31_health_and_labour_market_offer_side_by_side() -> None:
    story = held(on_sick_leave(), (0, "diet_exercise"), (1, "job_search"))
    units = [SICK.elements[fact.element].unit for fact in story.every(AttendanceRecorded)]
    assert units == ["sundhed", "arbejdsmarked"]
    assert story.pathway.phase == "health_first"


def test_v32_a_session_is_at_exactly_one_of_several_sites() -> None:
    story = on_sick_leave()
    unsaid = story.when(book(TUESDAY, TUESDAY + DAY, "diet_exercise", site=None)).then_invalid("site", "site_missing")
    assert unsaid.values["known"] == "matrikel_a, matrikel_b"
    for site in ("matrikel_a", "matrikel_b"):
        assert story.when(book(TUESDAY, TUESDAY + DAY, "diet_exercise", site=site)).the(SessionBooked).site == site
    story.when(book(TUESDAY, TUESDAY + DAY, "diet_exercise", site="nature")).then_invalid("site", "unknown_code")
    outdoors = story.when(book(TUESDAY, TUESDAY + DAY, "nature")).then_kinds("session_booked")
    storm = CancelSession(
        by=INSTRUCTOR,
        at=TUESDAY + HOUR,
        session=outdoors.the(SessionBooked).session,
        asked_by=Side.WEATHER,
        reason="storm",
    )
    outdoors.when(storm).then_kinds("session_cancelled")


def test_v33_health_comes_first_and_then_mainly_work_when_a_caseworker_says_so() -> None:
    story = on_sick_leave()
    story.when(book(TUESDAY, TUESDAY, "employer_contact")).then_refused(NotOffered, phases="labour_market")
    held(story, *[(day, "diet_exercise") for day in (0, 2, 7, 9, 14, 16)])
    proposal = story.the(TransitionProposed)
    assert (proposal.to, proposal.proposed_by, proposal.why is None) == ("labour_market", None, False)
    assert story.settle(TUESDAY + 26 * WEEK).pathway.phase == "health_first", "nobody goes on by themselves"
    at = TUESDAY + 26 * WEEK
    story.when(ApproveTransition(by=CONTACT, at=at)).then_refused(RoleMayNot, may="caseworker")
    story.tell(ApproveTransition(by=CASEWORKER, at=at))
    assert story.pathway.phase == "labour_market"
    mixes = [SICK.phases[name].mix for name in ("health_first", "labour_market")]
    assert [mix[Track.HEALTH] > mix[Track.LABOUR_MARKET] for mix in mixes] == [True, False]
    for element in ("diet_exercise", "employer_contact"):
        story.when(book(at, at + DAY, element, site="matrikel_a" if "diet" in element else None)).then_kinds(
            "session_booked"
        )


def test_v34_an_outcome_is_recorded_while_the_pathway_goes_on_and_unknown_is_an_answer_of_its_own() -> None:
    story = on_sick_leave().tell(RecordOutcome(by=CONTACT, at=TUESDAY, outcome="partly_fit"))
    story.tell(RecordOutcome(by=CONTACT, at=TUESDAY + DAY, outcome="actively_job_seeking"))
    assert [fact.outcome for fact in story.every(OutcomeRecorded)] == ["partly_fit", "actively_job_seeking"]
    assert not story.pathway.is_over
    closed = story.when(close(TUESDAY + WEEK, "unknown_yet")).the(PathwayClosed)
    assert closed.valence is Valence.UNKNOWN
    assert "back_in_work" in SICK.outcomes

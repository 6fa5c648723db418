"""What else happens on the way: plan, measures, circumstances, pauses, decisions, closing, moving, correcting."""

from uuid import UUID

from pydantic import JsonValue

from domain.actor import Actor, Role
from domain.moment import Moment
from domain.pathway.fact import Fact
from domain.pathway.facts.referrals import Eligibility
from domain.programme.decisions import Valence
from domain.programme.measures import Rater
from domain.programme.relations import Name
from domain.refusal import Plain
from domain.text import Code, Line, Note
from domain.value import Value
from domain.why import Why


class PlanAgreed(Fact):
    """Citizen and staff agreed on a plan; each agreement is a version of its own."""

    plan_version: int
    goals: Note


class EventRecorded(Fact):
    """Something that the programme has a name for happened."""

    event: Name
    note: Note | None


class CircumstanceRecorded(Fact):
    """Something about the citizen changed, with effect from a date."""

    name: Code
    value: Plain
    previous: Plain


class MeasurementRecorded(Fact):
    """An instrument or a set of indicators was answered: the raw answers and what they give."""

    instrument: Code
    rater: Rater
    """Whose answers they are."""
    answers: tuple[int | None, ...]
    score: float | None
    band: int | None
    scoring: str
    """The scoring rule and its version, such as `who5/1`."""


class MeasurementDeclined(Fact):
    """The citizen was asked and would rather not answer: a legitimate answer, without any consequence."""

    instrument: Code
    note: Note | None


class PathwayPaused(Fact):
    """The pathway rests; its clocks stop unless the programme lets them run."""

    reason: Note
    until: Moment | None


class PathwayResumed(Fact):
    """The pathway goes on; the clocks that had stopped go on with what was left of them."""

    review_due: Moment | None
    ends: Moment | None
    week_counted: Moment | None
    reason: Note | None
    why: Why | None


class DecisionMade(Fact):
    """A named role decided something that the programme has a name for."""

    decision: Code
    outcome: Code | None
    decided_by: Actor
    reason: Note | None
    reason_code: Code | None = None
    legal_basis: Line | None = None
    against_wish: bool = False
    adverse: bool = False
    """Whether it is to the citizen's detriment, so that it is notified with guidance on complaints."""
    number: int | None = None
    """The how manieth of that name to the citizen's detriment it is."""
    seconded_by: tuple[Actor, ...] = ()
    """Those who confirmed it, where the programme asks for a second pair of eyes."""
    why: Why | None = None
    """Where it stands because nobody objected in time."""


class OutcomeRecorded(Fact):
    """Something the pathway leads to, while it goes on."""

    outcome: Code
    valence: Valence
    note: Note | None


class PathwayClosed(Fact):
    """The pathway ended by a person's decision."""

    outcome: Code
    valence: Valence
    closed_by: Actor
    reason: Note | None
    against_wish: bool
    reason_code: Code | None = None
    legal_basis: Line | None = None
    adverse: bool = False
    """Whether it is to the citizen's detriment, so that it is notified with guidance on complaints."""
    number: int | None = None
    """The how manieth of that name to the citizen's detriment it is."""
    seconded_by: tuple[Actor, ...] = ()
    """Those who confirmed it, where the programme asks for a second pair of eyes."""


class PathwayReopened(Fact):
    """A closed pathway goes on where it was."""

    reason: Note
    beyond_places: bool = False
    """Whether it was to go on also if every place was taken."""
    phase: Code | None
    """The phase to go on in; None where it is a refused referral that awaits its answer again."""
    review_due: Moment | None
    ends: Moment | None
    week_counted: Moment | None


class OpenProposal(Value):
    """A step that awaits its answer."""

    to: Code
    phase: Code
    proposed_by: Actor | None


class PathwayMoved(Fact):
    """The pathway follows another version of its programme from now on."""

    programme: str
    previous: str
    phase: Code | None
    review_due: Moment | None
    begins: Moment | None
    ends: Moment | None
    week_counted: Moment | None
    starts: tuple[str, ...]
    """The rules that the new version brings; their clocks begin now."""
    rule_sets: tuple[str, ...] = ()
    """The rule sets of the new version that are in force for all by now."""
    next_rules: Moment | None = None
    """When one of its rule sets comes into force by itself."""
    eligibility: Eligibility | None
    """Which target groups of the new version fit, where the referral still awaits its answer."""
    takes_back: Moment | None = None
    """When the move was made that this one takes back, with the answer that it was to what now."""
    time_up: bool = False
    """Whether the time was up already before the move that is taken back."""
    rejected: bool = False
    """Whether the step onward had been turned down by then, so that the rule does not insist."""
    proposal: OpenProposal | None = None
    """The step that awaited its answer by then, where the move had let it go."""
    reason: Note


class RuleSetApplied(Fact):
    """A rule set came into force for the pathway; what is owed is reckoned anew, and the old dates stay readable."""

    rule_set: str
    legal_ref: Line
    next_rules: Moment | None
    """When the next one comes into force by itself."""
    ends: Moment | None = None
    """When the time is up by it, where that is another day than before."""
    previous_ends: Moment | None = None
    review_due: Moment | None = None
    """When the next review is by it, where that is another day than before."""
    previous_review: Moment | None = None
    why: Why


class FactCorrected(Fact):
    """What was recorded was wrong; the fact it names counts from now on as it stands here, or not at all."""

    corrects: int
    """The version of the fact within its stream."""
    corrected_kind: str
    body: dict[str, JsonValue] | None
    """The right content, or None when it never happened."""
    reason: Note | None
    """None where it stands in the correction before, which was told together with this one."""
    kept: tuple[int, ...] = ()
    """The facts that would have been otherwise and were let stand."""
    reviewed: tuple[int, ...] = ()
    """The facts that would have been otherwise and that a caseworker is to look at again."""


class LetterSent(Fact):
    """A letter to the citizen was written, and sent where a mail server is set up."""

    about: UUID
    """The fact that called for it."""
    letter: Code
    channel: Code


class NoticeGiven(Fact):
    """Staff were told on their worklist."""

    about: UUID
    notice: Code
    owner: Role
    subject: Line | None
    """The code of what it is about, such as an element's."""


class NoticeRead(Fact):
    """Staff took note."""

    about: UUID
    notice: Code


class DeliveryFailed(Fact):
    """A letter could not be delivered after many tries; somebody must see to it."""

    about: UUID
    follow_up: Code
    error: Code


class FactErased(Fact):
    """The key of one fact was destroyed, because it should never have been written here."""

    erases: int
    """The version of the fact within its stream."""
    decision: Line


class CitizenErased(Fact):
    """The citizen's keys were destroyed; what is left are headers."""

    decision: Line

"""What happens from the caseworker's referral until the citizen begins."""

from uuid import UUID

from domain.actor import Actor, PersonId, Role
from domain.moment import Moment
from domain.pathway.fact import Fact
from domain.pathway.facts.children import Parent
from domain.refusal import Plain
from domain.text import Code, Line, Note
from domain.value import Value
from domain.why import Why


class Eligibility(Value):
    """Which target groups fitted on that day, by the rules of that version."""

    programme: str
    met: tuple[Code, ...]
    unmet: tuple[Code, ...]
    inputs: dict[str, Plain]


class CitizenReferred(Fact):
    """A caseworker referred the citizen; the pathway begins."""

    citizen: UUID
    programme: str
    """The version, such as `sundere-sammen@2`."""
    referred_by: Actor
    reason: Note
    basis: Line
    """The consent or the legal basis of the referral."""
    consent: bool
    expected_benefit: Note | None
    circumstances: dict[Code, Plain]
    contraindications: tuple[Code, ...]
    mandatory: tuple[Code, ...]
    """The elements that are mandatory for this citizen."""
    eligibility: Eligibility
    earlier: UUID | None
    """The earlier pathway that this referral follows, after a relapse."""
    parent: Parent | None = None
    """The pathway that called for this one."""
    next_rules: Moment | None = None
    """When a rule set comes into force by itself for what has begun by then."""


class ReferralAccepted(Fact):
    """The provider took the citizen in."""

    accepted_by: Actor
    reason: Note | None
    judgement: Note | None
    """The documented judgement, where the referral called for one."""
    individual_support: bool
    eligibility: Eligibility
    """Which target groups fitted by what was known then; it may have changed since the referral."""


class ReferralRefused(Fact):
    """The referral was refused, with the reason."""

    refused_by: Actor
    reason: Note
    judgement: Note | None
    reason_code: Code | None = None
    legal_basis: Line | None = None
    against_wish: bool = False
    adverse: bool = False
    """Whether it is a decision to the citizen's detriment, so that it is notified with guidance on complaints."""
    number: int | None = None
    """The how manieth of that name to the citizen's detriment it is."""


class ReferralReturned(Fact):
    """The referral went back to the one who referred, for more to go on."""

    returned_by: Actor
    reason: Note


class ReferralCompleted(Fact):
    """What was missing in a returned referral has been added."""

    reason: Note
    circumstances: dict[Code, Plain]
    contraindications: tuple[Code, ...]
    eligibility: Eligibility


class ReferralWithdrawn(Fact):
    """The one who referred took the referral back before anything began."""

    reason: Note


class PlacedOnWaitingList(Fact):
    """The citizen waits for the next intake, or for a place."""

    begins: Moment | None
    """The first day, or None while every place is taken."""
    why: Why


class IntakeMoved(Fact):
    """The intake that the citizen waits for was moved."""

    begins: Moment
    reason: Note


class CitizenEnrolled(Fact):
    """The citizen began, by somebody's act or because the intake came."""

    ends: Moment | None
    """When the time is up, or None when the duration is open."""
    week_counted: Moment | None
    """When the first week is counted, or None when weeks are not."""
    why: Why | None
    """The rule, where it happened by itself."""


class ResponsibleAssigned(Fact):
    """Somebody took over a role for this citizen; a role has one holder at a time."""

    role: Role
    person: PersonId
    previous: PersonId | None
    reason: Note | None

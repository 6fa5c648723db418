"""What may be asked from the referral until the citizen begins."""

from uuid import UUID

from domain.actor import PersonId, Role
from domain.pathway.command import Command, Instant
from domain.refusal import Plain
from domain.text import Code, Line, Note


class ReferCitizen(Command):
    """Refer a citizen into the programme; the pathway begins."""

    citizen: UUID
    reason: Note
    basis: Line
    """The consent that was given, or the legal basis."""
    consent: bool = False
    expected_benefit: Note | None = None
    circumstances: dict[Code, Plain] = {}
    contraindications: tuple[Code, ...] = ()
    mandatory: tuple[Code, ...] = ()
    earlier: UUID | None = None


class AcceptReferral(Command):
    """Take the citizen in."""

    contact_person: PersonId | None = None
    reason: Note | None = None
    judgement: Note | None = None
    individual_support: bool = False
    begins: Instant | None = None
    """A later first day than the programme's intake gives."""


class RefuseReferral(Command):
    """Refuse the referral."""

    reason: Note
    judgement: Note | None = None
    reason_code: Code | None = None
    legal_basis: Line | None = None
    against_wish: bool = False


class ReturnReferral(Command):
    """Send the referral back for more to go on."""

    reason: Note


class CompleteReferral(Command):
    """Add what was missing in a returned referral."""

    reason: Note
    circumstances: dict[Code, Plain] = {}
    contraindications: tuple[Code, ...] | None = None


class WithdrawReferral(Command):
    """Take the referral back before anything has begun."""

    reason: Note


class MoveIntake(Command):
    """Move the intake that the citizen waits for, within the programme's tolerance."""

    begins: Instant
    reason: Note


class EnrolCitizen(Command):
    """Let the citizen begin now rather than at the next intake."""

    reason: Note | None = None


class GivePlace(Command):
    """Give the citizen a place that became free."""


class AssignResponsible(Command):
    """Give a role for this citizen to a person; the one who had it hands over."""

    role: Role
    person: PersonId
    reason: Note | None = None

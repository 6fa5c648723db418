"""What may be asked about phases: reviews, proposals and their answers, going on for longer."""

from domain.pathway.command import Command, Instant, Report
from domain.text import Code, Note


class EnterPhase(Command):
    """Decide that another phase begins."""

    phase: Code
    reason: Note


class HoldReview(Report):
    """Record that staff looked at how it goes."""

    note: Note | None = None


class ProposeTransition(Command):
    """Propose the next phase; somebody else decides."""

    reason: Note


class ApproveTransition(Command):
    """Follow the proposal."""

    reason: Note | None = None


class RejectTransition(Command):
    """Do not follow the proposal."""

    reason: Note


class ExtendDuration(Command):
    """Let a pathway whose time is limited go on until another date, or until it is closed."""

    until: Instant | None = None
    reason: Note

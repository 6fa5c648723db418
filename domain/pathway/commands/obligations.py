"""What may be asked about what is owed."""

from domain.actor import Role
from domain.pathway.command import Command, Instant, Report
from domain.text import Line, Note, OwnCode


class CreateObligation(Command):
    """Promise something by an instant."""

    obligation: OwnCode
    owner: Role
    due: Instant
    note: Note


class MeetObligation(Report):
    """Record that something owed was done."""

    obligation: Line
    note: Note | None = None


class ExcuseObligation(Command):
    """Let something owed go this once."""

    obligation: Line
    reason: Note


class SetDeadline(Command):
    """Answer whether a deadline still fits after a pause; without another day it stays as it is."""

    obligation: Line
    due: Instant | None = None
    reason: Note | None = None


class DeclareNotRequired(Command):
    """Record that something owed need not happen."""

    obligation: Line
    reason: Note

"""What may be asked about pathways that belong to each other; most of it is told by one to the other."""

from uuid import UUID

from domain.actor import Actor
from domain.pathway.command import Command, Instant, Report
from domain.pathway.commands.referrals import ReferCitizen
from domain.pathway.facts.children import Choice, Ending, Parent
from domain.programme.decisions import Valence
from domain.text import Code, Line, Note


class CallChild(Command):
    """Let an element begin that is a pathway of its own in another programme."""

    element: Code
    reason: Note
    basis: Line
    """The consent that was given, or the legal basis."""
    consent: bool = False


class ChooseAftercare(Command):
    """Record whether the citizen wants after-care."""

    choice: Choice
    note: Note | None = None


class ReferChild(ReferCitizen):
    """Refer a citizen into the programme that another pathway of theirs called for."""

    referred_by: Actor
    parent: Parent


class RecordChild(Command):
    """Record that the child pathway that was called for exists."""

    element: Code
    called: Instant
    child: UUID


class RecordChildBegun(Report):
    """Record that the citizen began in a child pathway."""

    element: Code
    child: UUID


class RecordChildEnded(Report):
    """Record that a child pathway ended."""

    element: Code
    child: UUID
    ending: Ending
    outcome: Code | None = None
    valence: Valence | None = None


class EndChild(Command):
    """End a child pathway with the one that called for it, as somebody decided there."""

    decided_by: Actor
    outcome: Code | None = None
    reason: Note
    against_wish: bool = False


class RecordPassedOn(Command):
    """Record that something was passed on to the pathway above or below."""

    about: UUID
    follow_up: Code

"""What may be asked around a decision to the citizen's detriment: hearing, notification, complaint."""

from typing import Annotated

from pydantic import Field

from domain.pathway.command import Command, Instant, Report
from domain.pathway.facts.proceedings import Channel, Ruling
from domain.text import Code, Line, Note

Number = Annotated[int, Field(ge=1)]
"""Which decision of that name is meant; needed only where there are several for which it could be."""


class SendHearing(Command):
    """Tell the citizen what is intended and why, and ask for an answer."""

    decision: Code
    outcome: Code | None = None
    reason: Note
    until: Instant | None = None
    """By when the citizen is asked to answer; without it, as the programme says."""
    legal_basis: Line | None = None
    """The law that lets the citizen have less time than the programme gives at least."""


class AnswerHearing(Report):
    """Record what the citizen answered."""

    decision: Code
    answer: Note


class ExtendHearing(Command):
    """Give the citizen more time to answer."""

    decision: Code
    until: Instant
    reason: Note


class AssessHearing(Command):
    """Record how the answer, or the silence, was weighed."""

    decision: Code
    note: Note
    drop: bool = False
    """Whether the decision is not intended any more."""


class ExemptHearing(Command):
    """Record why no hearing is called for."""

    decision: Code
    reason: Note


class NotifyDecision(Report):
    """Tell the citizen the decision, its grounds, and how to complain."""

    decision: Code
    number: Number | None = None
    channel: Channel


class ReceiveComplaint(Report):
    """Record that the citizen complained."""

    decision: Code
    number: Number | None = None
    note: Note | None = None


class ReassessComplaint(Command):
    """Record what looking at the decision again gave."""

    decision: Code
    number: Number | None = None
    changed: bool = False
    """Whether the citizen is right."""
    reason: Note


class ForwardComplaint(Command):
    """Send the complaint to the board of appeal."""

    decision: Code
    number: Number | None = None
    note: Note | None = None


class ConcludeComplaint(Report):
    """Record what the board of appeal ruled."""

    decision: Code
    number: Number | None = None
    ruling: Ruling
    note: Note | None = None


About = NotifyDecision | ReceiveComplaint | ReassessComplaint | ForwardComplaint | ConcludeComplaint
"""What is asked about a decision that was made."""

"""What those may ask who look at a prepared decision as a second pair of eyes."""

from domain.pathway.command import Command
from domain.text import Code, Note


class ConfirmDecision(Command):
    """Agree with what somebody else means to decide."""

    decision: Code


class ObjectToDecision(Command):
    """Do not agree with what somebody else means to decide."""

    decision: Code
    reason: Note

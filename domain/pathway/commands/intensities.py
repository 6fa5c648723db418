"""What may be asked about what holds for a citizen from a day on."""

from domain.day import Day
from domain.pathway.command import Command
from domain.programme.intensities import Amount
from domain.text import Code, Note


class SetIntensity(Command):
    """Agree on hours, or a share, with effect from a day; several changes may lie ahead."""

    name: Code
    value: Amount
    effective_from: Day
    reason: Note | None = None

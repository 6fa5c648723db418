"""What happens to what is agreed for a citizen with effect from a day, such as hours a week."""

from datetime import date

from domain.pathway.fact import Fact
from domain.text import Code, Note
from domain.why import Why


class IntensitySet(Fact):
    """Something was agreed with effect from a day, until the next setting; the one before stays readable."""

    name: Code
    value: float
    effective_from: date
    previous: float | None
    """What would have held on that day."""
    reason: Note | None
    why: Why | None
    """The rule, where it is what the programme begins with."""

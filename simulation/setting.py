"""What every citizen of a simulation has in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.programme.shape import Programme
from domain.refusal import Plain
from simulation.assumptions import Assumptions


@dataclass(frozen=True)
class Setting:
    """The programme, what is assumed, and from when to when."""

    programme: Programme
    assumptions: Assumptions
    fitting: Sequence[Mapping[str, Plain]]
    """The circumstances that somebody may be referred with."""
    first_day: datetime
    until: datetime
    seed: int

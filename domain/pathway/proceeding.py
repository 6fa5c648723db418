"""What is under way about a decision: prepared for others to confirm, heard about, or complained of."""

from dataclasses import dataclass
from datetime import datetime

from domain.actor import Actor


@dataclass(frozen=True)
class Intended:
    """A decision as one person means to make it, kept whole until others have answered."""

    decision: str
    by: Actor
    outcome: str | None
    reason: str | None
    reason_code: str | None
    legal_basis: str | None
    against_wish: bool
    despite: tuple[str, ...]


@dataclass(frozen=True)
class Prepared:
    """An intended decision that awaits a second pair of eyes."""

    intended: Intended
    due: datetime
    """When silence means what the programme says."""
    confirmed_by: tuple[Actor, ...] = ()

    def was_seen_by(self, person: str) -> bool:
        """Whether that person prepared or confirmed it, in whatever role."""
        return person in {self.intended.by.person, *(actor.person for actor in self.confirmed_by)}

"""What is under way about a decision: prepared for others to confirm, heard about, or complained of."""

from dataclasses import dataclass
from enum import StrEnum

from domain.actor import Actor
from domain.moment import Moment


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
    due: Moment
    """When silence means what the programme says."""
    confirmed_by: tuple[Actor, ...] = ()

    def was_seen_by(self, person: str) -> bool:
        """Whether that person prepared or confirmed it, in whatever role."""
        return person in {self.intended.by.person, *(actor.person for actor in self.confirmed_by)}


class Heard(StrEnum):
    """How far the hearing of the citizen has come."""

    SENT = "sent"
    ANSWERED = "answered"
    EXPIRED = "expired"
    CLOSED = "closed"


@dataclass(frozen=True)
class Hearing:
    """The hearing of the citizen before a decision to their detriment."""

    stage: Heard
    due: Moment | None
    """When the citizen's time to answer is up; None where no hearing was called for."""
    outcome: str | None = None
    """What was intended when the citizen was asked; None where it was not said."""


class Recoursing(StrEnum):
    """How far what follows upon such a decision has come."""

    DECIDED = "decided"
    NOTIFIED = "notified"
    EXPIRED = "expired"
    COMPLAINED = "complained"
    UPHELD = "upheld"
    FORWARDED = "forwarded"
    ENDED = "ended"


RUNNING = frozenset({Recoursing.COMPLAINED, Recoursing.UPHELD, Recoursing.FORWARDED})
"""The stages in which a complaint awaits its end."""


@dataclass(frozen=True)
class Recourse:
    """What the citizen may do, and has done, against a decision to their detriment."""

    stage: Recoursing
    outcome: str | None
    reason: str | None
    """The grounds of the decision, kept until they have been notified."""
    due: Moment | None = None
    """Until when the citizen may complain, once notified."""

    @property
    def runs(self) -> bool:
        """Whether a complaint awaits its end."""
        return self.stage in RUNNING

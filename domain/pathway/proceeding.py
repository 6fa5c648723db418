"""What is under way about a decision: prepared for others to confirm, heard about, or complained of."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.actor import Actor
from domain.calendar import local_date
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
BEFORE_A_COMPLAINT = frozenset({Recoursing.DECIDED, Recoursing.NOTIFIED, Recoursing.EXPIRED})
"""The stages in which nobody has complained yet."""
ANSWERED_BY = {"adverse": "notified", "complained": "reassessed", "upheld": "forwarded", "to_undo": "undone"}
"""By what happens with such a decision, what must be done about it."""
_WHICH = re.compile(r"#\d+")


def made_as(decision: str, number: int) -> str:
    """The name of one of several such decisions: the programme's for the first, such as `reduce#2` for the second."""
    return decision if number == 1 else f"{decision}#{number}"


def of_all(step: str) -> str:
    """A step of one such decision as the programme speaks of it, whichever it is: `reduce.notified`."""
    return _WHICH.sub("", step) if "#" in step else step


@dataclass(frozen=True)
class Recourse:
    """What the citizen may do, and has done, against one decision to their detriment."""

    decision: str
    number: int
    """The how manieth of that name it is."""
    stage: Recoursing
    outcome: str | None = None
    reason: str | None = None
    """The grounds of the decision, kept until they have been notified."""
    due: Moment | None = None
    """Until when the citizen may complain, once notified."""
    happened: dict[str, Moment] = field(default_factory=dict)
    """When what has happened with it, such as `notified`, in true time."""

    @property
    def name(self) -> str:
        """What it is known by on its pathway."""
        return made_as(self.decision, self.number)

    @property
    def runs(self) -> bool:
        """Whether a complaint awaits its end."""
        return self.stage in RUNNING

    def calls(self, call: str) -> datetime | None:
        """Since when the answer to something that happened with it is owed, or None when it is not."""
        over = call == "adverse" and self.stage is Recoursing.ENDED
        return None if over or ANSWERED_BY[call] in self.happened else self.happened.get(call)

    def is_in_time_at(self, at: datetime) -> bool:
        """Whether it had been decided by the day of that instant, and the time to complain was not up."""
        decided = self.happened.get("adverse")
        return (decided is None or local_date(decided) <= local_date(at)) and (self.due is None or at < self.due)

    def but(self, stage: Recoursing, at: datetime, *steps: str, **changes: Any) -> "Recourse":  # noqa: ANN401 - its fields
        """The same at another stage, after those steps."""
        return replace(self, stage=stage, happened={**self.happened, **dict.fromkeys(steps, at)}, **changes)

"""What happens to a decision that takes a second pair of eyes: prepared, confirmed, objected to, lapsed."""

from domain.actor import Actor
from domain.moment import Moment
from domain.pathway.fact import Fact
from domain.text import Code, Line, Note
from domain.why import Why


class DecisionPrepared(Fact):
    """One person means to decide it; nothing follows before others have confirmed it."""

    decision: Code
    outcome: Code | None
    prepared_by: Actor
    reason: Note | None
    reason_code: Code | None
    legal_basis: Line | None
    against_wish: bool
    despite: tuple[Line, ...]
    quorum: int
    due: Moment
    """When silence means what the programme says."""


class DecisionConfirmed(Fact):
    """Another person has looked and agrees."""

    decision: Code
    confirmed_by: Actor
    is_enough: bool
    """Whether as many have confirmed as the programme asks for."""


class DecisionObjected(Fact):
    """Another person has looked and does not agree; the decision is not made."""

    decision: Code
    objected_by: Actor
    prepared_by: Actor
    reason: Note


class DecisionLapsed(Fact):
    """Nobody answered in time, or it could not be made any more; the decision is not made."""

    decision: Code
    prepared_by: Actor
    why: Why

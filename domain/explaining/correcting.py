"""What a correction would have changed about what has happened: branch replay, without it and with it.

What a correction moves by itself (deadlines, weeks that are counted anew) is among the facts that it causes. Here
stands what it cannot move by itself, because it has happened: each with what is proposed, and why.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from domain.conditions.engine import condition
from domain.explaining.evidence import Stand, stands
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.fact import Fact
from domain.pathway.facts import course, obligations, phases, sessions
from domain.pathway.history import Erased
from domain.pathway.requirements import first_refusal, for_rule, for_step
from domain.pathway.state import Pathway
from domain.refusal import Refused


class Proposal(StrEnum):
    """What is proposed for something that would have been otherwise."""

    STAND = "stand"
    COMPENSATE = "compensate"
    REVIEW = "review"


class Cause(StrEnum):
    """Why."""

    SENT = "sent"
    """A letter that went out cannot be called back; write anew where it misleads."""
    TOLD = "told"
    """Staff were reminded, or told that something is overdue: that was said, and is not owed any more."""
    TAKEN = "taken"
    """The rule would not have gone on: enter the phase before again, or let it stand."""
    PROPOSED = "proposed"
    """The rule would not have proposed it: turn the proposal down, or let it stand."""
    DECIDED = "decided"
    """A person decided what the rules would have kept closed; a person looks again, and nothing is undone by itself."""
    DONE = "done"
    """It was done though the rules would have kept it closed; it has happened, and is looked at again."""


PROPOSED: Mapping[Cause, Proposal] = {
    Cause.SENT: Proposal.STAND,
    Cause.TOLD: Proposal.STAND,
    Cause.TAKEN: Proposal.COMPENSATE,
    Cause.PROPOSED: Proposal.COMPENSATE,
    Cause.DECIDED: Proposal.REVIEW,
    Cause.DONE: Proposal.REVIEW,
}
"""By cause, what is proposed."""


@dataclass(frozen=True)
class Otherwise:
    """A fact that would not have happened as it did."""

    version: int
    fact: PathwayFact
    cause: Cause
    refusal: Refused | None
    """What whoever did it would have been told, where the rules would have kept it closed."""

    @property
    def proposal(self) -> Proposal:
        """What is proposed: people decide."""
        return PROPOSED[self.cause]


def otherwise(
    binding: Binding, corrections: Sequence[PathwayFact], ids: Mapping[UUID, int] | None = None
) -> list[Otherwise]:
    """What of the history that *binding* knows would have been otherwise, had *corrections* been so all along.

    With *ids*, by the id of a fact its version, also the letters about such facts.
    """
    past = {_version(each): each for each in _before_each(stands(binding.history))}
    righted = {_version(each): each for each in _before_each(stands([*binding.history, *corrections]))}
    found = [
        each
        for version, event in enumerate(binding.history, start=1)
        if not isinstance(event, Erased) and version in past and version in righted
        for each in _of_fact(binding, version, event, past[version].pathway, righted[version].pathway)
    ]
    return sorted([*found, *_letters(binding, found, corrections, ids or {})], key=lambda each: each.version)


def _before_each(found: Sequence[Stand]) -> Iterator[Stand]:
    """Where the pathway stood before each fact, named by that fact."""
    return (Stand(after.evidence, before.pathway) for before, after in pairwise(found))


def _version(stand: Stand) -> int:
    return stand.evidence.version if stand.evidence else 0


def _of_fact(
    binding: Binding, version: int, fact: PathwayFact, before: Pathway, righted: Pathway
) -> Iterator[Otherwise]:
    match fact:
        case (
            phases.TransitionTaken(phase=phase, to=to) | phases.TransitionProposed(phase=phase, to=to, proposed_by=None)
        ):
            if _would(binding, before, phase, to, fact.at) and not _would(binding, righted, phase, to, fact.at):
                cause = Cause.TAKEN if isinstance(fact, phases.TransitionTaken) else Cause.PROPOSED
                yield Otherwise(version, fact, cause, None)
        case obligations.ObligationReminded() | obligations.ObligationOverdue():
            if fact.obligation in before.obligations and fact.obligation not in righted.obligations:
                yield Otherwise(version, fact, Cause.TOLD, None)
        case _:
            step = step_of(fact)
            if step and first_refusal(for_step(binding, before, step)) is None:
                refusal = first_refusal(for_step(binding, righted, step))
                if refusal:
                    yield Otherwise(version, fact, Cause.DECIDED if _is_decided(fact) else Cause.DONE, refusal)


def _would(binding: Binding, pathway: Pathway, phase: str, to: str, at: datetime) -> bool:
    """Whether the rule would have gone on from where *pathway* stood then."""
    known = binding.programme.phase(phase)
    advance = known.advance if known else None
    if advance is None or advance.when is None or advance.to != to:
        return False
    asked = condition(advance.when, binding.programme.citizen)
    return first_refusal(for_rule(pathway, phase, to)) is None and asked.ask(pathway, at).holds is True


def step_of(fact: Fact) -> str | None:
    """The step that people took with a fact, where the relations ask before it."""
    match fact:
        case course.EventRecorded(event=step) | course.DecisionMade(decision=step):
            return step
        case phases.PhaseEntered(phase=step, why=None):
            return step
        case sessions.SessionBooked(element=step) | sessions.TalkHeld(element=step):
            return step
        case sessions.BridgingStepRecorded(element=step):
            return step
        case course.PathwayClosed():
            return "close"
        case _:
            return None


def _is_decided(fact: Fact) -> bool:
    return isinstance(fact, (course.DecisionMade, course.PathwayClosed, phases.PhaseEntered))


def _letters(
    binding: Binding, found: Sequence[Otherwise], corrections: Sequence[PathwayFact], ids: Mapping[UUID, int]
) -> Iterator[Otherwise]:
    """The letters that went out about something that would have been otherwise."""
    wrong = {each.version for each in found}
    wrong |= {each.corrects for each in corrections if isinstance(each, course.FactCorrected)}
    for version, event in enumerate(binding.history, start=1):
        if isinstance(event, course.LetterSent) and ids.get(event.about) in wrong:
            yield Otherwise(version, event, Cause.SENT, None)

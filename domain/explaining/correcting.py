"""What a correction would have changed about what has happened: the history told anew, without it and with it.

What a correction moves by itself (deadlines, weeks that are counted anew) is among the facts that it causes. Here
stands what it cannot move by itself, because it has happened: each with what is proposed, and why. Whatever rests on
something that would not have happened is among it too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.explaining.replaying import TIME, Replay, Turn, replayed
from domain.explaining.travelling import Versions
from domain.pathway.catalogue import PathwayFact
from domain.pathway.fact import Fact
from domain.pathway.facts import course, decisions, obligations, phases, referrals
from domain.pathway.history import Erased, Event, corrections
from domain.pathway.steps import steps_of
from domain.refusal import Invalid, Refused


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
    """Staff were reminded, or told that something is overdue or to be done: that was said, and would not have been."""
    TAKEN = "taken"
    """The rule would not have gone on: enter the phase before again, or let it stand."""
    PROPOSED = "proposed"
    """The rule would not have proposed it: turn the proposal down, or let it stand."""
    DECIDED = "decided"
    """A person decided what the rules would have kept closed; a person looks again, and nothing is undone by itself."""
    DONE = "done"
    """It was done though the rules would have kept it closed; it has happened, and is looked at again."""
    ANOTHER = "another"
    """It would have counted as something else, such as a review in another phase."""
    MISSED = "missed"
    """The rule would have gone on, or proposed it, and has not; a person looks whether it is time now."""


PROPOSED: Mapping[Cause, Proposal] = {
    Cause.SENT: Proposal.STAND,
    Cause.TOLD: Proposal.STAND,
    Cause.TAKEN: Proposal.COMPENSATE,
    Cause.PROPOSED: Proposal.COMPENSATE,
    Cause.DECIDED: Proposal.REVIEW,
    Cause.DONE: Proposal.REVIEW,
    Cause.ANOTHER: Proposal.REVIEW,
    Cause.MISSED: Proposal.REVIEW,
}
"""By cause, what is proposed."""


BY_ITSELF: Mapping[type[Fact], Cause] = {
    phases.TransitionTaken: Cause.TAKEN,
    phases.TransitionProposed: Cause.PROPOSED,
    phases.TimeUp: Cause.TOLD,
    obligations.ObligationReminded: Cause.TOLD,
    obligations.ObligationOverdue: Cause.TOLD,
    obligations.ObligationEscalated: Cause.TOLD,
    course.DecisionMade: Cause.DECIDED,
}
"""By what a rule or time alone caused and staff saw, why it is told; what nobody saw moves by itself."""
DECIDED = (
    *(referrals.ReferralAccepted, referrals.ReferralRefused, phases.PhaseEntered, phases.TransitionApproved),
    *(phases.TransitionRejected, phases.DurationExtended, decisions.DecisionPrepared, decisions.DecisionConfirmed),
    *(decisions.DecisionObjected, course.DecisionMade, course.PathwayClosed, course.PathwayReopened),
    *(course.PathwayPaused, course.PathwayResumed, course.PathwayMoved),
    *(obligations.ObligationExcused, obligations.ObligationNotRequired),
)
"""What somebody decided; whatever else people tell of was done."""
SAME: Mapping[type[Fact], Callable[[Any], object]] = {
    phases.TransitionTaken: lambda fact: (fact.phase, fact.to),
    phases.TransitionProposed: lambda fact: (fact.phase, fact.to),
    obligations.ObligationReminded: lambda fact: (fact.obligation, fact.due),
    obligations.ObligationOverdue: lambda fact: (fact.obligation, fact.due),
    obligations.ObligationEscalated: lambda fact: (fact.obligation, fact.due, fact.level),
}
"""By what happens by itself, what it is about: where that is the same it has come in both cases."""


@dataclass(frozen=True)
class Otherwise:
    """A fact that would not have happened as it did, or that has not happened and would have."""

    version: int | None
    """None where it has not happened."""
    fact: PathwayFact
    cause: Cause
    refusal: Refused | Invalid | None
    """What whoever did it would have been told, where it would have been turned down."""

    @property
    def proposal(self) -> Proposal:
        """What is proposed: people decide."""
        return PROPOSED[self.cause]


@dataclass(frozen=True)
class Past:
    """What has happened, with the versions of the programme that were followed."""

    turns: Sequence[Turn]
    present: str
    """The version that is followed now."""
    versions: Versions

    @property
    def events(self) -> list[Event]:
        """Every fact in order."""
        return [fact for turn in self.turns for fact in turn.facts]


def otherwise(
    past: Past, correction: Sequence[PathwayFact], at: datetime, ids: Mapping[UUID, int] | None = None
) -> list[Otherwise]:
    """What of *past* would have been otherwise, had *correction*, told at that instant, been so all along.

    What earlier corrections would have changed was told when they were made. With *ids*, by the id of a fact its
    version, also the letters about such facts.
    """
    earlier, righted = corrections(past.events), corrections([*past.events, *correction])
    before = _Compared(past, earlier, at, ()) if earlier else None
    after = _Compared(past, righted, at, correction)
    known = {_named(each) for each in before.found} if before else set()
    wrong = after.wrong - (before.wrong if before else set())
    wrong |= {each.corrects for each in correction if isinstance(each, course.FactCorrected)}
    found = [*(each for each in after.found if _named(each) not in known), *_letters(past, wrong, ids or {})]
    return sorted(found, key=lambda each: (each.version is None, each.version or 0))


def _named(each: Otherwise) -> tuple[object, ...]:
    return each.version, each.cause, _about(each.fact)


def _about(fact: PathwayFact) -> tuple[str, object]:
    same = SAME.get(type(fact))
    return fact.kind, same(fact) if same else steps_of(fact)


class _Compared:
    """What really happened, held against the same told anew."""

    def __init__(
        self, past: Past, corrected: Mapping[int, course.FactCorrected], at: datetime, correction: Sequence[PathwayFact]
    ) -> None:
        replay = replayed(past.turns, past.present, past.versions, corrected, at)
        self._came = [*replay.passed, *(fact for anew in replay.turns for fact in _by_itself(anew.facts))]
        self._anew = {anew.turn.first: anew for anew in replay.turns}
        self.wrong: set[int] = set()
        """The versions of everything that would not have happened."""
        begins = min((anew.turn.first for anew in replay.turns), default=len(past.events))
        turns = [turn for turn in past.turns if turn.first >= begins]
        self.found = [each for turn in turns for each in self._of_turn(turn)]
        self.found += self._missed(replay, correction)

    def _of_turn(self, turn: Turn) -> Iterator[Otherwise]:
        anew = self._anew.get(turn.first)
        if anew and anew.turned_down:
            self.wrong.update(version for version, _ in turn.numbered)
            version, lead = _lead(turn)
            yield Otherwise(version, lead, Cause.DECIDED if isinstance(lead, DECIDED) else Cause.DONE, anew.turned_down)
        elif anew and not anew.is_put_right and _counts_as(anew.facts) != _counts_as(turn.facts):
            yield Otherwise(*_lead(turn), Cause.ANOTHER, None)
        happened = turn.numbered if turn.by in TIME else [each for each in turn.numbered if _is_automatic(each[1])]
        for version, fact in happened:
            if not isinstance(fact, Erased) and not self._has_come(fact):
                self.wrong.add(version)
                cause = BY_ITSELF.get(type(fact))
                if cause:
                    yield Otherwise(version, fact, cause, None)

    def _has_come(self, fact: PathwayFact) -> bool:
        """Whether it has come by then told anew as well; each that has come counts once."""
        came = next((each for each in self._came if _about(each) == _about(fact) and each.at <= fact.at), None)
        if came is not None:
            self._came.remove(came)
        return came is not None

    def _missed(self, replay: Replay, correction: Sequence[PathwayFact]) -> Iterator[Otherwise]:
        """The phase to which the rule would have gone on, or proposed to, where that stands at the end."""
        proposal = replay.pathway.proposal
        told = {_about(fact) for fact in correction}
        for fact in self._came:
            if (
                isinstance(fact, phases.TransitionTaken)
                and fact.to == replay.pathway.phase
                and _about(fact) not in told
            ):
                yield Otherwise(None, fact, Cause.MISSED, None)
            if isinstance(fact, phases.TransitionProposed) and proposal and _about(fact) not in told:
                yield Otherwise(None, fact, Cause.MISSED, None)


def _is_automatic(fact: Event) -> bool:
    return getattr(fact, "why", None) is not None


def _by_itself(facts: Sequence[Event]) -> Iterator[PathwayFact]:
    return (fact for fact in facts if not isinstance(fact, Erased) and _is_automatic(fact))


def _counts_as(facts: Sequence[Event]) -> frozenset[str]:
    """The steps that what people told counts as."""
    return frozenset(step for fact in facts if not _is_automatic(fact) for step in steps_of(fact))


def _lead(turn: Turn) -> tuple[int, PathwayFact]:
    """The fact by which a turn is told: the decision where one was made, otherwise the first."""
    told = [(version, fact) for version, fact in turn.numbered if not isinstance(fact, Erased)]
    decided = (each for each in told if isinstance(each[1], (course.DecisionMade, course.PathwayClosed)))
    return next(decided, told[0])


def _letters(past: Past, wrong: set[int], ids: Mapping[UUID, int]) -> Iterator[Otherwise]:
    """The letters that went out about something that would have been otherwise."""
    for version, event in enumerate(past.events, start=1):
        if isinstance(event, course.LetterSent) and ids.get(event.about) in wrong:
            yield Otherwise(version, event, Cause.SENT, None)

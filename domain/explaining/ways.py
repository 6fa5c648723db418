"""The shortest lawful way to a step: what people may do and what time brings, tried with the real rules."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain

from domain.actor import Actor, Role
from domain.explaining.letting_go import letting_go
from domain.explaining.relevance import Relevance
from domain.explaining.why import is_open
from domain.pathway.acts import Act, acts, tried
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.commands import course, phases, proceedings, referrals, sessions
from domain.pathway.decide import after, decide
from domain.pathway.due import next_due
from domain.pathway.evolve import fold
from domain.pathway.history import Event, as_corrected
from domain.pathway.permissions import MAY
from domain.pathway.settling import settled
from domain.pathway.state import Pathway
from domain.refusal import Invalid, Refused

MOST_MOVES = 40
"""No way is looked for that takes more."""
MOST_PLACES = 400
"""So many different situations are looked at before the search is given up."""
HORIZON = timedelta(days=2 * 365)
"""Time is let pass so far ahead, and no further."""
MOST_DUE = 400
"""So many instants are let pass at a time."""
APART = timedelta(minutes=1)
"""One act is tried so long after the other."""
UNASKED = {
    course.ClosePathway: {"closed", "reopen_pathway"},
    course.PausePathway: {"paused", "resume_pathway"},
    referrals.RefuseReferral: {"referral_answered"},
    referrals.ReturnReferral: {"referral_answered", "complete_referral"},
    referrals.WithdrawReferral: {"referral_answered"},
    proceedings.ExemptHearing: set(),
}
"""What is only proposed where the step asks for it: nobody is to end a pathway for the sake of a step.

That no hearing is called for is never proposed: it is the exception, and somebody's own judgement.
"""


@dataclass(frozen=True)
class Done:
    """Somebody does something."""

    command: Command
    by: tuple[Role, ...]
    """Who may."""


@dataclass(frozen=True)
class Waited:
    """Time passes."""

    until: datetime


Move = Done | Waited


class Search(StrEnum):
    """How a search ended."""

    OPEN = "open"
    FOUND = "found"
    NONE = "none"
    """Everything that people may do and that time brings has been tried."""
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Way:
    """How to come to a step."""

    search: Search
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class _Place:
    """Where a way has come to."""

    pathway: Pathway
    at: datetime
    moves: tuple[Act | Waited, ...]


def way_to(binding: Binding, pathway: Pathway, step: str, at: datetime) -> Way:
    """The way to *step* with the fewest moves, from where *pathway* stands, settled, at that instant."""
    return _way(Relevance(binding, step), pathway, at, lambda each: is_open(binding, each, step))


def way_by_rule(binding: Binding, pathway: Pathway, phase: str, at: datetime) -> Way:
    """The way with the fewest moves on which the programme's own rule takes or proposes the step to *phase*."""

    def arrived(each: Pathway) -> bool:
        proposal = each.proposal
        return each.phase == phase or (proposal is not None and proposal.to == phase and proposal.proposed_by is None)

    return _way(Relevance(binding, phase), pathway, at, arrived, {phases.EnterPhase, phases.ProposeTransition})


def _way(
    relevance: Relevance,
    pathway: Pathway,
    at: datetime,
    arrived: Callable[[Pathway], bool],
    without: Collection[type[Command]] = (),
) -> Way:
    """The way with the fewest moves to where *arrived* is so.

    Among equals, doing comes before letting go, and that before waiting.
    """
    if arrived(pathway):
        return Way(Search.OPEN, ())
    places, known = [_Place(pathway, at, ())], {relevance.everything(pathway, at)}
    for place in places:  # grows while it is looked at: those with fewer moves first
        if len(places) > MOST_PLACES or len(place.moves) >= MOST_MOVES:
            return Way(Search.GIVEN_UP, ())
        for following in _following(relevance, place, without):
            if arrived(following.pathway):
                return Way(Search.FOUND, tuple(_told(relevance.binding, pathway, following.moves)))
            what_matters: Hashable = relevance.everything(following.pathway, following.at)
            if what_matters not in known:
                known.add(what_matters)
                places.append(following)
    return Way(Search.NONE, ())


def _following(relevance: Relevance, place: _Place, without: Collection[type[Command]]) -> Iterator[_Place]:
    binding = relevance.binding
    gone = tried(binding, place.pathway, letting_go(place.pathway, place.at, relevance.steps))
    for act in chain(acts(binding, place.pathway, place.at), gone):
        if type(act.command) not in without and _is_proposed(act.command, relevance, place):
            pathway, at = after(binding, place.pathway, act.facts), place.at + APART
            for passed in settled(binding, pathway, at):
                pathway = passed.pathway
            yield _Place(pathway, at, (*place.moves, act))
    yield from _waited(relevance, place)


def _is_proposed(command: Command, relevance: Relevance, place: _Place) -> bool:
    """Whether it is worth trying: a session that was booked on the way is registered before anything else is done."""
    asked_for = UNASKED.get(type(command))
    if asked_for is not None:
        return bool(asked_for & relevance.steps)
    last = place.moves[-1] if place.moves else None
    if isinstance(last, Act) and isinstance(last.command, sessions.BookSession):
        return isinstance(command, sessions.RecordAttendance) and command.session == last.command.session
    return True


def _waited(relevance: Relevance, place: _Place) -> Iterator[_Place]:
    """Time passes until something that matters is different."""
    outlook = relevance.outlook(place.pathway, place.at)
    for number, passed in enumerate(settled(relevance.binding, place.pathway, place.at + HORIZON)):
        if relevance.outlook(passed.pathway, passed.due) != outlook:
            yield _Place(passed.pathway, passed.due, (*place.moves, Waited(passed.due)))
            return
        if number > MOST_DUE:
            return


def _told(binding: Binding, pathway: Pathway, moves: tuple[Act | Waited, ...]) -> Iterator[Move]:
    """The moves, each act with everybody who may do it."""
    for move in moves:
        until = move.until if isinstance(move, Waited) else move.command.at
        for passed in settled(binding, pathway, until):
            pathway = passed.pathway
        if isinstance(move, Waited):
            yield move
        else:
            yield Done(move.command, tuple(_may(binding, pathway, move.command)))
            pathway = after(binding, pathway, move.facts)


def _may(binding: Binding, pathway: Pathway, command: Command) -> Iterator[Role]:
    for role in sorted(MAY[type(command)]):
        try:
            decide(binding, pathway, command.model_copy(update={"by": Actor.of(role, command.by.person)}))
        except (Refused, Invalid):
            continue
        yield role


def settled_to(binding: Binding, pathway: Pathway, at: datetime) -> Pathway:
    """Where *pathway* stands when everything has passed that is due by then."""
    due = next_due(pathway)
    if due is None or due > at:
        return pathway
    *_, last = settled(binding, pathway, at)
    return last.pathway


@dataclass(frozen=True)
class Repeated:
    """Moves that come several times in a row."""

    times: int
    moves: tuple[Move, ...]


def in_short(moves: Sequence[Move]) -> list[Repeated]:
    """The moves with what is done again and again told once: one act, or two that follow each other."""
    told: list[Repeated] = []
    while moves:
        best = max((_again(moves, length) for length in (1, 2)), key=lambda each: each.times * len(each.moves))
        told.append(best)
        moves = moves[best.times * len(best.moves) :]
    return told


def _again(moves: Sequence[Move], length: int) -> Repeated:
    pattern, times = [_what(each) for each in moves[:length]], 1
    while [_what(each) for each in moves[times * length : (times + 1) * length]] == pattern:
        times += 1
    return Repeated(times, tuple(moves[:length])) if times > 1 else Repeated(1, tuple(moves[:1]))


def _what(move: Move) -> Hashable:
    """What a move is, whenever it is made and whatever the session's id."""
    if isinstance(move, Waited):
        return move.until
    fields = move.command.model_dump(exclude={"at", "session", "starts"}, mode="json")
    return move.command.kind, repr(sorted(fields.items()))


def history_by(binding: Binding, at: datetime) -> list[Event]:
    """The history that *binding* knows, with everything that is due by then and was not written yet."""
    pathway = fold(as_corrected(binding.history))
    return [*binding.history, *(fact for passed in settled(binding, pathway, at) for fact in passed.facts)]

"""What can happen next on a pathway: what somebody does, sessions that are held or missed, and time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.actor import TIMER
from domain.exploring.abstraction import Abstraction
from domain.exploring.sights import Sight
from domain.pathway.acts import asked, of_sessions, taken
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands.course import ClosePathway, MakeDecision, PassTime
from domain.pathway.commands.decisions import ConfirmDecision
from domain.pathway.commands.proceedings import ExemptHearing
from domain.pathway.commands.referrals import AcceptReferral, RefuseReferral
from domain.pathway.commands.sessions import BookSession, RecordAttendance
from domain.pathway.decide import after, decide
from domain.pathway.due import coming, next_due
from domain.pathway.facts.course import DecisionMade, PathwayClosed
from domain.pathway.facts.referrals import ReferralRefused
from domain.pathway.facts.sessions import Attendance
from domain.pathway.options import options
from domain.pathway.places import Occupied
from domain.pathway.state import Pathway
from domain.programme.decisions import CLOSE, REFUSE
from domain.refusal import Invalid, Refused, RunsAway

STEP = timedelta(hours=1)
"""How long after what happened last something is done."""
RHYTHMS = {"review": "review_came_due", "week": "week_counted"}
"""What comes back by itself, with the fact by which one knows that it came."""
MOST_DUES = 60
"""How often time passes without anything that is told apart, before nothing of the kind is expected any more."""
MADE = (DecisionMade, PathwayClosed, ReferralRefused)
DECIDING: frozenset[type[Command]] = frozenset(
    {ExemptHearing, MakeDecision, ClosePathway, ConfirmDecision, RefuseReferral}
)
"""How a decision goes on until it is made."""
MOST_SESSIONS = 60
"""How many sessions are held in a row so that a condition on attendance can come to hold."""


@dataclass(frozen=True)
class Move:
    """Something that can happen, with everything that it causes."""

    commands: tuple[Command, ...]
    """In order; time is a command as well."""
    facts: Sequence[PathwayFact]
    pathway: Pathway
    at: datetime
    runs_away: bool = False
    """Whether the programme's rules call each other without end, so that it is refused."""


@dataclass(frozen=True)
class Standing:
    """Where a pathway stands, and when something happened on it last."""

    pathway: Pathway
    at: datetime


def moves(binding: Binding, standing: Standing, told_apart: Abstraction, seen: set[Sight]) -> Iterator[Move]:
    """Everything that can happen next and might change what is told apart, or show what was not *seen*."""
    start = Move((), (), standing.pathway, standing.at)
    yield from _of_time(binding, start, told_apart, seen)
    before = _settled(binding, start, standing.at + STEP)
    if before.runs_away:
        yield before
        return
    decided: set[tuple[type[Command], str]] = set()
    for command in asked(binding, before.pathway, before.at):
        if not told_apart.matters(command, before.pathway, seen) or _is_decided_again(command, decided):
            continue
        move = told(binding, before, command)
        if move is None:
            continue
        yield move
        if isinstance(command, BookSession) and not move.runs_away:
            yield from _of_session(binding, move, command)
        if isinstance(command, AcceptReferral) and binding.programme.places:
            yield from _of_queue(binding, before, command)
    yield from _of_attendance(binding, before, told_apart)
    yield from _of_decisions(binding, before)


def _of_decisions(binding: Binding, before: Move) -> Iterator[Move]:
    """Each decision that waits for other eyes, or is against the citizen, with all of it in one go."""
    for name, decision in binding.programme.decisions.items():
        if decision.may_be_adverse or decision.second:
            move = _decided(binding, before, name)
            if move:
                yield move


def _decided(binding: Binding, before: Move, name: str) -> Move | None:
    """What comes of going on with a decision until it is made, unheard where it is against the citizen, or None."""
    move: Move | None = before
    while move is not None and not move.runs_away:
        if any(isinstance(fact, MADE) for fact in move.facts[len(before.facts) :]):
            return move
        further = (each for each in asked(binding, move.pathway, move.at) if type(each) in DECIDING)
        of_it = (each for each in further if _decided_by(each) == name)
        unheard_first = sorted(of_it, key=lambda each: not isinstance(each, ExemptHearing))
        tried = (told(binding, move, each) for each in unheard_first)
        move = next((each for each in tried if each), None)
    return move


def _decided_by(command: Command) -> str:
    """The decision that a command is about."""
    return REFUSE if isinstance(command, RefuseReferral) else getattr(command, "decision", CLOSE)


def _is_decided_again(command: Command, decided: set[tuple[type[Command], str]]) -> bool:
    """Whether the same was decided with another outcome; which outcome it is, no rule of the engine looks at."""
    if not isinstance(command, (ClosePathway, MakeDecision)):
        return False
    decision = type(command), getattr(command, "decision", "close")
    known = decision in decided
    decided.add(decision)
    return known


def told(binding: Binding, before: Move, command: Command) -> Move | None:
    """What comes of a command, or None when it is turned down or changes nothing."""
    try:
        facts = decide(binding, before.pathway, command)
    except RunsAway:
        return Move((*before.commands, command), before.facts, before.pathway, command.at, runs_away=True)
    except (Refused, Invalid):
        return None
    if not facts:
        return None
    pathway = after(binding, before.pathway, facts)
    return Move((*before.commands, command), (*before.facts, *facts), pathway, command.at)


def _settled(binding: Binding, before: Move, until: datetime) -> Move:
    """What falls due up to an instant."""
    move = before
    while (due := next_due(move.pathway)) is not None and due <= until and not move.runs_away:
        passed = told(binding, move, PassTime(by=TIMER, at=due))
        if passed is None:
            break
        move = passed
    return Move(move.commands, move.facts, move.pathway, until, move.runs_away)


def _of_time(binding: Binding, start: Move, told_apart: Abstraction, seen: set[Sight]) -> Iterator[Move]:
    """What time alone brings, until it is something that is told apart."""
    key, move = told_apart.told(start.pathway, start.at), start
    late = frozenset(rule for rule in told_apart.idle if ("overdue", rule) in seen)
    for _ in range(MOST_DUES):
        due = next_due(move.pathway)
        passed = told(binding, move, PassTime(by=TIMER, at=max(due, move.at))) if due else None
        if passed is None:
            break
        move = passed
        if move.runs_away or told_apart.told(move.pathway, move.at) != key or _only_goes_round(move, late):
            break
    if move is not start:
        yield move


def _only_goes_round(move: Move, late: frozenset[str]) -> bool:
    """Whether nothing else is to come than what has come and will come again, and deadlines that open nothing."""
    came = {fact.kind for fact in move.facts}
    round_again = {what for what, kind in RHYTHMS.items() if kind in came}
    round_again.add("rules")
    return all(each.what in round_again or each.about in late for each in coming(move.pathway))


def _of_queue(binding: Binding, before: Move, command: AcceptReferral) -> Iterator[Move]:
    """The same while every place is taken: a place becomes free when somebody lets the citizen begin."""
    places = binding.programme.places or 0
    full = Occupied(places=places, taken=places, waiting=0)
    waits = told(replace(binding, occupied=full), before, command)
    if waits:
        yield waits


def _of_session(binding: Binding, booked: Move, command: BookSession) -> Iterator[Move]:
    """A session that is held, and one that is missed."""
    for attendance in (Attendance.PRESENT, Attendance.ABSENT):
        held = _registered(binding, booked, command, attendance)
        if held:
            yield held


def _registered(binding: Binding, booked: Move, command: BookSession, attendance: Attendance) -> Move | None:
    for each in of_sessions(binding, booked.pathway, command.at):
        if isinstance(each, RecordAttendance) and (each.session, each.attendance) == (command.session, attendance):
            return told(binding, booked, each)
    return None


def _of_attendance(binding: Binding, start: Move, told_apart: Abstraction) -> Iterator[Move]:
    """So many sessions in a row, an hour between them, that the condition of the phase's step turns."""
    phase = binding.programme.phase(start.pathway.phase)
    when = phase.advance.when if phase and phase.advance else None
    if when is None or start.pathway.paused_since or start.pathway.proposal or start.pathway.rejected:
        return
    offered = binding.programme.offered_in(start.pathway.phase or "")
    asked_for = [name for name in offered if f"'{name}'" in when] or offered
    ways = (_held_until_it_turns(binding, start, element, told_apart) for element in asked_for)
    turned = next((way for way in ways if way), None)
    if turned:
        yield turned


def _held_until_it_turns(binding: Binding, start: Move, element: str, told_apart: Abstraction) -> Move | None:
    key, move = told_apart.told(start.pathway, start.at), start
    for _ in range(MOST_SESSIONS):
        held = _held_once(binding, move, element)
        if held is None:
            return None
        move = held
        if move.runs_away or told_apart.told(move.pathway, move.at) != key:
            return move
    return None


def _held_once(binding: Binding, before: Move, element: str) -> Move | None:
    at = before.at + STEP
    ready = _settled(binding, before, at)
    if ready.runs_away:
        return ready
    for option in options(binding, ready.pathway):
        if option.command == BookSession.kind and option.step == element and option.closed_by is None and option.by:
            for command in taken(option, binding, ready.pathway, option.by[0], at):
                booked = told(binding, ready, command)
                if booked and isinstance(command, BookSession):
                    return _registered(binding, booked, command, Attendance.PRESENT)
    return None

"""What exploring a programme finds: citizens who would be forgotten, steps that never come, ways that never end."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.calendar import local_date
from domain.exploring.abstraction import everything, only_for
from domain.exploring.exploring import Explored, State, explore
from domain.exploring.sights import Sight
from domain.pathway.command import Command
from domain.pathway.due import coming
from domain.pathway.state import OVER, Stage
from domain.pathway.steps import OF_A_HEARING
from domain.programme.elements import Kind
from domain.programme.relations import InPause, Response
from domain.programme.shape import Programme
from domain.refusal import Plain
from programmes.checks.problem import Problem
from programmes.source import Path

ABOUT = ("element", "event", "decision", "phase")
"""The fields of a command that say what it is about."""
MOST_STATES = 300
"""How many states are explored of a programme, and again for each thing that was not come across by then."""


NEVER = {"called": "never_called", "met": "never_met", "overdue": "never_due"}
"""By what never becomes of a rule, how that is told."""
IMPLIED = {"reviewed": "phases", "answered": "phases", "assessed": "elements", "seconded": "decisions"}
"""By the end of the step that is owed, the section of the file from which it follows."""


@dataclass(frozen=True)
class Examined:
    """What exploring a programme found, and how far it reached."""

    problems: list[Problem]
    states: int
    deepest: int
    """How many moves the farthest state lies from the referral."""
    whole: bool
    """Whether every state was explored."""
    unsettled: tuple[str, ...]
    """What was neither come across nor shown never to come, because the bound was reached."""
    witnesses: tuple[tuple[Problem, tuple[Command, ...]], ...]
    """The findings to which a way leads, with everything that is done on it."""


@dataclass(frozen=True)
class _Goal:
    """Something that must come about somewhere."""

    sight: Sight
    problem: Problem

    @property
    def name(self) -> str:
        return f"{self.sight[1]} ({self.problem.code})"


def examine(programme: Programme, most_states: int = MOST_STATES) -> Examined:
    """What exploring finds in a programme that the other checks find nothing wrong with."""
    explored = explore(everything(programme), most_states)
    ways = [*_running_away(explored), *_forgotten(explored), *_without_end(explored)]
    problems = [problem for problem, _ in ways]
    unsettled: list[str] = []
    for goal in _goals(programme):
        found = goal.sight in explored.sights or _comes_about(explored, goal, most_states)
        if found is None:
            unsettled.append(goal.name)
        if found is False:
            problems.append(goal.problem)
    return Examined(
        _once_each(problems), len(explored.states), explored.deepest, explored.whole, tuple(unsettled), tuple(ways)
    )


def _once_each(problems: list[Problem]) -> list[Problem]:
    """The first finding of each place: what is never called for is never met either."""
    by_path: dict[Path, Problem] = {}
    for problem in problems:
        by_path.setdefault(problem.path, problem)
    return list(by_path.values())


def _comes_about(explored: Explored, goal: _Goal, most_states: int) -> bool | None:
    """Whether it does, looked for with nothing told apart but what matters for it; None where the bound was reached."""
    what, name = goal.sight
    programme = explored.programme
    if what == "happened":
        told_apart = only_for(programme, frozenset({name, name.partition(".")[0]}))
    else:
        told_apart = only_for(programme, frozenset(), frozenset({name}))
    closer = explore(told_apart, most_states, frozenset({goal.sight}))
    if goal.sight in closer.sights:
        return True
    missed = ("called", name) in explored.sights and ("called", name) not in closer.sights
    return None if missed or not closer.whole else False


def _goals(programme: Programme) -> Iterator[_Goal]:
    for where, names in (
        ("phases", [name for name in programme.phases if name != programme.first_phase]),
        ("elements", [name for name, each in programme.elements.items() if each.kind is not Kind.PATHWAY]),
        ("events", programme.events),
        ("decisions", programme.decisions),
    ):
        for name in names:
            step = f"{name}.entered" if where == "phases" else name
            yield _Goal(("happened", step), Problem((where, name), "never_happens", {"value": name}))
    for place, response in _written(programme):
        yield from _of_rule(place, response, ("called", "met", "overdue"))
    for place, response in _implied(programme):
        yield from _of_rule(place, response, ("called", "met"))


def _of_rule(place: Path, response: Response, sights: tuple[str, ...]) -> Iterator[_Goal]:
    for what in sights:
        values: dict[str, Plain] = {"value": response.respond, "after": response.after[0]}
        yield _Goal((what, response.rule), Problem(place, NEVER[what], values))


def _written(programme: Programme) -> Iterator[tuple[Path, Response]]:
    """The rules that the programme itself writes, with their places; what follows from them, the engine sees to."""
    for index, relation in enumerate(programme.relations):
        if isinstance(relation, Response):
            yield ("relations", index), relation
    for response in programme.responses.values():
        if response.respond in programme.obligations and response.respond in response.after:
            yield ("obligations", response.respond), response


def _implied(programme: Programme) -> Iterator[tuple[Path, Response]]:
    """The rules that follow from reviews, proposals, duties, measures, second eyes and the end of the time.

    What hearings and complaints call for is the same in every programme; that none puts it aside is looked at alone.
    """
    written = {response.rule for _, response in _written(programme)}
    for response in programme.responses.values():
        name, _, step = response.respond.partition(".")
        place = IMPLIED.get(step) or next(
            (each for each in ("measures", "orders") if name in getattr(programme, each)), None
        )
        if response.rule in written or step in OF_A_HEARING:
            continue
        if response.after == ("time_up",):
            yield ("duration",), response
        elif place:
            yield (place, name), response


def _running_away(explored: Explored) -> Iterator[tuple[Problem, tuple[Command, ...]]]:
    for number, commands in explored.running_away[:1]:
        phase = explored.states[number].pathway.phase or explored.programme.first_phase
        way = (*explored.way_to(number), *commands)
        yield Problem(("phases", phase, "advance"), "runs_away", {"value": phase, "way": told(way)}), way


def _forgotten(explored: Explored) -> Iterator[tuple[Problem, tuple[Command, ...]]]:
    """States in which no clock runs, nothing is owed, and nobody is told to act."""
    seen = set[Path]()
    for state in explored.states:
        place = _place_of(state)
        if is_forgotten(state) and place not in seen:
            seen.add(place)
            way = explored.way_to(state.number)
            stage: str = state.pathway.stage.value
            yield Problem(place, "forgotten_citizen", {"stage": stage, "way": told(way)}), way


def is_forgotten(state: State) -> bool:
    """Whether somebody who stands there could be forgotten: nothing that is owed, agreed or timed brings anybody back.

    Whoever returned a referral handed it to somebody by that very act; it is the same in every programme, so no
    programme could mend it. In a pause, what does not run in it brings nobody back.
    """
    pathway = state.pathway
    if pathway.stage in {*OVER, Stage.RETURNED} or pathway.resume_due:
        return False
    if pathway.paused_since:
        runs = any(owed.in_pause is InPause.RUN for owed in pathway.obligations.values())
        return not runs and not any(each.what in {"silence", "hearing"} for each in coming(pathway))
    return not pathway.obligations and not pathway.bookings and not any(True for _ in coming(pathway))


def _place_of(state: State) -> Path:
    pathway = state.pathway
    if pathway.stage is Stage.UNDERWAY and pathway.phase:
        return ("phases", pathway.phase)
    return ("intake",) if pathway.stage is Stage.WAITING else ("referral",)


def _without_end(explored: Explored) -> Iterator[tuple[Problem, tuple[Command, ...]]]:
    """States from which nobody ever comes to an end, whatever is done."""
    ending = {state.number for state in explored.states if state.pathway.is_over or not state.explored}
    into: dict[int, set[int]] = {}
    for state in explored.states:
        for number in state.leads_to:
            into.setdefault(number, set()).add(state.number)
    waiting = list(ending)
    while waiting:
        for number in into.get(waiting.pop(), set()) - ending:
            ending.add(number)
            waiting.append(number)
    stuck = next((state for state in explored.states if state.number not in ending), None)
    if stuck:
        way = explored.way_to(stuck.number)
        yield Problem(("decisions", "close"), "no_way_out", {"way": told(way)}), way


def told(way: tuple[Command, ...]) -> str:
    """A way in short, such as `0 refer_citizen, 0 accept_referral, 28 pass_time`: each act with its day."""
    began = local_date(way[0].at)
    return ", ".join(f"{(local_date(each.at) - began).days} {_act(each)}" for each in way)


def _act(command: Command) -> str:
    about = next((getattr(command, name) for name in ABOUT if hasattr(command, name)), None)
    return f"{command.kind} {about}" if about else command.kind

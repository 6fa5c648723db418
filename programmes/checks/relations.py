"""Whether relations speak of steps that exist, and can be followed."""

from collections.abc import Iterator

from domain.programme.relations import Condition, Exclude, Include, Milestone, Response
from domain.programme.shape import Programme
from programmes.checks.clocks import of_reminder
from programmes.checks.problem import Problem, is_known
from programmes.checks.vocabulary import steps
from programmes.source import Path


def of_relations(programme: Programme) -> Iterator[Problem]:
    """Relations between steps that do not exist, twice over, or waiting for each other."""
    known = steps(programme)
    doable = {*programme.elements, *programme.events, *programme.decisions, *programme.phases}
    rules: set[str] = set()
    for index, relation in enumerate(programme.relations):
        path: Path = ("relations", index)
        match relation:
            case Condition():
                yield from is_known((*path, "condition"), relation.condition, known)
                yield from is_known((*path, "for"), relation.target, doable)
            case Milestone():
                owed = {response.respond for response in programme.responses.values()}
                yield from is_known((*path, "milestone"), relation.milestone, owed)
                yield from is_known((*path, "for"), relation.target, doable)
            case Exclude():
                yield from is_known((*path, "exclude"), relation.exclude, known)
                yield from is_known((*path, "after"), relation.after, known)
            case Include():
                yield from is_known((*path, "include"), relation.include, known)
                yield from is_known((*path, "after"), relation.after, known)
            case Response():
                yield from _response(programme, path, relation, known)
                if relation.rule in rules:
                    yield Problem(path, "rule_twice", {"value": relation.rule})
                rules.add(relation.rule)
    yield from _condition_cycles(programme)


def _response(programme: Programme, path: Path, response: Response, known: frozenset[str]) -> Iterator[Problem]:
    for trigger in response.after:
        yield from is_known((*path, "after"), trigger, known)
    yield from is_known((*path, "respond"), response.respond, known)
    yield from is_known((*path, "during"), response.during, programme.phases)
    yield from of_reminder((*path, "remind"), programme, response.remind, response.within)


def _condition_cycles(programme: Programme) -> Iterator[Problem]:
    needs: dict[str, set[str]] = {"closed": {"close"}, "reopened": {"close"}}
    for each in programme.conditions:
        needs.setdefault(each.target, set()).add(each.condition)
        of, dot, _ = each.condition.rpartition(".")
        if dot:
            needs.setdefault(each.condition, set()).add(of)
    for index, relation in enumerate(programme.relations):
        if isinstance(relation, Condition) and relation.target in _reached(relation.condition, needs):
            yield Problem(("relations", index, "condition"), "condition_cycle", {"value": relation.target})


def _reached(start: str, needs: dict[str, set[str]]) -> set[str]:
    reached, waiting = set[str](), [start]
    while waiting:
        step = waiting.pop()
        if step not in reached:
            reached.add(step)
            waiting.extend(needs.get(step, ()))
    return reached

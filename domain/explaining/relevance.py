"""What about a pathway can matter for taking a step: found backwards, over relations, phases and conditions."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from domain.conditions.engine import Condition, condition
from domain.conditions.syntax import Call, Literal, Variable, nodes
from domain.conditions.taking_apart import looked_at
from domain.pathway.binding import Binding
from domain.pathway.proceeding import of_all
from domain.pathway.state import Pathway
from domain.programme.decisions import CLOSE
from domain.programme.relations import Exclude
from domain.programme.shape import Programme


@dataclass(frozen=True)
class Relevance:
    """What matters for one step of a programme."""

    binding: Binding
    step: str

    @cached_property
    def steps(self) -> frozenset[str]:
        """Every step that can open or close this one, itself included."""
        found: set[str] = set()
        waiting = {self.step}
        while waiting:
            name = waiting.pop()
            found.add(name)
            waiting |= set(_before(self.binding.programme, name)) - found
        return frozenset(found)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of the phases that matter."""
        programme = self.binding.programme
        texts = [phase.advance.when for name, phase in programme.phases.items() if name in self.steps and phase.advance]
        return tuple(condition(text, programme.citizen) for text in texts if text)

    def outlook(self, pathway: Pathway, at: datetime) -> Hashable:
        """Everything that matters but how far counts have come: while it is the same, time need not be looked at."""
        return (
            pathway.stage,
            pathway.phase,
            pathway.paused_since is None,
            pathway.proposal.to if pathway.proposal else None,
            pathway.rejected,
            frozenset((name, len(each.confirmed_by)) for name, each in pathway.prepared.items()),
            frozenset((name, each.stage) for name, each in pathway.hearings.items() if self._matters(name)),
            frozenset((each.name, each.stage) for each in pathway.recourses.values() if self._matters(each.decision)),
            frozenset((name, each.stage) for name, each in pathway.orders.items()),
            frozenset(each.element for each in pathway.open_children()),
            pathway.excluded & self.steps,
            frozenset(rule for rule, each in pathway.obligations.items() if of_all(each.name) in self.steps),
            frozenset(step for step in self.steps if pathway.last(step)),
            tuple(each.ask(pathway, at).holds for each in self.conditions),
        )

    def _matters(self, decision: str) -> bool:
        """Whether it matters how far hearing or complaint about that decision have come; closing waits for them all."""
        return decision in self.steps or CLOSE in self.steps

    def everything(self, pathway: Pathway, at: datetime) -> Hashable:
        """Everything that matters: two pathways of which it is the same are equally far from the step."""
        counts = tuple(tuple(sorted(looked_at(each, pathway, at).items())) for each in self.conditions)
        booked = sorted(
            (each.element if each.element in self.steps else "", each.minutes, each.mandatory)
            for each in pathway.bookings.values()
            if each.element in self.steps or self.conditions
        )
        return (self.outlook(pathway, at), counts, tuple(booked))


def _before(programme: Programme, name: str) -> Iterator[str]:
    """What may have to happen, or must not, for *name* to be possible."""
    for condition_ in programme.conditions:
        if condition_.target == name:
            yield condition_.condition
    for milestone in programme.milestones:
        if milestone.target == name:
            yield milestone.milestone
    for relation in programme.exclusions:
        if (relation.exclude if isinstance(relation, Exclude) else relation.include) == name:
            yield relation.after
    of, dot, _ = name.rpartition(".")
    if dot:
        yield of
    if name in programme.elements:
        yield from (phase for phase in programme.phases if name in programme.offered_in(phase))
    if name in programme.phases:
        yield from _leading_to(programme, name)


def _leading_to(programme: Programme, phase: str) -> Iterator[str]:
    """The phases from which a rule goes on to this one, and what its condition looks at."""
    for name, each in programme.phases.items():
        if each.advance and each.advance.to == phase and each.advance.when:
            yield name
            yield from _asked_of(programme, condition(each.advance.when, programme.citizen))


def _asked_of(programme: Programme, asked: Condition) -> Iterator[str]:
    for node in nodes(asked.syntax):
        if isinstance(node, Call):
            words = (str(each.value) for each in node.operands if isinstance(each, Literal))
            yield from (word for word in words if word in programme.elements or node.function == "happened")
        if isinstance(node, Variable):
            yield node.name

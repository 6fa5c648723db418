"""What a command would cause, computed before anybody confirms it. Pure, and the same as what it then does cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.decide import pathway_decider
from domain.pathway.due import coming, next_due
from domain.pathway.facts.sessions import SessionCancelled
from domain.pathway.follow_ups import FollowUp, follow_ups, is_silent
from domain.pathway.settling import Passed, settled
from domain.pathway.state import Obligation, Pathway


@dataclass(frozen=True)
class Shift:
    """An instant that would come, move or fall away."""

    what: str
    """The kind of thing that comes, or `owed`."""
    about: str | None
    """The rule, the phase or the decision."""
    name: str | None
    """What is owed, where something is."""
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class Preview:
    """Everything that a command would cause."""

    passed: tuple[Passed, ...]
    """What has fallen due by then, and happens first whatever is told."""
    facts: Sequence[PathwayFact]
    """None where the command asks for what is already so."""
    owed: tuple[Shift, ...]
    """What would be owed by another date, newly or no more."""
    coming: tuple[Shift, ...]
    """What would come by itself at another instant, newly or no more."""
    called_off: tuple[UUID, ...]
    """The sessions that would be called off."""
    calls_for: tuple[FollowUp, ...]
    """The letters and notices that would go out."""
    next_due: datetime | None
    after: Pathway
    """Where the pathway would stand."""


def preview(binding: Binding, pathway: Pathway, command: Command) -> Preview:
    """What *command* would cause where *pathway* stands, time having passed until it is told.

    Raises: Refused, Invalid, as the command itself would.
    """
    passed = tuple(settled(Binding(binding.programme), pathway, command.at))
    before = passed[-1].pathway if passed else pathway
    told = [fact for each in passed for fact in each.facts]
    binding = replace(binding, history=[*binding.history, *told]) if binding.history else binding
    rules = pathway_decider(binding)
    facts = rules.decide(before, command)
    after = rules.evolve(before, facts)
    return Preview(
        passed=passed,
        facts=facts,
        owed=_owed(before.obligations, after.obligations),
        coming=_coming(before, after),
        called_off=tuple(fact.session for fact in facts if isinstance(fact, SessionCancelled)),
        calls_for=_calls_for(binding, after, facts),
        next_due=next_due(after),
        after=after,
    )


def _owed(before: Mapping[str, Obligation], after: Mapping[str, Obligation]) -> tuple[Shift, ...]:
    return tuple(
        Shift("owed", rule, (after.get(rule) or before[rule]).name, _due(before, rule), _due(after, rule))
        for rule in sorted({*before, *after})
        if _due(before, rule) != _due(after, rule)
    )


def _due(obligations: Mapping[str, Obligation], rule: str) -> datetime | None:
    known = obligations.get(rule)
    return known.due if known else None


def _coming(before: Pathway, after: Pathway) -> tuple[Shift, ...]:
    """What is owed apart, which is told by its own deadlines."""
    due_before, due_after = _instants(before), _instants(after)
    return tuple(
        Shift(what, about, None, due_before.get((what, about)), due_after.get((what, about)))
        for what, about in sorted({*due_before, *due_after}, key=str)
        if due_before.get((what, about)) != due_after.get((what, about))
    )


def _instants(pathway: Pathway) -> dict[tuple[str, str | None], datetime]:
    return {(each.what, each.about): each.at for each in coming(pathway) if each.what not in {"deadline", "reminder"}}


def _calls_for(binding: Binding, after: Pathway, facts: Sequence[PathwayFact]) -> tuple[FollowUp, ...]:
    programme = binding.target or binding.programme
    return tuple(
        each
        for fact in facts
        for each in follow_ups(programme, fact)
        if not (each.is_letter and is_silent(programme, after, fact.at))
    )

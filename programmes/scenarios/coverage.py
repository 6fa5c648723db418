"""What of a programme was touched by scenarios, and what never was."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.conditions.engine import condition
from domain.pathway.catalogue import PathwayFact
from domain.pathway.facts.obligations import ObligationCreated, StepExcluded, StepIncluded
from domain.pathway.facts.phases import TransitionProposed, TransitionTaken
from domain.pathway.state import Pathway, Stage
from domain.programme.relations import Condition, Exclude, Include, Milestone, Relation, Response
from domain.programme.shape import Programme
from domain.refusal import NotOpenYet, Refused

CALLED_BY_RULE = (ObligationCreated, StepExcluded, StepIncluded)
KINDS = ("conditions", "relations", "implied", "decisions", "phases", "elements")
"""What is counted. `relations` are the rules that stand under that word, `implied` those that follow from the rest."""


@dataclass
class Touched:
    """What was touched, by programme version."""

    by_version: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """Of each version, kinds of thing with their names."""

    def visit(self, programme: Programme, pathway: Pathway, at: datetime, facts: Iterable[PathwayFact]) -> None:
        """Notes where a pathway stands, and what has just happened on it."""
        seen = self.by_version.setdefault(programme.ref, set())
        steps = pathway.happened.keys()
        seen |= {("elements", name) for name in programme.elements if name in steps}
        seen |= {("decisions", name) for name in programme.decisions if name in steps}
        seen |= {("phases", name) for name in programme.phases if f"{name}.entered" in steps}
        seen |= {("conditions", name) for name in _answers(programme, pathway, at)}
        for fact in facts:
            if isinstance(fact, CALLED_BY_RULE) and fact.why:
                seen |= {("relations", fact.why.rule), ("implied", fact.why.rule)}
            if isinstance(fact, (TransitionProposed, TransitionTaken)) and fact.why:
                seen.add(("conditions", f"{fact.phase}.advance: true"))

    def turned_down(self, programme: Programme, refusal: Refused) -> None:
        """Notes a relation that kept somebody from doing something."""
        if isinstance(refusal, NotOpenYet):
            step, missing = refusal.values["step"], refusal.values["missing"]
            seen = self.by_version.setdefault(programme.ref, set())
            seen |= {("relations", f"{what}.{missing}.for.{step}") for what in ("condition", "milestone")}

    def with_(self, other: "Touched") -> "Touched":
        """What the two touched together."""
        refs = self.by_version.keys() | other.by_version.keys()
        return Touched({ref: self.by_version.get(ref, set()) | other.by_version.get(ref, set()) for ref in refs})


def _answers(programme: Programme, pathway: Pathway, at: datetime) -> Iterator[str]:
    """What each condition that is asked where a pathway stands answers there; what is not known does not hold."""
    asked = {}
    if pathway.stage in {Stage.REFERRED, Stage.WAITING, Stage.UNDERWAY}:
        asked = {group.id: group.when for group in programme.referral.eligible}
    phase = programme.phase(pathway.phase)
    if phase and phase.advance and phase.advance.when and pathway.stage is Stage.UNDERWAY:
        asked[f"{pathway.phase}.advance"] = phase.advance.when
    for name, text in asked.items():
        yield f"{name}: {'true' if condition(text, programme.citizen).ask(pathway, at).holds else 'false'}"


@dataclass(frozen=True)
class Coverage:
    """How much of a version was touched."""

    programme: str
    touched: Mapping[str, tuple[str, ...]]
    """By kind of thing, what was."""
    untouched: Mapping[str, tuple[str, ...]]
    """By kind of thing, what never was."""


def coverage(programme: Programme, touched: Touched) -> Coverage:
    """How much of that version was touched."""
    seen = touched.by_version.get(programme.ref, set())
    every = {kind: tuple(names) for kind, names in _everything(programme).items()}
    return Coverage(
        programme.ref,
        {kind: tuple(name for name in every[kind] if (kind, name) in seen) for kind in KINDS},
        {kind: tuple(name for name in every[kind] if (kind, name) not in seen) for kind in KINDS},
    )


def _everything(programme: Programme) -> dict[str, Iterable[str]]:
    written = dict.fromkeys(map(_rule, programme.relations))
    conditions = [group.id for group in programme.referral.eligible]
    conditions += [f"{name}.advance" for name, each in programme.phases.items() if each.advance and each.advance.when]
    return {
        "conditions": (f"{name}: {answer}" for name in conditions for answer in ("true", "false")),
        "relations": written,
        "implied": [name for name in programme.responses if name not in written],
        "decisions": programme.decisions,
        "phases": programme.phases,
        "elements": programme.elements,
    }


def _rule(relation: Relation) -> str:
    match relation:
        case Condition():
            return f"condition.{relation.condition}.for.{relation.target}"
        case Milestone():
            return f"milestone.{relation.milestone}.for.{relation.target}"
        case Exclude():
            return f"exclude.{relation.exclude}.after.{relation.after}"
        case Include():
            return f"include.{relation.include}.after.{relation.after}"
        case Response():
            return relation.rule

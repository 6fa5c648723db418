"""Why something may or may not be done: everything that must hold, and the facts that made it so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from domain.actor import Role
from domain.conditions.taking_apart import Operator, Part, taken_apart
from domain.explaining.evidence import Evidence, Stand, every_turning, stands, turning
from domain.pathway.binding import Binding
from domain.pathway.commands import decisions, obligations, phases, proceedings
from domain.pathway.history import Event
from domain.pathway.options import Option, options
from domain.pathway.proceeding import of_all
from domain.pathway.requirements import Requirement, What, first_refusal, for_rule
from domain.pathway.state import Pathway
from domain.programme.decisions import CLOSE
from domain.programme.phases import Advance, How
from domain.refusal import Invalid, Plain, Refused

CONDITION = "condition"
"""What a reason is that stands in the programme as a condition, or as a part of one."""
BESIDE = frozenset(
    command.kind
    for command in (
        proceedings.SendHearing,
        proceedings.ExemptHearing,
        proceedings.AnswerHearing,
        proceedings.ExtendHearing,
        proceedings.AssessHearing,
        proceedings.NotifyDecision,
        proceedings.ReceiveComplaint,
        proceedings.ReassessComplaint,
        proceedings.ForwardComplaint,
        proceedings.ConcludeComplaint,
        decisions.ObjectToDecision,
        obligations.SetDeadline,
        phases.RejectTransition,
    )
)
"""The commands that are about a step and do not take it: whoever may send a hearing may not yet decide."""


@dataclass(frozen=True)
class Reason:
    """Something that must hold, and whether it does."""

    what: str
    """A kind of requirement, or `condition`."""
    about: str | None
    """The step that it looks at, or the text of the condition."""
    holds: bool | None
    """None when something about the citizen that it asks for is not known."""
    refusal: Refused | None
    """What whoever asks is told because it does not hold."""
    because: tuple[Evidence, ...]
    """The facts that made it so; none where it has been so from the beginning."""
    inputs: Mapping[str, Plain]
    """What a condition looked at."""
    operator: Operator | None
    """How its parts make a condition true."""
    parts: tuple["Reason", ...]


@dataclass(frozen=True)
class Door:
    """One way in which a step is taken: by somebody who may, or by the programme's own rule."""

    command: str | None
    """The command by which it is taken, or None where the rule takes or proposes it."""
    how: How
    by: tuple[Role, ...]
    is_open: bool
    reasons: tuple[Reason, ...]


def steps_to_explain(binding: Binding, pathway: Pathway) -> list[str]:
    """Everything that can be asked about: the steps of the programme, and commands that are about no step."""
    return list(dict.fromkeys(name_of(option) for option in options(binding, pathway)) | _phases(binding))


def _phases(binding: Binding) -> dict[str, None]:
    return dict.fromkeys(binding.programme.phases)


def name_of(option: Option) -> str:
    """The word by which one asks about an option: its step, or the command where it has none."""
    if option.step:
        return option.step
    return CLOSE if option.command == "close_pathway" else option.command


def doors(binding: Binding, history: Sequence[Event], step: str, at: datetime) -> list[Door]:
    """Every way in which *step* is taken, each with everything that must hold.

    Raises: Invalid when the programme knows no such step.
    """
    past = stands(history)
    pathway = past[-1].pathway
    known = steps_to_explain(binding, pathway)
    if step not in known:
        raise Invalid("step", "unknown_code", value=step, known=", ".join(sorted(known)))
    return [*_by_people(binding, past, step), *_by_rule(binding, past, step, at)]


def is_open(binding: Binding, pathway: Pathway, step: str) -> bool:
    """Whether somebody may take *step* now, or the pathway is in that phase already."""
    about = [option for option in options(binding, pathway) if name_of(option) == step]
    taking = [option for option in about if option.command not in BESIDE] or about
    is_there = pathway.phase == step and not pathway.is_over
    return is_there or any(option.by and option.closed_by is None for option in taking)


LOOKS_AT: Mapping[What, Callable[[Pathway, str | None], object]] = {
    What.OPEN: lambda pathway, _: pathway.is_over,
    What.REFERRED: lambda pathway, _: pathway.stage,
    What.RETURNED: lambda pathway, _: pathway.stage,
    What.WAITING: lambda pathway, _: pathway.stage,
    What.PLACE_FREE: lambda pathway, _: pathway.waits_for_a_place,
    What.NOT_BEGUN: lambda pathway, _: pathway.stage,
    What.UNDERWAY: lambda pathway, _: pathway.stage,
    What.NOT_PAUSED: lambda pathway, _: pathway.paused_since,
    What.PAUSED: lambda pathway, _: pathway.paused_since,
    What.CLOSED: lambda pathway, _: pathway.stage,
    What.NOTHING_PROPOSED: lambda pathway, _: pathway.proposal,
    What.PROPOSED: lambda pathway, _: pathway.proposal,
    What.IN_PLACE: lambda pathway, about: (pathway.proposal, pathway.prepared.get(about or "")),
    What.OFFERED: lambda pathway, _: pathway.phase,
    What.NOT_PUT_ASIDE: lambda pathway, about: about in pathway.excluded,
    What.HAPPENED: lambda pathway, about: pathway.last(about or ""),
    What.NOT_OWED: lambda pathway, about: {
        rule: each.since for rule, each in pathway.obligations.items() if of_all(each.name) == about
    },
    What.IN_PHASE: lambda pathway, _: (pathway.phase, pathway.phase_since),
    What.NOT_TURNED_DOWN: lambda pathway, _: pathway.rejected,
    What.NOTHING_PREPARED: lambda pathway, about: pathway.prepared.get(about or ""),
    What.PREPARED: lambda pathway, about: pathway.prepared.get(about or ""),
    What.IN_AUTHORITY: lambda pathway, about: pathway.prepared.get(about or ""),
    What.ORDERED: lambda pathway, about: pathway.orders.get(about or ""),
    What.NOT_ORDERED: lambda pathway, about: pathway.orders.get(about or ""),
    What.QUESTIONED: lambda pathway, about: {
        rule: each.question for rule, each in pathway.obligations.items() if each.name == about
    },
    What.NO_CHILD: lambda pathway, about: pathway.open_children(about),
    What.HEARD: lambda pathway, about: pathway.hearings.get(about or ""),
    What.NOT_HEARD: lambda pathway, about: pathway.hearings.get(about or ""),
    What.HEARING_OPEN: lambda pathway, about: pathway.hearings.get(about or ""),
    What.ANSWERED: lambda pathway, about: pathway.hearings.get(about or ""),
    What.NOTHING_OPEN: lambda pathway, about: pathway.hearings.get(about or ""),
    What.NO_COMPLAINT: lambda pathway, about: pathway.recourses.get(about or ""),
    What.TO_NOTIFY: lambda pathway, about: pathway.recourses.get(about or ""),
    What.TO_COMPLAIN_OF: lambda pathway, about: pathway.recourses.get(about or ""),
    What.COMPLAINT: lambda pathway, about: pathway.recourses.get(about or ""),
}
"""By kind of requirement, what it looks at: the fact that last changed that made it so."""


def _by_people(binding: Binding, past: Sequence[Stand], step: str) -> Iterator[Door]:
    about = (option for option in options(binding, past[-1].pathway) if name_of(option) == step)
    for option in sorted(about, key=lambda each: each.command in BESIDE):
        reasons = tuple(_reasons(past, option.requirements))
        yield Door(option.command, How.DECISION, option.by, option.closed_by is None and bool(option.by), reasons)


def _reasons(past: Sequence[Stand], requirements: Sequence[Requirement]) -> Iterator[Reason]:
    for each in {(each.what, each.about): each for each in requirements}.values():
        turned = turning(past, partial(_looked_at, each))
        because = (turned,) if turned else ()
        yield Reason(each.what, each.about, each.holds, each.refusal, because, {}, None, ())


def _looked_at(requirement: Requirement, pathway: Pathway) -> object:
    return LOOKS_AT[requirement.what](pathway, requirement.about)


def _by_rule(binding: Binding, past: Sequence[Stand], step: str, at: datetime) -> Iterator[Door]:
    for phase, advance in _leading_to(binding, step):
        required = list(for_rule(past[-1].pathway, phase, step))
        asked = _condition(binding, past, advance, at)
        holds = first_refusal(required) is None and asked.holds is True
        yield Door(None, advance.how, (), holds, (*_reasons(past, required), asked))


def _leading_to(binding: Binding, step: str) -> Iterator[tuple[str, Advance]]:
    for name, phase in binding.programme.phases.items():
        advance = phase.advance
        if advance and advance.to == step and advance.when and advance.how is not How.DECISION:
            yield name, advance


def _condition(binding: Binding, past: Sequence[Stand], advance: Advance, at: datetime) -> Reason:
    circumstances = binding.programme.citizen

    def asked(pathway: Pathway) -> Part:
        return taken_apart(advance.when or "", circumstances, pathway, at)

    def reason(find: Callable[[Part], Part]) -> Reason:
        part = find(asked(past[-1].pathway))
        parts = tuple(reason(_below(find, place)) for place in range(len(part.parts)))
        because = () if parts else every_turning(past, lambda pathway: find(asked(pathway)).inputs)
        plain = Reason(CONDITION, part.text, part.holds, None, because, part.inputs, part.operator, ())
        return replace(plain, parts=parts)

    return reason(lambda part: part)


def _below(find: Callable[[Part], Part], place: int) -> Callable[[Part], Part]:
    return lambda part: find(part).parts[place]

"""Why something may or may not be done, as people read it: a tree with the facts, and the way."""

import shlex
from collections.abc import Iterator, Sequence
from uuid import UUID

from console.answers.reasons import Explained, FoundWay, GivenDoor, GivenReason, NamedFact, ProposedMove
from console.offering import roles_in_short
from console.output import Out
from console.showing import clock
from domain.explaining.answering import Explanation
from domain.explaining.evidence import Evidence
from domain.explaining.ways import Done, Move, Way, in_short
from domain.explaining.why import CONDITION, Door, Reason
from domain.pathway.acts import TEXT
from domain.pathway.command import Command

MARKS = {True: "✓", False: "✗", None: "?"}
STEPS_OF = ("element", "phase", "event", "decision", "obligation", "instrument", "name")
"""The fields in which a command names what it is about."""
UNSAID = {"by", "at", "happened"}
SAID_BY_PEOPLE = {"session", "starts", "contact_person", "answers", "scaling"}
"""Fields for which whoever proposes a command can only put something in place of what people will say."""


def show_why(out: Out, pathway: UUID, explanation: Explanation) -> None:
    """Why a step is open or closed."""
    if out.as_json:
        out.data(_explained(out, pathway, explanation))
        return
    key = "open" if explanation.is_open else "closed"
    out.line(out.wording.say("why", key, step=_called(out, explanation.step)))
    for door in explanation.doors:
        _show_door(out, door)
    _show_way(out, pathway, explanation.way, "way")
    if explanation.by_rule:
        _show_way(out, pathway, explanation.by_rule, "by_rule")


def _called(out: Out, step: str) -> str:
    """What a step is called; a command that is about no step by its own name."""
    naming = out.wording.naming
    return naming.called("command", step) if naming.name(step) == step else naming.name(step)


def _show_door(out: Out, door: Door) -> None:
    if door.command:
        named = f"{door.command.replace('_', '-')} ({roles_in_short(out, door.by)})"
    else:
        named = out.wording.say("why", "rule", how=door.how)
    out.heading(f"{MARKS[door.is_open]} {named}")
    for reason in door.reasons:
        _show_reason(out, reason, "  ")


def _show_reason(out: Out, reason: Reason, indent: str) -> None:
    out.line(f"{indent}{MARKS[reason.holds]} {_says(out, reason)}")
    for fact in reason.because:
        kind = out.wording.naming.called("fact", fact.kind)
        out.line(f"{indent}    {fact.version:>4}  {clock(fact.at)}  {kind}")
    for part in reason.parts:
        _show_reason(out, part, f"{indent}  ")


def _says(out: Out, reason: Reason) -> str:
    if reason.what == CONDITION:
        inputs = ", ".join(f"{name} = {_value(out, value)}" for name, value in reason.inputs.items())
        joined = out.wording.say("why", "joined", reason.operator) if reason.operator else str(reason.about)
        return joined if reason.operator else f"{joined}   ({inputs})"
    phases = str(reason.refusal.values.get("phases", "")) if reason.refusal else ""
    return out.wording.say("why", "requirement", reason.what, step=reason.about, phases=phases)


def _value(out: Out, value: object) -> str:
    if value is None:
        return out.wording.say("why", "unknown")
    return out.wording.naming.called("yes_no", value) if isinstance(value, bool) else str(value)


def _show_way(out: Out, pathway: UUID, way: Way, key: str) -> None:
    out.heading(out.wording.say("why", key))
    if not way.moves:
        out.line(f"  {out.wording.say('why', 'search', way.search)}")
    for number, repeated in enumerate(in_short(way.moves), start=1):
        lines = [line for move in repeated.moves for line in _move_lines(out, pathway, move)]
        times = f"  {out.wording.say('why', 'times', times=repeated.times)}" if repeated.times > 1 else ""
        out.line(f"  {number}. {lines[0]}{times}")
        for line in lines[1:]:
            out.line(f"     {line}")


def _move_lines(out: Out, pathway: UUID, move: Move) -> Iterator[str]:
    if not isinstance(move, Done):
        yield out.wording.say("why", "wait", until=move.until)
        return
    about = about_of(move.command)
    what = out.wording.naming.called("command", move.command.kind)
    named = f": {_called(out, about)}" if about else ""
    yield f"{what}{named} ({roles_in_short(out, move.by)})"
    yield f"  {typed(pathway, move.command)}"


def about_of(command: Command) -> str | None:
    """The step that a command is about, where it is about one."""
    fields = command.model_dump()
    return next((str(fields[name]) for name in STEPS_OF if fields.get(name)), None)


def typed(pathway: UUID, command: Command) -> str:
    """A command as one types it, with `…` for what people must say."""
    words = ["trinvis", "tell", str(pathway), command.kind.replace("_", "-")]
    for name, value in command.model_dump(mode="json", exclude_defaults=True, exclude=UNSAID).items():
        flag = f"--{name.replace('_', '-')}"
        if value is True:
            words.append(flag)
        elif value not in (None, False, [], {}):
            words += [flag, TEXT if name in SAID_BY_PEOPLE else _one_word(value)]
    return " ".join([*words, "--by", "…"])


def _one_word(value: object) -> str:
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if text == TEXT else shlex.quote(text)


def _explained(out: Out, pathway: UUID, explanation: Explanation) -> Explained:
    by_rule = _way(pathway, explanation.by_rule) if explanation.by_rule else None
    doors = [_door(out, door, None if door.command else by_rule) for door in explanation.doors]
    return Explained(pathway, explanation.step, explanation.is_open, doors, _way(pathway, explanation.way))


def _door(out: Out, door: Door, way: FoundWay | None) -> GivenDoor:
    reasons = [_reason(out, each) for each in door.reasons]
    return GivenDoor(door.command, door.how, list(door.by), door.is_open, reasons, way)


def _reason(out: Out, reason: Reason) -> GivenReason:
    return GivenReason(
        what=reason.what,
        about=reason.about,
        holds=reason.holds,
        says=_says(out, reason),
        because=named(reason.because),
        inputs=dict(reason.inputs),
        operator=reason.operator,
        parts=[_reason(out, each) for each in reason.parts],
    )


def named(facts: Sequence[Evidence]) -> list[NamedFact]:
    """Facts as programs read them."""
    return [NamedFact(each.version, each.kind, each.at) for each in facts]


def _way(pathway: UUID, way: Way) -> FoundWay:
    moves = [[_move(pathway, move, each.times) for move in each.moves] for each in in_short(way.moves)]
    return FoundWay(way.search, moves)


def _move(pathway: UUID, move: Move, times: int) -> ProposedMove:
    if not isinstance(move, Done):
        return ProposedMove(times, None, None, [], move.until, None)
    return ProposedMove(
        times, move.command.kind, about_of(move.command), list(move.by), None, typed(pathway, move.command)
    )

"""A preview as people read it: what a command would cause, before anybody confirms it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from console.answers.previews import Previewed, PreviewedFact, PreviewedFollowUp, PreviewedOtherwise, PreviewedShift
from console.output import Out
from domain.actor import Role
from domain.explaining.correcting import Otherwise
from domain.pathway.catalogue import PathwayFact
from domain.pathway.previewing import Preview, Shift
from domain.pathway.seeing import may_see, may_see_rule
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused
from engine.previewing import Previewed as Seen
from texts.sentences import of_event, of_refusal, problem


def show_preview(out: Out, pathway: UUID, programme: Programme, role: Role, seen: Seen) -> None:
    """What would happen, what would be owed and come, what would be called off, and who would be told.

    Of a correction also what has happened already and would have been otherwise.
    """
    found = seen.preview
    changed = [each for each in seen.otherwise if may_see(programme, role, each.fact)]
    first = [fact for each in found.passed for fact in each.facts if may_see(programme, role, fact)]
    facts = [fact for fact in found.facts if may_see(programme, role, fact)]
    owed = [each for each in found.owed if may_see_rule(programme, role, each.about or "")]
    if out.as_json:
        out.data(_answer(out, pathway, found, first, facts, owed, changed))
        return
    _section(out, "first", (of_event(out.wording, fact) for fact in first))
    _section(out, "facts", (of_event(out.wording, fact) for fact in facts))
    if not found.facts:
        out.line(_say(out, "nothing"))
    day, moment = out.wording.last_day, out.wording.moment
    _section(out, "owed", (_shifted(out, out.wording.naming.name(each.name), each, day) for each in owed))
    _section(out, "coming", (_shifted(out, _comes(out, each), each, moment) for each in found.coming))
    if found.called_off:
        out.line(_say(out, "called_off", count=len(found.called_off)))
    _section(out, "calls_for", (_say(out, "to", follow_up=each.name, role=each.to) for each in found.calls_for))
    _section(out, "otherwise", (line for each in changed for line in _otherwise(out, each)))
    out.line(_say(out, "next", at=found.next_due))
    out.line(_say(out, "nothing_stored"))


def _section(out: Out, heading: str, lines: Iterable[str]) -> None:
    told = list(lines)
    if told:
        out.heading(_say(out, heading))
    for each in told:
        out.line(f"  {each}")


def _say(out: Out, *key: str, **values: object) -> str:
    return out.wording.say("preview", *key, **values)


def _shifted(out: Out, what: str, shift: Shift, told: Callable[[datetime], str]) -> str:
    key = "new" if shift.before is None else "gone" if shift.after is None else "moved"
    before, after = (told(at) if at else None for at in (shift.before, shift.after))
    return _say(out, key, what=what, before=before, after=after)


def _comes(out: Out, shift: Shift) -> str:
    return out.wording.say("coming", shift.what, phase=shift.about, owner=None, obligation=None)


def _answer(
    out: Out,
    pathway: UUID,
    found: Preview,
    first: Sequence[PathwayFact],
    facts: Sequence[PathwayFact],
    owed: Sequence[Shift],
    changed: Sequence[Otherwise],
) -> Previewed:
    return Previewed(
        pathway=pathway,
        first=[_fact(out, fact) for fact in first],
        facts=[_fact(out, fact) for fact in facts],
        owed=[_shift(each) for each in owed],
        coming=[_shift(each) for each in found.coming],
        called_off=list(found.called_off),
        calls_for=[PreviewedFollowUp(each.name, each.to, each.subject) for each in found.calls_for],
        next_due=found.next_due,
        otherwise=[_changed(out, each) for each in changed],
    )


def _fact(out: Out, fact: PathwayFact) -> PreviewedFact:
    return PreviewedFact(fact.at, fact.kind, of_event(out.wording, fact))


def _shift(shift: Shift) -> PreviewedShift:
    return PreviewedShift(shift.what, shift.about, shift.before, shift.after)


def _otherwise(out: Out, changed: Otherwise) -> Iterator[str]:
    """What happened, why it would have been otherwise, what is proposed, and how one chooses."""
    yield f"{changed.version or '':>4}  {of_event(out.wording, changed.fact)}"
    yield f"      {_say(out, 'cause', changed.cause)}"
    because = _because(out, changed)
    if because:
        yield f"      {because}"
    proposed = "look" if changed.version is None else changed.proposal
    yield f"      {_say(out, 'proposal', proposed, version=changed.version)}"


def _because(out: Out, changed: Otherwise) -> str | None:
    """What whoever did it would have been told."""
    match changed.refusal:
        case Refused() as refusal:
            return _say(out, "turned_down", why=of_refusal(out.wording, refusal))
        case Invalid() as invalid:
            return _say(out, "turned_down", why=problem(out.wording, invalid.code, invalid.values))
        case _:
            return None


def _changed(out: Out, changed: Otherwise) -> PreviewedOtherwise:
    return PreviewedOtherwise(
        version=changed.version,
        kind=changed.fact.kind,
        says=of_event(out.wording, changed.fact),
        cause=changed.cause,
        proposal=changed.proposal,
        why=_say(out, "cause", changed.cause),
        because=_because(out, changed),
    )

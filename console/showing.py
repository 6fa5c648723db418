"""How pathways, histories and worklists look to people."""

from collections.abc import Mapping, Sequence

from console.output import Out, plain
from domain.pathway.due import next_due, runs
from domain.pathway.history import Erased, Event
from domain.pathway.history import content as content_of
from domain.pathway.options import Option
from domain.programme.shape import Programme
from engine.looking import Seen
from eventstore.store import Entry
from projections.worklist import Listed
from texts.catalogue import Wording
from texts.sentences import of_event, of_refusal


def show_pathway(out: Out, seen: Seen) -> None:
    """Where a pathway stands."""
    out.programme = seen.programme
    if out.as_json:
        out.data(_pathway_data(out, seen))
        return
    pathway, wording = seen.pathway, out.wording
    out.line(
        out.say(
            "standing",
            programme=seen.programme.title.in_language(out.language),
            stage=wording.naming.name(pathway.stage),
            phase=wording.naming.name(pathway.phase) if pathway.phase else None,
            paused=pathway.paused_since is not None,
        )
    )
    for role, person in pathway.responsible.items():
        out.line(f"{wording.naming.name(role)}: {person}")
    due = next_due(pathway)
    out.line(out.say("next_due", at=wording.moment(due)) if due else out.say("nothing_due"))
    _show_owed(out, seen)
    _show_booked(out, seen)
    _show_options(out, seen)


def _show_owed(out: Out, seen: Seen) -> None:
    out.line()
    out.line(out.say("owed"))
    for owed in sorted(seen.pathway.obligations.values(), key=lambda each: each.due):
        row = out.say(
            "owed_row",
            name=out.wording.naming.name(owed.name),
            due=out.wording.last_day(owed.due),
            owner=out.wording.naming.name(owed.owner),
            overdue=owed.overdue,
        )
        stopped = "" if runs(seen.pathway, owed) else f" ({out.say('stopped')})"
        out.line(f"  {row}{stopped}")
    if not seen.pathway.obligations:
        out.line(f"  {out.say('nothing')}")


def _show_booked(out: Out, seen: Seen) -> None:
    if not seen.pathway.bookings:
        return
    out.line()
    out.line(out.say("booked"))
    for session, booked in sorted(seen.pathway.bookings.items(), key=lambda each: each[1].starts):
        out.line(f"  {out.wording.moment(booked.starts)}  {out.wording.naming.name(booked.element)}  {session}")


def _show_options(out: Out, seen: Seen) -> None:
    for key, wanted in (("may", True), ("may_not", False)):
        out.line()
        out.line(out.say(key))
        for option in seen.options:
            if (option.closed_by is None) is wanted:
                out.line(f"  {_option(out, option)}")


def _option(out: Out, option: Option) -> str:
    named = option.command.replace("_", "-")
    step = f" {out.wording.naming.name(option.step)}" if option.step else ""
    if option.closed_by is None:
        return f"{named}{step} ({out.say('by', roles=out.wording.naming.names(option.by))})"
    return f"{named}{step}: {of_refusal(out.wording, option.closed_by)}"


def _pathway_data(out: Out, seen: Seen) -> dict[str, object]:
    pathway = seen.pathway
    return {
        "pathway": seen.id,
        "version": seen.version,
        "programme": seen.programme.ref,
        "stage": pathway.stage,
        "phase": pathway.phase,
        "paused_since": pathway.paused_since,
        "responsible": pathway.responsible,
        "next_due": next_due(pathway),
        "owed": {rule: plain(owed) for rule, owed in pathway.obligations.items()},
        "bookings": {str(session): plain(booked) for session, booked in pathway.bookings.items()},
        "outcomes": pathway.outcomes,
        "options": [
            {
                "command": option.command,
                "step": option.step,
                "by": option.by,
                "open": option.closed_by is None,
                "why_not": of_refusal(out.wording, option.closed_by) if option.closed_by else None,
                "code": option.closed_by.code if option.closed_by else None,
            }
            for option in seen.options
        ],
    }


def show_history(out: Out, entries: Sequence[Entry[Event]]) -> None:
    """Everything that happened, in order."""
    if out.as_json:
        out.data({"facts": [_entry_data(out, entry) for entry in entries]})
        return
    for entry in entries:
        learnt = (
            "" if entry.recorded_at.date() == entry.occurred_at.date() else f" ({entry.recorded_at:%Y-%m-%d %H:%M})"
        )
        out.line(
            f"{entry.version:>4}  {entry.occurred_at:%Y-%m-%d %H:%M}{learnt}  {out.wording.naming.who(entry.actor)}:"
            f" {of_event(out.wording, entry.event)}"
        )


def _entry_data(out: Out, entry: Entry[Event]) -> dict[str, object]:
    return {
        "version": entry.version,
        "kind": entry.kind,
        "occurred_at": entry.occurred_at,
        "recorded_at": entry.recorded_at,
        "by": entry.actor,
        "says": of_event(out.wording, entry.event),
        "content": None if isinstance(entry.event, Erased) else content_of(entry.event),
    }


def show_worklist(out: Out, rows: Sequence[Listed], programmes: Mapping[str, Programme]) -> None:
    """What must be seen to, two lines for each, in the words of each programme."""
    if not rows:
        out.line(out.say("worklist_empty"))
        return
    wordings = {ref: Wording(out.language, programme) for ref, programme in programmes.items()}
    for row in rows:
        wording = wordings[row.programme]
        mark = "!" if row.overdue else " "
        due = wording.last_day(row.due) if row.due else "-"
        owner = f"{wording.naming.name(row.owner)} {row.person or ''}".strip()
        kind = "" if row.kind == "obligation" else f"{wording.naming.name(row.kind)}: "
        out.line(f"{mark} {due:<18} {kind}{wording.naming.name(row.name)} ({owner})")
        session = f"  --session {row.item}" if row.kind == "session" else ""
        out.line(f"  {row.programme:<26} {row.pathway}{session}")

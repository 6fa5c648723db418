"""How histories, worklists and access logs look to people."""

from collections.abc import Container, Mapping, Sequence

from console.answers.histories import History, HistoryFact
from console.answers.records import AccessLog, LogEntry
from console.answers.worklists import WorkItem, Worklist
from console.later import Later, became, changed
from console.options import BOOKING, CASELOAD, REFERRAL, REHEARSAL
from console.output import Out
from console.showing import clock
from domain.actor import Actor
from domain.pathway.history import Erased, Event
from domain.pathway.history import content as content_of
from domain.programme.shape import Programme
from eventstore.access import Looked
from eventstore.store import Entry
from projections.worklist import Listed
from texts.catalogue import Wording
from texts.voices import Told, Voice

SAME_TIME = 60
"""So many seconds may lie between what happened and its registration before both are shown."""
INDENT = " " * 6
WIDTH = 20


def show_history(
    out: Out, entries: Sequence[Entry[Event]], hidden: Container[int], voice: Voice = Voice.CASEWORKER
) -> None:
    """What happened, but for the versions in *hidden*, in order, in Danish time, with what became of it later."""
    events = [entry.event for entry in entries]
    later, changes = became(events), changed(out.wording, events)
    shown = [entry for entry in entries if entry.version not in hidden]
    if out.as_json:
        facts = [_fact(out, entry, later.get(entry.version), changes.get(entry.version, []), voice) for entry in shown]
        out.data(History(facts))
        return
    for entry in shown:
        became_later = later.get(entry.version)
        out.line(f"{entry.version:>4}  {_header(out, entry, became_later, voice)}".rstrip())
        also = changes.get(entry.version, []) if voice in {Voice.CASEWORKER, Voice.ARCHIVE} else []
        for said in (_says(out, entry, voice), *also):
            out.line(f"{INDENT}{said}".replace("\n", f"\n{INDENT}"))


def _says(out: Out, entry: Entry[Event], voice: Voice) -> str:
    told = Told(entry.event, entry.version, entry.recorded_at, entry.actor)
    return told.by(voice, out.wording, out.programme)


def _header(out: Out, entry: Entry[Event], later: Later | None, voice: Voice) -> str:
    """When it happened, who said so, when it was learnt where that was late, and what became of it.

    A citizen reads the day only; the archive's and the engineer's lines say all of that themselves.
    """
    if voice is not Voice.CASEWORKER:
        day = out.wording.day(entry.occurred_at) if voice is Voice.CITIZEN else ""
        return f"{day}{_mark(out, later)}".strip()
    late = (entry.recorded_at - entry.occurred_at).total_seconds() > SAME_TIME
    learnt = f" ({out.say('learnt', at=clock(entry.recorded_at))})" if late else ""
    return f"{clock(entry.occurred_at)}  {out.wording.naming.who(entry.actor)}{learnt}{_mark(out, later)}"


def _mark(out: Out, later: Later | None) -> str:
    return f" ({out.say('later', later.what, by=later.by)})" if later else ""


def _fact(out: Out, entry: Entry[Event], later: Later | None, changes: list[str], voice: Voice) -> HistoryFact:
    return HistoryFact(
        version=entry.version,
        kind=entry.kind,
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        by=str(entry.actor),
        says=_says(out, entry, voice),
        content=None if isinstance(entry.event, Erased) else content_of(entry.event),
        changes=changes,
        corrected_by=later.by if later and later.what == "corrected" else None,
        withdrawn_by=later.by if later and later.what == "withdrawn" else None,
        erased_by=later.by if later and later.what == "erased" else None,
    )


def show_worklist(out: Out, rows: Sequence[Listed], programmes: Mapping[str, Programme], by: Actor) -> None:
    """What must be seen to, in the words of each programme, with the command by which *by* sees to it."""
    titles = {ref: programme.title.in_language(out.language) for ref, programme in programmes.items()}
    if out.as_json:
        out.data(Worklist([_item(row, titles[row.programme]) for row in rows]))
        return
    if not rows:
        out.line(out.say("worklist_empty"))
    wordings = {ref: Wording(out.language, programme) for ref, programme in programmes.items()}
    for row in rows:
        wording = wordings[row.programme]
        due = wording.last_day(row.due) if row.due else wording.day(row.since)
        mark = "!" if row.overdue else " "
        owner = f"{wording.naming.called('role', row.owner)} {row.person or ''}".strip()
        out.line(f"{mark} {due:<{WIDTH}}{titles[row.programme]}: {_what(wording, row)} ({owner})")
        out.line(f"  {'':<{WIDTH}}{_command(row, by)}")


def _what(wording: Wording, row: Listed) -> str:
    kind = wording.naming.called("kind", row.kind)
    if row.kind == "notice":
        return f"{kind}: {wording.naming.called('notice', row.name)}"
    named = wording.naming.name(row.name)
    return f"{kind}: {named}" if row.kind == "session" else named


def _command(row: Listed, by: Actor) -> str:
    """What one types to see to it, or to see how."""
    match row.kind:
        case "session":
            return f"trinvis tell {row.pathway} record-attendance --session {row.item} --attendance … --by {by}"
        case "notice":
            notice, _, about = row.item.partition(":")
            return f"trinvis tell {row.pathway} read-notice --notice {notice} --about {about} --by {by}"
        case _:
            return f"trinvis pathway {row.pathway} --by {by}"


def _item(row: Listed, title: str) -> WorkItem:
    return WorkItem(
        pathway=row.pathway,
        item=row.item,
        kind=row.kind,
        name=row.name,
        owner=row.owner,
        person=row.person,
        programme=row.programme,
        title=title,
        since=row.since,
        due=row.due,
        overdue=row.overdue,
    )


def show_looks(out: Out, rows: Sequence[Looked]) -> None:
    """Who looked, newest first, in Danish time."""
    if out.as_json:
        out.data(AccessLog([LogEntry(row.at, row.actor, row.ground, row.what) for row in rows]))
        return
    for row in rows:
        kind, _, pathway = row.what.partition(" ")
        what = out.wording.say("look", kind, pathway=pathway)
        ground = _ground(out.wording, row.ground)
        out.line(f"{clock(row.at)}  {out.wording.naming.who(row.actor)}: {what} ({ground})")


def _ground(wording: Wording, ground: str) -> str:
    """The ground of a look: our own in words, what people gave as they wrote it."""
    kind, _, letter = ground.partition(" ")
    if kind == "letter" and wording.has("names", "letter", letter):
        return wording.say("ground", kind, letter=letter)
    return wording.say("ground", ground) if ground in {CASELOAD, REFERRAL, REHEARSAL, BOOKING} else ground

"""Commands that look at pathways: pathway, history, worklist."""

from datetime import datetime
from functools import partial
from typing import Annotated
from uuid import UUID

import typer

from console.fields import identifier, instant, line
from console.glimpses import Side, Sides, show_glimpses
from console.listing import show_history, show_worklist
from console.options import CASELOAD, By, Ground, Json, Language, Pathway
from console.output import Out
from console.running import SECONDS, carry_out
from console.showing import show_pathway
from domain.actor import Actor
from domain.calendar import end_of_day, last_day, local_date
from domain.explaining.travelling import Recorded, versions_of
from domain.explaining.travelling import as_of as true_at
from domain.explaining.travelling import known_on as known_at
from domain.pathway.history import Event
from domain.pathway.permissions import LOOKING, require_may
from domain.pathway.seeing import may_see, may_see_rule
from domain.programme.shape import Programme
from domain.refusal import Invalid
from engine.asking import actor
from engine.looking import Seen, look, record_of
from eventstore.access import Look
from eventstore.store import Entry
from projections import worklist
from runtime.wiring import Trinvis
from texts.voices import Voice


def look_of(trinvis: Trinvis, by: str, ground: str) -> Look:
    """Who looks, on which ground, now. Raises: Invalid naming `by` or `ground`, RoleMayNot."""
    who = actor(by)
    require_may(who, LOOKING)
    return Look(who, line("ground", ground), trinvis.now())


Instant = Annotated[str | None, typer.Option(metavar="instant")]


def pathway(
    pathway: Pathway,
    by: By,
    as_of: Instant = None,
    known_on: Instant = None,
    ground: Ground = CASELOAD,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Shows where a pathway stands, or how it was on a day."""
    out = Out(lang, as_json=json)
    if as_of or known_on:
        out.options = {**out.options, "as_of": "--as-of", "known_on": "--known-on"}
        show_glimpses(out, carry_out(out, partial(_then, out, pathway, by, ground, as_of, known_on), seconds=SECONDS))
        return

    async def work(trinvis: Trinvis) -> tuple[Seen, Look]:
        looking = look_of(trinvis, by, ground)
        return await look(trinvis.engine, identifier("pathway", pathway), looking), looking

    seen, looking = carry_out(out, work, seconds=SECONDS)
    show_pathway(out, seen, looking.by, looking.at)


async def _then(
    out: Out, pathway: str, by: str, ground: str, as_of: str | None, known_on: str | None, trinvis: Trinvis
) -> Sides:
    looking, own = look_of(trinvis, by, ground), identifier("pathway", pathway)
    true = _come("as_of", as_of, own, looking.at) if as_of else None
    known = _come("known_on", known_on, own, looking.at) if known_on else None
    record = await record_of(trinvis.engine, own, looking, "then")
    out.programme, ref = record.programme, record.programme.ref
    told = [Recorded(each.event, each.recorded_at) for each in record.entries]
    versions = {each: await trinvis.engine.programme(each) for each in versions_of(told, ref)}
    sides = [Side("as_of", true_at(told, ref, versions, true))] if true else []
    sides += [Side("known_on", known_at(told, ref, versions, known))] if known else []
    now = Side("present", known_at(told, ref, versions, looking.at))
    left, right = [*sides, now][:2]
    return Sides(own, looking.by.role, left, right)


def _come(field: str, text: str, pathway: UUID, now: datetime) -> datetime:
    """The instant that *text* says; of a day that is not over, just now.

    Raises: Invalid naming *field*, also where it has not come yet.
    """
    at = instant(field, text)
    if at > now and at != end_of_day(local_date(now)):
        raise Invalid(field, "not_yet_come", at=str(now), pathway=str(pathway), day=str(last_day(at)))
    return min(at, now)


def history(
    pathway: Pathway,
    by: By,
    voice: Annotated[Voice, typer.Option("--for", metavar="|".join(Voice))] = Voice.CASEWORKER,
    ground: Ground = CASELOAD,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Shows everything that happened on a pathway."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> tuple[list[Entry[Event]], set[int]]:
        own, looking = identifier("pathway", pathway), look_of(trinvis, by, ground)
        out.programme = programme = await trinvis.programme_of(own)
        entries = await trinvis.engine.store.history(own, looking)
        hidden = {each.version for each in entries if not may_see(programme, looking.by.role, each.event)}
        return entries, hidden

    show_history(out, *carry_out(out, work, seconds=SECONDS), voice)


def worklist_(
    by: By,
    everybody: Annotated[bool, typer.Option("--all")] = False,
    most: Annotated[int, typer.Option(min=1, max=1000, metavar="number")] = 50,
    ground: Ground = CASELOAD,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Shows what must be seen to, the most urgent first."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> tuple[list[worklist.Listed], dict[str, Programme], Actor]:
        looking = look_of(trinvis, by, ground)
        owner, person = (None, None) if everybody else (looking.by.role.value, looking.by.person)
        async with trinvis.database.connection() as connection:
            rows = await worklist.read(connection, looking, owner, person, None, most)
        programmes = {ref: await trinvis.engine.programme(ref) for ref in {row.programme for row in rows}}
        shown = [row for row in rows if may_see_rule(programmes[row.programme], looking.by.role, row.item)]
        return shown, programmes, looking.by

    show_worklist(out, *carry_out(out, work, seconds=SECONDS))

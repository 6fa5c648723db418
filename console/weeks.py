"""`trinvis week`: a citizen's hours on all pathways against the norms, and the sessions that overlap."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

import typer

from console.answers.weeks import ExpectedSession, HoursOfWeek, OverlappingSessions, PathwayWeek, WeekOfCitizen
from console.fields import identifier
from console.options import BOOKING, CASELOAD, By, Citizen, Ground, Json, Language
from console.output import Out
from console.pathways import look_of
from console.running import SECONDS, carry_out
from console.showing import clock
from domain.calendar import COPENHAGEN, Week, week_named, week_of
from domain.citizen_week import Agreed, CitizenWeek, Share
from domain.day import in_sensible_years
from domain.pathway.command import Command
from domain.pathway.commands.sessions import BookSession, RebookSession
from domain.pathway.counting import Hours
from domain.programme.shape import Programme
from domain.refusal import Invalid
from engine.citizens import clashing, week_of_citizen
from eventstore.access import Look
from runtime.wiring import Trinvis
from texts.catalogue import Wording

BAR = 30
"""How many characters the longest bar has."""
LABEL = 16


def week(
    citizen: Citizen,
    by: By,
    week: Annotated[str | None, typer.Option(metavar="week")] = None,
    ground: Ground = CASELOAD,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Shows a citizen's hours in a week on all pathways, against the norms, and the sessions that overlap."""
    out = Out(lang, as_json=json)
    out.options = {**out.options, "week": "--week"}

    async def work(trinvis: Trinvis) -> tuple[UUID, CitizenWeek]:
        looking, who = look_of(trinvis, by, ground), identifier("citizen", citizen)
        asked = week_of(looking.at) if week is None else _week(week)
        await trinvis.vault.require_known(who)
        return who, await week_of_citizen(trinvis.engine, who, asked, looking)

    show_week(out, *carry_out(out, work, seconds=SECONDS))


def _week(text: str) -> Week:
    """The week that somebody typed. Raises: Invalid naming `week`."""
    try:
        known = week_named(text)
        in_sensible_years(known.ends)
    except ValueError:
        raise Invalid("week", "not_a_week") from None
    return known


def show_week(out: Out, citizen: UUID, found: CitizenWeek) -> None:
    """The week, pathway by pathway and in sum, with bars in one scale."""
    if out.as_json:
        out.data(_answer(out, citizen, found))
        return
    programmes = {share.walk.id: share.walk.programme for share in found.shares}
    out.line(out.say("citizen", citizen=citizen))
    out.line(out.wording.naming.week_name(str(found.week)))
    longest = max(found.hours.planned, found.hours.attended, found.expected or 0, *_norms(found), 1)
    for share in found.shares:
        if share.expected is not None or share.hours != Hours():
            _show_share(out, share, programmes, longest)
    if found.expected is not None or found.hours != Hours():
        out.heading(out.wording.say("week", "in_all"))
        _show_hours(out, found.hours, found.expected, longest)
    else:
        out.line(out.wording.say("week", "nothing"))
    if found.clashes:
        out.heading(out.wording.say("week", "clashes"))
    for clash in found.clashes:
        one, other = (_said(out, each, programmes[each.pathway]) for each in clash)
        out.line(f"  {one}\n  {other}\n")


def _norms(found: CitizenWeek) -> list[int]:
    return [share.expected or 0 for share in found.shares]


def _show_share(out: Out, share: Share, programmes: Mapping[UUID, Programme], longest: int) -> None:
    out.heading(f"{share.walk.programme.title.in_language(out.language)}  {share.walk.id}")
    _show_hours(out, share.hours, share.expected, longest)
    say = Wording(out.language, share.walk.programme).say
    if share.towards != share.hours:
        towards = share.towards
        out.line(f"  {say('week', 'towards', planned=towards.planned, attended=towards.attended)}")
    if share.within:
        out.line(f"  {say('week', 'within', programme=programmes[share.within].title.in_language(out.language))}")
    if not share.whole:
        out.line(f"  {say('week', 'broken')}")


def _show_hours(out: Out, hours: Hours, expected: int | None, longest: int) -> None:
    rows = {"planned": hours.planned, "attended": hours.attended, "excused": hours.excused, "norm": expected}
    for name, minutes in rows.items():
        if minutes is not None and (minutes or name != "excused"):
            bar = "█" * round(minutes / longest * BAR)
            label = out.wording.say("week", name)
            out.line(f"  {label:<{LABEL}}{bar}{' ' if bar else ''}{out.wording.say('week', 'hours', minutes=minutes)}")


def _said(out: Out, agreed: Agreed, programme: Programme) -> str:
    """A session in one line, with what one types to move it."""
    ends = f"{agreed.ends.astimezone(COPENHAGEN):%H:%M}"
    name = Wording(out.language, programme).naming.name(agreed.element)
    title = programme.title.in_language(out.language)
    return f"{clock(agreed.starts)}-{ends}  {name} ({title})  {agreed.pathway} --session {agreed.session}"


Clashes = Sequence[tuple[Agreed, Programme]]
"""Sessions that overlap with one that was booked, each with its programme."""


async def clashes_of(trinvis: Trinvis, pathway: UUID, command: Command) -> Clashes:
    """What overlaps with the session that *command* has booked or moved; nothing for every other command."""
    if not isinstance(command, BookSession | RebookSession):
        return []
    return await clashing(trinvis.engine, pathway, command.session, Look(command.by, BOOKING, command.at))


def show_clashes(out: Out, clashes: Clashes) -> None:
    """What overlaps, one line each, so that whoever booked can move one of them."""
    if clashes:
        out.line(out.wording.say("week", "overlaps"))
    for agreed, programme in clashes:
        out.line(f"  {_said(out, agreed, programme)}")


def expected_session(agreed: Agreed, programme: Programme) -> ExpectedSession:
    """A session as JSON has it."""
    return ExpectedSession(agreed.pathway, programme.ref, agreed.session, agreed.element, agreed.starts, agreed.minutes)


def _answer(out: Out, citizen: UUID, found: CitizenWeek) -> WeekOfCitizen:
    programmes = {share.walk.id: share.walk.programme for share in found.shares}
    clashes = [
        OverlappingSessions(*(expected_session(each, programmes[each.pathway]) for each in clash))
        for clash in found.clashes
    ]
    pathways = [_share(out, share) for share in found.shares]
    return WeekOfCitizen(citizen, str(found.week), pathways, _hours(found.hours), found.expected, clashes)


def _share(out: Out, share: Share) -> PathwayWeek:
    programme = share.walk.programme
    return PathwayWeek(
        pathway=share.walk.id,
        programme=programme.ref,
        title=programme.title.in_language(out.language),
        hours=_hours(share.hours),
        expected_minutes=share.expected,
        whole=share.whole,
        within=share.within,
        towards=_hours(share.towards),
    )


def _hours(hours: Hours) -> HoursOfWeek:
    return HoursOfWeek(hours.planned, hours.attended, hours.excused)

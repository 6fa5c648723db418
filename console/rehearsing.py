"""`trinvis programmes rehearse`: what another version would do to everybody under way."""

from collections.abc import Iterator, Sequence
from typing import Annotated, NoReturn

import typer

from console.answers.rehearsals import AffectedPathway, RehearsedEffect, RehearsedVersion, StrandedPathway, WeeklyWork
from console.comparing import is_published, text_of
from console.fields import line, pairs
from console.options import REHEARSAL, By, Ground, Json, Language
from console.output import REFUSED, Out
from console.records import Telling
from console.running import carry_out
from domain.pathway.permissions import REHEARSING, require_may
from domain.pathway.rehearsing import Effects, Turned
from domain.programme.shape import Programme
from domain.refusal import Invalid
from engine.asking import actor
from engine.rehearsing import Affected, Question, Rehearsal, Same, Work, grouped, work_by_week
from eventstore.access import Look
from programmes.loader import loaded, reread
from programmes.shelf import shelf_of
from runtime.rehearsing import rehearse_caseload
from runtime.wiring import Trinvis
from texts.catalogue import Wording
from texts.sentences import problem

FEW = 5
"""How many pathways are named in each group; --json names all."""

Source = Annotated[str | None, typer.Option("--from", metavar="VERSION")]
Phases = Annotated[list[str] | None, typer.Option("--phase", metavar="pair")]
Blocking = Annotated[bool, typer.Option("--blocking")]


def look_of(trinvis: Trinvis, by: str, ground: str) -> Look:
    """Who rehearses, on which ground, now. Raises: Invalid naming `by` or `ground`, RoleMayNot."""
    who = actor(by)
    require_may(who, REHEARSING)
    return Look(who, line("ground", ground), trinvis.now())


def rehearse(
    new: Annotated[str, typer.Argument(metavar="NEW")],
    by: By,
    source: Source = None,
    phase: Phases = None,
    blocking: Blocking = False,
    ground: Ground = REHEARSAL,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Says what a version would do to everybody who is under way."""
    out = Out(lang, as_json=json)
    out.options = {**out.options, "source": "--from"}
    text = None if is_published(new) else text_of(out, new)

    async def work(trinvis: Trinvis) -> tuple[Programme, Rehearsal]:
        looking = look_of(trinvis, by, ground)
        bundle = await trinvis.catalogue.source(new) if text is None else loaded(text, new, shelf_of(new)).bundle
        if bundle is None:
            raise Invalid("programme", "unknown_programme", value=new)
        target = reread(bundle)
        if source is not None:
            await _require_published(trinvis, source, target)
        asked = Question(target.programme, target.version, source, pairs("phase", phase or []), looking)
        return target, await rehearse_caseload(trinvis, asked, bundle, Telling(out, out.say("rehearsing")))

    target, found = carry_out(out, work)
    show_rehearsal(out, target, found)
    if blocking and found.nowhere:
        raise typer.Exit(REFUSED)


async def _require_published(trinvis: Trinvis, source: str, target: Programme) -> None:
    """Raises: Invalid when nobody can follow *source*, so that nobody would be found to be affected."""
    if source.rpartition("@")[0] != target.programme:
        raise Invalid("source", "not_another_version", value=source, source=target.ref)
    if await trinvis.engine.library(source) is None:
        raise Invalid("source", "unknown_programme", value=source)


def refuse_stranding(out: Out, target: Programme, found: Rehearsal) -> NoReturn:
    """Ends with the refusal of a version under which somebody would have nowhere to go."""
    values = {
        "programme": target.ref,
        "count": len(found.nowhere),
        "pathways": [str(each) for each, _ in found.nowhere],
    }
    out.fail("nowhere_to_go", out.told("error", "nowhere_to_go", **values), values=values)


def show_rehearsal(out: Out, target: Programme, found: Rehearsal) -> None:
    """What was found, for people or as JSON."""
    if out.as_json:
        out.data(answer(out, target, found))
        return
    out.programme = target
    out.line(out.say("rehearsed", ref=target.ref, count=found.total, unaffected=found.unaffected))
    if found.nowhere:
        out.heading(out.say("rehearsal", "nowhere", count=len(found.nowhere)))
        _few(out, [f"{pathway}  {_why(out.wording, effects)}" for pathway, effects in found.nowhere])
    for same, affected in grouped(found).items():
        out.heading(out.say("rehearsal", "group", what=_says(out.wording, same), count=len(affected)))
        _few(out, [f"{each.pathway}  {_dates(out, each)}".rstrip() for each in affected])
    _show_work(out, work_by_week(found))


def answer(out: Out, target: Programme, found: Rehearsal) -> RehearsedVersion:
    """What was found, as programs read it."""
    wording = Wording(out.language, target)
    return RehearsedVersion(
        target=target.ref,
        pathways=found.total,
        unaffected=found.unaffected,
        nowhere=[StrandedPathway(each, _code(effects), _why(wording, effects)) for each, effects in found.nowhere],
        effects=[
            RehearsedEffect(
                same.fate,
                same.what,
                same.about,
                _says(wording, same),
                [AffectedPathway(each.pathway, each.before, each.after) for each in affected],
            )
            for same, affected in grouped(found).items()
        ],
        work=[WeeklyWork(each.week, each.role, each.before, each.after) for each in work_by_week(found)],
    )


def _few(out: Out, lines: Sequence[str]) -> None:
    for each in lines[:FEW]:
        out.line(f"  {each}")
    if len(lines) > FEW:
        out.line(f"  {out.say('rehearsal', 'more', count=len(lines) - FEW)}")


def _code(effects: Effects) -> str:
    return effects.turned_down.code if effects.turned_down else "stuck"


def _why(wording: Wording, effects: Effects) -> str:
    """Why a pathway would have nowhere to go."""
    if effects.turned_down is None:
        return wording.say("console", "rehearsal", "stuck")
    return turned_down(wording, effects.turned_down)


def turned_down(wording: Wording, turned: Turned) -> str:
    """Why a pathway cannot be moved, in words."""
    if turned.field is None:
        return wording.say("refusal", turned.code, **turned.values)
    return f"--{turned.field}: {problem(wording, turned.code, turned.values)}"


def _says(wording: Wording, same: Same) -> str:
    what = wording.naming.called("command", same.what)
    if wording.has("console", "rehearsal", "what", same.what):
        what = wording.say("console", "rehearsal", "what", same.what)
    about = f"{wording.naming.name(same.about)}" if same.about else ""
    return wording.say("console", "rehearsal", "fate", same.fate, what=what, about=about)


def _dates(out: Out, affected: Affected) -> str:
    if not (affected.before or affected.after):
        return ""
    dates = (out.wording.last_day(each) if each else "" for each in (affected.before, affected.after))
    return " → ".join(dates).strip()


def _show_work(out: Out, work: Sequence[Work]) -> None:
    """The deadlines of all weeks ahead together, and each week in which there are others."""
    before, after = sum(each.before for each in work), sum(each.after for each in work)
    if before == after == 0:
        return
    change = f"{round(100 * (after - before) / before):+d}" if before else None
    out.heading(out.say("rehearsal", "work", before=before, after=after, change=change))
    for text in _weeks(out, work):
        out.line(f"  {text}")


def _weeks(out: Out, work: Sequence[Work]) -> Iterator[str]:
    for each in work:
        if each.before != each.after:
            role = out.wording.naming.called("role", each.role)
            yield f"{each.week}  {role}: {each.before} → {each.after}"

"""`trinvis programmes publish`: versions that hold from now on, rehearsed first where that is asked for."""

from typing import Annotated

import typer

from console.answers.publishing import PublishedVersion, PublishedVersions
from console.misuse import require_beside
from console.options import REHEARSAL, By, Json, Language, Yes
from console.output import Out
from console.programmes import Files, checked, findings_of, read, report
from console.records import Telling, agreed
from console.rehearsing import Blocking, answer, look_of, refuse_stranding, show_rehearsal
from console.running import carry_out
from domain.calendar import local_date
from domain.pathway.permissions import PUBLISHING, require_may
from domain.programme.shape import Programme
from engine.asking import actor
from engine.rehearsing import Question, Rehearsal
from programmes.bundle import says_the_same
from programmes.loader import Loaded, loaded
from programmes.shelf import shelf_of
from programmes.succession import line_of_day
from runtime.rehearsing import rehearse_caseload
from runtime.wiring import Trinvis

OfRehearsal = Annotated[str | None, typer.Option("--ground", metavar="text")]
Rehearsed = list[tuple[Programme, Rehearsal]]


def publish(
    files: Files,
    by: By,
    rehearse: Annotated[bool, typer.Option("--rehearse")] = False,
    blocking: Blocking = False,
    yes: Yes = False,
    ground: OfRehearsal = None,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Publishes programme versions."""
    out = Out(lang, as_json=json)
    if not (rehearse or blocking):
        require_beside("--rehearse", {"--ground": ground})
    texts = {file: read(out, file) for file in files}

    async def work(trinvis: Trinvis) -> tuple[Rehearsed, list[tuple[Programme, bool]]]:
        who = actor(by)
        require_may(who, PUBLISHING)
        versions = [loaded(text, file, shelf_of(file)) for file, text in texts.items()]
        new = [file for file, each in zip(texts, versions, strict=True) if not await _is_known(out, trinvis, each)]
        report(out, [], checked(out, {file: texts[file] for file in new})[1])
        for file, version in zip(texts, versions, strict=True):
            if file in new and not yes:
                await _require_agreed(out, trinvis, version, f"{file}:{line_of_day(texts[file])}")
        asked = versions if rehearse or blocking else []
        rehearsed = [(each.programme, await _rehearsed(out, trinvis, each, by, ground or REHEARSAL)) for each in asked]
        for programme, found in rehearsed if blocking else []:
            if found.nowhere:
                refuse_stranding(out, programme, found)
        return rehearsed, [
            await trinvis.catalogue.publish(text, file, str(who), trinvis.now(), shelf_of(file))
            for file, text in texts.items()
        ]

    report(out, [], findings_of(texts))
    rehearsed, published = carry_out(out, work)
    if out.as_json:
        told = [answer(out, *each) for each in rehearsed]
        out.data(PublishedVersions([PublishedVersion(each.ref, new) for each, new in published], told))
        return
    for programme, found in rehearsed:
        show_rehearsal(out, programme, found)
    for programme, new in published:
        out.line(out.say("published" if new else "known", ref=programme.ref))


async def _rehearsed(out: Out, trinvis: Trinvis, version: Loaded, by: str, ground: str) -> Rehearsal:
    programme = version.programme
    asked = Question(programme.programme, programme.version, None, {}, look_of(trinvis, by, ground))
    return await rehearse_caseload(trinvis, asked, version.bundle, Telling(out, out.say("rehearsing")))


async def _require_agreed(out: Out, trinvis: Trinvis, version: Loaded, where: str) -> None:
    """Ends unless somebody agrees that a version whose day has passed takes over whoever is referred from now on."""
    programme, today = version.programme, local_date(trinvis.now())
    current = await trinvis.catalogue.in_force(programme.programme, today)
    if current is None or programme.effective_from >= today:
        return
    if (await trinvis.engine.programme(current)).version > programme.version:
        return
    values = {"ref": programme.ref, "current": current, "begins": str(programme.effective_from), "where": where}
    question = out.say("takes_over", **values)
    if out.as_json:  # a program is not asked
        out.fail("not_published", f"{question} {out.told('error', 'not_published')}", values=values)
    if not agreed(out, question):
        out.fail("not_published", out.told("error", "not_published"))


async def _is_known(out: Out, trinvis: Trinvis, version: Loaded) -> bool:
    """Whether that version is published already, and so need not be explored again.

    Ends with an error when it is published with other content, before anything is published.
    """
    programme = version.programme
    known = await trinvis.catalogue.source(programme.ref)
    if known is not None and not says_the_same(known, version.bundle):
        values = {"programme": programme.ref, "next": programme.version + 1}
        out.fail("already_published", out.told("error", "already_published", **values), values=values)
    return known is not None

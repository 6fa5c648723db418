"""Commands about programmes: check, test, publish, list, show."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from console.about import about
from console.answers.checking import CheckedFiles, ExploredVersion, FoundProblem
from console.answers.versions import AboutVersion, ListedVersion, ListedVersions, RulesOfVersion
from console.help import Command
from console.options import Json, Language
from console.output import REFUSED, Out
from console.records import Telling
from console.ruling import rule_sets, show_rule_sets
from console.running import carry_out
from console.trying import try_out
from console.usage import Group
from domain.calendar import local_date
from domain.programme.shape import Programme
from domain.refusal import Invalid
from programmes.bundle import unbundled
from programmes.catalogue import Published
from programmes.checking import Checked
from programmes.checking import check as explored_check
from programmes.finding import Finding
from programmes.loader import Unpublishable, load
from programmes.shelf import shelf_of
from programmes.succession import copied_day
from runtime.wiring import Trinvis
from texts.sentences import problem

app = typer.Typer(cls=Group, no_args_is_help=True)
Files = Annotated[list[str], typer.Argument(metavar="FILE...")]


def read(out: Out, file: str) -> str:
    """The text of a programme file; one that cannot be read ends the command."""
    try:
        return Path(file).read_text(encoding="utf-8", errors="surrogateescape")
    except (OSError, ValueError):
        out.fail("no_file", out.told("error", "no_file", file=file))


@app.command(cls=Command)
def check(files: Files, json: Json = False, lang: Language = None) -> None:
    """Says everything that is wrong with programme files, each with its line and mend."""
    out = Out(lang, as_json=json)
    texts = {file: read(out, file) for file in files}
    sound, findings = checked(out, texts)
    explored = [_explored(each) for each in sound]
    warnings = [each for version in sound for each in _warnings(version)]
    if out.as_json and not findings:
        out.data(CheckedFiles(explored, [], _problems(out, warnings)))
    for each in [] if out.as_json else explored:
        out.line(out.say("sound", ref=each.ref))
        values = {"states": each.states, "deepest": each.deepest, "whole": each.whole}
        out.line(out.say("explored", **values, unsettled=", ".join(each.unsettled)))
    for warning in [] if out.as_json else warnings:
        out.line(_said(out, warning))
    report(out, explored, findings, warnings)


def _warnings(version: Checked) -> list[Finding]:
    found = copied_day(version.version, version.text, version.file)
    return [found] if found else []


def checked(out: Out, texts: Mapping[str, str]) -> tuple[list[Checked], list[Finding]]:
    """The files that may be published, explored; and everything that is wrong with the others."""
    sound: list[Checked] = []
    findings: list[Finding] = []
    telling = Telling(out, out.say("exploring"))
    for done, (file, text) in enumerate(texts.items()):
        telling(done, len(texts))
        try:
            sound.append(explored_check(text, file, shelf_of(file)))
        except Unpublishable as unpublishable:
            findings += unpublishable.findings
    return sound, findings


def _explored(each: Checked) -> ExploredVersion:
    found = each.examined
    return ExploredVersion(each.version.programme.ref, found.states, found.deepest, found.whole, list(found.unsettled))


def findings_of(texts: Mapping[str, str]) -> list[Finding]:
    """Everything that is wrong with those files."""
    findings: list[Finding] = []
    for file, text in texts.items():
        try:
            load(text, file, shelf_of(file))
        except Unpublishable as unpublishable:
            findings += unpublishable.findings
    return findings


def report(out: Out, sound: list[ExploredVersion], findings: list[Finding], warnings: Iterable[Finding] = ()) -> None:
    """Ends with the findings, if there are any."""
    if not findings:
        return
    if out.as_json:
        out.data(CheckedFiles(sound, _problems(out, findings), _problems(out, warnings)))
    else:
        for finding in findings:
            out.line(_said(out, finding))
        out.line(out.say("findings", count=len(findings)))
    raise typer.Exit(REFUSED)


def _problems(out: Out, findings: Iterable[Finding]) -> list[FoundProblem]:
    return [FoundProblem.of(each, _mend(out, each)) for each in findings]


def _said(out: Out, finding: Finding) -> str:
    return f"{finding.file}:{finding.line}: {finding.path}: {_mend(out, finding)}"


def _mend(out: Out, finding: Finding) -> str:
    return problem(out.wording, finding.code, dict(finding.values))


@app.command("test", cls=Command)
def run_scenarios(
    places: Annotated[list[str], typer.Argument(metavar="FILE...")], json: Json = False, lang: Language = None
) -> None:
    """Runs scenarios, and says what they never touch."""
    try_out(Out(lang, as_json=json), places)


@app.command("list", cls=Command)
def list_(json: Json = False, lang: Language = None) -> None:
    """Lists every published version."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> list[tuple[Published, Programme]]:
        return [(each, await trinvis.engine.programme(each.ref)) for each in await trinvis.catalogue.listed()]

    rows = carry_out(out, work)
    if out.as_json:
        out.data(ListedVersions([_listed(out, *row) for row in rows]))
        return
    for published, programme in rows:
        out.line(f"{published.ref:<34} {programme.effective_from}  {programme.title.in_language(out.language)}")


def _listed(out: Out, published: Published, programme: Programme) -> ListedVersion:
    return ListedVersion(
        ref=published.ref,
        programme=published.programme,
        version=published.version,
        title=programme.title.in_language(out.language),
        effective_from=programme.effective_from.isoformat(),
        digest=published.digest,
        published_at=published.published_at,
        published_by=published.published_by,
    )


@app.command(cls=Command)
def rules(
    ref: Annotated[str, typer.Argument(metavar="VERSION")],
    json: Json = False,
    lang: Language = None,
) -> None:
    """Lists the rule sets that a published version names, which count today, and whether they are verified."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> tuple[Programme, date]:
        return await trinvis.engine.programme(ref), local_date(trinvis.now())

    found = rule_sets(out, *carry_out(out, work))
    if out.as_json:
        out.data(RulesOfVersion(ref, found))
    else:
        show_rule_sets(out, found)


@app.command("about", cls=Command)
def about_(
    ref: Annotated[str, typer.Argument(metavar="VERSION")],
    json: Json = False,
    lang: Language = None,
) -> None:
    """Says what a published version is for, who answers for it, and how it was judged."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> tuple[Programme, date]:
        return await trinvis.engine.programme(ref), local_date(trinvis.now())

    programme, today = carry_out(out, work)
    out.programme = programme
    says = list(about(out, programme, today))
    if out.as_json:
        out.data(AboutVersion(ref, says))
        return
    for line in says:
        out.line(line)


@app.command(cls=Command)
def show(
    ref: Annotated[str, typer.Argument(metavar="VERSION")],
    json: Json = False,
    lang: Language = None,
) -> None:
    """Shows a published version as it was written; its rule sets are listed by `programmes rules`."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> tuple[str, Programme]:
        source = await trinvis.catalogue.source(ref)
        if source is None:
            raise Invalid("programme", "unknown_programme", value=ref)
        return source, await trinvis.engine.programme(ref)

    source, programme = carry_out(out, work)
    if out.as_json:
        out.data(programme.model_dump(mode="json", by_alias=True))
    else:
        out.text(unbundled(source)[0])

"""Commands about programmes: check, publish, list, show."""

from pathlib import Path
from typing import Annotated

import typer

from console.options import By, Json, Language
from console.output import REFUSED, Out
from console.running import carry_out
from domain.programme.shape import Programme
from domain.refusal import Invalid
from engine.asking import actor
from programmes.catalogue import Published
from programmes.finding import Finding
from programmes.loader import Unpublishable, load
from runtime.wiring import Trinvis
from texts.sentences import problem

app = typer.Typer(help="Check, publish and read programmes.", no_args_is_help=True)
Files = Annotated[list[str], typer.Argument(help="Programme files, one version in each.", metavar="FILE...")]


def _read(out: Out, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        out.fail("no_file", out.say("no_file", file=file))


@app.command()
def check(files: Files, json: Json = False, lang: Language = None) -> None:
    """Say everything that is wrong with programme files, each with its line and mend.

    Example: trinvis programmes check programmes/sundere-sammen/v3.yaml
    """
    out = Out(lang, as_json=json)
    sound: list[str] = []
    findings: list[Finding] = []
    for file in files:
        try:
            sound.append(load(_read(out, file), file).ref)
        except Unpublishable as unpublishable:
            findings += unpublishable.findings
    _report(out, sound, findings)


def _report(out: Out, sound: list[str], findings: list[Finding]) -> None:
    if out.as_json:
        out.data({"sound": sound, "findings": [_finding_data(out, each) for each in findings]})
    else:
        for ref in sound:
            out.line(out.say("sound", ref=ref))
        for finding in findings:
            out.line(f"{finding.file}:{finding.line}: {finding.path}: {_mend(out, finding)}")
        if findings:
            out.line(out.say("findings", count=len(findings)))
    if findings:
        raise typer.Exit(REFUSED)


def _finding_data(out: Out, finding: Finding) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "path": finding.path,
        "code": finding.code,
        "mend": _mend(out, finding),
    }


def _mend(out: Out, finding: Finding) -> str:
    return problem(out.wording, finding.code, dict(finding.values))


@app.command()
def publish(files: Files, by: By, json: Json = False, lang: Language = None) -> None:
    """Publish programme versions; a published version never changes.

    Example: trinvis programmes publish programmes/sundere-sammen/v3.yaml --by administrator:it-1
    """
    out = Out(lang, as_json=json)
    texts = {file: _read(out, file) for file in files}

    async def work(trinvis: Trinvis) -> list[tuple[Programme, bool]]:
        who = actor(by)
        return [await trinvis.catalogue.publish(text, file, str(who), trinvis.now()) for file, text in texts.items()]

    try:
        published = carry_out(out, work)
    except Unpublishable as unpublishable:
        _report(out, [], unpublishable.findings)
        return
    if out.as_json:
        out.data({"published": [{"ref": each.ref, "new": new} for each, new in published]})
        return
    for programme, new in published:
        out.line(out.say("published" if new else "known", ref=programme.ref))


@app.command("list")
def list_(json: Json = False, lang: Language = None) -> None:
    """List every published version.

    Example: trinvis programmes list --json
    """
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> list[tuple[Published, Programme]]:
        return [(each, await trinvis.engine.programme(each.ref)) for each in await trinvis.catalogue.listed()]

    rows = carry_out(out, work)
    if out.as_json:
        out.data({"programmes": [row[0] for row in rows]})
        return
    for published, programme in rows:
        out.line(f"{published.ref:<34} {programme.effective_from}  {programme.title.in_language(out.language)}")


@app.command()
def show(
    ref: Annotated[str, typer.Argument(help="The version, such as sundere-sammen@2.")],
    json: Json = False,
    lang: Language = None,
) -> None:
    """Show a published version as it was written.

    Example: trinvis programmes show sundere-sammen@2
    """
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
        out.line(source)

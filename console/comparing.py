"""`trinvis programmes diff`: what one version says otherwise than another."""

import re
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from console.answers.differences import Differences, FoundDifference
from console.options import Json, Language
from console.output import Out
from console.programmes import findings_of, read, report
from console.running import carry_out
from domain.programme.differing import differences
from domain.programme.shape import Programme
from programmes.loader import load
from runtime.wiring import Trinvis
from texts.differences import Differing, plain

_REF = re.compile(r"[a-z0-9-]+@[0-9]+")


def is_published(version: str) -> bool:
    """Whether a version is named as published, such as `sundere-sammen@2`, rather than by its file."""
    return _REF.fullmatch(version) is not None and not Path(version).exists()


def text_of(out: Out, file: str) -> str:
    """The text of a sound programme file; what is to be mended in it ends the command."""
    text = read(out, file)
    report(out, [], findings_of({file: text}))
    return text


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD")],
    new: Annotated[str, typer.Argument(metavar="NEW")],
    json: Json = False,
    lang: Language = None,
) -> None:
    """Says what one version says otherwise than another, in the programme's own words."""
    out = Out(lang, as_json=json)
    files = {file: load(text_of(out, file), file) for file in (old, new) if not is_published(file)}

    async def work(trinvis: Trinvis) -> list[Programme]:
        return [files.get(each) or await trinvis.engine.programme(each) for each in (old, new)]

    one, other = [files[old], files[new]] if {old, new} <= files.keys() else carry_out(out, work)
    _show(out, one, other)


def _show(out: Out, old: Programme, new: Programme) -> None:
    words, found = Differing(out.language, old, new), differences(old, new)
    if out.as_json:
        told = [
            FoundDifference(
                each.meaning,
                each.change,
                ".".join(each.path),
                plain(each.before),
                plain(each.after),
                words.sentence(each),
            )
            for each in found
        ]
        out.data(Differences(old.ref, new.ref, told))
        return
    if not found:
        out.line(words.none(old.ref, new.ref))
    for meaning, group in groupby(found, key=lambda each: each.meaning):
        out.heading(words.heading(meaning))
        for each in group:
            out.line(f"  {words.sentence(each)}")

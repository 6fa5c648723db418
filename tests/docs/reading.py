"""What the Markdown files say: their links, headings, code and prose."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.checkout import ROOT, under_git

TYPED = {"sh", "console"}
"""The kinds of block that hold what people type; in a console, behind a `$`."""
BETWEEN = {"|", "||", "&&", ";", ">", "<"}
"""What ends one command and begins another, or names a file."""
_FENCE = re.compile(r"^ *```(?P<kind>\w*)$")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<to>[^)\s]+)\)")
_CODE = re.compile(r"`(?P<code>[^`\n]+)`")
_VARIABLE = re.compile(r"[A-Z_]+=.*")


@dataclass(frozen=True)
class Line:
    """One line of a Markdown file."""

    file: Path
    number: int
    text: str
    block: str | None
    """The kind of the block of code that it stands in, or None for prose."""

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.number}: {self.text.strip()}"


def pages() -> list[Path]:
    """Every Markdown file."""
    return [file for file in under_git() if file.suffix == ".md"]


def lines(file: Path) -> Iterator[Line]:
    """The lines of a file, fences left out."""
    block: str | None = None
    for number, text in enumerate(file.read_text("utf-8").splitlines(), start=1):
        fence = _FENCE.match(text)
        if fence:
            block = fence["kind"] if block is None else None
        else:
            yield Line(file, number, text, block)


def links(file: Path) -> Iterator[str]:
    """Where a file's links lead that stay within the checkout."""
    for line in lines(file):
        if line.block is None:
            yield from (to for to in _LINK.findall(_CODE.sub("", line.text)) if "://" not in to)


def anchors(file: Path) -> set[str]:
    """The names by which a file's headings are reached."""
    headings = [line.text.lstrip("#") for line in lines(file) if line.block is None and line.text.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def is_broken(file: Path, link: str) -> bool:
    """Whether a link leads nowhere."""
    name, _, heading = link.partition("#")
    target = (file.parent / name).resolve() if name else file
    return not target.exists() or bool(heading and heading not in anchors(target))


def typed(file: Path) -> Iterator[str]:
    """Every line that a file has people type, continued lines joined."""
    begun = ""
    for line in lines(file):
        text = line.text.strip()
        if line.block == "console" and not begun:
            text = text.removeprefix("$ ") if text.startswith("$ ") else ""
        if line.block in TYPED and text:
            begun += text.removesuffix("\\")
            if not text.endswith("\\"):
                yield begun
                begun = ""


def inline(file: Path) -> Iterator[str]:
    """Every piece of code within a file's prose."""
    for line in lines(file):
        if line.block is None:
            yield from _CODE.findall(line.text)


def calls(text: str, program: str) -> Iterator[str]:
    """The calls of a program within a line, each as a line of its own."""
    words = shlex.shlex(text, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    part: list[str] = []
    for word in [*words, ";"]:
        if word not in BETWEEN:
            part.append(word)
            continue
        call = _called(part, program)
        if call:
            yield shlex.join(call)
        part = []


def _called(part: list[str], program: str) -> list[str]:
    """The words from the program on, where a command begins with it, or a container runs it."""
    while part and _VARIABLE.fullmatch(part[0]):
        part = part[1:]
    if part[:3] == ["docker", "compose", "run"] and program in part:
        return part[part.index(program) :]
    return part if part and part[0].rpartition("/")[2] == program else []

"""The page that says which founding fact is held by which test and rests on which line."""

import re
from collections.abc import Iterator, Mapping

from tests.programmes.rows import OF_THE_ENGINE, ROWS, WAITING
from tests.support.checkout import ROOT

INTRO = """\
Every founding fact of the first and the second priority, and every rule that combines several, with the tests that are
named after it and the line of a programme that it rests on. The rows are those of [the domain](../domain.md). A test
takes each line out, and sees the row's tests fail or the programme refused."""
NAMED = re.compile(r"^(?:async )?def (test_[fvx]\d+_\w+)", re.MULTILINE)


def founding() -> Iterator[str]:
    """The lines of the page."""
    named = _named()
    yield "| row | tests | programme | rests on |"
    yield "|---|---|---|---|"
    for row in ROWS:
        words = " ".join(row.words.split()).replace("|", "\\|")
        tests = "<br>".join(f"`{test}`" for test in named if test.startswith(f"test_{row.row}_"))
        yield f"| {row.row.upper()} | {tests} | {row.ref} | `{words}` |"
    yield ""
    yield "## Held whatever a programme says"
    yield ""
    yield from _table(OF_THE_ENGINE, "held by")
    yield "## Waiting"
    yield ""
    yield "C are groups, D are pages, sign-in and statistics."
    yield ""
    yield from _table(WAITING, "waits for")


def _table(rows: Mapping[str, str], heading: str) -> Iterator[str]:
    yield f"| row | {heading} |"
    yield "|---|---|"
    for row, words in rows.items():
        yield f"| {row.upper()} | {words} |"
    yield ""


def _named() -> list[str]:
    files = sorted((ROOT / "tests" / "programmes").glob("test_founding_facts_of_*.py"))
    return [name for file in files for name in NAMED.findall(file.read_text("utf-8"))]

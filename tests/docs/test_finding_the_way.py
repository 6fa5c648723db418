"""Links: each leads to a file that is there, and to a heading that it has."""

from pathlib import Path

import pytest

from tests.docs.reading import is_broken, links, pages
from tests.support.checkout import ROOT

DOCS = ROOT / "docs"
BY_THEMSELVES = {"docs/README.md", "docs/benchmarks.md"}
"""The index itself, and what `make bench` writes where somebody measures."""


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", pages(), ids=named)
def test_every_link_leads_somewhere(file: Path) -> None:
    assert [link for link in links(file) if is_broken(file, link)] == []


@pytest.mark.parametrize("link", ["no-such-page.md", "README.md#no-such-heading", "#nor-this", "docs/no/where.md#x"])
def test_a_link_that_leads_nowhere_would_be_found(link: str) -> None:
    assert is_broken(ROOT / "README.md", link)


def test_every_page_of_the_documentation_can_be_reached_from_its_index() -> None:
    reached = {(DOCS / link.partition("#")[0]).resolve() for link in links(DOCS / "README.md")}
    missed = {named(page) for page in pages() if page.is_relative_to(DOCS) and page not in reached}
    assert missed <= BY_THEMSELVES

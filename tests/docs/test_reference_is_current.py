"""The reference: what the code says today, word for word."""

import pytest

from tests.docs.reference import FOLDER, PAGES
from tests.docs.shapes import in_words
from texts.catalogue import catalogue


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_the_code_says(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == PAGES[name](), "stale; write it anew with: make reference"


def test_no_page_of_the_reference_is_left_over() -> None:
    assert {file.name for file in FOLDER.iterdir()} == set(PAGES)


def test_every_fact_has_its_section() -> None:
    page = PAGES["facts.md"]()
    assert [kind for kind in catalogue("en")["names"]["fact"] if f"\n### {kind}" not in page] == []  # type: ignore[index]  # a section


def test_a_type_reads_as_words() -> None:
    assert in_words(tuple[str, ...] | None) == "list of text, or nothing"
    assert in_words(dict[str, int]) == "whole number by text"

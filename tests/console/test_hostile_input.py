"""Whatever is typed, read from a file or sent on standard input: an answer or a sentence, never a stack trace."""

import asyncio
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.examples import EXAMPLES
from tests.console.parsing import commands
from tests.console.terminal import CASEWORKER, CONTACT, CPR, Terminal
from tests.console.test_when_something_is_wrong import TOLD, line, options
from tests.support.altering import altered_text

CONDITION = "citizen.benefit == 'ressourceforloeb'"
AWKWARD = [
    "",
    " ",
    "'; DROP TABLE fact; --",
    '{"a": ',
    "[[[[[[",
    "{{ 7 * 7 }}",
    "%s%n",
    "../../etc/passwd",
    "\x1b[31mred",
    "\u202egnirts",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "9" * 400,
    "-1",
    "1e999",
    "NaN",
    "null",
    "true",
    "\u0660\u0661",
    "a=b=c",
    "=",
    "--",
    "P99999Y",
    "0000-00-00T00:00Z",
    "2026-02-29T09:00+25:00",
    "\ud800",
    "\x00",
]
"""What has tripped other programs."""
VALUES = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(max_size=80),
    st.integers().map(str),
    st.floats().map(str),
    st.recursive(st.none() | st.booleans() | st.text(max_size=5), lambda each: st.lists(each, max_size=3)).map(
        json.dumps
    ),
    st.datetimes().map(str),
    st.uuids().map(str),
)


def a_sentence_or_an_answer(terminal: Terminal, *words: str, given_: str | bytes | None = None) -> None:
    """The line ends in an answer, a refusal or a correction of how it was called; nothing unforeseen happens."""
    said = asyncio.run(terminal(*words, given=given_))
    assert said.code in {0, 1, 2}, said
    assert said.code == 0 or said.error["code"] != "bug", said


@pytest.fixture(scope="module")
def every_option() -> list[tuple[str, str]]:
    """Each option of each command that is told to a pathway."""
    return [(command, option) for command in TOLD for option in (*options(command), "--by", "--command-id")]


async def test_no_option_of_any_command_is_tripped(terminal: Terminal, every_option: list[tuple[str, str]]) -> None:
    pathway = await terminal.underway("sygedagpenge-driftstilbud@2")
    await asyncio.to_thread(_trip_options, terminal, pathway, every_option)


def _trip_options(terminal: Terminal, pathway: str, every_option: list[tuple[str, str]]) -> None:
    @settings(max_examples=100)
    @given(st.sampled_from(every_option), VALUES)
    def tripped(which: tuple[str, str], value: str) -> None:
        command, option = which
        a_sentence_or_an_answer(terminal, *line(command, pathway, **{option: value}), "--json")

    tripped()


async def test_no_word_of_any_line_is_tripped(terminal: Terminal) -> None:
    await asyncio.to_thread(_trip_words, terminal)


def _trip_words(terminal: Terminal) -> None:
    paths = [words for path, words in commands().items() if path not in {"up", "migrate", "rebuild", "rotate kek"}]

    @settings(max_examples=100)
    @given(st.sampled_from(paths), st.lists(VALUES, max_size=3), VALUES)
    def tripped(path: list[str], words: list[str], by: str) -> None:
        a_sentence_or_an_answer(terminal, *path, *words, "--by", by, "--json")

    tripped()


async def test_no_person_is_tripped_over(terminal: Terminal) -> None:
    await asyncio.to_thread(_trip_people, terminal)


def _trip_people(terminal: Terminal) -> None:
    keys = st.sampled_from(["name", "cpr", "email", "phone", "address", "language", "\x00"])
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(AWKWARD) | st.text(),
        lambda each: st.lists(each, max_size=3) | st.dictionaries(keys, each, max_size=3),
    )
    words = ("refer", "sundere-sammen@2", *CASEWORKER, "--reason", "x", "--basis", "x", "--person", "-", "--json")

    @settings(max_examples=50)
    @given(st.dictionaries(keys, anything, max_size=6).map(json.dumps).map(str.encode) | st.binary(max_size=200))
    def tripped(person: bytes) -> None:
        a_sentence_or_an_answer(terminal, *words, given_=person)

    tripped()


async def test_no_programme_file_is_tripped_over(terminal: Terminal, tmp_path: Path) -> None:
    await asyncio.to_thread(_trip_files, terminal, tmp_path / "v2.yaml")


def _trip_files(terminal: Terminal, file: Path) -> None:
    text = altered_text("sundere-sammen@2")
    lines = text.split("\n")

    @settings(max_examples=50)
    @given(st.integers(0, len(lines) - 1), VALUES, st.booleans())
    def tripped(number: int, value: str, whole: bool) -> None:  # noqa: FBT001 - drawn
        key = lines[number].partition(":")[0]
        broken = [*lines[:number], value if whole else f"{key}: {value}", *lines[number + 1 :]]
        file.write_text("\n".join(broken), encoding="utf-8", errors="replace")
        said = asyncio.run(terminal("programmes", "check", str(file), "--json"))
        assert said.code in {0, 1}, said
        assert "error" not in said.data, said

    tripped()


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("citizen.benefit == 3", "condition_unfit"),
        ("citizen.benefitt == 'x'", "condition_unknown_name"),
        ("citizen.benefit", "condition_not_true_or_false"),
        ("attended(3) > 1", "condition_unfit"),
        ("attended('P4W') + 1 > 1", "condition_without"),
        ("[1, 2, 3].all(x, [4, 5].exists(y, x < y))", "condition_without"),
        ("citizen.benefit.matches('(a+)+$')", "condition_without"),
        ("true || true || " * 50 + "true", "condition_too_long"),
        ("(" * 200 + "true" + ")" * 200, "condition_too_deep"),
        ("attended('P4W') > 99999999", "condition_number_too_large"),
        ("attended('four weeks') > 1", "not_a_period"),
        ("attended('P99W') > 1", "window_too_long"),
        ("attended('yoga', 'P4W') > 1", "unknown_code"),
        ("happened('yoga')", "unknown_code"),
        ("citizen.benefit == 'lotteri'", "unknown_code"),
        ("import os", "not_a_condition"),
    ],
)
async def test_a_condition_that_does_not_check_or_would_run_away_is_named_with_its_line(
    terminal: Terminal, tmp_path: Path, condition: str, code: str
) -> None:
    file = tmp_path / "v2.yaml"
    text = altered_text("sundere-sammen@2", (CONDITION, condition), ("version: 2", "version: 9"))
    file.write_text(text, encoding="utf-8")
    before = await terminal.rows()
    published = await terminal("programmes", "publish", str(file), "--by", "administrator:it-1", "--json")
    [finding] = published.data["findings"]
    assert (published.code, finding["code"], finding["path"]) == (1, code, "referral.eligible[0].when")
    assert text.split("\n")[finding["line"] - 1].lstrip().startswith("when:")
    for language, mend in (
        ("da", ("betingelse", "periode", "uger", "kendes ikke")),
        ("en", ("condition", "period", "weeks", "not known")),
    ):
        said = await terminal("programmes", "check", str(file), "--lang", language)
        assert any(word in said.out for word in mend), said.out
    assert await terminal.rows() == before


async def test_what_steers_a_terminal_is_shown_and_not_carried_out(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    await terminal.tells(pathway, "hold-review", "--note", "a\x1b]0;owned\x07b :bomb: [red]c[/red] \u202ed", by=CONTACT)
    shown = (await terminal("history", pathway, *CASEWORKER)).out
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert ":bomb: [red]c[/red]" in shown


def test_the_examples_hold_no_real_number() -> None:
    assert all(CPR not in example for example in EXAMPLES.values())

"""YAML is read as plain data with its lines; whatever a programme has no use for is refused, with its line."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.words import LANGUAGES, Language
from programmes.source import DEEPEST, MOST_BYTES, MOST_NODES, Source, Unreadable, read
from texts.catalogue import Wording
from texts.sentences import problem


def answer(text: str) -> Source | Unreadable:
    """What the text says, or why it is not read."""
    try:
        return read(text)
    except Unreadable as refusal:
        return refusal


def refused(text: str) -> Unreadable:
    said = answer(text)
    assert isinstance(said, Unreadable)
    return said


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a: 1\nb: &here 2\n", 2, "yaml_alias"),
        ("a: &here [1]\nb: *here\n", 1, "yaml_alias"),
        ("a: 1\nb: *nowhere\n", 2, "yaml_alias"),
        ("base: &base {a: 1}\nb:\n  <<: *base\n", 1, "yaml_alias"),
        ("a: 1\nb: !!str 2\n", 2, "yaml_tag"),
        ("a: !own 2\n", 1, "yaml_tag"),
        ("\na: !!python/object/apply:os.system [ls]\n", 2, "yaml_tag"),
        ("a: 1\nb: 2\na: 3\n", 3, "yaml_key_twice"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4, "yaml_key_twice"),
        ("a: 1\n'a': 3\n", 2, "yaml_key_twice"),
        ("a: 1\n? [b, c]\n: 2\n", 2, "yaml_key_not_text"),
        ("a: 1\n? {b: c}\n: 2\n", 2, "yaml_key_not_text"),
        ("a: 1\nb: \x00\n", 2, "nul_byte"),
        ('a: 1\nb: "\\0"\n', 2, "nul_byte"),
        ("a: 1\nb: \udce6\n", 2, "not_utf8"),
        ('a: 1\n"\\ud800": 2\n', 2, "not_utf8"),
        ("a: 1\n---\nb: 2\n", 2, "yaml_two_documents"),
        ("a: 1\n...\n---\nb: 2\n", 3, "yaml_two_documents"),
        ("a:\n\tb: 1\n", 2, "yaml_tab"),
        ("a: [1, 2\nb: 3\n", 2, "yaml_bracket_open"),
        ("a: {b: 1\n", 2, "yaml_bracket_open"),
        ("a: 1\nb: '2\n", 3, "yaml_quote_open"),
        ("a: 1\nb: \x07\n", 2, "yaml_unprintable"),
        ("@a: 1\n", 1, "yaml_cannot_begin"),
        ("a: b: c\n", 1, "yaml_colon"),
        ("a: 1\n  b: 2\n", 2, "yaml_colon"),
        ("a: - b\n", 1, "yaml_dash"),
        ("a: 1,\n-b", 2, "yaml_no_colon"),
        ("a: ]\n", 1, "yaml_nothing_there"),
        ("- a\nb: c\n", 2, "yaml_out_of_line"),
        ('a: "\\q"\n', 1, "yaml_escape"),
        ("%YAML 9.0\n---\na: 1\n", 1, "not_yaml"),
    ],
)
def test_what_a_programme_has_no_use_for_is_refused_at_its_line(text: str, line: int, code: str) -> None:
    refusal = refused(text)
    assert (refusal.code, refusal.line) == (code, line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_is_told_in_our_own_words_with_its_place(language: Language) -> None:
    for text, told in SLIPS.items():
        slip = refused(text)
        said = problem(Wording(language), slip.code, slip.values)
        assert told[language] in said, said


SLIPS: dict[str, dict[str, str]] = {
    "a: 1\nb: c: d\n": {"da": "tegn 5: her kan der ikke stå et kolon", "en": "character 5: no colon can stand here"},
    "a:\n  - [1,\nb: 2\n": {"da": "]', som lukker det, der åbnes på linje 2", "en": "closes what is opened on line 2"},
    "a: 1\nb: 'c\nd: 2\n": {
        "da": "anførselstegnet på linje 2 bliver ikke",
        "en": "quotes on line 2 are not closed",
    },
    "a: %x\n": {"da": "'%' kan ikke stå først", "en": "a value cannot begin with '%'"},
}


def test_a_merge_key_is_a_name_like_any_other() -> None:
    assert read("a: 1\n<<: {b: 2}\n").data == {"a": 1, "<<": {"b": 2}}


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    full = "a: " + "x" * (MOST_BYTES - 3)
    assert read(full).data == {"a": "x" * (MOST_BYTES - 3)}
    assert refused(full + "x").code == "yaml_too_large"


def test_size_is_counted_in_bytes_rather_than_letters() -> None:
    assert refused("a: " + "å" * (MOST_BYTES // 2)).code == "yaml_too_large"


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")], ids=["lists", "names"])
def test_a_file_may_be_as_deep_as_the_limit_and_no_deeper(opening: str, closing: str) -> None:
    assert read(opening * DEEPEST + closing * DEEPEST).lines
    assert refused(opening * (DEEPEST + 1) + closing * (DEEPEST + 1)).code == "yaml_too_deep"


def test_what_is_far_too_deep_is_refused_before_anything_is_built() -> None:
    assert refused("[" * 200_000).code == "yaml_too_deep"
    assert refused("".join(" " * level + "a:\n" for level in range(60))).line == DEEPEST + 1


def test_a_file_may_have_as_many_parts_as_the_limit_and_no_more() -> None:
    assert read("[" + "1, " * (MOST_NODES - 2) + "1]").lines
    assert refused("[" + "1, " * (MOST_NODES - 1) + "1]").code == "yaml_too_many_nodes"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    assert refused(text).code == "yaml_empty"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0.75", 0.75),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("2010-03-01", "2010-03-01"),
        ("012", "012"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("'12'", "12"),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, "9" * 19),
        ("9" * 5_000, "9" * 5_000),
        ("9" * 5_000 + ".5", "9" * 5_000 + ".5"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_words_stay_words_and_only_plain_numbers_and_truth_values_are_more(written: str, said: object) -> None:
    assert read(f"a: {written}\n").data == {"a": said}


def test_every_path_knows_its_line() -> None:
    source = read("a: 1\nb:\n  - c\n  - d: 2\n    e: {f: 3}\n")
    expected = {(): 1, ("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 4, ("b", 1, "d"): 4}
    assert source.lines == expected | {("b", 1, "e"): 5, ("b", 1, "e", "f"): 5}


def test_what_stands_nowhere_is_found_where_it_should_stand() -> None:
    source = read("a: 1\nb:\n  - c\n")
    assert source.line(("b", 0, "missing", "below")) == 3
    assert source.line(("nowhere",)) == 1


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(alphabet="abc æøå:#-\n'\"", max_size=8),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=3), each, max_size=3),
    max_leaves=12,
)


@given(PLAIN)
def test_what_is_written_as_json_is_read_as_it_is(data: Any) -> None:  # noqa: ANN401 - any JSON value
    assert read(json.dumps(data)).data == data


@given(st.text(alphabet="a1: -[]{}&*!|>'\"%@`#,?\n\t\\\x00\x85\ud800é", max_size=60) | st.text(max_size=200))
@example("\udcff: 1")
@example("a: " + "9" * 5_000)
@example('a: "\\xff\\u2028"')
@example("? ")
@example("a: |2\n b")
def test_any_text_is_read_or_refused_at_one_of_its_lines(text: str) -> None:
    said = answer(text)
    lines = [said.line] if isinstance(said, Unreadable) else [1, *said.lines.values()]
    assert 1 <= min(lines) <= max(lines) <= len(text.splitlines()) + 1

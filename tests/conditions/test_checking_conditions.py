"""A condition compares and combines answers; whatever else it holds is refused, with its place and a mend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.conditions.engine import LARGEST_NUMBER, LONGEST_TEXT, ConditionError
from domain.conditions.questions import QUESTIONS
from domain.words import LANGUAGES
from tests.conditions.pathways import checked, refused
from texts.catalogue import Wording
from texts.sentences import problem


@pytest.mark.parametrize(
    "text",
    [
        "true",
        "citizen.employee",
        "!citizen.employee",
        "citizen.benefit == 'sygedagpenge'",
        "citizen.benefit != 'sygedagpenge' && citizen.bmi >= 30.0",
        "citizen.benefit in ['sygedagpenge', 'dagpenge']",
        "attended('P4W') >= 6 || attended('training', 'P4W') >= 3",
        "missed('P4W') == 0 && hours('P1W') > 9.5",
        "weeks_in_phase() > 8",
        "happened('plan_agreed') && !outcome('job')",
        "-citizen.bmi < -30.0",
        "attended('P4W') >= 6 // six in four weeks",
        "attended('P4W')\n  >= 6",
    ],
)
def test_comparisons_lists_questions_and_logic_are_conditions(text: str) -> None:
    assert checked(text).text == text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[1, 2].all(x, x > 0)", "comprehension"),
        ("[1, 2].exists(x, x > 0)", "comprehension"),
        ("[1, 2].map(x, x * 2) == [2]", "comprehension"),
        ("[[1].exists(x, x > 0)] == [true]", "comprehension"),
        ("attended('P4W') + 1 > 6", "+"),
        ("attended('P4W') - 1 > 6", "-"),
        ("attended('P4W') * 2 > 6", "*"),
        ("attended('P4W') / 2 > 6", "/"),
        ("attended('P4W') % 2 == 0", "%"),
        ("'a' + citizen.benefit == 'ab'", "+"),
        ("citizen.employee ? true : false", "?_:"),
        ("[1, 2][0] == 1", "[_]"),
        ("{'a': 1} == {'a': 1}", "struct"),
        ("null == null", "constant"),
        ("b'a' == b'a'", "constant"),
        ("size(citizen.benefit) > 3", "size"),
        ("citizen.benefit.startsWith('syg')", "startsWith"),
        ("citizen.benefit.matches('(a+)+$')", "matches"),
        ("citizen.benefit.contains('syg')", "contains"),
        ("dyn(1) == 2", "dyn"),
        ("type(1) == int", "type"),
        ("string(1) == '1'", "string"),
        ("duration('1h') < duration('2h')", "duration"),
        ("timestamp('2026-03-02T00:00:00Z') == timestamp('2026-03-02T00:00:00Z')", "timestamp"),
    ],
)
def test_loops_reckoning_and_everything_else_are_refused_by_name(text: str, what: str) -> None:
    error = refused(text)
    assert error.code == "condition_without"
    assert what in str(error.values["what"])


@pytest.mark.parametrize(
    ("text", "at", "name"),
    [
        ("citizen.benfit == 'sygedagpenge'", 8, "citizen.benfit"),
        ("citizen.employee && attend('P4W') > 1", 27, "attend"),
        ("citizen.employee &&\n  benefit == 'x'", 23, "benefit"),
        ("citizen == 'x'", 1, "citizen"),
        ("now() > 1", 4, "now"),
        ("attended() > 6", 9, "attended"),
        ("attended('a', 'b', 'c') > 6", 9, "attended"),
    ],
)
def test_an_unknown_name_is_told_with_its_place_and_those_that_are_known(text: str, at: int, name: str) -> None:
    error = refused(text)
    assert (error.code, error.values["at"], error.values["value"]) == ("condition_unknown_name", at, name)
    known = str(error.values["known"]).split(", ")
    assert known[:3] == ["citizen.benefit", "citizen.bmi", "citizen.employee"]
    assert ", ".join(known[3:]) == ", ".join(str(question) for question in QUESTIONS)
    assert "attended(element, window)" in str(error.values["known"])


@pytest.mark.parametrize(
    ("text", "at", "what", "given_"),
    [
        ("citizen.benefit == 3", 17, "==", "string, int"),
        ("citizen.bmi >= 30", 13, ">=", "double, int"),
        ("hours('P1W') > 9", 14, ">", "double, int"),
        ("attended('P4W') > 'six'", 17, ">", "int, string"),
        ("attended(4) > 6", 9, "attended", "int"),
        ("citizen.employee && citizen.benefit", 18, "&&", "bool, string"),
        ("!citizen.benefit", 1, "!", "string"),
        ("citizen.benefit in [1, 2]", 17, "@in", "string, list(int)"),
    ],
)
def test_what_does_not_fit_together_is_told_with_its_place(text: str, at: int, what: str, given_: str) -> None:
    error = refused(text)
    assert error.code == "condition_unfit"
    assert (error.values["at"], error.values["what"]) == (at, what)
    assert error.values["given"] == given_


@pytest.mark.parametrize("text", ["citizen.benefit", "citizen.bmi", "attended('P4W')", "'a'", "[true]"])
def test_a_condition_gives_true_or_false(text: str) -> None:
    assert refused(text).code == "condition_not_true_or_false"


@pytest.mark.parametrize(
    ("text", "at", "code"),
    [
        ("", 1, "condition_unfinished"),
        ("attended('P4W' > 6", 19, "condition_bracket_open"),
        ("true &&", 8, "condition_unfinished"),
        ("citizen.", 9, "condition_unfinished"),
        ("true\n&& )", 9, "condition_out_of_place"),
        ("a b", 3, "condition_out_of_place"),
        ("true and false", 6, "condition_out_of_place"),
        ("attended('P4W') => 6", 17, "condition_sign"),
        ("attended('P4W') = 6", 17, "condition_sign"),
        ("citizen.benefit == 'a", 20, "condition_quote_open"),
        ("import", 1, "not_a_condition"),
    ],
)
def test_what_is_not_even_written_as_a_condition_is_told_with_its_place(text: str, at: int, code: str) -> None:
    error = refused(text)
    assert (error.code, error.values["at"]) == (code, at)
    for language in LANGUAGES:
        said = problem(Wording(language), error.code, error.values)
        assert str(at) in said
        assert code == "not_a_condition" or "Syntax error" not in said


def test_numbers_stay_far_below_what_could_overflow() -> None:
    assert checked(f"attended('P4W') < {LARGEST_NUMBER}")
    assert checked(f"citizen.bmi > -{LARGEST_NUMBER}.0")
    for number in (f"{LARGEST_NUMBER + 1}", "-9223372036854775808", "0x7fffffffffffffff"):
        assert refused(f"attended('P4W') < {number}").code == "condition_number_too_large"
    assert refused("citizen.bmi < 1e300").code == "condition_number_too_large"


def test_a_condition_is_as_long_as_it_may_be_and_no_longer() -> None:
    full = "true || " * ((LONGEST_TEXT - 4) // 8) + "true"
    assert checked(full.ljust(LONGEST_TEXT))
    assert refused(full.ljust(LONGEST_TEXT + 1)).code == "condition_too_long"


def test_a_condition_is_not_nested_without_end() -> None:
    assert checked("(" * 20 + "true" + ")" * 20)
    for text in ("(" * 200 + "true" + ")" * 200, "[" * 200 + "]" * 200 + " == []", "!(" * 100 + "true" + ")" * 100):
        assert refused(text).code == "condition_too_deep"


WRONG = [
    "",
    "citizen.benefit == 3",
    "citizen.benfit == 'x'",
    "citizen.benefit",
    "attended('P4W') + 1 > 1",
    "attended('P4W') > 99999999",
    "(" * 200,
    "(" * 200 + "true" + ")" * 200,
    "true || " * 100 + "true",
]


def test_every_reason_is_a_sentence_in_both_languages() -> None:
    errors = [refused(text) for text in WRONG]
    assert len({error.code for error in errors}) == 8
    for error in errors:
        assert all(Wording(language).has("problem", error.code) for language in LANGUAGES)
        danish, english = (problem(Wording(language), error.code, error.values) for language in LANGUAGES)
        assert "betingelse" in danish
        assert "condition" in english


PIECES = st.sampled_from(
    [
        *(
            "citizen.benefit",
            "citizen.bmi",
            "citizen.employee",
            "citizen",
            "'sygedagpenge'",
            "'P4W'",
            "30.0",
            "1",
            "true",
        ),
        *("attended(", "happened(", "weeks_in_phase()", "(", ")", "[", "]", "{", "}", ",", ":", "?", ".all(x,", ".x"),
        *("==", "!=", "<", ">=", "&&", "||", "!", "in", "+", "-", "*", "has(", "null", "b'a'", "1u", "//", "\n", "\\"),
    ]
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=60))
def test_any_text_is_a_condition_or_refused_with_a_reason(text: str) -> None:
    try:
        answer: str = checked(text).text
    except ConditionError as error:
        answer = problem(Wording("da"), error.code, error.values)
    assert answer.strip() or text

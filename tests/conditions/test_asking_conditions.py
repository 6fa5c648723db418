"""A verdict says whether a condition holds and what it looked at; what is not known is never taken for an answer."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.conditions.engine import LONGEST_TEXT, Verdict
from domain.pathway.facts.sessions import Attendance
from domain.pathway.state import Attended, Pathway
from domain.refusal import ConditionFailed
from tests.conditions.pathways import ask, checked, seen
from tests.support.cast import DAY, MONDAY

YES, NO, UNKNOWN = True, False, None
SIX = Pathway(attendance=tuple(seen(MONDAY - days * DAY) for days in range(1, 7)))
"""Somebody who came six days in a row."""


def test_a_verdict_carries_what_was_looked_at() -> None:
    verdict = ask("citizen.benefit == 'sygedagpenge' && attended('P4W') >= 6", SIX, benefit="sygedagpenge")
    assert verdict == Verdict(YES, {"citizen.benefit": "sygedagpenge", "attended('P4W')": 6})


def test_what_was_not_needed_is_not_looked_at() -> None:
    verdict = ask("citizen.employee && attended('P4W') >= 6", SIX, employee=False)
    assert verdict == Verdict(NO, {"citizen.employee": False})


@pytest.mark.parametrize(
    ("text", "known", "holds"),
    [
        ("citizen.benefit == 'sygedagpenge'", {}, UNKNOWN),
        ("citizen.benefit != 'sygedagpenge'", {}, UNKNOWN),
        ("!citizen.employee", {}, UNKNOWN),
        ("citizen.bmi >= 30.0", {"bmi": None}, UNKNOWN),
        ("citizen.employee || citizen.bmi >= 30.0", {"bmi": 31.0}, YES),
        ("citizen.bmi >= 30.0 || citizen.employee", {"bmi": 31.0}, YES),
        ("citizen.employee || citizen.bmi >= 30.0", {"bmi": 29.0}, UNKNOWN),
        ("citizen.employee && citizen.bmi >= 30.0", {"bmi": 29.0}, NO),
        ("citizen.bmi >= 30.0 && citizen.employee", {"bmi": 29.0}, NO),
        ("citizen.employee && citizen.bmi >= 30.0", {"bmi": 31.0}, UNKNOWN),
        ("citizen.benefit in ['sygedagpenge']", {}, UNKNOWN),
        ("citizen.bmi >= 30.0", {"bmi": 30}, YES),
        ("citizen.bmi >= 30.0", {"bmi": 29.9}, NO),
        ("citizen.benefit == ''", {"benefit": ""}, YES),
    ],
)
def test_what_is_not_known_decides_only_where_it_cannot_matter(text: str, known: dict[str, Any], holds: object) -> None:
    verdict = ask(text, **known)
    assert verdict.holds is holds
    assert all(verdict.inputs[f"citizen.{name}"] == value for name, value in known.items())


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("citizen.benefit == 'sygedagpenge'", {"benefit": True}),
        ("citizen.benefit == 'sygedagpenge'", {"benefit": 3.5}),
        ("citizen.bmi >= 30.0", {"bmi": True}),
        ("citizen.bmi >= 30.0", {"bmi": "31"}),
        ("citizen.employee", {"employee": "ja"}),
        ("citizen.employee", {"employee": 1}),
    ],
)
def test_what_another_version_said_in_other_terms_counts_as_not_known(text: str, known: dict[str, Any]) -> None:
    [name] = known
    assert ask(text, **known) == Verdict(UNKNOWN, {f"citizen.{name}": None})


def test_a_question_that_cannot_be_answered_is_refused_rather_than_taken_for_an_answer() -> None:
    for text in ("attended('four weeks') > 1", "!(attended('four weeks') > 1)", "attended('four weeks') > 1 && true"):
        with pytest.raises(ConditionFailed) as caught:
            ask(text)
        assert caught.value.values == {"condition": text}


def test_asking_about_one_citizen_leaves_nothing_behind_for_the_next() -> None:
    condition = checked("attended('P4W') >= 6")
    with pytest.raises(ConditionFailed):
        ask("attended('four weeks') > 1", SIX)
    assert [condition.ask(pathway, MONDAY).holds for pathway in (SIX, Pathway(), SIX)] == [YES, NO, YES]


def test_the_costliest_condition_about_the_fullest_half_year_costs_a_known_number_of_looks() -> None:
    looks = 0

    class Counted(tuple[Attended, ...]):
        """Attendance that notes each session that is looked at."""

        __slots__ = ()

        def __iter__(self) -> Iterator[Attended]:
            nonlocal looks
            for each in super().__iter__():
                looks += 1
                yield each

    text = "||".join(["attended('P26W')<0"] * (LONGEST_TEXT // 20))
    half_a_year = Counted(seen(MONDAY - timedelta(hours=12 * number)) for number in range(364))
    assert ask(text, Pathway(attendance=half_a_year)) == Verdict(NO, {"attended('P26W')": 364})
    assert 0 < looks <= (LONGEST_TEXT // 20) * 364


NUMBERS = st.integers(0, 12).map(str)
ATOMS = st.one_of(
    st.sampled_from(["citizen.employee", "true", "false", "happened('plan_agreed')", "outcome('job')"]),
    st.sampled_from(["dagpenge", "sygedagpenge"]).map("citizen.benefit == '{}'".format),
    NUMBERS.map("attended('P4W') >= {}".format),
    NUMBERS.map("missed('P1W') < {}".format),
    NUMBERS.map("hours('P8W') > {}.5".format),
    NUMBERS.map("citizen.bmi >= {}.0".format),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda each: st.one_of(
        each.map("!({})".format),
        st.tuples(each, each).map(lambda two: f"({two[0]}) && ({two[1]})"),
        st.tuples(each, each).map(lambda two: f"({two[0]}) || ({two[1]})"),
    ),
    max_leaves=6,
).filter(lambda text: len(text) <= LONGEST_TEXT - 3)
CIRCUMSTANCES = st.fixed_dictionaries(
    {},
    optional={
        "benefit": st.sampled_from(["sygedagpenge", "dagpenge"]),
        "bmi": st.floats(10, 90),
        "employee": st.booleans(),
    },
)
PATHWAYS = st.lists(
    st.builds(
        lambda hours, attendance, minutes: seen(MONDAY - timedelta(hours=hours), attendance, minutes=minutes),
        st.integers(0, 24 * 7 * 10),
        st.sampled_from(sorted(Attendance)),
        st.integers(0, 300),
    ),
    max_size=15,
).map(lambda attendance: Pathway(attendance=tuple(attendance)))


@given(CONDITIONS, PATHWAYS, CIRCUMSTANCES)
def test_the_same_question_has_the_same_answer_for_the_same_reasons(
    text: str, pathway: Pathway, circumstances: dict[str, Any]
) -> None:
    first, second = (ask(text, pathway, **circumstances) for _ in range(2))
    assert first == second
    assert list(first.inputs) == list(second.inputs)


@given(CONDITIONS, PATHWAYS, CIRCUMSTANCES)
def test_the_opposite_holds_when_a_condition_does_not_and_is_as_unknown_as_it(
    text: str, pathway: Pathway, circumstances: dict[str, Any]
) -> None:
    one, other = (
        ask(text, pathway, **circumstances).holds,
        ask(f"!({text})", pathway, **circumstances).holds,
    )
    assert other is (None if one is None else not one)


@given(CONDITIONS, PATHWAYS, CIRCUMSTANCES)
def test_knowing_more_never_turns_an_answer_round(text: str, pathway: Pathway, circumstances: dict[str, Any]) -> None:
    everything = {"benefit": "dagpenge", "bmi": 30.0, "employee": True, **circumstances}
    before, after = ask(text, pathway, **circumstances).holds, ask(text, pathway, **everything).holds
    assert after is not None
    assert before in {None, after}

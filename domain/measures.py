"""Scoring what citizens answer, exactly as the instruments' own rules say; a score never decides anything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Answers = Sequence[int | None]


@dataclass(frozen=True)
class Score:
    """What an instrument's answers give."""

    value: float | None
    """None where too few answers were given."""
    band: int | None
    """The instrument's own band, 1 the one to look at first, or None where it has none."""


@dataclass(frozen=True)
class Instrument:
    """An instrument and its scoring rule, versioned so that old scores stay explained."""

    id: str
    scoring: str
    questions: int
    lowest: int
    highest: int
    score: Callable[[Answers], Score]
    least_days: int = 0
    """How many days must lie between two times that a programme asks for it."""
    banded: bool = False
    """Whether it has bands, of which the lowest asks somebody to talk with the citizen."""


def _who5(answers: Answers) -> Score:
    """The sum times four; incomplete answers are not scored. Source: DOMAIN 3.2."""
    given = [answer for answer in answers if answer is not None]
    if len(given) < len(answers):
        return Score(None, None)
    value = sum(given) * 4
    return Score(value, 1 if value <= 35 else 2 if value <= 50 else 3)  # noqa: PLR2004 - the Danish bands


def _gse10(answers: Answers) -> Score:
    """The mean of at least seven answers times ten, without bands. Source: DOMAIN 3.3."""
    given = [answer for answer in answers if answer is not None]
    if len(given) < 7:  # noqa: PLR2004 - at most three may be missing
        return Score(None, None)
    return Score(round(sum(given) / len(given) * 10, 1), None)


def _unscored(answers: Answers) -> Score:
    """Nothing: answers on a scale of steps are shown one by one, never added up. Source: F32."""
    del answers
    return Score(None, None)


INSTRUMENTS: Mapping[str, Instrument] = {
    "who5": Instrument("who5", "who5/1", questions=5, lowest=0, highest=5, score=_who5, least_days=14, banded=True),
    "gse10": Instrument("gse10", "gse10/1", questions=10, lowest=1, highest=4, score=_gse10, least_days=14),
}
"""The instruments that may be used freely. WHO-5 asks about the last two weeks. Source: DOMAIN 3.2, 3.3."""
BANDED = frozenset(name for name, instrument in INSTRUMENTS.items() if instrument.banded)
FOUR_POINT = Instrument("four_point", "four_point/1", questions=1, lowest=0, highest=3, score=_unscored)
ZERO_TO_TEN = Instrument("zero_to_ten", "zero_to_ten/1", questions=1, lowest=0, highest=10, score=_unscored)
BY_SCORING: Mapping[str, Instrument] = {each.scoring: each for each in (*INSTRUMENTS.values(), FOUR_POINT, ZERO_TO_TEN)}
"""Every scoring rule that ever was, so that what was scored by it is put right by it."""

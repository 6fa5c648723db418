"""What an instrument of a programme accepts as answers, and from whom."""

from dataclasses import replace

from domain.measures import FOUR_POINT, INSTRUMENTS, ZERO_TO_TEN, Answers, Instrument
from domain.programme.measures import AnswerScale, IndicatorSet, Rater
from domain.programme.shape import Programme
from domain.refusal import Invalid

SCALES = {AnswerScale.FOUR_POINT: FOUR_POINT, AnswerScale.ZERO_TO_TEN: ZERO_TO_TEN}


def instrument_of(programme: Programme, name: str) -> Instrument:
    """How a measure of the programme is answered and scored: as everywhere, or as a set of the programme's own."""
    measure = programme.measures[name]
    if isinstance(measure, IndicatorSet):
        return replace(SCALES[measure.scale], id=name, questions=len(measure.items))
    return INSTRUMENTS[name]


def rater_of(programme: Programme, name: str, rater: Rater | None) -> Rater:
    """Whose answers they are: as told, or the only one whom the programme asks.

    Raises: Invalid when the programme asks two and nobody says which, or does not ask that one.
    """
    known = programme.measures[name].by
    if rater is None and len(known) > 1:
        raise Invalid("rater", "rater_missing", known=", ".join(known))
    if rater is not None and rater not in known:
        raise Invalid("rater", "unknown_code", value=rater, known=", ".join(known))
    return rater or known[0]


def require_answers(instrument: Instrument, answers: Answers, field: str) -> None:
    """Raises: Invalid naming *field* when there are too few or too many answers, or one not of the instrument's."""
    if len(answers) != instrument.questions:
        raise Invalid(field, "wrong_number_of_answers", questions=instrument.questions, given=len(answers))
    for answer in answers:
        if answer is not None and not instrument.lowest <= answer <= instrument.highest:
            raise Invalid(field, "out_of_range", minimum=instrument.lowest, maximum=instrument.highest)

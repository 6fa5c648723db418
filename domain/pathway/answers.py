"""What an instrument accepts as answers."""

from domain.measures import Answers, Instrument
from domain.refusal import Invalid


def require_answers(instrument: Instrument, answers: Answers, field: str) -> None:
    """Raises: Invalid naming *field* when there are too few or too many answers, or one not of the instrument's."""
    if len(answers) != instrument.questions:
        raise Invalid(field, "wrong_number_of_answers", questions=instrument.questions, given=len(answers))
    for answer in answers:
        if answer is not None and not instrument.lowest <= answer <= instrument.highest:
            raise Invalid(field, "out_of_range", minimum=instrument.lowest, maximum=instrument.highest)

"""What an instrument accepts as answers."""

from domain.measures import Answers, Instrument
from domain.refusal import Invalid


def require_answers(instrument: Instrument, answers: Answers) -> None:
    """Raises: Invalid when there are too few or too many answers, or one that the instrument does not have."""
    if len(answers) != instrument.questions:
        raise Invalid("answers", "wrong_number_of_answers", questions=instrument.questions, given=len(answers))
    for answer in answers:
        if answer is not None and not instrument.lowest <= answer <= instrument.highest:
            raise Invalid("answers", "out_of_range", minimum=instrument.lowest, maximum=instrument.highest)

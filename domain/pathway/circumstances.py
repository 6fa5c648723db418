"""What is known about the citizen, checked against what the programme asks for."""

from collections.abc import Mapping

from domain.pathway.guards import require_known
from domain.programme.referral import CodeCircumstance, NumberCircumstance
from domain.programme.shape import Programme
from domain.refusal import Invalid, Plain


def checked(programme: Programme, circumstances: Mapping[str, Plain]) -> dict[str, Plain]:
    """The circumstances as conditions read them: codes, decimal numbers, yes or no.

    Raises: Invalid naming the circumstance that the programme does not know or whose value does not fit.
    """
    for name in circumstances:
        require_known("circumstances", name, programme.citizen)
    return {name: value_of(programme, name, value, f"circumstances.{name}") for name, value in circumstances.items()}


def fitting(programme: Programme, circumstances: Mapping[str, Plain]) -> dict[str, Plain]:
    """Those circumstances, known in another programme, that this one knows and that fit what it asks for."""
    kept: dict[str, Plain] = {}
    for name, value in circumstances.items():
        try:
            kept |= checked(programme, {name: value})
        except Invalid:
            continue
    return kept


def value_of(programme: Programme, name: str, value: Plain, field: str) -> Plain:
    """The value of a circumstance that the programme knows, as conditions read it.

    Raises: Invalid naming *field*, in which it was given, when the value does not fit.
    """
    circumstance = programme.citizen[name]
    if isinstance(circumstance, CodeCircumstance):
        require_known(field, str(value), circumstance.values)
        return value
    if isinstance(circumstance, NumberCircumstance):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Invalid(field, "not_a_number", value=value)
        if not circumstance.minimum <= value <= circumstance.maximum:
            raise Invalid(field, "out_of_range", minimum=circumstance.minimum, maximum=circumstance.maximum)
        return float(value)
    if not isinstance(value, bool):
        raise Invalid(field, "not_yes_or_no", value=value)
    return value

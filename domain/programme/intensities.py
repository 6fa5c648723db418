"""How much of something is agreed with a citizen from a day on: hours a week, or a share of full time."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.value import Value
from domain.words import Words

Amount = Annotated[float, Field(ge=0, le=168, allow_inf_nan=False)]


class Unit(StrEnum):
    """What an intensity is counted in."""

    HOURS = "hours"
    PERCENT = "percent"


class Intensity(Value):
    """Something that is agreed for each citizen, with effect from a day. Source: FEATURES 3, intensity over time."""

    title: Words
    unit: Unit = Unit.HOURS
    minimum: Amount
    maximum: Amount
    starts: Amount
    """What holds until somebody sets something else."""

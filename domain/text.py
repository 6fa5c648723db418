"""What people may write: lines, notes and codes, without NUL bytes and without CPR numbers."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

LINE_LENGTH = 200
NOTE_LENGTH = 10_000
REPLACEMENT_DAY = 60
"""Administrative CPR numbers add 60 to the day of birth, so that they never meet a real person's."""

_CPR = re.compile(r"(?<![0-9a-fA-F])(\d{2})(\d{2})(\d{2})[- ]?(\d{4})(?![0-9a-fA-F])")
"""Ten digits that stand alone: digits within an id such as a UUID are no CPR number."""


def is_cpr(text: str) -> bool:
    """Whether *text* has the shape and the date of a CPR number.

    The check digit is not looked at: since October 2007 numbers are issued that fail it.
    Source: DOMAIN 2.11, "CPR validity".
    """
    match = _CPR.fullmatch(text.strip())
    return match is not None and _has_birth_date(match)


def holds_cpr(text: str) -> bool:
    """Whether a CPR number stands anywhere in *text*."""
    return any(_has_birth_date(match) for match in _CPR.finditer(text))


def _has_birth_date(match: re.Match[str]) -> bool:
    day, month = int(match[1]), int(match[2])
    if day > REPLACEMENT_DAY:
        day -= REPLACEMENT_DAY
    try:
        date(2000, month, day)  # a leap year: 29 February is a birthday in every century that has one
    except ValueError:
        return False
    return True


def _clean(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("nul_byte", "holds a NUL byte; remove it")
    if holds_cpr(text):
        raise PydanticCustomError(
            "holds_cpr", "holds what looks like a CPR number; refer to the citizen without it, the vault keeps it"
        )
    return text


Line = Annotated[str, StringConstraints(min_length=1, max_length=LINE_LENGTH), AfterValidator(_clean)]
"""One line of free text. Range: 1 to 200 characters."""

Note = Annotated[str, StringConstraints(min_length=1, max_length=NOTE_LENGTH), AfterValidator(_clean)]
"""Free text. Range: 1 to 10,000 characters."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""A name that a programme declares: small letters, digits and underscores."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""A programme's id: small letters and digits, words joined by hyphens."""

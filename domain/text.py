"""What people may write: lines, notes and codes, without NUL bytes and without CPR numbers."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

STORED = "stored"
"""The context in which stored facts are read: what was written is read as it is, whatever later rules would say."""

LINE_LENGTH = 200
NOTE_LENGTH = 10_000
REPLACEMENT_DAY = 60
"""Administrative CPR numbers add 60 to the day of birth, so that they never meet a real person's."""

_BETWEEN = "[ \\t\u00a0\u202f]{0,2}[-\u2010-\u2015\u2212]?[ \\t\u00a0\u202f]{0,2}"
"""What stands before the last four digits: a hyphen, or the dash that a word processor makes of it, among spaces."""
_CPR = re.compile(rf"(?<![0-9])(\d{{2}})(\d{{2}})(\d{{2}}){_BETWEEN}(\d{{4}})(?![0-9])")
_AS_WRITTEN = re.compile(r"(\d{2})(\d{2})(\d{2})[- ]?(\d{4})", re.ASCII)
_SIX_DIGITS = re.compile(r"\d\d{5}")
"""What every CPR number has and most texts have not; found in a third of the time."""
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""An id as this program makes them, one in some thousands of which has ten digits like a CPR number's."""
_ID_OR_CPR = re.compile(rf"{_ID.pattern}|(?P<cpr>(?<![0-9])\d{{6}}{_BETWEEN}\d{{4}}(?![0-9]))", re.IGNORECASE)


def is_cpr(text: str) -> bool:
    """Whether *text* has the shape and the date of a CPR number.

    The check digit is not looked at: since October 2007 numbers are issued that fail it.
    Source: DOMAIN 2.11, "CPR validity".
    """
    match = _AS_WRITTEN.fullmatch(text.strip())
    return match is not None and _has_birth_date(match)


def holds_cpr(text: str) -> bool:
    """Whether a CPR number stands anywhere in *text*, ids apart."""
    return _shows_cpr(text) and _shows_cpr(_ID.sub(" id ", text))


def _shows_cpr(text: str) -> bool:
    return _SIX_DIGITS.search(text) is not None and any(map(_has_birth_date, _CPR.finditer(text)))


def without_cpr(text: str) -> str:
    """*text* with `***` for each CPR number, ids apart, for what must be repeated to people."""
    return _ID_OR_CPR.sub(lambda match: "***" if match["cpr"] and holds_cpr(match["cpr"]) else match[0], text)


def _has_birth_date(match: re.Match[str]) -> bool:
    day, month = int(match[1]), int(match[2])
    if day > REPLACEMENT_DAY:
        day -= REPLACEMENT_DAY
    try:
        date(2000, month, day)  # a leap year: 29 February is a birthday in every century that has one
    except ValueError:
        return False
    return True


def clean(text: str) -> str:
    """*text*, when nothing stands in it that must not. Raises: PydanticCustomError."""
    if "\x00" in text:
        raise PydanticCustomError("nul_byte", "holds a NUL byte; remove it")
    if holds_cpr(text):
        raise PydanticCustomError(
            "holds_cpr", "holds what looks like a CPR number; refer to the citizen without it, the vault keeps it"
        )
    return text


def clean_when_written(text: str, info: ValidationInfo) -> str:
    """*text*, looked through unless it is stored already. Raises: PydanticCustomError."""
    return text if info.context is STORED else clean(text)


Line = Annotated[str, StringConstraints(min_length=1, max_length=LINE_LENGTH), AfterValidator(clean_when_written)]
"""One line of free text. Range: 1 to 200 characters."""

Note = Annotated[str, StringConstraints(min_length=1, max_length=NOTE_LENGTH), AfterValidator(clean_when_written)]
"""Free text. Range: 1 to 10,000 characters."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""A name that a programme declares: small letters, digits and underscores."""

OwnCode = Annotated[Code, AfterValidator(clean_when_written)]
"""A code that somebody makes up on the way, which is shown where notes are not; so it may hold no CPR number."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""A programme's id: small letters and digits, words joined by hyphens."""

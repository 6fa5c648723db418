"""A number of pathways, or a share of them: `25`, or `10%`."""

import re
from dataclasses import dataclass
from math import ceil
from typing import Self

_SHARE = re.compile(r"(?P<number>\d{1,9})(?P<percent>%?)", re.ASCII)
HUNDRED = 100


@dataclass(frozen=True)
class Share:
    """So many, or so many of each hundred."""

    number: int
    is_percent: bool

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The share that *text* says, or None when it says none."""
        match = _SHARE.fullmatch(text.strip())
        if match is None or (match["percent"] and int(match["number"]) > HUNDRED):
            return None
        return cls(int(match["number"]), bool(match["percent"]))

    def of(self, total: int) -> int:
        """How many of *total* that is, a broken one counted as whole."""
        return min(total, ceil(total * self.number / HUNDRED) if self.is_percent else self.number)

    def is_exceeded(self, many: int, total: int) -> bool:
        """Whether *many* of *total* are more than that."""
        return many * HUNDRED > self.number * total if self.is_percent else many > self.number

    def __str__(self) -> str:
        return f"{self.number}{'%' if self.is_percent else ''}"

"""What any command answers when it cannot do as asked."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ToldError:
    """What is wrong, in what any command answers when it cannot do as asked."""

    code: str
    message: str
    """The sentence, in the language that was asked for."""
    field: str | None = None
    """The field to mend."""
    values: dict[str, Any] | None = None
    """What the sentence is made of."""
    others: list["ToldError"] | None = None
    """What else is wrong with the fields, where there is more than one thing."""


@dataclass(frozen=True)
class Failed:
    """What any command answers when it cannot do as asked; the exit code is 1, or 2 for a wrong line."""

    error: ToldError

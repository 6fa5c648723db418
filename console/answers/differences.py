"""What `programmes diff` answers."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FoundDifference:
    """Something that two versions say differently, in what `programmes diff` answers."""

    meaning: str
    """`who`, `time`, `offer`, `way`, `decisions`, `roles`, `words` or `about`."""
    change: str
    """`added`, `removed`, `changed`, `reordered`, `reworded`, `earlier`, `later`, `widened` or `narrowed`."""
    path: str
    """Where it stands in the file; what has no name stands under its rule."""
    before: Any
    """As the older version has it; null where it has none."""
    after: Any
    """As the newer version has it; null where it has none."""
    says: str
    """The difference as a sentence."""


@dataclass(frozen=True)
class Differences:
    """What `programmes diff` answers."""

    old: str
    new: str
    differences: list[FoundDifference]

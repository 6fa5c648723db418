"""What `history` answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class HistoryFact:
    """A fact, in what `history` answers."""

    version: int
    kind: str
    occurred_at: datetime
    """When it was true."""
    recorded_at: datetime
    """When it was learnt."""
    by: str
    says: str
    """The fact as a sentence, in the voice that was asked for."""
    content: dict[str, Any] | None
    """The fact's own fields; null when they have been erased."""
    changes: list[str]
    """What a correction changed, in words."""
    corrected_by: int | None
    """The number of the latest fact that corrects this one; null when it counts as it stands."""
    withdrawn_by: int | None
    """The number of the fact that takes this one back."""
    erased_by: int | None
    """The number of the fact that says that this one was erased."""


@dataclass(frozen=True)
class History:
    """What `history` answers."""

    facts: list[HistoryFact]

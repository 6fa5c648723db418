"""What `find` answers."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class FoundPathway:
    """One of a citizen's pathways, in what `find` answers."""

    pathway: UUID
    programme: str
    title: str
    """What the programme is called."""
    stage: str
    phase: str | None


@dataclass(frozen=True)
class FoundCitizen:
    """What `find` answers, open pathways first."""

    citizen: UUID
    pathways: list[FoundPathway]

"""What `programmes rehearse` answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class AffectedPathway:
    """A pathway to which something would happen, in what `programmes rehearse` answers."""

    pathway: UUID
    before: datetime | None
    """When it would be due or come as things are; null where it has no date, or is new."""
    after: datetime | None
    """When it would then; null where it has no date, or goes."""


@dataclass(frozen=True)
class RehearsedEffect:
    """Something that would happen to several pathways alike, in what `programmes rehearse` answers."""

    fate: str
    """`earlier`, `later`, `created`, `cancelled`, `closed`, `opened`, `moves_on`, `eligible` or `not_eligible`."""
    what: str
    """`deadline`, `review`, `begins`, `ends`, the command that could be given, `phase` or `referral`."""
    about: str | None
    """What is owed, the step or the phase, where there is one."""
    says: str
    """The effect in words."""
    pathways: list[AffectedPathway]


@dataclass(frozen=True)
class StrandedPathway:
    """A pathway that would have nowhere to go, in what `programmes rehearse` answers."""

    pathway: UUID
    code: str
    """The code of what stands in the way; `stuck` where nobody could decide anything and nothing comes by itself."""
    says: str


@dataclass(frozen=True)
class WeeklyWork:
    """How many deadlines and reviews a role has in a week, if nobody acts, in what `programmes rehearse` answers."""

    week: str
    role: str
    before: int
    after: int


@dataclass(frozen=True)
class RehearsedVersion:
    """What `programmes rehearse` answers."""

    target: str
    pathways: int
    """How many are under way and would follow it."""
    unaffected: int
    nowhere: list[StrandedPathway]
    effects: list[RehearsedEffect]
    work: list[WeeklyWork]

"""What `tell --preview` answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class PreviewedFact:
    """Something that would happen, in what `tell --preview` answers."""

    at: datetime
    kind: str
    says: str


@dataclass(frozen=True)
class PreviewedShift:
    """An instant that would come, move or fall away, in what `tell --preview` answers."""

    what: str
    """`owed`, or the kind of thing that comes by itself."""
    about: str | None
    """The rule, the phase or the decision."""
    before: datetime | None
    """Null where it is new."""
    after: datetime | None
    """Null where it falls away."""


@dataclass(frozen=True)
class PreviewedFollowUp:
    """A letter or a notice that would go out, in what `tell --preview` answers."""

    name: str
    to: str
    subject: str | None


@dataclass(frozen=True)
class PreviewedOtherwise:
    """A fact that would not have happened as it did, in what `tell correct-fact --preview` answers."""

    version: int | None
    """Null where it has not happened and would have."""
    kind: str
    says: str
    cause: str
    """`sent`, `told`, `taken`, `proposed`, `decided`, `done`, `another` or `missed`."""
    proposal: str
    """`stand`, `compensate` or `review`: what is proposed. People choose, with `--keep` and `--review`."""
    why: str
    """The cause as a sentence."""
    because: str | None
    """What whoever did it would have been told; null where it would not have been turned down."""


@dataclass(frozen=True)
class Previewed:
    """What `tell` answers with `--preview`: nothing of it is stored."""

    pathway: UUID
    first: list[PreviewedFact]
    """What has fallen due already, and happens whatever is told."""
    facts: list[PreviewedFact]
    """Empty where the command asks for what is already so."""
    owed: list[PreviewedShift]
    coming: list[PreviewedShift]
    called_off: list[UUID]
    """The sessions that would be called off."""
    calls_for: list[PreviewedFollowUp]
    next_due: datetime | None
    otherwise: list[PreviewedOtherwise]
    """Of a correction: what has happened and would have been otherwise."""

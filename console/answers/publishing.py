"""What `programmes publish` answers."""

from dataclasses import dataclass, field

from console.answers.rehearsals import RehearsedVersion


@dataclass(frozen=True)
class PublishedVersion:
    """A version, in what `programmes publish` answers."""

    ref: str
    new: bool
    """Whether it was not published before."""


@dataclass(frozen=True)
class PublishedVersions:
    """What `programmes publish` answers."""

    published: list[PublishedVersion]
    rehearsed: list[RehearsedVersion] = field(default_factory=list)
    """What each version would do to those under way, where that was asked for."""

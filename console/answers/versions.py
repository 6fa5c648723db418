"""What the commands that show published versions answer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ListedVersion:
    """A version, in what `programmes list` answers."""

    ref: str
    programme: str
    version: int
    title: str
    effective_from: str
    digest: str
    published_at: datetime
    published_by: str


@dataclass(frozen=True)
class ListedVersions:
    """What `programmes list` answers."""

    programmes: list[ListedVersion]


@dataclass(frozen=True)
class AboutVersion:
    """What `programmes about` answers."""

    ref: str
    says: list[str]
    """One sentence for each thing that the version says of itself."""


@dataclass(frozen=True)
class NamedRule:
    """A figure of a rule set."""

    name: str
    value: str
    shown: str
    legal_ref: str
    note: str | None


@dataclass(frozen=True)
class NamedRuleSet:
    """A rule set that a programme version names."""

    rule_set: str
    title: str
    jurisdiction: str
    valid_from: str
    valid_to: str | None
    when: str
    """`past`, `in_force` or `planned`."""
    transition: str
    legal_ref: str
    verify_before_use: bool
    verified_by: str | None
    verified_on: str | None
    parameters: list[NamedRule]


@dataclass(frozen=True)
class RulesOfVersion:
    """What `programmes rules` answers."""

    ref: str
    rule_sets: list[NamedRuleSet]

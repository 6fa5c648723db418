"""What the commands about servers answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Migrated:
    """What `migrate` answers."""

    applied: list[str]
    """The names of the migrations that were missing, in their order."""


@dataclass(frozen=True)
class ListedSetting:
    """A setting, in what `settings` answers."""

    variable: str
    value: str | None
    """Its value here, without its secrets; null when it has none."""
    meaning: str
    """What it is for."""


@dataclass(frozen=True)
class ListedSettings:
    """What `settings` answers."""

    settings: list[ListedSetting]

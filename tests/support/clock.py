"""A clock that stands still until a test sets it."""

from datetime import UTC, datetime, timedelta


class SetClock:
    """The one clock of a test."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        """Lets it be *at*."""
        self.at = at.astimezone(UTC)

    def pass_(self, **length: float) -> datetime:
        """Lets some time pass; what it is then."""
        self.at += timedelta(**length)
        return self.at

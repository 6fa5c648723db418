"""How many places of a programme are taken, and how many citizens wait for one."""

from dataclasses import dataclass

BY_PLACES = "places"
"""The rule by which somebody waits for a place, or gets one."""


@dataclass(frozen=True)
class Occupied:
    """The places of a programme, whatever the version, as they are counted while nobody else may take one."""

    places: int | None
    """How many there are by the version that is in force; None where that has room for everybody."""
    taken: int
    """Citizens who have begun, or who wait for a first day that is theirs."""
    waiting: int
    """Citizens who were taken in and wait for a place."""

    @property
    def has_room(self) -> bool:
        """Whether somebody who waits may have a place."""
        return self.places is None or self.taken < self.places

    @property
    def has_room_for_another(self) -> bool:
        """Whether somebody who comes now may have a place: those who wait come first."""
        return self.places is None or self.taken + self.waiting < self.places

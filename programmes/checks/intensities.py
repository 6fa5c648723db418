"""Whether what is agreed from a day on begins within its range, and whether the week knows what it counts against."""

from collections.abc import Iterator

from domain.programme.shape import Programme
from programmes.checks.problem import Problem, is_known


def of_intensities(programme: Programme) -> Iterator[Problem]:
    """Hours and shares that cannot begin as they say, or that nobody declared."""
    for name, intensity in programme.intensities.items():
        if not intensity.minimum <= intensity.starts <= intensity.maximum:
            path = ("intensities", name, "starts")
            yield Problem(path, "out_of_range", {"minimum": intensity.minimum, "maximum": intensity.maximum})
    if programme.weekly_hours:
        yield from is_known(("weekly_hours", "intensity"), programme.weekly_hours.intensity, programme.intensities)

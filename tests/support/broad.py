"""A programme that does whatever the shipped ones do not: hours agreed from a day, and more."""

from tests.support.altering import altered

HOURS = (
    "weekly_hours: {norm: 10}",
    """weekly_hours: {norm: 10, intensity: hours_per_week}
intensities:
  hours_per_week:
    title: {da: Timer om ugen, en: Hours a week}
    unit: hours
    minimum: 2
    maximum: 37
    starts: 10""",
)
"""Hours that are agreed with each citizen, for `altered`."""
BROAD = altered("sygedagpenge-driftstilbud@2", HOURS)
"""The offer for people on sick leave, with everything that it does without."""

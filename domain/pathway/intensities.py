"""What is agreed for a citizen on a day: the latest setting that has come into effect by then."""

from datetime import date, timedelta

from domain.calendar import Week
from domain.pathway.state import Pathway
from domain.programme.intensities import Unit
from domain.programme.shape import Programme

DAYS = 7


def held_on(pathway: Pathway, name: str, day: date) -> float | None:
    """What held on *day*, or None where nothing was agreed by then. A later day than today says what is planned."""
    return next((each.value for each in reversed(pathway.intensities.get(name, ())) if each.since <= day), None)


def expected_minutes(programme: Programme, pathway: Pathway, week: Week) -> int | None:
    """What *week* should hold by the norm, each day by what was agreed for it; None where there is no norm."""
    weekly = programme.weekly_hours
    if weekly is None:
        return None
    known = programme.intensities.get(weekly.intensity or "")
    if known is None or weekly.intensity is None:
        return int(weekly.norm * 60)
    monday = date.fromisocalendar(*week, 1)
    held = [held_on(pathway, weekly.intensity, monday + timedelta(days=day)) for day in range(DAYS)]
    amounts = [known.starts if each is None else each for each in held]
    share = sum(amounts) / DAYS
    return round((share if known.unit is Unit.HOURS else weekly.norm * share / 100) * 60)

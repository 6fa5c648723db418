"""Going on after a pause: the clocks that had stopped go on with what was left of them."""

from datetime import datetime

from domain.calendar import days_later, local_date
from domain.pathway.binding import Binding
from domain.pathway.entering import count_after
from domain.pathway.facts.course import PathwayResumed
from domain.pathway.state import Pathway
from domain.programme.decisions import FixedLength
from domain.text import Note
from domain.why import Why


def resume(
    binding: Binding, pathway: Pathway, at: datetime, *, reason: Note | None = None, why: Why | None = None
) -> PathwayResumed:
    """The fact that the pathway goes on; review and time limit move by the days of the pause, a fixed date does not."""
    days = (local_date(at) - local_date(pathway.paused_since or at)).days
    moves = isinstance(binding.programme.fixed_duration, FixedLength) and not pathway.time_up
    return PathwayResumed(
        at=at,
        review_due=days_later(pathway.review_due, days) if pathway.review_due else None,
        ends=days_later(pathway.ends, days) if pathway.ends and moves else pathway.ends,
        week_counted=_next_count(pathway, at),
        reason=reason,
        why=why,
    )


def _next_count(pathway: Pathway, at: datetime) -> datetime | None:
    """The count that is still to come, or the first one of a week that the citizen takes part in again."""
    planned = pathway.week_counted
    return planned if planned is None or planned > at else count_after(at)

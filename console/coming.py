"""What happens by itself on a pathway, and when, for somebody who looks."""

from collections.abc import Iterator

from console.answers import ComingThing
from domain.pathway.due import runs
from domain.pathway.state import Pathway, Stage


def coming(pathway: Pathway) -> list[ComingThing]:
    """What time alone will cause next, of each kind, in order; the first is what the pathway waits for."""
    return [] if pathway.is_over else sorted(_of_everything(pathway), key=lambda each: each.at)


def _of_everything(pathway: Pathway) -> Iterator[ComingThing]:
    yield from _of_obligations(pathway)
    if pathway.paused_since:
        if pathway.resume_due:
            yield ComingThing(pathway.resume_due, "resume", None)
        return
    if pathway.stage is Stage.WAITING and pathway.begins:
        yield ComingThing(pathway.begins, "begins", None)
    if pathway.ends and not pathway.time_up:
        yield ComingThing(pathway.ends, "ends", None)
    if pathway.review_due:
        yield ComingThing(pathway.review_due, "review", pathway.phase)
    if pathway.week_counted:
        yield ComingThing(pathway.week_counted, "week", None)


def _of_obligations(pathway: Pathway) -> Iterator[ComingThing]:
    for rule, owed in pathway.obligations.items():
        if owed.overdue or not runs(pathway, owed):
            continue
        if owed.remind_at and not owed.reminded:
            yield ComingThing(min(owed.remind_at, owed.due), "reminder", rule)
        yield ComingThing(owed.due, "deadline", rule)

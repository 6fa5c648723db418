"""What happens to the phases of a pathway: entering, reviews, proposals, and the end of its time."""

from domain.actor import Actor
from domain.moment import Moment
from domain.pathway.fact import Fact
from domain.text import Code, Note
from domain.why import Why


class PhaseEntered(Fact):
    """A phase began."""

    phase: Code
    previous: Code | None
    review_due: Moment | None
    reason: Note | None
    why: Why | None


class ReviewCameDue(Fact):
    """The rhythm of the phase calls for a review."""

    phase: Code
    next_review: Moment
    why: Why


class ReviewHeld(Fact):
    """Staff looked at how it goes with the citizen."""

    phase: Code
    note: Note | None


class TransitionProposed(Fact):
    """Somebody, or the programme's own rule, proposed the next phase."""

    to: Code
    phase: Code
    proposed_by: Actor | None
    reason: Note | None
    why: Why | None


class TransitionApproved(Fact):
    """The proposal was followed."""

    to: Code
    phase: Code
    approved_by: Actor
    reason: Note | None


class TransitionRejected(Fact):
    """The proposal was not followed."""

    to: Code
    phase: Code
    rejected_by: Actor
    reason: Note


class TransitionTaken(Fact):
    """The programme's rule took the step by itself."""

    to: Code
    phase: Code
    why: Why


class TimeUp(Fact):
    """The programme's time is over; somebody must decide what now."""

    why: Why


class DurationExtended(Fact):
    """Somebody decided that the pathway goes on for longer."""

    ends: Moment | None
    reason: Note


class WeekCounted(Fact):
    """A week was held against what the programme expects. A norm: nothing follows but attention.

    The latest count of a week holds: it is counted anew when what was registered of it changes.
    """

    week: str
    """The ISO week, such as `2026-W09`."""
    planned_minutes: int
    attended_minutes: int
    excused_minutes: int
    expected_minutes: int | None
    sessions: dict[Code, int]
    """Attended sessions, by element that has a rhythm."""
    below: bool
    """Whether attention is asked for."""
    next_count: Moment | None
    """None where no week is counted any more."""
    why: Why

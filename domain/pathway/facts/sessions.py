"""What happens to sessions and talks: booking, attendance, evaluation, steps towards associations."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.actor import Role
from domain.moment import Moment
from domain.pathway.fact import Fact
from domain.programme.elements import BridgingStep, TalkForm
from domain.text import Code, Note, OwnCode
from domain.value import Value


class Side(StrEnum):
    """Whose reason it was."""

    CITIZEN = "citizen"
    AUTHORITY = "authority"
    PROVIDER = "provider"
    WEATHER = "weather"


class Attendance(StrEnum):
    """What became of the session for the citizen."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    """Absent with a valid reason."""
    ABSENT = "absent"
    CANCELLED_BY_AUTHORITY = "cancelled_by_authority"
    CANCELLED_BY_PROVIDER = "cancelled_by_provider"
    CANCELLED_BY_WEATHER = "cancelled_by_weather"


TOOK_PART = frozenset({Attendance.PRESENT, Attendance.LATE})
CANCELLED = frozenset(
    {Attendance.CANCELLED_BY_AUTHORITY, Attendance.CANCELLED_BY_PROVIDER, Attendance.CANCELLED_BY_WEATHER}
)

Rating = Annotated[int, Field(ge=0, le=3)]
"""The four-point scale: 0 slet ikke, 1 i mindre grad, 2 i nogen grad, 3 i høj grad. Source: F32."""

Scale = Annotated[int, Field(ge=0, le=10)]
"""A scale from 0 to 10, as solution-focused talks use it."""


class Scaling(Value):
    """One 0-10 answer within a talk."""

    question: OwnCode
    answer: Scale


class SessionBooked(Fact):
    """A time and a place were agreed for an element."""

    session: UUID
    element: Code
    starts: Moment
    minutes: int
    site: Code | None
    mandatory: bool


class SessionMoved(Fact):
    """The booking was moved."""

    session: UUID
    element: Code
    starts: Moment
    previous: Moment
    site: Code | None
    asked_by: Side
    reason: Note


class SessionCancelled(Fact):
    """The booking was called off before it was held."""

    session: UUID
    element: Code
    asked_by: Side
    reason: Note | None
    """None where the pathway was closed: the reason stands there."""


class AttendanceRecorded(Fact):
    """What became of the session: who came, and why not. A fact about what happened, never a consequence."""

    session: UUID
    element: Code
    attendance: Attendance
    minutes: int
    mandatory: bool
    citizen_reason: Note | None
    provider_reason: Note | None
    parts: tuple[Code, ...]
    """The parts that were held, in the programme's order."""
    check_in: Note | None
    missing: tuple[Code, ...] = ()
    """The parts that were neither held nor waived."""
    topics: tuple[Code, ...] = ()
    """What it was about."""
    unstaffed: tuple[Role, ...] = ()
    """The roles that should have been there and were not, where somebody told who was."""


class SessionEvaluated(Fact):
    """The participant judged the session and said why, or a part of it was registered afterwards."""

    session: UUID
    element: Code
    rating: Rating | None
    reason: Note | None
    parts: tuple[Code, ...]
    """The parts registered with it."""


class SessionCompleted(Fact):
    """Every part of the session was held, or waived with a reason."""

    session: UUID
    element: Code
    waived: tuple[Code, ...]
    reason: Note | None


class AbsenceExcused(Fact):
    """An absence turned out to have a valid reason."""

    session: UUID
    element: Code
    reason: Note


class AbsenceAssessed(Fact):
    """A caseworker looked at an absence from something mandatory; what follows is decided elsewhere, by people."""

    element: Code
    note: Note


class TalkHeld(Fact):
    """A talk was held, planned or not."""

    session: UUID | None
    """The booking that it was held for, or None when nobody had planned it."""
    element: Code
    form: TalkForm
    minutes: int
    scaling: tuple[Scaling, ...]
    next_step: Note | None
    note: Note | None
    site: Code | None
    resets_clock: bool
    said: dict[Code, Note] = {}
    """What was answered to the prompts of the talk."""


class BridgingStepRecorded(Fact):
    """A step towards an association was taken."""

    element: Code
    step: BridgingStep
    note: Note | None
    partner: Code | None = None

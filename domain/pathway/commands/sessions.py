"""What may be asked about sessions, talks and absences."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.actor import Role
from domain.pathway.command import Command, Instant, Report
from domain.pathway.facts.sessions import Attendance, Rating, Scaling, Side
from domain.programme.elements import BridgingStep, TalkForm
from domain.text import Code, Note

Minutes = Annotated[int, Field(ge=0, le=24 * 60)]
"""Unit: minutes."""


class BookSession(Command):
    """Agree on a time and a place for an element."""

    session: UUID
    element: Code
    starts: Instant
    minutes: Annotated[int, Field(ge=1, le=24 * 60)] | None = None
    """Without it, as long as the programme says."""
    site: Code | None = None


class RebookSession(Command):
    """Move a booking."""

    session: UUID
    starts: Instant
    site: Code | None = None
    asked_by: Side
    reason: Note


class CancelSession(Command):
    """Call a booking off."""

    session: UUID
    asked_by: Side
    reason: Note


class RecordAttendance(Command):
    """Record what became of a session."""

    session: UUID
    attendance: Attendance
    minutes: Minutes | None = None
    """How long the citizen took part; without it, the whole session."""
    citizen_reason: Note | None = None
    provider_reason: Note | None = None
    parts: tuple[Code, ...] | None = None
    """The parts that were held; without it, nothing is said of them, and they may be told later."""
    check_in: Note | None = None
    topics: tuple[Code, ...] = ()
    staff: tuple[Role, ...] | None = None
    """Which roles were there; without it, nobody is missed."""
    rating: Rating | None = None
    rating_reason: Note | None = None
    waived: tuple[Code, ...] = ()
    waiver_reason: Note | None = None


class EvaluateSession(Command):
    """Add the participant's judgement, or the parts that were missing, to a session that was held."""

    session: UUID
    rating: Rating | None = None
    rating_reason: Note | None = None
    parts: tuple[Code, ...] = ()
    waived: tuple[Code, ...] = ()
    waiver_reason: Note | None = None


class ExcuseAbsence(Command):
    """Accept a reason for an absence afterwards."""

    session: UUID
    reason: Note


class AssessAbsence(Command):
    """Note what the look into an absence from something mandatory gave."""

    element: Code
    note: Note


class HoldTalk(Report):
    """Record a talk, planned or not."""

    element: Code
    session: UUID | None = None
    """The booking that it was held for, if there was one."""
    form: TalkForm = TalkForm.IN_PERSON
    minutes: Minutes | None = None
    """Without it, as long as was booked, or as the programme says."""
    scaling: tuple[Scaling, ...] = ()
    next_step: Note | None = None
    note: Note | None = None
    said: dict[Code, Note] = {}
    """What was answered to the prompts that the programme has for the talk."""
    site: Code | None = None


class RecordBridgingStep(Report):
    """Record a step towards an association."""

    element: Code
    step: BridgingStep
    partner: Code | None = None
    """The association, where the programme has a name for it."""
    note: Note | None = None

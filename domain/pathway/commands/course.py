"""What may be asked on the way: plan, measures, pauses, decisions, closing, moving, correcting, delivering."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, JsonValue

from domain.actor import Role
from domain.pathway.command import Command, Instant, Report
from domain.programme.measures import Rater
from domain.refusal import Plain
from domain.text import Code, Line, Note


class AgreePlan(Report):
    """Record the plan that citizen and staff agreed on."""

    goals: Note


class RecordEvent(Report):
    """Record something that the programme has a name for."""

    event: Code
    note: Note | None = None


class RecordCircumstance(Report):
    """Record that something about the citizen changed."""

    name: Code
    value: Plain


class RecordMeasurement(Report):
    """Record the answers to an instrument or to a set of indicators; an answer left out is legitimate."""

    instrument: Code
    answers: Annotated[tuple[int | None, ...], Field(min_length=1, max_length=50)]
    rater: Rater | None = None
    """Whose answers they are; needed where the programme asks both citizen and worker."""


class DeclineMeasurement(Report):
    """Record that the citizen was asked and would rather not answer."""

    instrument: Code
    note: Note | None = None


class PausePathway(Command):
    """Let the pathway rest."""

    reason: Note
    until: Instant | None = None


class ResumePathway(Command):
    """Let the pathway go on."""

    reason: Note | None = None


class MakeDecision(Command):
    """Decide something that the programme has a name for."""

    decision: Code
    outcome: Code | None = None
    reason: Note | None = None
    reason_code: Code | None = None
    legal_basis: Line | None = None
    against_wish: bool = False


class RecordOutcome(Report):
    """Record what the pathway leads to while it goes on."""

    outcome: Code
    note: Note | None = None


class ClosePathway(Command):
    """End the pathway."""

    outcome: Code
    reason: Note | None = None
    reason_code: Code | None = None
    legal_basis: Line | None = None
    against_wish: bool = False
    despite: tuple[Line, ...] = ()
    """The milestones that are set aside, each of which the reason must cover."""
    no_aftercare: bool = False
    """Whether the citizen does not want the after-care that the outcome would enter."""


class ReopenPathway(Command):
    """Let a closed pathway go on where it was."""

    reason: Note
    beyond_places: bool = False
    """Whether it goes on though every place is taken, as where it should never have been closed."""


class MovePathway(Command):
    """Follow another version of the programme from now on."""

    version: Annotated[int, Field(ge=1)]
    phase: Code | None = None
    """The phase to go on in, where the new version has none of the present name."""
    phases: dict[Code, Code] = {}
    """By present phase, the one to go on in, for many pathways that are moved alike."""
    undoes: Annotated[int, Field(ge=1)] | None = None
    """The number of the move that is taken back, as long as nobody has decided anything since."""
    reason: Note


class CorrectFact(Command):
    """Put right what was recorded wrongly; the original stays readable."""

    corrects: Annotated[int, Field(ge=1)]
    changes: dict[str, JsonValue] = {}
    """The fields that were wrong, with their right values."""
    withdraw: bool = False
    """Whether it never happened at all."""
    keep: tuple[Annotated[int, Field(ge=1)], ...] = ()
    """The facts that would have been otherwise and stand all the same, by their numbers."""
    review: tuple[Annotated[int, Field(ge=1)], ...] = ()
    """The facts that would have been otherwise and that a caseworker looks at again."""
    reason: Note


class RecordLetter(Command):
    """Record that a letter went out."""

    about: UUID
    letter: Code
    channel: Code


class GiveNotice(Command):
    """Tell staff on their worklist."""

    about: UUID
    notice: Code
    owner: Role
    subject: Line | None = None


class ReadNotice(Command):
    """Take note."""

    about: UUID
    notice: Code


class RecordFailure(Command):
    """Record that a follow-up was given up."""

    about: UUID
    follow_up: Code
    error: Code


class EraseFact(Command):
    """Note that the key of a fact is destroyed, and go on without what it said."""

    erases: Annotated[int, Field(ge=1)]
    decision: Line


class EraseCitizen(Command):
    """Close the pathway for good, because the citizen's data are erased."""

    decision: Line


class PassTime(Command):
    """Let what is due by now happen."""


def looks_back(command: Command) -> bool:
    """Whether the whole history is needed to answer *command*."""
    undoes = isinstance(command, MovePathway) and command.undoes is not None
    return undoes or isinstance(command, (CorrectFact, EraseFact))

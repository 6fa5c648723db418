"""What happens between a pathway and the ones that it called for in other programmes. Source: V29, F41."""

from enum import StrEnum
from uuid import UUID

from domain.actor import Actor
from domain.moment import Moment
from domain.pathway.fact import Fact
from domain.programme.decisions import Valence
from domain.refusal import Plain
from domain.text import Code, Line, Note, Slug
from domain.value import Value
from domain.why import Why

AFTERCARE = "aftercare"
"""What relations call the after-care that a programme enters by itself."""


class Parent(Value):
    """The pathway that called for this one."""

    pathway: UUID
    element: Code
    voluntary: bool
    """Whether nothing in it may be a duty: it is after-care."""


class Choice(StrEnum):
    """Whether the citizen wants after-care."""

    WANTED = "wanted"
    DECLINED = "declined"


class Ending(StrEnum):
    """How a child pathway ended."""

    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ChildCalled(Fact):
    """An element calls for a pathway of its own in another programme; the referral follows from it."""

    element: Code
    programme: Slug
    called_by: Actor
    reason: Note
    basis: Line
    consent: bool
    circumstances: dict[Code, Plain]
    contraindications: tuple[Code, ...]
    voluntary: bool
    why: Why | None
    """The rule, where after-care is entered by itself."""


class ChildReferred(Fact):
    """The citizen has been referred into the other programme; the child pathway has an id."""

    element: Code
    called: Moment
    """When it was called for."""
    child: UUID


class ChildBegan(Fact):
    """The citizen began in the child pathway, or it was opened again."""

    element: Code
    child: UUID


class ChildEnded(Fact):
    """The child pathway ended."""

    element: Code
    child: UUID
    ending: Ending
    outcome: Code | None
    """The outcome in the child's programme, where it was closed."""
    valence: Valence | None


class ChildReleased(Fact):
    """The pathway closed while a child of it was open: it ends with it, or goes on by itself."""

    element: Code
    child: UUID
    close: bool
    close_as: Code | None
    released_by: Actor
    reason: Note | None
    against_wish: bool = False
    """Whether the citizen did not want the pathway above to end, and so not this one either."""
    why: Why


class AftercareChosen(Fact):
    """The citizen said whether after-care is wanted."""

    choice: Choice
    note: Note | None


class PassedOn(Fact):
    """What happened here was passed on to the pathway above or below."""

    about: UUID
    """The fact that called for it."""
    follow_up: Code

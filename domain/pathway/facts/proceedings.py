"""What happens around a decision to the citizen's detriment: hearing, notification, complaint. Source: DOMAIN 2.8."""

from enum import StrEnum

from domain.moment import Moment
from domain.pathway.fact import Fact
from domain.text import Code, Line, Note
from domain.why import Why


class Channel(StrEnum):
    """How a decision came to the citizen."""

    LETTER = "letter"
    DIGITAL_POST = "digital_post"
    IN_PERSON = "in_person"


class Ruling(StrEnum):
    """What the board of appeal says: stadfæstet, ændret, hjemvist, afvist."""

    UPHELD = "upheld"
    CHANGED = "changed"
    REMANDED = "remanded"
    DISMISSED = "dismissed"


class HearingSent(Fact):
    """The citizen was told what is intended and why, and asked to answer."""

    decision: Code
    outcome: Code | None
    reason: Note
    due: Moment
    legal_basis: Line | None = None
    """The law that allowed less time than is given at least."""


class HearingAnswered(Fact):
    """The citizen answered."""

    decision: Code
    answer: Note


class HearingExtended(Fact):
    """The citizen got more time to answer."""

    decision: Code
    due: Moment
    previous: Moment
    reason: Note


class HearingExpired(Fact):
    """The citizen's time to answer is up."""

    decision: Code
    why: Why


class HearingAssessed(Fact):
    """Somebody weighed what the citizen said, or that nothing was said."""

    decision: Code
    goes_on: bool
    """Whether it is still intended."""
    note: Note


class HearingExempted(Fact):
    """It was recorded why section 19 of the Public Administration Act calls for no hearing here."""

    decision: Code
    reason: Note


class DecisionNotified(Fact):
    """The citizen was told the decision, its grounds, and how to complain."""

    decision: Code
    number: int
    """The how manieth decision of that name to the citizen's detriment it is."""
    outcome: Code | None
    reason: Note | None
    channel: Channel
    complaint_until: Moment
    by_letter: bool
    """Whether the letter goes out from here."""


class ComplaintExpired(Fact):
    """The citizen's time to complain is up."""

    decision: Code
    number: int
    why: Why


class ComplaintReceived(Fact):
    """The citizen complained."""

    decision: Code
    number: int
    in_time: bool
    note: Note | None


class ComplaintReassessed(Fact):
    """The municipality looked at its decision again."""

    decision: Code
    number: int
    changed: bool
    """Whether the citizen is right; otherwise the complaint goes to the board of appeal."""
    undo: bool
    """Whether something stands that is to be undone."""
    reason: Note
    by_letter: bool


class ComplaintForwarded(Fact):
    """The complaint went to the board of appeal."""

    decision: Code
    number: int
    note: Note | None


class ComplaintConcluded(Fact):
    """The board of appeal ruled."""

    decision: Code
    number: int
    ruling: Ruling
    undo: bool
    """Whether something stands that is to be undone."""
    note: Note | None
    by_letter: bool

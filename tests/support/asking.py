"""Commands as the specifications give them, with what is usual filled in."""

from datetime import datetime
from typing import Any

from domain.actor import Actor
from domain.pathway.commands.course import ClosePathway
from domain.pathway.commands.referrals import AcceptReferral, ReferCitizen
from domain.pathway.commands.sessions import BookSession, RecordAttendance
from domain.pathway.facts.sessions import Attendance
from tests.support.cast import CASEWORKER, CONTACT, MONDAY, SESSION, SOMEBODY

USUAL_SITE = {"diet_exercise": "matrikel_a", "job_search": "matrikel_a"}
"""Where those elements are held that the programme offers at several sites."""


def refer(at: datetime = MONDAY, benefit: str = "sygedagpenge", by: Actor = CASEWORKER, **others: Any) -> ReferCitizen:  # noqa: ANN401 - fields
    """A caseworker refers somebody."""
    return ReferCitizen(
        by=by,
        at=at,
        **{
            "citizen": SOMEBODY,
            "reason": "vil i gang igen",
            "basis": "samtykke",
            "consent": True,
            "circumstances": {"benefit": benefit},
            **others,
        },
    )


def accept(at: datetime = MONDAY, by: Actor = CASEWORKER, **others: Any) -> AcceptReferral:  # noqa: ANN401 - fields
    """Somebody is taken in, with a contact person."""
    return AcceptReferral(by=by, at=at, **{"contact_person": "kp-1", **others})


def book(at: datetime, starts: datetime, element: str, **others: Any) -> BookSession:  # noqa: ANN401 - fields
    """A session is agreed."""
    usual = {"by": CONTACT, "session": SESSION, "element": element, "starts": starts, "site": USUAL_SITE.get(element)}
    return BookSession(at=at, **{**usual, **others})


def attend(at: datetime, attendance: Attendance = Attendance.PRESENT, **others: Any) -> RecordAttendance:  # noqa: ANN401 - fields
    """What became of a session."""
    return RecordAttendance(at=at, **{"by": CONTACT, "session": SESSION, "attendance": attendance, **others})


def close(at: datetime, outcome: str = "back_in_work", **others: Any) -> ClosePathway:  # noqa: ANN401 - fields
    """A caseworker ends the pathway."""
    return ClosePathway(at=at, **{"by": CASEWORKER, "outcome": outcome, "reason": "målet er nået", **others})

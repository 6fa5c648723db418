"""Who sees to it that what became of a session is registered, and by when."""

from datetime import datetime

from domain.actor import Role
from domain.calendar import end_of_day, local_date
from domain.pathway.state import Booking
from domain.programme.shape import Programme


def registers(programme: Programme, element: str) -> Role:
    """The contact person where the programme lets that role, otherwise the first role that it names."""
    known = programme.elements.get(element)
    roles = known.by if known else ()
    return roles[0] if roles and Role.CONTACT_PERSON not in roles else Role.CONTACT_PERSON


def registered_by(booking: Booking) -> datetime:
    """The end of the day on which the session begins."""
    return end_of_day(local_date(booking.starts))

"""What booking, moving and cancelling a session cause."""

from domain.pathway.binding import Binding
from domain.pathway.commands import sessions
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import sessions as facts
from domain.pathway.guards import (
    require_bookable,
    require_booking,
    require_element,
    require_known,
    require_recorder,
    require_running,
    require_site,
    require_underway,
)
from domain.pathway.state import Booking, Pathway
from domain.programme.elements import Duty, Element, Kind
from domain.refusal import Invalid, SessionExists

DEFAULT_MINUTES = 60
"""How long a session takes where neither the booking nor the programme says. Unit: minutes."""


def _book(binding: Binding, pathway: Pathway, command: sessions.BookSession) -> Facts:
    require_running(pathway)
    elements = binding.programme.elements
    require_known(
        "element", command.element, [name for name, each in elements.items() if each.kind is not Kind.PATHWAY]
    )
    require_element(binding, pathway, command.element)
    require_recorder(binding, command, command.element)
    require_site(binding, command.element, command.site)
    _require_one_site(binding.programme.elements[command.element], command)
    require_bookable(command.starts, command, pathway)
    booking = _booking(pathway, command, binding.programme.elements[command.element])
    known = pathway.bookings.get(command.session)
    if known == booking:
        return []
    if known or pathway.attended_session(command.session):
        raise SessionExists(session=str(command.session))
    return [
        facts.SessionBooked(
            at=command.at,
            session=command.session,
            element=command.element,
            starts=command.starts,
            minutes=booking.minutes,
            site=booking.site,
            mandatory=booking.mandatory,
        )
    ]


def _require_one_site(element: Element, command: sessions.BookSession) -> None:
    """Raises: Invalid when nobody says at which of several sites the session is. Source: V32."""
    if command.site is None and len(element.sites) > 1:
        raise Invalid("site", "site_missing", known=", ".join(element.sites))


def _booking(pathway: Pathway, command: sessions.BookSession, element: Element) -> Booking:
    site = command.site or (element.sites[0] if len(element.sites) == 1 else None)
    return Booking(
        element=command.element,
        starts=command.starts,
        minutes=command.minutes or minutes_of(element),
        site=site,
        mandatory=is_mandatory(pathway, command.element, element),
    )


def minutes_of(element: Element) -> int:
    """How long a session of *element* takes, by the programme. Unit: minutes."""
    return element.lasts.minutes if element.lasts else DEFAULT_MINUTES


def is_mandatory(pathway: Pathway, name: str, element: Element) -> bool:
    """Whether this citizen must take part in *element*. Source: V16."""
    if pathway.parent and pathway.parent.voluntary:  # after-care: nothing in it is a duty
        return False
    return element.obligation is Duty.MANDATORY or (
        element.obligation is Duty.PER_REFERRAL and name in pathway.mandatory
    )


def _rebook(binding: Binding, pathway: Pathway, command: sessions.RebookSession) -> Facts:
    require_running(pathway)
    booking = require_booking(pathway, command.session)
    require_site(binding, booking.element, command.site)
    require_bookable(command.starts, command, pathway)
    site = command.site or booking.site
    if (booking.starts, booking.site) == (command.starts, site):
        return []
    return [
        facts.SessionMoved(
            at=command.at,
            session=command.session,
            element=booking.element,
            starts=command.starts,
            previous=booking.starts,
            site=site,
            asked_by=command.asked_by,
            reason=command.reason,
        )
    ]


def _cancel(binding: Binding, pathway: Pathway, command: sessions.CancelSession) -> Facts:
    del binding
    require_underway(pathway)
    if command.session in pathway.cancelled and command.session not in pathway.bookings:
        return []
    booking = require_booking(pathway, command.session)
    return [
        facts.SessionCancelled(
            at=command.at,
            session=command.session,
            element=booking.element,
            asked_by=command.asked_by,
            reason=command.reason,
        )
    ]


ANSWERS: Answers = {
    sessions.BookSession: _book,
    sessions.RebookSession: _rebook,
    sessions.CancelSession: _cancel,
}

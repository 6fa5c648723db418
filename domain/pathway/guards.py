"""What must hold before a step may be taken."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import cast
from uuid import UUID

from domain.calendar import local, local_date
from domain.pathway.binding import Binding
from domain.pathway.command import Command, Report
from domain.pathway.permissions import require_role
from domain.pathway.requirements import (
    for_a_child,
    for_a_place,
    for_a_place_again,
    for_a_proposal,
    for_an_answer,
    for_approval,
    for_element,
    for_step,
    require,
    to_be_closed,
    to_be_not_begun,
    to_be_open,
    to_be_paused,
    to_be_referred,
    to_be_returned,
    to_be_running,
    to_be_underway,
    to_be_waiting,
)
from domain.pathway.state import LONGEST_WINDOW, Booking, Pathway, Proposal, Stage
from domain.refusal import Invalid, NoSuchSession

BOOKED_AHEAD = timedelta(days=2 * 365)
"""How far ahead sessions are agreed; what lies later is a slip of the pen."""


def require_sensible(field: str, happened: datetime, command: Command, pathway: Pathway) -> None:
    """Raises: Invalid naming *field* when something happened after it is told, or before the day of the referral."""
    if happened > command.at:
        raise Invalid(field, "in_the_future", at=str(command.at))
    if happened < _referred(pathway, happened):
        raise Invalid(field, "before_the_referral", referred=str(_referred(pathway, happened)))


def require_told_after(step: str, earlier: datetime | None, command: Report) -> None:
    """Raises: Invalid when what is told happened before the day of an *earlier* step, without which it cannot have."""
    if earlier and command.true_at < _day_of(earlier):
        raise Invalid("happened", "before_its_cause", step=step, since=str(_day_of(earlier)))


def require_bookable(starts: datetime, command: Command, pathway: Pathway) -> None:
    """Raises: Invalid when a session begins before the day of the referral, longer ago than counts, or years ahead."""
    first = max(command.at - LONGEST_WINDOW, _referred(pathway, command.at))
    last = command.at + BOOKED_AHEAD
    if not first <= starts <= last:
        raise Invalid("starts", "too_far_off", first=str(first), last=str(last))


def _referred(pathway: Pathway, otherwise: datetime) -> datetime:
    referred = pathway.happened.get("referred")
    return _day_of(referred[0]) if referred else otherwise


def _day_of(instant: datetime) -> datetime:
    """The beginning of its day: people know the day of what they tell of, and the hour about."""
    return local(local_date(instant), time())


def require_open(pathway: Pathway) -> None:
    """Raises: IsOver when the pathway has ended."""
    require(to_be_open(pathway))


def require_open_at(pathway: Pathway, at: datetime) -> None:
    """Raises: IsOver when the pathway had ended by then; what happened before it closed may be told afterwards."""
    closed = pathway.last("closed") if pathway.stage is Stage.CLOSED else None
    if closed is None or at > closed:
        require_open(pathway)


def require_referred(pathway: Pathway) -> None:
    """Raises: IsOver, NotReferred when no referral awaits its answer."""
    require(to_be_referred(pathway))


def require_returned(pathway: Pathway) -> None:
    """Raises: IsOver, NotReturned when the referral is not back with the one who referred."""
    require(to_be_returned(pathway))


def require_waiting(pathway: Pathway) -> None:
    """Raises: IsOver, NotWaiting when nobody waits for an intake."""
    require(to_be_waiting(pathway))


def require_place(binding: Binding, pathway: Pathway) -> None:
    """Raises: IsOver, NotWaiting; NoFreePlace when whoever waits for a place would begin while there is none."""
    require_waiting(pathway)
    require(for_a_place(binding, pathway))


def require_place_again(binding: Binding) -> None:
    """Raises: NoPlaceAnyMore when every place is taken, or waited for, by others."""
    require(for_a_place_again(binding))


def require_not_begun(pathway: Pathway) -> None:
    """Raises: IsOver, NotReferred when there is no referral that may still be taken back."""
    require(to_be_not_begun(pathway))


def require_underway(pathway: Pathway) -> None:
    """Raises: IsOver, NotUnderway when the citizen has not begun, or takes part no more; a pause is no matter."""
    require(to_be_underway(pathway))


def require_running(pathway: Pathway) -> None:
    """Raises: IsOver, NotUnderway, IsPaused when nothing new can be agreed right now."""
    require(to_be_running(pathway))


def require_paused(pathway: Pathway) -> None:
    """Raises: IsOver, NotUnderway, NotPaused when there is no pause to end."""
    require(to_be_paused(pathway))


def require_closed(pathway: Pathway) -> None:
    """Raises: NotClosed when there is nothing to reopen."""
    require(to_be_closed(pathway))


def require_nothing_proposed(pathway: Pathway) -> None:
    """Raises: AlreadyProposed when a proposal awaits its answer."""
    require(for_a_proposal(pathway))


def require_proposal(pathway: Pathway) -> Proposal:
    """The proposal that awaits its answer.

    Raises: IsOver, NotUnderway, IsPaused, NoProposal.
    """
    require(for_an_answer(pathway))
    return cast("Proposal", pathway.proposal)


def require_approvable(binding: Binding, pathway: Pathway) -> None:
    """Raises: what `require_proposal` does; NotInPlace, Excluded, NotOpenYet when the proposed phase cannot begin."""
    require(for_approval(binding, pathway))


def require_known(field: str, value: str, known: Iterable[str]) -> None:
    """Raises: Invalid naming *field* when the programme does not know *value*."""
    codes = sorted(str(code) for code in known)
    if value not in codes:
        raise Invalid(field, "unknown_code", value=value, known=", ".join(codes) or "-")


def require_step(binding: Binding, pathway: Pathway, step: str, despite: tuple[str, ...] = ()) -> None:
    """Raises: Excluded, NotOpenYet when the programme's relations keep *step* closed.

    A condition that is itself put aside does not block, nor does a milestone named in *despite*.
    """
    require(for_step(binding, pathway, step, despite))


def require_element(binding: Binding, pathway: Pathway, element: str) -> None:
    """Raises: Invalid, NotOffered, NotOpenYet, Excluded when *element* is not offered now."""
    require_known("element", element, binding.programme.elements)
    require(for_element(binding, pathway, element))


def require_recorder(binding: Binding, command: Command, element: str) -> None:
    """Raises: RoleMayNot when the programme leaves *element* to other roles."""
    known = binding.programme.elements.get(element)
    if known and known.by:
        require_role(command, known.by)


def require_site(binding: Binding, element: str, site: str | None) -> None:
    """Raises: Invalid when *element* is not held at *site*."""
    known = binding.programme.elements.get(element)
    if site:
        require_known("site", site, known.sites if known and known.sites else binding.programme.sites)


def require_booking(pathway: Pathway, session: UUID) -> Booking:
    """The booking that is still to be registered.

    Raises: NoSuchSession.
    """
    booking = pathway.bookings.get(session)
    if booking is None:
        raise NoSuchSession(session=str(session))
    return booking


def require_registrable(pathway: Pathway, session: UUID) -> Booking:
    """The booking that is still to be registered, also after the end of the pathway where it began before.

    Raises: IsOver, NotUnderway, NoSuchSession.
    """
    if session not in pathway.bookings:
        require_underway(pathway)
    return require_booking(pathway, session)


def require_begun(booking: Booking, at: datetime) -> None:
    """Raises: Invalid when the session has not begun at that instant."""
    if booking.starts > at:
        raise Invalid("session", "not_yet_held", starts=str(booking.starts))


def require_no_child(pathway: Pathway, element: str) -> None:
    """Raises: ChildOpen when the pathway that *element* called for has not ended."""
    require(for_a_child(pathway, element))

"""What talks, planned or not, and steps towards associations cause."""

from domain.pathway.binding import Binding
from domain.pathway.commands import sessions
from domain.pathway.deciding import Answers, Facts
from domain.pathway.deciding.bookings import minutes_of
from domain.pathway.facts import sessions as facts
from domain.pathway.guards import (
    require_begun,
    require_booking,
    require_element,
    require_known,
    require_open_at,
    require_recorder,
    require_site,
    require_step,
    require_underway,
)
from domain.pathway.state import Booking, Pathway
from domain.programme.elements import Kind
from domain.refusal import BeforeLatestTalk, Invalid


def _talk(binding: Binding, pathway: Pathway, command: sessions.HoldTalk) -> Facts:
    require_known("element", command.element, _of_kind(binding, Kind.TALK))
    require_recorder(binding, command, command.element)
    require_site(binding, command.element, command.site)
    if _is_registered(pathway, command):
        return []
    booking = _booked(pathway, command)
    at = booking.starts if booking and command.happened is None else command.true_at
    require_open_at(pathway, at)
    if pathway.has_happened(command.element, at):
        return []
    require_step(binding, pathway, command.element)
    element = binding.programme.elements[command.element]
    if element.resets_clock and pathway.clock_reset and at < pathway.clock_reset:
        raise BeforeLatestTalk(latest=str(pathway.clock_reset))
    if element.scaling and not command.scaling:
        raise Invalid("scaling", "missing")
    for prompt in command.said:
        require_known("said", prompt, element.prompts)
    planned = booking.minutes if booking else minutes_of(element)
    talk = facts.TalkHeld(
        at=at,
        session=command.session,
        element=command.element,
        form=command.form,
        minutes=planned if command.minutes is None else command.minutes,
        scaling=command.scaling,
        next_step=command.next_step,
        note=command.note,
        site=command.site,
        resets_clock=element.resets_clock,
        said=command.said,
    )
    return [*_attended(talk, booking), talk]


def _is_registered(pathway: Pathway, command: sessions.HoldTalk) -> bool:
    seen = pathway.attended_session(command.session) if command.session else None
    return seen is not None and seen.element == command.element and seen.attendance in facts.TOOK_PART


def _booked(pathway: Pathway, command: sessions.HoldTalk) -> Booking | None:
    """The booking that the talk was held for, which has begun.

    Raises: NoSuchSession, Invalid.
    """
    if command.session is None:
        return None
    booking = require_booking(pathway, command.session)
    require_known("element", command.element, [booking.element])
    if command.happened is None:
        require_begun(booking, command.at)
    return booking


def _attended(talk: facts.TalkHeld, booking: Booking | None) -> Facts:
    if booking is None or talk.session is None:
        return []
    return [
        facts.AttendanceRecorded(
            at=talk.at,
            session=talk.session,
            element=talk.element,
            attendance=facts.Attendance.PRESENT,
            minutes=talk.minutes,
            mandatory=booking.mandatory,
            citizen_reason=None,
            provider_reason=None,
            parts=(),
            check_in=None,
        )
    ]


def _of_kind(binding: Binding, kind: Kind) -> list[str]:
    return [name for name, element in binding.programme.elements.items() if element.kind is kind]


def _bridge(binding: Binding, pathway: Pathway, command: sessions.RecordBridgingStep) -> Facts:
    require_underway(pathway)
    require_known("element", command.element, _of_kind(binding, Kind.BRIDGING))
    require_recorder(binding, command, command.element)
    if pathway.has_happened(f"{command.element}.{command.step}", command.true_at):
        return []
    if command.partner:
        require_known("partner", command.partner, binding.programme.partners)
    require_element(binding, pathway, command.element)
    return [
        facts.BridgingStepRecorded(
            at=command.true_at, element=command.element, step=command.step, note=command.note, partner=command.partner
        )
    ]


ANSWERS: Answers = {
    sessions.HoldTalk: _talk,
    sessions.RecordBridgingStep: _bridge,
}

"""Sessions that are agreed, and what becomes of them: who comes, who is late, ill or stays away."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from domain.actor import Actor, Role
from domain.pathway.acts import SOMEBODY
from domain.pathway.binding import Binding
from domain.pathway.commands import sessions
from domain.pathway.deciding.bookings import minutes_of
from domain.pathway.facts.sessions import TOOK_PART, Attendance
from domain.pathway.guards import require_element
from domain.pathway.permissions import DELIVERY
from domain.pathway.state import Pathway
from domain.programme.elements import Element
from domain.refusal import Refused
from simulation.dice import Dice
from simulation.setting import Setting
from simulation.way import Way
from simulation.weeks import filling, occasional, rhythm, starts

WEEK = timedelta(weeks=1)
CALLED_OFF = (Attendance.CANCELLED_BY_WEATHER, Attendance.CANCELLED_BY_PROVIDER)


class Attending:
    """One citizen's sessions."""

    def __init__(self, setting: Setting, number: int, way: Way, dice: Dice) -> None:
        self._programme = setting.programme
        self._assumed = setting.assumptions
        self._way = way
        self._dice = dice
        self._booked = number << 64
        self._ill_until = setting.first_day

    def is_ill(self, at: datetime) -> bool:
        """Whether a spell of illness lasts then."""
        return at < self._ill_until

    def fall_ill(self, until: datetime) -> None:
        """Until then every session is missed with a valid reason."""
        self._ill_until = until

    def agree(self, monday: datetime) -> None:
        """Agrees on the sessions of the week that begins now."""
        phase = self._way.pathway.phase
        if phase is None:
            return
        wanted = rhythm(self._programme, phase)
        may_be = [
            name for name in occasional(self._programme, phase) if is_open(self._way.binding, self._way.pathway, name)
        ]
        if self._programme.weekly_hours:
            minutes = sum(minutes_of(self._programme.elements[name]) for name in wanted)
            wanted += filling(self._programme, phase, minutes, may_be, self._dice)
        else:
            wanted += [name for name in may_be if self._dice.happens(self._assumed.sessions.without_rhythm)]
        for name, at in zip(wanted, starts(monday, wanted, self._dice), strict=True):
            self.book(name, at, monday)

    def book(self, name: str, starts_at: datetime, now: datetime) -> None:
        """Agrees on one session, where the rules let it be agreed."""
        element = self._programme.elements[name]
        self._booked += 1
        session = UUID(int=self._booked)
        site = self._dice.one_of(element.sites) if element.sites else None
        by = recorder(element)
        booked = sessions.BookSession(by=by, at=now, session=session, element=name, starts=starts_at, site=site)
        if self._way.tell(booked):
            ends = starts_at + timedelta(minutes=minutes_of(element))
            late = self._dice.happens(self._assumed.staff.registered_late)
            self._way.plan(ends + WEEK if late else ends, partial(self._register, session, element, starts_at))

    def _register(self, session: UUID, element: Element, starts_at: datetime, at: datetime) -> None:
        attendance = self._attendance(starts_at)
        self._way.tell(
            sessions.RecordAttendance(
                by=recorder(element),
                at=at,
                session=session,
                attendance=attendance,
                parts=element.parts if attendance in TOOK_PART else (),
            )
        )

    def _attendance(self, starts_at: datetime) -> Attendance:
        assumed, drawn = self._assumed.sessions, self._dice.share()
        if drawn < assumed.cancelled:
            return self._dice.one_of(CALLED_OFF)
        if self.is_ill(starts_at):
            return Attendance.EXCUSED
        drawn -= assumed.cancelled
        if drawn < assumed.stays_away:
            return Attendance.ABSENT
        return Attendance.LATE if drawn < assumed.stays_away + assumed.late else Attendance.PRESENT


def is_open(binding: Binding, pathway: Pathway, element: str) -> bool:
    """Whether a session of that element may be agreed on now."""
    try:
        require_element(binding, pathway, element)
    except Refused:
        return False
    return True


def recorder(element: Element) -> Actor:
    """Who agrees on a session of *element* and says what became of it."""
    roles = (*element.by, *element.staffed_by, Role.CONTACT_PERSON)
    allowed = (role for role in roles if role in DELIVERY and (not element.by or role in element.by))
    return Actor.of(next(allowed, Role.CONTACT_PERSON), SOMEBODY)

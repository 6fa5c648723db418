"""A citizen's week over all pathways: hours against the norms, and sessions that overlap. Source: V14, V27, V29, X5."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from domain.calendar import Week, week_of
from domain.pathway.counting import Hours, hours_of, is_whole
from domain.pathway.facts.sessions import CANCELLED
from domain.pathway.intensities import expected_minutes
from domain.pathway.state import Pathway
from domain.programme.shape import Programme


@dataclass(frozen=True)
class Walk:
    """One of a citizen's pathways, with the version of the programme that it follows."""

    id: UUID
    programme: Programme
    pathway: Pathway


class Agreed(NamedTuple):
    """A session at which the citizen is, or was, expected."""

    starts: datetime
    minutes: int
    pathway: UUID
    session: UUID
    element: str

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.starts + timedelta(minutes=self.minutes)

    def overlaps(self, other: "Agreed") -> bool:
        """Whether nobody could be at the whole of both."""
        return self.starts < other.ends and other.starts < self.ends


class Clash(NamedTuple):
    """Two sessions that overlap, the earlier one first."""

    one: Agreed
    other: Agreed


@dataclass(frozen=True)
class Share:
    """What one pathway holds of the week."""

    walk: Walk
    hours: Hours
    expected: int | None
    """Its norm, by what was agreed for the week; None where nothing is asked of it. Unit: minutes."""
    whole: bool
    """Whether nothing began, rested or ended in the week; of a broken one the norm is not expected."""
    within: UUID | None
    """The pathway above it within whose norm its hours count."""
    towards: Hours
    """What counts towards its norm: its own hours, and those of the pathways below it."""


@dataclass(frozen=True)
class CitizenWeek:
    """A week of one citizen."""

    week: Week
    shares: tuple[Share, ...]
    clashes: tuple[Clash, ...]

    @cached_property
    def hours(self) -> Hours:
        """What the week holds in all."""
        return sum((share.hours for share in self.shares), Hours())

    @cached_property
    def expected(self) -> int | None:
        """The norms in sum; a pathway whose hours count within the norm above it adds none. Unit: minutes."""
        norms = [each.expected for each in self.shares if each.expected is not None and each.within is None]
        return sum(norms) if norms else None


def citizen_week(walks: Sequence[Walk], week: Week) -> CitizenWeek:
    """What *week* holds on all pathways of one citizen."""
    known = {walk.id: walk for walk in walks}
    hours = {walk.id: hours_of(walk.pathway, week) for walk in walks}
    norms = {walk.id: _norm(walk, week) for walk in walks}
    above = {walk.id: list(_above(walk, known)) for walk in walks}
    shares = (
        Share(
            walk=walk,
            hours=hours[walk.id],
            expected=norms[walk.id],
            whole=is_whole(walk.pathway, week),
            within=next((each for each in above[walk.id] if norms[each] is not None), None),
            towards=sum((hours[each] for each in known if walk.id in {each, *above[each]}), Hours()),
        )
        for walk in walks
    )
    return CitizenWeek(week, tuple(shares), tuple(_clashes(walks, week)))


def overlapping(walks: Sequence[Walk], session: UUID) -> list[Agreed]:
    """The citizen's other sessions that overlap with *session*, in their order; [] where it is not agreed."""
    agreed = _agreed(walks)
    own = next((each for each in agreed if each.session == session), None)
    return [each for each in agreed if own and each.session != session and each.overlaps(own)]


def _norm(walk: Walk, week: Week) -> int | None:
    return expected_minutes(walk.programme, walk.pathway, week) if _asks(walk.pathway, week) else None


def _asks(pathway: Pathway, week: Week) -> bool:
    """Whether the pathway runs in *week*: it has begun, or will have by then, and does not rest all the while."""
    begins = min(pathway.happened.get("enrolled", ()), default=pathway.begins)
    if begins is None or week < week_of(begins):
        return False
    rests: list[tuple[datetime, datetime | None]] = [(stop.began, stop.ended) for stop in pathway.stops]
    if pathway.at_rest_since:
        rests.append((pathway.at_rest_since, None))
    elif pathway.paused_since:
        rests.append((pathway.paused_since, pathway.resume_due))
    return not any(week_of(began) < week and (ended is None or week < week_of(ended)) for began, ended in rests)


def _above(walk: Walk, known: Mapping[UUID, Walk]) -> Iterator[UUID]:
    """The pathways that it is a part of, the nearest first, as far as they are known."""
    parent = walk.pathway.parent
    while parent and parent.pathway in known:
        yield parent.pathway
        parent = known[parent.pathway].pathway.parent


def _agreed(walks: Sequence[Walk]) -> list[Agreed]:
    """Every session that is agreed, or was and has been registered, in their order."""
    return sorted(each for walk in walks for each in _of(walk))


def _of(walk: Walk) -> Iterator[Agreed]:
    for session, booking in walk.pathway.bookings.items():
        yield Agreed(booking.starts, booking.minutes, walk.id, session, booking.element)
    for seen in walk.pathway.attendance:
        if seen.session and seen.attendance not in CANCELLED:
            yield Agreed(seen.at, seen.planned, walk.id, seen.session, seen.element)


def _clashes(walks: Sequence[Walk], week: Week) -> Iterator[Clash]:
    """Every two sessions that overlap, at least one of which begins in *week*."""
    agreed = _agreed(walks)
    for place, one in enumerate(agreed):
        for other in agreed[place + 1 :]:
            if other.starts >= one.ends:
                break
            if one.overlaps(other) and week in {week_of(one.starts), week_of(other.starts)}:
                yield Clash(one, other)

"""Row m: what it costs to decide by a programme and to say why, beside aggregates whose rules are their own code."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID, uuid4

from eventsourcing.domain import Aggregate, event

from bench.table import Row
from domain.actor import Actor
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.commands.referrals import AcceptReferral, ReferCitizen
from domain.pathway.commands.sessions import BookSession, RecordAttendance
from domain.pathway.decide import pathway_decider
from domain.pathway.facts.sessions import Attendance
from domain.pathway.settling import settled
from domain.programme.shape import Programme
from programmes.loader import load

PROGRAMME = Path(__file__).parents[1] / "programmes" / "sygedagpenge-driftstilbud" / "v2.yaml"
CASEWORKER, CONTACT = Actor("caseworker:sb-1"), Actor("contact_person:kp-1")
BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEKS = 100
A_WEEK = 2
"""How many sessions are agreed and registered each week."""
ROUNDS = 9


class Sessions(Aggregate):
    """The peer: the same sessions, agreed and registered; its one rule is that what is unknown is refused."""

    def __init__(self) -> None:
        self.bookings: dict[UUID, tuple[str, datetime]] = {}
        self.attended = 0

    @event("Booked")
    def book(self, session: UUID, element: str, starts: datetime) -> None:
        """A session is agreed."""
        if session in self.bookings:
            raise ValueError(session)
        self.bookings[session] = (element, starts)

    @event("Attended")
    def attend(self, session: UUID, attendance: str) -> None:
        """A session is registered."""
        del self.bookings[session]
        self.attended += attendance == "present"


def deciding() -> list[Row]:
    """Both in turn, round after round, in memory and without a store."""
    programme = load(PROGRAMME.read_text("utf-8"), PROGRAMME.name)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        ours.append(_rate(lambda: _decided(programme)))
        theirs.append(_rate(_peer))
    rate, peer = median(ours), median(theirs)
    against = f"{rate / peer:.2f} x an aggregate of eventsourcing that knows no programme ({peer:,.0f}/s)"
    return [
        Row("m", "decide, settled first, with consequences and reasons, in memory", f"{rate:,.0f} commands/s", against)
    ]


def _rate(act: Callable[[], int]) -> float:
    began = perf_counter()
    return act() / (perf_counter() - began)


def _decided(programme: Programme) -> int:
    """Two years of one pathway; how many commands it answered, those of time among them."""
    binding = Binding(programme)
    rules = pathway_decider(binding)
    pathway, count = rules.initial, 0
    for command in _commands():
        for passed in settled(binding, pathway, command.at):
            pathway = passed.pathway
            count += 1
        pathway = rules.evolve(pathway, rules.decide(pathway, command))
        count += 1
    return count


def _commands() -> list[Command]:
    given: list[Command] = [
        ReferCitizen(
            by=CASEWORKER,
            at=BEGAN,
            citizen=uuid4(),
            reason="vil i gang igen",
            basis="samtykke",
            circumstances={"benefit": "sygedagpenge"},
        ),
        AcceptReferral(by=CASEWORKER, at=BEGAN + timedelta(days=1), contact_person="kp-1"),
    ]
    for starts, session in _sessions():
        place = {"element": "diet_exercise", "site": "matrikel_a"}
        given += [
            BookSession(by=CONTACT, at=starts - timedelta(hours=1), session=session, starts=starts, **place),
            RecordAttendance(
                by=CONTACT, at=starts + timedelta(hours=5), session=session, attendance=Attendance.PRESENT
            ),
        ]
    return given


def _sessions() -> list[tuple[datetime, UUID]]:
    first = BEGAN + timedelta(weeks=5)
    return [(first + timedelta(weeks=week, days=2 * day), uuid4()) for week in range(WEEKS) for day in range(A_WEEK)]


def _peer() -> int:
    aggregate = Sessions()
    for starts, session in _sessions():
        aggregate.book(session, "diet_exercise", starts)
        aggregate.attend(session, "present")
    return len(aggregate.pending_events)

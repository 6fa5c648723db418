"""A citizen's week read from the store: what is no longer remembered of a pathway is still known of its past."""

from datetime import timedelta

from domain.calendar import Week, week_of
from domain.pathway.commands.course import MovePathway
from domain.pathway.commands.referrals import EnrolCitizen
from domain.pathway.counting import Hours
from engine.citizens import clashing, week_of_citizen
from eventstore.access import Look
from runtime.wiring import Trinvis
from tests.domain.beginnings import HOUR
from tests.support.asking import accept, attend, book
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, OTHER_SESSION, SESSION, SICK, WEEK
from tests.support.clock import SetClock
from tests.support.walking import another_process, referred, underway

NEXT_MONDAY = MONDAY + WEEK
LATER = NEXT_MONDAY + 40 * WEEK
SECOND = Week(2026, 11)


def look(clock: SetClock) -> Look:
    return Look(CASEWORKER, "opfølgning", clock())


async def test_a_week_of_long_ago_holds_what_it_held_under_the_version_of_its_time(
    trinvis: Trinvis, clock: SetClock
) -> None:
    walk = await referred(trinvis, clock, SICK.ref, benefit="sygedagpenge")
    await walk.tell(accept(MONDAY + HOUR))
    await walk.tell(EnrolCitizen(by=CASEWORKER, at=MONDAY + 2 * HOUR))
    for at, session in ((NEXT_MONDAY, SESSION), (LATER, OTHER_SESSION)):
        await walk.tell(book(at, at, "nature", session=session))
        await walk.tell(attend(at + HOUR, session=session, minutes=240))
    await walk.tell(MovePathway(by=CASEWORKER, at=LATER + DAY, version=3, reason="ny aftale"))
    for week, ref in ((SECOND, SICK.ref), (week_of(LATER), "sygedagpenge-driftstilbud@3")):
        found = await week_of_citizen(trinvis.engine, walk.citizen, week, look(clock))
        assert (found.hours, found.expected) == (Hours(300, 240), 600)
        assert found.shares[0].walk.programme.ref == ref


async def test_what_another_process_has_just_booked_is_seen(trinvis: Trinvis, clock: SetClock) -> None:
    one = await underway(trinvis, clock)
    other = await underway(trinvis, clock, citizen=one.citizen)
    await one.tell(book(MONDAY + DAY, NEXT_MONDAY, "training"))
    starts = NEXT_MONDAY + timedelta(minutes=10)
    elsewhere = another_process(trinvis)
    await other.tell(book(MONDAY + DAY, starts, "training", session=OTHER_SESSION), engine=elsewhere)
    asked = Look(CONTACT, "booking", clock())
    [(agreed, programme)] = await clashing(trinvis.engine, one.pathway, SESSION, asked)
    assert (agreed.pathway, agreed.starts, programme.programme) == (other.pathway, starts, "sundere-sammen")

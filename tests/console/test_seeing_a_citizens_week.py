"""`trinvis week`: a citizen's hours on all pathways, and bookings that overlap, told and logged."""

from uuid import uuid4

from console.answers.telling import Told
from console.answers.weeks import WeekOfCitizen
from domain.calendar import COPENHAGEN, Week
from tests.console.terminal import CASEWORKER, CONTACT, NEXT_YEAR, TODAY, Terminal, turned_down
from tests.support.cast import SICK, TOGETHER

GROUND = ("--ground", "opfølgning")
WEEK = str(Week(*NEXT_YEAR.isocalendar()[:2]))
BARS = [
    ("da", ("planlagt", "deltaget", "norm"), "Mødegange, der overlapper"),
    ("en", ("planned", "attended", "norm"), "Sessions that overlap"),
]
CITIZEN = ("--by", "citizen:b-1")


def at(clock: str) -> str:
    return f"{NEXT_YEAR} {clock} Europe/Copenhagen"


async def booked(terminal: Terminal, pathway: str, element: str, clock: str, *more: str) -> Told:
    """The answer to a booking a year from now."""
    words = ("book-session", "--element", element, "--starts", at(clock), *more, *CONTACT, "--json")
    return (await terminal("tell", pathway, *words)).fits(Told)


async def two(terminal: Terminal) -> tuple[str, str, str]:
    """One citizen in two programmes: both pathways, and the citizen."""
    sick, together = await terminal.underway(SICK.ref), await terminal.underway(TOGETHER.ref)
    return sick, together, str((await terminal("pathway", sick, *CASEWORKER, "--json")).data["citizen"])


async def test_a_week_holds_the_hours_of_every_pathway_in_its_documented_shape(terminal: Terminal) -> None:
    sick, together, citizen = await two(terminal)
    await booked(terminal, sick, "nature", "09:00")
    await booked(terminal, together, "training", "15:00", "--minutes", "90")
    found = (await terminal("week", citizen, "--week", WEEK, *CASEWORKER, *GROUND, "--json")).fits(WeekOfCitizen)
    assert {(str(each.pathway), each.hours.planned_minutes, each.expected_minutes) for each in found.pathways} == {
        (sick, 300, 600),
        (together, 90, None),
    }
    assert (found.hours.planned_minutes, found.expected_minutes, found.clashes) == (390, 600, [])
    log = (await terminal("access-log", citizen, *CASEWORKER, "--lang", "en")).out
    for pathway in (sick, together):
        assert f"the week on {pathway} (opfølgning)" in log, "each look is logged with its ground"
    this = (await terminal("week", citizen, *CASEWORKER, "--json")).fits(WeekOfCitizen)
    assert this.week == str(Week(*TODAY.isocalendar()[:2])), "where no week is named"
    assert [each.whole for each in this.pathways] == [False, False], "they began in it"


async def test_a_week_is_shown_with_bars_in_one_scale(terminal: Terminal) -> None:
    sick, together, citizen = await two(terminal)
    await booked(terminal, sick, "nature", "09:00")
    second = await booked(terminal, together, "training", "13:00", "--minutes", "90")
    for language, rows, heading in BARS:
        said = await terminal("week", citizen, "--week", WEEK, *CASEWORKER, "--lang", language)
        found = [[line.count("█") for line in said.out.split("\n") if line.startswith(f"  {row}")] for row in rows]
        assert [sorted(each) for each in found] == [[4, 15, 20], [0, 0, 0], [30, 30]], said
        overlap = said.out.partition(heading)[2]
        assert f"{NEXT_YEAR} 09:00-14:00" in overlap
        assert f"{together} --session {second.session}" in overlap
    long_ago = await terminal("week", citizen, "--week", "2020-W10", *CASEWORKER, "--lang", "en")
    assert "There are no hours and no norm in that week." in long_ago.out


async def test_what_is_no_week_and_who_is_no_citizen_are_told(terminal: Terminal) -> None:
    words = ("week", str(uuid4()), *CASEWORKER)
    for wrong in ("2026-W54", "48", "9000-W01"):
        danish, english = "--week: er ikke en uge; skriv fx", "--week: is not a week; write for example"
        await turned_down(terminal, (*words, "--week", wrong), "not_a_week", danish, english)
    await turned_down(terminal, words, "no_such_citizen", "Borgeren kendes ikke", "The citizen is not known")
    danish, english = "CITIZEN: skal være et id", "CITIZEN: must be an id"
    await turned_down(terminal, ("week", "", *CASEWORKER), "uuid_parsing", danish, english)
    outsider = ("week", str(uuid4()), "--by", "steering_group:x-1")
    await turned_down(terminal, outsider, "role_may_not", "kan ikke", "cannot")


async def test_a_booking_that_overlaps_is_carried_out_and_says_so(terminal: Terminal) -> None:
    sick, together, citizen = await two(terminal)
    first = await booked(terminal, sick, "nature", "09:00")
    assert first.clashes == []
    second = await booked(terminal, together, "training", "13:59")
    assert second.facts == ["session_booked"]
    [clash] = second.clashes
    assert (str(clash.pathway), clash.session, clash.programme) == (sick, first.session, SICK.ref)
    assert (clash.element, clash.starts.astimezone(COPENHAGEN).hour, clash.minutes) == ("nature", 9, 300)
    assert (await booked(terminal, together, "training", "14:00")).clashes != [], "with the session just booked"
    log = (await terminal("access-log", citizen, *CASEWORKER, "--lang", "en")).out
    assert f"contact person kp-1: sessions of {sick} (booking of a session)" in log


async def test_moving_a_session_onto_another_says_so_in_words(terminal: Terminal) -> None:
    sick, together, _ = await two(terminal)
    first = await booked(terminal, sick, "nature", "09:00")
    second = await booked(terminal, together, "training", "15:00")
    words = ("rebook-session", "--session", str(second.session), "--asked-by", "citizen", "--reason", "tandlæge")
    for language, expected in (("da", "Overlapper med:"), ("en", "Overlaps with:")):
        hour = "09:30" if language == "da" else "10:30"
        said = await terminal("tell", together, *words, "--starts", at(hour), *CONTACT, "--lang", language)
        assert said.code == 0
        assert f"{expected}\n  {NEXT_YEAR} 09:00-14:00  Natur" in said.out
        assert f"{sick} --session {first.session}" in said.out
    free = await terminal("tell", together, *words, "--starts", at("14:00"), *CONTACT, "--lang", "en")
    assert "Overlaps" not in free.out


async def test_who_may_not_look_at_citizens_hears_of_overlaps_in_that_pathway_only(terminal: Terminal) -> None:
    sick, together, _ = await two(terminal)
    await booked(terminal, sick, "nature", "09:00")
    own, moved = [await booked(terminal, together, "training", clock) for clock in ("09:30", "18:00")]
    words = ("rebook-session", "--session", str(moved.session), "--starts", at("09:45"), "--asked-by", "citizen")
    said = await terminal("tell", together, *words, "--reason", "bussen", *CITIZEN, "--json")
    assert [each.session for each in said.fits(Told).clashes] == [own.session]

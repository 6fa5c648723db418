"""`trinvis places`: how many places of a programme are free, and who waits; `trinvis pathway` says so too."""

from datetime import UTC, datetime

from console.answers.places import Places
from console.answers.standing import Standing
from tests.console.terminal import CASEWORKER, Terminal, turned_down
from tests.support.altering import altered_text

ONE_PLACE = altered_text(
    "sundere-sammen@2",
    ("version: 2\n", "version: 9\n"),
    ("effective_from: 2018-08-01", "effective_from: 2026-01-01"),
    ("contact_person: required", "contact_person: required\nplaces: 1"),
)


async def test_who_waits_for_a_place_stands_in_the_queue_and_is_told_so(terminal: Terminal) -> None:
    catalogue = terminal.trinvis.catalogue
    await catalogue.publish(ONE_PLACE, "v9.yaml", "administrator:it-1", datetime(2026, 1, 1, tzinfo=UTC))
    begun, first, second = [await terminal.underway("sundere-sammen@9") for _ in range(3)]
    found = (await terminal("places", "sundere-sammen", *CASEWORKER, "--json")).fits(Places)
    assert (found.places, found.taken, found.free) == (1, 1, 0)
    assert [str(each.pathway) for each in found.waiting] == [first, second]
    said = await terminal("places", "sundere-sammen", *CASEWORKER, "--lang", "en")
    assert "Healthier together, version 9: 1 place, 1 taken, 0 free" in said.out
    assert f"2. {second} since" in said.out
    seen = await terminal("pathway", second, *CASEWORKER, "--lang", "en")
    assert "Waits for a place: number 2 in the queue. The first day is not known yet." in seen.out
    ahead = [
        (await terminal("pathway", each, *CASEWORKER, "--json")).fits(Standing).ahead for each in (begun, first, second)
    ]
    assert ahead == [None, 0, 1]
    wish = ("tell", second, "enrol-citizen", *CASEWORKER)
    await turned_down(terminal, wish, "no_free_place", "Alle pladser er optaget (1).", "Every place is taken (1).")


async def test_a_programme_with_room_for_everybody_says_so(terminal: Terminal) -> None:
    said = await terminal("places", "sygedagpenge-driftstilbud", *CASEWORKER)
    assert "plads til alle, 0 i gang eller med en startdag" in said.out
    await turned_down(
        terminal, ("places", "findes-ikke", *CASEWORKER), "unknown_programme", "er ikke udgivet", "is not published"
    )

"""`trinvis forecast`: the chain of one pathway with what would stop it, and what lies ahead on all of them."""

from datetime import timedelta

import pytest

from console.answers.forecasts import Forecasted, WorkAhead
from domain.explaining.forecasting import forecast
from domain.pathway.binding import Binding
from runtime.wiring import Trinvis
from tests.console.terminal import CASEWORKER, TODAY, Terminal
from tests.support.cast import SICK, WEEK
from tests.support.clock import SetClock
from tests.support.walking import referred, underway

AUDITOR = ("--by", "auditor:rev-1", "--ground", "ledelsestilsyn")


@pytest.mark.parametrize(
    ("language", "stop", "end"),
    [
        ("da", "Stoppes, når dette sker først: Første samtale.", "Derefter sker der intet nyt af sig selv"),
        ("en", "Stopped when this happens first: First talk.", "After that nothing new happens by itself"),
    ],
)
async def test_a_forecast_is_the_chain_with_what_would_stop_it(
    terminal: Terminal, language: str, stop: str, end: str
) -> None:
    pathway = await terminal.underway(SICK.ref)
    said = await terminal("forecast", pathway, *CASEWORKER, "--lang", language)
    assert said.code == 0, said
    assert stop in said.out
    assert end in said.out
    assert "…" in said.out, "what goes on recurring"


async def test_a_forecast_answers_in_its_documented_shape_and_ends_where_it_is_told_to(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK.ref)
    whole = (await terminal("forecast", pathway, *CASEWORKER, "--json")).fits(Forecasted)
    until = str(TODAY + timedelta(days=30))
    month = (await terminal("forecast", pathway, *CASEWORKER, "--until", until, "--json")).fits(Forecasted)
    assert (whole.stable, month.stable) == (True, False)
    assert all(each.at.date() <= TODAY + timedelta(days=31) for each in month.chain)


async def test_what_lies_ahead_on_all_pathways_is_counted_by_week_and_role(terminal: Terminal) -> None:
    for _ in range(2):
        await terminal.underway(SICK.ref)
    found = (await terminal("forecast", "--all", "--weeks", "12", *AUDITOR, "--json")).fits(WorkAhead)
    talks = [each for each in found.loads if (each.role, each.load) == ("contact_person", "deadlines")]
    assert sum(each.count for each in talks) >= 4
    assert {each.count % 2 for each in found.loads} == {0}, "twice the same pathway"
    shown = (await terminal("forecast", "--all", *AUDITOR, "--lang", "en")).out
    assert "deadlines" in shown
    assert "█" in shown


async def test_looking_ahead_is_logged_with_its_ground(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK.ref)
    await terminal("forecast", pathway, *AUDITOR)
    await terminal("forecast", "--all", *AUDITOR)
    citizen = (await terminal("pathway", pathway, *CASEWORKER, "--json")).data["citizen"]
    log = (await terminal("access-log", citizen, *CASEWORKER, "--lang", "en")).out
    assert f"what will happen by itself on {pathway} (ledelsestilsyn)" in log
    assert log.count(f"what lies ahead on {pathway} and all other pathways together (ledelsestilsyn)") == 1


async def test_on_the_real_store_what_was_foreseen_happens(trinvis: Trinvis, clock: SetClock) -> None:
    for begin in (underway, referred):
        walk = await begin(trinvis, clock, SICK.ref, benefit="sygedagpenge")
        before = await walk.events()
        folded = await walk.folded()
        until = clock() + 20 * WEEK
        found = forecast(Binding(folded.programme), folded.pathway, clock(), until)
        clock.set(until)
        await walk.settle()
        assert (await walk.events())[len(before) :] == [fact for each in found.chain for fact in each.facts]

"""`trinvis why`: what must hold, the facts that made it so, and a way that one can go by typing it."""

import shlex

import pytest

from console.answers.reasons import Explained
from tests.console.terminal import CASEWORKER, CONTACT, Terminal

SICK = "sygedagpenge-driftstilbud@2"


@pytest.mark.parametrize(
    ("language", "closed", "way"),
    [
        ("da", "Virksomhedspraktik er lukket.", "Den korteste vej dertil"),
        ("en", "Work placement is closed.", "The shortest way there"),
    ],
)
async def test_a_closed_step_says_what_is_missing_and_what_would_open_it(
    terminal: Terminal, language: str, closed: str, way: str
) -> None:
    pathway = await terminal.underway(SICK)
    said = await terminal("why", pathway, "work-placement", *CASEWORKER, "--lang", language)
    assert said.code == 0, said
    assert said.out.startswith(closed)
    assert "✗ book-session" in said.out
    proposed = said.out.partition(way)[2]
    assert f"trinvis tell {pathway} enter-phase --phase labour_market --reason … --by …" in proposed
    assert f"trinvis tell {pathway} agree-plan --goals … --by …" in proposed


async def test_going_the_way_as_typed_opens_the_step(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    asked = ("why", pathway, "work_placement", *CASEWORKER, "--json")
    answer = (await terminal(*asked)).fits(Explained)
    assert (answer.open, answer.way.search) == (False, "found")
    for move in (each for together in answer.way.moves for each in together):
        assert move.type
        words = shlex.split(move.type.replace("--by …", f"--by {move.by[0]}:x-1"))
        assert (await terminal(*words[1:])).code == 0, words
    assert (await terminal(*asked)).fits(Explained).open


async def test_a_rule_shows_what_it_counted_and_how_often_something_is_still_to_be_done(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    said = await terminal("why", pathway, "labour_market", *CONTACT, "--lang", "en")
    assert "✗ attended('P4W') >= 6   (attended('P4W') = 0)" in said.out
    assert "(6 times)" in said.out.partition("The shortest way on which the programme's rule does it")[2]


async def test_a_step_that_nobody_knows_is_answered_with_those_that_are_known(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    said = await terminal("why", pathway, "gardening", *CASEWORKER, "--lang", "en")
    assert said.code == 2
    assert "STEP: gardening is not known." in said.err
    assert "work_placement" in said.err


@pytest.mark.parametrize(("language", "mend"), [("da", "skal være et id, som fx"), ("en", "must be an id, such as")])
async def test_what_is_no_id_of_a_pathway_is_named(terminal: Terminal, language: str, mend: str) -> None:
    said = await terminal("why", "1234", "close", *CASEWORKER, "--lang", language)
    assert (said.code, "PATHWAY: " in said.err, mend in said.err) == (2, True, True)


async def test_asking_why_is_a_look_and_is_logged(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    await terminal("why", pathway, "close", "--by", "auditor:rev-1", "--ground", "stikprøve")
    citizen = (await terminal("pathway", pathway, *CASEWORKER, "--json")).data["citizen"]
    log = (await terminal("access-log", citizen, *CASEWORKER, "--lang", "en")).out
    assert f"why a step of {pathway} is open or closed (stikprøve)" in log

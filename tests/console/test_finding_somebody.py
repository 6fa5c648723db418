"""`trinvis find`: the citizen's id and pathways by the CPR number, which is never an option and never shown again."""

from pathlib import Path

import pytest

from console.answers.finding import FoundCitizen
from tests.console.terminal import CASEWORKER, CPR, Terminal


@pytest.mark.parametrize("way", ["prompt", "standard input", "file"])
async def test_a_citizen_is_found_by_the_cpr_number(terminal: Terminal, tmp_path: Path, way: str) -> None:
    pathway = await terminal.underway()
    file = tmp_path / "cpr.txt"
    file.write_text(f"{CPR}\n")
    words = {"prompt": (), "standard input": ("--person", "-"), "file": ("--person", str(file))}[way]
    said = await terminal("find", *CASEWORKER, *words, "--lang", "en", given=f"{CPR}\n")
    citizen = (await terminal("pathway", pathway, *CASEWORKER, "--json")).data["citizen"]
    assert said.code == 0
    assert f"Citizen  {citizen}\nPathway  {pathway}\n  Healthier together, version 2: under way, in the" in said.out
    assert way == "prompt" or CPR not in said.out + said.err


async def test_what_is_found_answers_in_its_documented_shape_open_pathways_first(terminal: Terminal) -> None:
    closed, going_on = await terminal.underway(), await terminal.referred()
    await terminal.tells(closed, "close-pathway", "--outcome", "job", "--reason", "fandt arbejde")
    found = (await terminal("find", *CASEWORKER, "--person", "-", "--json", given=CPR)).fits(FoundCitizen)
    assert [(str(each.pathway), each.stage) for each in found.pathways] == [(going_on, "referred"), (closed, "closed")]
    assert {each.title for each in found.pathways} == {"Sundere sammen"}


@pytest.mark.parametrize(
    ("number", "code"), [("620180-1234", "no_such_citizen"), ("99", "not_a_cpr"), ("", "not_a_cpr")]
)
async def test_nobody_is_found_by_a_number_that_nobody_has(terminal: Terminal, number: str, code: str) -> None:
    await terminal.referred()
    said = await terminal("find", *CASEWORKER, "--person", "-", "--json", given=number)
    assert (said.code, said.error["code"]) == (1 if code == "no_such_citizen" else 2, code)
    assert number in {"", "99"} or number not in said.out


async def test_nobody_searches_who_may_not_look(terminal: Terminal) -> None:
    await terminal.referred()
    said = await terminal("find", "--by", "steering_group:x-1", "--person", "-", "--json", given=CPR)
    assert (said.code, said.error["code"]) == (1, "role_may_not")

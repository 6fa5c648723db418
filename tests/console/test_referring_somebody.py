"""`trinvis refer`: who it is comes from a prompt, standard input or a file, and is never shown again."""

import json
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from console.answers.telling import Told
from domain.calendar import local_date
from engine.clock import system_clock
from eventstore.access import Look
from tests.console.terminal import CASEWORKER, CPR, NAME, PERSON, Said, Terminal
from tests.support.altering import altered_text
from tests.support.cast import AUDITOR, MONDAY

WORDS = ("--reason", "vil i gang igen", "--basis", "samtykke", "--consent")
TOGETHER = (*WORDS, "--circumstance", "benefit=ressourceforloeb")


async def refer(terminal: Terminal, *words: str, given: str | bytes | None = PERSON) -> Said:
    """A caseworker refers somebody."""
    return await terminal("refer", "sundere-sammen@2", *CASEWORKER, *TOGETHER, *words, given=given)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", ("Borger ", "Forløb ", "borgeren er henvist")),
        ("en", ("Citizen ", "Pathway ", "the citizen is referred")),
    ],
)
async def test_a_referral_tells_citizen_pathway_and_what_happened(
    terminal: Terminal, language: str, expected: tuple[str, ...]
) -> None:
    said = await refer(terminal, "--person", "-", "--lang", language)
    assert said.code == 0
    assert all(each in said.out for each in expected)


async def test_a_referral_answers_in_its_documented_shape(terminal: Terminal) -> None:
    told = (await refer(terminal, "--person", "-", "--json")).fits(Told)
    assert told.facts == ["citizen_referred", "obligation_created"]
    assert (told.first, told.last, told.repeated, told.session) == (1, 2, False, None)


async def test_who_it_is_comes_from_a_file(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "person.json"
    file.write_text(PERSON, encoding="utf-8")
    told = (await refer(terminal, "--person", str(file), "--json")).fits(Told)
    assert told.citizen is not None
    known = await terminal.trinvis.vault.identity(told.citizen, Look(AUDITOR, "prøve", MONDAY))
    assert (known.name, known.cpr) == (NAME, CPR)


async def test_who_it_is_is_asked_for_and_the_cpr_number_may_be_unknown(terminal: Terminal) -> None:
    told = (await refer(terminal, "--json", "--lang", "en", given=f"{NAME}\n\n")).out
    citizen = UUID(json.loads(told[told.index("{") :])["citizen"])
    known = await terminal.trinvis.vault.identity(citizen, Look(AUDITOR, "prøve", MONDAY))
    assert (known.name, known.cpr, known.language) == (NAME, None, "da"), "letters speak no caseworker's language"


async def test_a_second_referral_leaves_what_it_does_not_say_and_is_logged(terminal: Terminal) -> None:
    person = {"name": NAME, "cpr": CPR, "email": "anna@eksempel.dk", "language": "en"}
    first = (await refer(terminal, "--person", "-", "--json", given=json.dumps(person))).fits(Told)
    again = await refer(terminal, "--lang", "da", given=f"{NAME}\n{CPR}\n")
    assert first.citizen is not None
    assert str(first.citizen) in again.out
    log = (await terminal("access-log", str(first.citizen), *CASEWORKER, "--json")).data["looks"]
    assert [(each["actor"], each["ground"], each["what"]) for each in reversed(log)] == [
        ("caseworker:sb-1", "referral", "identity"),
        ("caseworker:sb-1", "referral", "pathways"),
    ]
    known = await terminal.trinvis.vault.identity(first.citizen, Look(AUDITOR, "prøve", MONDAY))
    assert (known.email, known.language) == ("anna@eksempel.dk", "en")


@pytest.mark.parametrize("option", ["--name", "--cpr", "--email", "--phone", "--address"])
async def test_no_option_takes_a_name_or_a_number(terminal: Terminal, option: str) -> None:
    before = await terminal.rows()
    said = await refer(terminal, option, CPR, "--person", "-")
    assert said.code == 2
    assert CPR not in said.out + said.err
    assert await terminal.rows() == before


async def test_whoever_is_known_by_the_cpr_number_is_the_same_citizen(terminal: Terminal) -> None:
    first, second = [(await refer(terminal, "--person", "-", "--json")).fits(Told) for _ in range(2)]
    assert first.citizen == second.citizen
    assert first.pathway != second.pathway


async def test_a_second_referral_while_a_pathway_is_open_names_that_one(terminal: Terminal) -> None:
    first, again = (await refer(terminal, "--person", "-", "--json")).fits(Told), ("--command-id", str(uuid4()))
    said = await refer(terminal, "--person", "-", "--lang", "en", *again)
    assert said.code == 0
    assert f"has an open pathway in the same programme already: {first.pathway}" in said.err
    told = (await refer(terminal, "--person", "-", "--json", *again)).fits(Told)
    assert (first.also_open, told.also_open) == ([], [first.pathway])


async def test_a_closed_pathway_and_one_in_another_programme_are_not_named(terminal: Terminal) -> None:
    closed = await terminal.underway()
    await terminal.tells(closed, "close-pathway", "--outcome", "job", "--reason", "fandt arbejde")
    await terminal.referred("sygedagpenge-driftstilbud@2", "sygedagpenge")
    assert (await refer(terminal, "--person", "-", "--json")).fits(Told).also_open == []


async def test_a_citizen_who_is_known_is_referred_by_id(terminal: Terminal) -> None:
    first = (await refer(terminal, "--person", "-", "--json")).fits(Told)
    second = (await refer(terminal, "--citizen", str(first.citizen), "--earlier", str(first.pathway), "--json")).fits(
        Told
    )
    assert second.citizen == first.citizen


async def test_nobody_is_referred_under_an_id_that_nobody_has(terminal: Terminal) -> None:
    before = await terminal.rows()
    said = await refer(terminal, "--citizen", str(uuid4()), "--json")
    assert (said.code, said.error["code"]) == (1, "no_such_citizen")
    assert await terminal.rows() == before


@pytest.mark.parametrize("person", [PERSON, json.dumps({"name": NAME})], ids=["with CPR", "without"])
async def test_a_repetition_counts_once_and_registers_nobody_twice(terminal: Terminal, person: str) -> None:
    again = ("--command-id", str(uuid4()), "--person", "-", "--json")
    first = (await refer(terminal, *again, given=person)).fits(Told)
    before = await terminal.rows()
    second = (await refer(terminal, *again, given=person)).fits(Told)
    assert (second.citizen, second.pathway, second.repeated) == (first.citizen, first.pathway, True)
    assert await terminal.rows() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--by", "instructor:in-1", *TOGETHER), 1),
        ((*CASEWORKER, *WORDS, "--circumstance", "benefit=lotteri"), 2),
        ((*CASEWORKER, *TOGETHER, "--contraindication", "tired"), 2),
        ((*CASEWORKER, *TOGETHER, "--mandatory", "job_bridge"), 2),
    ],
    ids=["role", "circumstance", "contraindication", "mandatory"],
)
async def test_nobody_is_registered_by_a_referral_that_is_turned_down(
    terminal: Terminal, words: tuple[str, ...], code: int
) -> None:
    before = await terminal.rows()
    assert (await terminal("refer", "sundere-sammen@2", *words, "--person", "-", given=PERSON)).code == code
    assert await terminal.rows() == before


async def test_a_programme_without_a_version_means_the_newest_in_force(terminal: Terminal) -> None:
    future = local_date(system_clock()).replace(month=1, day=1).isoformat().replace("20", "21", 1)
    text = altered_text("sundere-sammen@3", ("version: 3", "version: 5"), ("2019-08-01", future))
    await terminal.trinvis.catalogue.publish(text, "v4.yaml", "administrator:it-1", MONDAY)
    said = await terminal("refer", "sundere-sammen", *CASEWORKER, *TOGETHER, "--person", "-", "--json", given=PERSON)
    shown = await terminal("pathway", said.data["pathway"], *CASEWORKER, "--json")
    assert shown.data["programme"] == "sundere-sammen@4"


async def test_a_programme_that_is_not_in_force_yet_is_named_with_its_first_day(terminal: Terminal) -> None:
    text = altered_text(
        "sundere-sammen@1", ("programme: sundere-sammen", "programme: kommende"), ("2018-01-01", "2118-01-01")
    )
    await terminal.trinvis.catalogue.publish(text, "kommende.yaml", "administrator:it-1", MONDAY)
    said = await terminal("refer", "kommende", *CASEWORKER, *TOGETHER, "--person", "-", given=PERSON)
    assert said.code == 2
    assert "1. januar 2118" in said.err
    assert "kommende@1" in said.err


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ("", "not_a_person"),
        ("[]", "dict_type"),
        ("{}", "missing"),
        ("[" * 5_000, "not_a_person"),
        ('{"name": "' + "x" * 1_000_000 + '"}', "too_much"),
        ('{"name": "' + "x" * 300 + '"}', "string_too_long"),
        (json.dumps({"name": NAME, "cpr": "990180-1234"}), "not_a_cpr"),
        (json.dumps({"name": NAME, "cpr": "610180-12345"}), "not_a_cpr"),
        (json.dumps({"name": CPR}), "holds_cpr"),
        (json.dumps({"name": "Anna\x00"}), "nul_byte"),
        (json.dumps({"name": NAME, "shoe_size": 38}), "extra_forbidden"),
        (json.dumps({"name": NAME, "language": "sv"}), "literal_error"),
        (json.dumps({"name": NAME, "email": "anna@example.dk\r\nBcc: alle@example.dk"}), "not_an_email"),
        (json.dumps({"name": NAME, "address": "x" * 1_000}), "string_too_long"),
        (json.dumps({"name": NAME, "phone": CPR}), "holds_cpr"),
    ],
)
async def test_a_person_that_cannot_be_read_is_turned_down_without_repeating_it(
    terminal: Terminal, person: str, code: str
) -> None:
    before = await terminal.rows()
    said = await refer(terminal, "--person", "-", "--json", given=person)
    assert (said.code, said.error["code"]) == (2, code)
    assert NAME not in said.out + said.err
    assert CPR not in said.out + said.err
    assert await terminal.rows() == before


async def test_the_message_about_a_person_shows_how_one_is_written(terminal: Terminal) -> None:
    said = await refer(
        terminal,
        "--person",
        "-",
        given="Bo Eksempel",
    )
    assert (
        '--person: er ikke JSON med en person; skriv for eksempel {"name": "Bo Eksempel", "cpr": "610180-1234"}.'
        in (said.err)
    )


@pytest.mark.parametrize("file", ["no-such-file.json", "/", "a\x00b", "x" * 5_000])
async def test_a_file_that_cannot_be_read_is_named(terminal: Terminal, file: str) -> None:
    said = await refer(terminal, "--person", file, "--json")
    assert (said.code, said.error["code"]) == (1, "no_file")


async def test_bytes_that_are_not_text_are_turned_down(terminal: Terminal) -> None:
    said = await refer(terminal, "--person", "-", "--json", given=b"\xff\xfe{")
    assert (said.code, said.error["code"]) == (1, "no_file")

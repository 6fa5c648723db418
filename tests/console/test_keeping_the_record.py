"""`trinvis verify`, `rebuild`, `erase`, `rotate`, `access-log`, `sweep`, `settings` and `migrate`."""

from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from console.answers.records import AccessLog, Checked, Counted, ErasedThings
from console.answers.servers import ListedSettings, Migrated
from engine.draft import fact_id
from eventstore.access import Look
from tests.console.terminal import CASEWORKER, CONTACT, CPR, NAME, RECORDS, Terminal
from tests.support.cast import AUDITOR, MONDAY
from tests.support.roles import superuser
from tests.support.servers import Servers

RULING = (*RECORDS, "--decision", "2026-1234")


async def citizen_of(terminal: Terminal, pathway: str) -> UUID:
    """Whom a pathway is about."""
    async with terminal.trinvis.database.connection() as connection:
        citizen: UUID = await connection.fetchval("SELECT subject FROM stream WHERE id = $1", UUID(pathway))
    return citizen


@pytest.mark.parametrize(("language", "expected"), [("da", "Alle kæder er hele."), ("en", "Every chain is whole.")])
async def test_whole_chains_are_told(terminal: Terminal, language: str, expected: str) -> None:
    await terminal.underway()
    said = await terminal("verify", "--lang", language)
    assert (said.code, expected in said.out) == (0, True)


async def test_one_pathway_is_checked_by_itself(terminal: Terminal) -> None:
    pathway, _ = await terminal.underway(), await terminal.referred()
    checked = (await terminal("verify", pathway, "--json")).fits(Checked)
    assert (checked.pathways, checked.faults) == (1, [])
    assert checked.facts > 2


async def test_a_pathway_that_is_not_there_is_not_called_whole(terminal: Terminal) -> None:
    said = await terminal("verify", str(uuid4()), "--json")
    assert (said.code, said.error["code"]) == (1, "no_such_stream")


async def test_the_first_bad_fact_is_named(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    owner = await asyncpg.connect(terminal.environment["TRINVIS_OWNER_DATABASE_URL"])
    try:
        await owner.execute("ALTER TABLE trinvis.fact DISABLE TRIGGER never_changed")
        await owner.execute(
            "UPDATE trinvis.fact SET occurred_at = occurred_at + interval '1 day' WHERE stream = $1 AND version = 3",
            UUID(pathway),
        )
    finally:
        await owner.close()
    said = await terminal("verify", "--json")
    checked = said.fits(Checked)
    assert said.code == 1
    assert [(str(each.stream), each.version, each.code) for each in checked.faults] == [(pathway, 3, "changed")]
    told = await terminal("verify")
    assert f"{pathway}: hændelse 3 er ændret" in told.out


@pytest.mark.parametrize("one", [False, True])
async def test_a_pathway_whose_beginning_is_gone_is_named_too(
    servers: Servers, terminal: Terminal, *, one: bool
) -> None:
    pathway = await terminal.underway()
    async with superuser(servers, terminal.trinvis) as forger:
        await forger.execute("DELETE FROM commit; DELETE FROM stream")
    words = ("verify", pathway) if one else ("verify",)
    said = await terminal(*words, "--lang", "en")
    assert (said.code, f"{pathway}: fact 1 stands without a pathway" in said.out) == (1, True)
    assert [each.code for each in (await terminal(*words, "--json")).fits(Checked).faults] == ["without_stream"]


async def test_read_models_are_made_anew(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    worklist = (await terminal("worklist", *CONTACT, "--all", "--json")).data
    async with terminal.trinvis.database.connection() as connection:
        await connection.execute("DELETE FROM worklist")
    assert (await terminal("rebuild", "--json")).fits(Counted).count == 1
    assert (await terminal("worklist", *CONTACT, "--all", "--json")).data == worklist
    assert (await terminal("rebuild", "--lang", "en")).out == "1 pathway read again, and the read models made anew.\n"
    assert pathway in str(worklist)


async def test_what_a_fact_says_is_erased_with_its_letter(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    outbox = terminal.trinvis.settings.outbox
    outbox.mkdir()
    letter = outbox / f"{fact_id(UUID(pathway), 3)}-referral_accepted.eml"
    other = outbox / f"{fact_id(UUID(pathway), 4)}-enrolled.eml"
    for each in (letter, other):
        each.write_text("Kære Anna")
    erased = (await terminal("erase", "fact", pathway, "3", *RULING, "--yes", "--json")).fits(ErasedThings)
    assert (erased.facts, erased.letters, letter.exists(), other.exists()) == (1, 1, False, True)
    assert (await terminal("verify")).code == 0
    history = await terminal("history", pathway, *CASEWORKER)
    assert "Indholdet er slettet (henvisningen er godkendt)." in history.out


async def test_a_citizen_is_erased_and_known_no_more(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    citizen = await citizen_of(terminal, pathway)
    erased = (await terminal("erase", "citizen", str(citizen), *RULING, "--yes", "--json")).fits(ErasedThings)
    assert erased.citizen == citizen
    shown = await terminal("pathway", pathway, *CASEWORKER, "--json")
    assert (shown.code, shown.data["stage"]) == (0, "erased")
    assert (await terminal("verify")).code == 0
    unknown = await terminal("erase", "citizen", str(uuid4()), *RULING, "--yes", "--json")
    assert (unknown.code, unknown.error["code"]) == (1, "no_such_citizen")


async def test_a_citizen_who_is_erased_again_loses_the_letters_that_were_left_lying(terminal: Terminal) -> None:
    """Whoever erased was stopped before they were gone; also one that a worker was stopped at writing."""
    pathway = await terminal.underway()
    citizen, outbox = await citizen_of(terminal, pathway), terminal.trinvis.settings.outbox
    words = ("erase", "citizen", str(citizen), *RULING, "--yes")
    first = (await terminal(*words, "--json")).fits(ErasedThings)
    outbox.mkdir()
    for name in (f"{fact_id(UUID(pathway), 3)}-enrolled.eml", f".{fact_id(UUID(pathway), 4)}-enrolled.eml"):
        (outbox / name).write_text("Kære Anna")
    other = outbox / f"{uuid4()}-enrolled.eml"
    other.write_text("Kære Bo")
    again = (await terminal(*words, "--json")).fits(ErasedThings)
    assert (first.repeated, first.letters) == (False, 0)
    assert (again.repeated, again.facts, again.letters) == (True, 0, 2)
    assert list(outbox.iterdir()) == [other]
    said = await terminal(*words, "--lang", "en")
    assert said.out == "The citizen had been erased already. Taken out of the outbox: 0 letters.\n"


async def test_nothing_is_erased_before_it_is_meant(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    before = await terminal.rows()
    said = await terminal("erase", "fact", pathway, "3", *RULING, given="n\n")
    assert (said.code, "Intet er slettet." in said.err) == (1, True)
    assert await terminal.rows() == before
    assert (await terminal("erase", "fact", pathway, "3", *RULING, given="y\n")).code == 0


@pytest.mark.parametrize("yes", ["j", "ja", "J", "yes"])
async def test_yes_is_understood_in_both_languages(terminal: Terminal, yes: str) -> None:
    pathway = await terminal.underway()
    said = await terminal("erase", "fact", pathway, "3", *RULING, given=f"{yes}\n")
    assert (said.code, "Det kan ikke fortrydes. [j/N]" in said.err) == (0, True)


@pytest.mark.parametrize(("language", "stopped"), [("da", "Afbrudt."), ("en", "Stopped.")])
async def test_whoever_is_asked_and_says_nothing_is_told_in_the_language_asked_for(
    terminal: Terminal, language: str, stopped: str
) -> None:
    said = await terminal("erase", "citizen", str(uuid4()), *RULING, "--lang", language, given="")
    assert (said.code, said.err.endswith(f"\n{stopped}\n")) == (1, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--by", "caseworker:sb-1", "--decision", "2026-1"), "role_may_not"),
        ((*RECORDS, "--decision", ""), "string_too_short"),
        ((*RECORDS, "--decision", CPR), "holds_cpr"),
        ((*RECORDS, "--decision", "a\x00b"), "nul_byte"),
        ((*RECORDS, "--decision", "x" * 1_000_000), "string_too_long"),
        (("--by", "nobody", "--decision", "2026-1"), "not_an_actor"),
    ],
)
async def test_nothing_is_erased_without_a_role_and_a_decision(
    terminal: Terminal, words: tuple[str, ...], code: str
) -> None:
    pathway = await terminal.underway()
    citizen = str(await citizen_of(terminal, pathway))
    before = await terminal.rows()
    for what in (("fact", pathway, "3"), ("citizen", citizen)):
        said = await terminal("erase", *what, *words, "--yes", "--json")
        assert (said.code, said.error["code"]) == (2 if "field" in said.error else 1, code)
    assert await terminal.rows() == before


async def test_keys_are_replaced_and_everything_stays_readable(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    citizen = await citizen_of(terminal, pathway)
    assert (await terminal("rotate", "kek", "--json")).fits(Counted).count == 1
    facts = (await terminal("rotate", "citizen", str(citizen), "--json")).fits(Counted).count
    history = (await terminal("history", pathway, *CASEWORKER, "--json")).data["facts"]
    assert facts == len(history)
    assert all(each["content"] for each in history)
    unknown = await terminal("rotate", "citizen", str(uuid4()), "--json")
    assert (unknown.code, unknown.error["code"]) == (1, "no_such_citizen")


async def test_every_look_is_logged_with_its_ground(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    citizen = await citizen_of(terminal, pathway)
    await terminal("history", pathway, "--by", "auditor:rev-1", "--ground", "ledelsestilsyn")
    await terminal("worklist", *CASEWORKER, "--all")
    await terminal("pathway", pathway, *CASEWORKER)
    await terminal("find", *CASEWORKER, "--person", "-", given=CPR)
    await terminal.trinvis.vault.identity(citizen, Look(AUDITOR, "brev", MONDAY))
    log = (await terminal("access-log", str(citizen), "--by", "auditor:rev-1", "--json")).fits(AccessLog).looks
    assert [(each.actor, each.ground) for each in reversed(log)][:2] == [
        ("auditor:rev-1", "ledelsestilsyn"),
        ("caseworker:sb-1", "caseload"),
    ]
    told = await terminal("access-log", str(citizen), "--by", "auditor:rev-1")
    shown = ("historikken for", "arbejdslisten", f"hvor {pathway} står", "søgning på CPR-nummer", "borgerens forløb")
    for said in (*shown, "navn og CPR-nummer", "denne log", "(egne borgere)", "(ledelsestilsyn)"):
        assert said in told.out
    assert NAME not in told.out
    assert (
        len((await terminal("access-log", str(citizen), "--by", "auditor:r", "--most", "2", "--json")).data["looks"])
        == 2
    )


async def test_nobody_is_told_that_an_unknown_citizen_was_looked_at_by_nobody(terminal: Terminal) -> None:
    said = await terminal("access-log", str(uuid4()), "--by", "auditor:rev-1", "--json")
    assert (said.code, said.error["code"]) == (1, "no_such_citizen")


async def test_the_sweep_asks_for_temporal(terminal: Terminal) -> None:
    said = await terminal("sweep", "--json")
    assert (said.code, said.error["code"]) == (1, "no_temporal_named")
    away = await terminal("sweep", "--json", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert (away.code, away.error["code"]) == (1, "temporal_away")


async def test_every_setting_is_shown_and_no_secret(terminal: Terminal) -> None:
    secret = {"TRINVIS_SMTP_PASSWORD": "hemmelig-1"}
    said = await terminal("settings", "--json", **secret)
    variables = {row.variable for row in said.fits(ListedSettings).settings}
    assert {"TRINVIS_DATABASE_URL", "TRINVIS_KEY_FILE", "TEMPORAL_ADDRESS"} <= variables
    assert "hemmelig-1" not in said.out
    told = await terminal("settings")
    assert all(variable in told.out for variable in variables)
    assert "Mappen, som breve skrives i" in told.out


async def test_a_setting_that_cannot_be_used_is_named(terminal: Terminal) -> None:
    said = await terminal("worklist", *CASEWORKER, "--json", TRINVIS_CONNECTIONS="many")
    assert (said.code, said.error["code"]) == (2, "wrong_setting")
    assert "TRINVIS_CONNECTIONS" in said.error["message"]
    assert "many" not in said.error["message"]


@pytest.mark.parametrize("address", ["foo", "mysql://a@h/x", "postgresql://a:hemmelig@h:notaport/x"])
async def test_an_address_of_no_database_is_told_as_a_wrong_setting(terminal: Terminal, address: str) -> None:
    said = await terminal("worklist", *CASEWORKER, TRINVIS_DATABASE_URL=address)
    told = "En indstilling kan ikke bruges: TRINVIS_DATABASE_URL: skal skrives postgresql://LOGIN@VÆRT:PORT/DATABASE.\n"
    assert (said.code, said.err) == (2, told)


async def test_migrating_a_database_that_is_ready_changes_nothing(terminal: Terminal) -> None:
    before = await terminal.rows()
    said = await terminal("migrate", "--json")
    assert (said.code, said.fits(Migrated)) == (0, Migrated([]))
    assert (await terminal("migrate")).out == "Databasen er klar.\n"
    assert await terminal.rows() == before


async def test_without_an_installation_it_is_said_how_to_get_one(terminal: Terminal, tmp_path: Path) -> None:
    nowhere = {"TRINVIS_DATABASE_URL": None, "TRINVIS_STATE": str(tmp_path)}
    nowhere |= {"TRINVIS_OWNER_DATABASE_URL": None, "TRINVIS_RECORDS_DATABASE_URL": None}
    for words in (("worklist", *CASEWORKER), ("verify",), ("migrate",), ("sweep",)):
        said = await terminal(*words, **nowhere)
        assert (said.code, "make up" in said.err) == (1, True)


async def test_another_installations_keys_are_noticed(terminal: Terminal, tmp_path: Path) -> None:
    said = await terminal("worklist", *CASEWORKER, "--json", TRINVIS_KEY_FILE=str(tmp_path / "keys.json"))
    assert (said.code, said.error["code"]) == (1, "wrong_keys")
    open_file = tmp_path / "open.json"
    open_file.write_bytes(terminal.trinvis.settings.key_file.read_bytes())
    open_file.chmod(0o644)
    said = await terminal("worklist", *CASEWORKER, "--json", TRINVIS_KEY_FILE=str(open_file))
    assert (said.code, said.error["code"]) == (1, "key_file_unsafe")


@pytest.mark.parametrize("content", ["", "{}", "not json", "[]"])
async def test_a_key_file_that_cannot_be_read_is_said_so(terminal: Terminal, tmp_path: Path, content: str) -> None:
    broken = tmp_path / "keys.json"
    broken.write_text(content)
    broken.chmod(0o600)
    for file in (broken, tmp_path, broken / "keys.json"):
        said = await terminal("worklist", *CASEWORKER, "--json", TRINVIS_KEY_FILE=str(file))
        assert (said.code, said.error["code"]) == (1, "no_key_file")

"""When something is wrong, one reads which field it is and what to do, in either language; and nothing is stored."""

import shlex
import socket
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from typer.core import TyperOption

from console.examples import EXAMPLES
from engine.asking import COMMANDS
from tests.console.terminal import CASEWORKER, CONTACT, CPR, NAME, PERSON, Terminal, turned_down
from tests.console.test_telling_commands import told_by_name

SICK = "sygedagpenge-driftstilbud@2"
TOLD = [path.removeprefix("tell ") for path in EXAMPLES if path.startswith("tell ")]
REFER = ("--reason", "vil i gang", "--basis", "samtykke", "--person", "-")
MEGABYTE = "x" * 1_000_000


@pytest.mark.parametrize("programme", ["glad-i-dag", "glad-i-dag@1", "sundere-sammen@99", "sundere-sammen@"])
async def test_an_unknown_programme_is_named_with_where_to_look(terminal: Terminal, programme: str) -> None:
    words = ("refer", programme, *CASEWORKER, *REFER)
    said = await turned_down(
        terminal, words, "unknown_programme", "er ikke udgivet. Se de udgivne med", "is not published. See what", PERSON
    )
    assert said.error["field"] == "programme"


@pytest.mark.parametrize(
    ("text", "code", "danish", "english"),
    [
        ("a: [1, 2\nb: 3", "yaml_bracket_open", "åbnes på linje 1", "opened on line 1"),
        ("a: &x 1\nb: *x", "yaml_alias", "skriv indholdet ud", "write the content out"),
        ("a: !!python/object:os.system x", "yaml_tag", "uden mærke", "without it"),
        ("a: " + "x" * 256 * 1024, "yaml_too_large", "256 kB", "256 kB"),
        ("a: " + "[" * 33 + "]" * 33, "yaml_too_deep", "32 lag", "32 levels"),
        ("[" * 100_000, "yaml_too_deep", "32 lag", "32 levels"),
        ("a: [" + "1, " * 6_000 + "1]", "yaml_too_many_nodes", "del tilbuddet op", "split the programme"),
        ("a: 1\na: 2", "yaml_key_twice", "slet det ene", "delete one of them"),
        ("? [1]\n: 2", "yaml_key_not_text", "ikke er tekst", "not text"),
        ("a: \x00", "nul_byte", "NUL-tegn", "NUL byte"),
        ("a: \x07", "yaml_unprintable", "tegn 4 kan ikke vises", "character 4 cannot be shown"),
        ("", "yaml_empty", "filen er tom", "the file is empty"),
        ("# kun en bemærkning", "yaml_empty", "filen er tom", "the file is empty"),
        ("[]", "model_type", "navne med indhold", "names with content"),
    ],
)
async def test_a_file_that_is_no_programme_is_told_with_its_line(
    terminal: Terminal, tmp_path_factory: pytest.TempPathFactory, text: str, code: str, danish: str, english: str
) -> None:
    file = tmp_path_factory.mktemp("wrong") / "v1.yaml"
    file.write_text(text, encoding="utf-8")
    before = await terminal.rows()
    for command in (("check",), ("publish", "--by", "administrator:it-1")):
        for language, expected in (("da", danish), ("en", english)):
            said = await terminal("programmes", *command, str(file), "--lang", language)
            assert (said.code, expected in said.out) == (1, True), said
            assert said.out.startswith(f"{file}:")
        findings = (await terminal("programmes", *command, str(file), "--json")).data["findings"]
        assert findings[0]["code"] == code
        assert findings[0]["line"] >= 1
    assert await terminal.rows() == before


@pytest.mark.parametrize(
    ("starts", "code", "danish", "english"),
    [
        ("2026-03-05T09:00", "timezone_aware", "mangler tidszone", "lacks a time zone"),
        ("2026-03-29 02:30 Europe/Copenhagen", "datetime_gap", "stilles uret frem fra 2 til 3", "from 2 to 3"),
        ("i morgen", "datetime_parsing", "er ikke et tidspunkt", "is not an instant"),
        ("1772438400", "datetime_parsing", "er ikke et tidspunkt", "is not an instant"),
        ("2026-02-30T09:00Z", "datetime_from_date_parsing", "er ikke et tidspunkt", "is not an instant"),
        ("9999-12-31T23:59Z", "instant_out_of_range", "ret årstallet", "mend the year"),
        (CPR, "datetime_parsing", "er ikke et tidspunkt", "is not an instant"),
    ],
)
async def test_an_instant_that_is_none_is_told_how_to_write_one(
    terminal: Terminal, starts: str, code: str, danish: str, english: str
) -> None:
    pathway = await terminal.underway()
    words = ("tell", pathway, "book-session", "--element", "training", *CONTACT, "--starts", starts)
    said = await turned_down(terminal, words, code, f"--starts: {danish}" if danish[0] == "m" else danish, english)
    assert said.error["field"] == "starts"


@pytest.mark.parametrize(
    ("note", "code", "danish", "english"),
    [
        ("", "string_too_short", "--note: er tomt; skriv noget.", "--note: is empty; write something."),
        (MEGABYTE, "string_too_long", "højst 10000 tegn", "at most 10000 characters"),
        ("a\x00b", "nul_byte", "NUL-tegn; fjern det", "NUL byte; remove it"),
        (f"ringede om {CPR}", "holds_cpr", "ligner et CPR-nummer", "looks like a CPR number"),
        ("\ud800", "string_unicode", "tegn, der ikke kan læses", "characters that cannot be read"),
    ],
)
async def test_a_note_that_cannot_be_kept_is_told_why(
    terminal: Terminal, note: str, code: str, danish: str, english: str
) -> None:
    pathway = await terminal.underway()
    words = ("tell", pathway, "hold-review", *CONTACT, "--note", note)
    said = await turned_down(terminal, words, code, danish, english)
    assert said.error["field"] == "note"


def options(command: str) -> Iterator[str]:
    """Every option of a command that takes words, but who asks."""
    for each in told_by_name().commands[command].params:
        if isinstance(each, TyperOption) and not each.is_flag and each.name not in {"by", "lang", "command_id"}:
            yield each.opts[0]


def line(command: str, pathway: str, **replaced: str) -> list[str]:
    """The example of a command, about a pathway, with options replaced or added."""
    words = shlex.split(EXAMPLES[f"tell {command}"])[1:]
    ids = {"PATHWAY": pathway, "SESSION": str(uuid4()), "FACT": str(uuid4()), "DECISION": "exempt"}
    words = [ids.get(word, word) for word in words]
    for option, value in replaced.items():
        if option in words:
            words[words.index(option) + 1] = value
        else:
            words += [option, value]
    return words


async def test_no_field_of_any_command_keeps_a_cpr_number_or_repeats_it(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    before, tried = await terminal.rows(), 0
    for command in TOLD:
        for option in options(command):
            said = await terminal(*line(command, pathway, **{option: CPR}), "--json")
            assert said.code == 2, (command, option, said)
            assert said.error["field"].split(".")[0] == option[2:].replace("-", "_"), (command, option, said)
            assert CPR not in said.out + said.err, (command, option)
            tried += 1
    assert tried > len(COMMANDS)
    for pair in (f"--changes=note={CPR}", f"--changes={CPR}=x"):
        said = await terminal(*line("correct-fact", pathway), pair, "--json")
        assert (said.code, CPR in said.out) == (1, False), said
    assert await terminal.rows() == before


@pytest.mark.parametrize("words", [("pathway", CPR, *CASEWORKER), ("history", CPR, *CASEWORKER), ("verify", CPR)])
async def test_a_cpr_number_is_no_ones_id_and_is_not_repeated(terminal: Terminal, words: tuple[str, ...]) -> None:
    said = await terminal(*words, "--json")
    assert (said.code, said.error["field"], CPR in said.out) == (2, "pathway", False)


@pytest.mark.parametrize("ground", ["", "x" * 201, f"ringede om {CPR}", "a\x00b"])
async def test_the_access_log_keeps_no_ground_that_is_none(terminal: Terminal, ground: str) -> None:
    pathway = await terminal.underway()
    for words in (("pathway", pathway), ("history", pathway), ("worklist",), ("access-log", str(uuid4()))):
        said = await terminal(*words, *CASEWORKER, "--ground", ground, "--json")
        assert (said.code, said.error["field"]) == (2, "ground")
        assert CPR not in said.out


async def test_a_role_that_may_not_give_a_command_is_told_who_may(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    before = await terminal.rows()
    for command in TOLD:
        said = await terminal(*line(command, pathway, **{"--by": "auditor:rev-1"}), "--json")
        assert (said.code, said.error["code"]) == (1, "role_may_not"), (command, said)
        assert "_" not in said.error["message"], said.error["message"]
    assert await terminal.rows() == before
    words = ("tell", pathway, "close-pathway", "--outcome", "back_in_work", "--reason", "slut", *CONTACT)
    danish = "Fast kontaktperson kan ikke afslutte forløbet. Det kan: sagsbehandler."
    await turned_down(
        terminal, words, "role_may_not", danish, "The contact person cannot close the pathway. These can:"
    )


async def test_a_closed_pathway_takes_no_more_and_says_who_can_open_it(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    await terminal.tells(pathway, "close-pathway", "--outcome", "back_in_work", "--reason", "tilbage")
    words = ("tell", pathway, "agree-plan", "--goals", "ti timer", *CONTACT)
    await turned_down(terminal, words, "is_over", "En sagsbehandler kan genåbne det.", "A caseworker can reopen it.")
    before = await terminal.rows()
    for command in ("book-session", "record-event", "pause-pathway", "record-circumstance", "record-measurement"):
        said = await terminal(*line(command, pathway), "--json")
        assert (said.code, said.error["code"]) == (1, "is_over"), command
    assert await terminal.rows() == before


async def test_a_pathway_that_is_not_there_is_told_where_to_look(terminal: Terminal) -> None:
    words = ("tell", str(uuid4()), "agree-plan", "--goals", "ti timer", *CONTACT)
    await turned_down(terminal, words, "no_such_stream", "trinvis worklist", "trinvis worklist")
    for look in ("pathway", "history"):
        said = await terminal(look, str(uuid4()), *CONTACT, "--json")
        assert (said.code, said.error["code"]) == (1, "no_such_stream")


async def test_the_id_of_one_command_is_not_taken_for_another(terminal: Terminal) -> None:
    pathway, again = await terminal.underway(), ("--command-id", str(uuid4()))
    await terminal.tells(pathway, "agree-plan", "--goals", "ti timer", *again, by=CONTACT)
    words = ("tell", pathway, "agree-plan", "--goals", "tyve timer", *again, *CONTACT)
    await turned_down(terminal, words, "command_reused", "allerede brugt til noget andet", "used for something else")


def closed() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"postgresql://app:x@127.0.0.1:{server.getsockname()[1]}/trinvis"


@pytest.mark.parametrize(
    "words",
    [
        lambda pathway: ("pathway", pathway, *CASEWORKER),
        lambda pathway: ("tell", pathway, "agree-plan", "--goals", "x", *CASEWORKER),
        lambda _: ("worklist", *CASEWORKER),
        lambda _: ("refer", "sundere-sammen", *CASEWORKER, *REFER),
        lambda _: ("verify",),
        lambda _: ("programmes", "list"),
        lambda _: ("migrate",),
    ],
    ids=["pathway", "tell", "worklist", "refer", "verify", "programmes", "migrate"],
)
async def test_a_database_that_is_away_is_heard_of_in_time(
    terminal: Terminal, words: Callable[[str], tuple[str, ...]]
) -> None:
    address = closed()
    away = {"TRINVIS_DATABASE_URL": address, "TRINVIS_OWNER_DATABASE_URL": address}
    began = time.monotonic()
    said = await terminal(*words(str(uuid4())), given=PERSON, **away)
    assert (said.code, said.err) == (1, "Databasen svarer ikke. Prøv igen om lidt.\n")
    assert NAME not in said.out
    assert time.monotonic() - began < 10


async def test_what_a_value_must_be_one_of_is_listed_without_english_words(terminal: Terminal) -> None:
    words = ("tell", str(uuid4()), "record-attendance", "--session", str(uuid4()), "--attendance", "x", *CONTACT)
    listed = "present, late, excused, absent, cancelled_by_authority, cancelled_by_provider, cancelled_by_weather."
    await turned_down(terminal, words, "enum", f"skal være en af: {listed}", f"must be one of: {listed}")

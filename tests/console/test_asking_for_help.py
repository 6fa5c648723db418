"""`--help` in both languages, with an example of every command, and a sentence for every line called wrongly."""

import pytest
from typer.testing import CliRunner

from cli import app
from console.examples import EXAMPLES
from domain.words import LANGUAGES
from tests.console.parsing import commands, misunderstood
from tests.console.terminal import CPR, Said
from tests.support.checkout import pyproject

COMMANDS = commands()


def trinvis(*words: str, language: str | None = None) -> Said:
    """What a line says that never comes as far as a database."""
    result = CliRunner(env={"TRINVIS_LANGUAGE": language}).invoke(app, list(words))
    return Said(result.exit_code, result.stdout, result.stderr)


def test_every_command_has_an_example_and_every_example_a_command() -> None:
    assert EXAMPLES.keys() == COMMANDS.keys()


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_is_understood_and_is_of_its_command(path: str) -> None:
    assert misunderstood(EXAMPLES[path]) is None
    if path not in {"trinvis", "programmes", "tell", "erase", "rotate"}:
        assert EXAMPLES[path].replace(" PATHWAY", "", 1).startswith(f"trinvis {path}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", COMMANDS)
def test_help_shows_what_a_command_is_for_and_an_example(path: str, language: str) -> None:
    said = trinvis(*COMMANDS[path], "--help", "--lang", language)
    heading = {"da": "Eksempel", "en": "Example"}[language]
    assert said.code == 0
    assert said.out.startswith({"da": "Brug: ", "en": "Usage: "}[language])
    assert f"{heading}\n  {EXAMPLES[path]}\n" in said.out
    assert "{{" not in said.out


def test_help_is_danish_unless_the_installation_or_the_line_says_otherwise() -> None:
    assert trinvis("--help").out.startswith("Brug: ")
    assert trinvis("--help", language="en").out.startswith("Usage: ")
    assert trinvis("--help", "--lang=da", language="en").out.startswith("Brug: ")


def test_a_group_without_a_command_shows_its_help_and_is_called_wrongly() -> None:
    for path in ("", "programmes", "erase", "rotate", "tell PATHWAY"):
        said = trinvis(*path.split(), language="en")
        assert (said.code, said.err.startswith("Usage: ")) == (2, True)


def test_what_stands_before_the_name_of_a_command_that_would_not_hear_of_it_is_not_passed_over() -> None:
    said = trinvis("programmes", "moves", "--json", "show", "x", "--by", "x", language="en")
    assert (said.code, said.error["code"]) == (2, "usage")
    assert said.error["message"].startswith("--json belongs after show.")


REFERRED = "--by x --reason x --basis x"


@pytest.mark.parametrize(
    ("line", "danish", "english"),
    [
        ("pathwa", "Kommandoen pathwa kendes ikke. Mente du pathway?", "The command pathwa is not known. Did you mean"),
        ("tell x bok-session", "Mente du book-session", "Did you mean book-session"),
        ("pathway", "PATHWAY, --by mangler.", "PATHWAY, --by are missing."),
        ("pathway x", "--by mangler.", "--by is missing."),
        ("tell x hold-talk --by caseworker:a", "--element mangler.", "--element is missing."),
        ("settings --jsn", "Tilvalget --jsn kendes ikke. Mente du --json?", "The option --jsn is not known."),
        ("pathway x --by", "--by mangler en værdi.", "--by lacks a value."),
        ("verify --json=1", "--json skal ikke have en værdi.", "--json takes no value."),
        ("verify a b", "Der er ord for meget på linjen.", "There are too many words on the line."),
        ("worklist --by x --most 0", "skal ligge mellem 1 og 1.000.", "must lie between 1 and 1,000."),
        ("worklist --by x --most many", "skal ligge mellem 1 og 1.000.", "must lie between 1 and 1,000."),
        ("worklist --by x --lang sv", "skal være en af: da, en.", "must be one of: da, en."),
        ("erase fact x 0 --by x --decision x", "skal være mindst 1.", "must be at least 1."),
        (
            "tell x record-attendance",
            "--session, --attendance, --by mangler.",
            "--session, --attendance, --by are missing.",
        ),
        ("forecast --by caseworker:a", "PATHWAY mangler.", "PATHWAY is missing."),
        (
            "forecast x --all --by x",
            "PATHWAY betyder ikke noget sammen med --all.",
            "PATHWAY means nothing together with",
        ),
        (
            "forecast --all --until 2026-03-02 --by x",
            "--until betyder ikke noget",
            "--until means nothing together with --all",
        ),
        ("forecast x --weeks 2 --by x", "--weeks betyder kun noget sammen med --all.", "only together with --all"),
        (
            f"refer y {REFERRED} --citizen x --person -",
            "--person betyder ikke noget sammen med --citizen.",
            "--person means",
        ),
        (
            "programmes publish x --by x --ground x",
            "--ground betyder kun noget sammen med --rehearse.",
            "--ground means",
        ),
        ("worklist --by x --by y", "--by står der mere end én gang", "--by stands there more than once"),
        ("tell resume-pathway --by x", "PATHWAY mangler.", "PATHWAY is missing."),
    ],
)
def test_a_line_that_is_called_wrongly_is_told_how(line: str, danish: str, english: str) -> None:
    for language, expected in (("da", danish), ("en", english)):
        said = trinvis(*line.split(), language=language)
        assert (said.code, said.out) == (2, "")
        assert expected in said.err
        assert "--help" in said.err
        as_json = trinvis("--json", *line.split(), language=language)
        assert (as_json.code, as_json.error["code"]) == (2, "usage")


@pytest.mark.parametrize(
    "words",
    [
        (CPR,),
        ("verify", CPR, CPR),
        ("worklist", "--by", "x", "--most", CPR),
        ("worklist", f"--{CPR}"),
        ("tell", "x", CPR),
    ],
)
def test_no_cpr_number_is_repeated_to_whoever_calls_wrongly(words: tuple[str, ...]) -> None:
    for form in ((), ("--json",)):
        said = trinvis(*words, *form)
        assert said.code == 2
        assert CPR not in said.out + said.err


def test_a_command_without_its_pathway_shows_its_own_help() -> None:
    said = trinvis("tell", "enrol-citizen", "--help", language="en")
    assert (said.code, said.out) == (0, trinvis("tell", "PATHWAY", "enrol-citizen", "--help", language="en").out)
    assert said.out.startswith("Usage: trinvis tell PATHWAY enrol-citizen [OPTIONS]")


@pytest.mark.parametrize(
    ("line", "helps"),
    [
        ("tell x bok-session", "trinvis tell --help"),
        ("tell resume-pathway", "trinvis tell PATHWAY resume-pathway --help"),
        ("programmes chek", "trinvis programmes --help"),
        ("pathwa", "trinvis --help"),
    ],
)
def test_a_line_that_is_called_wrongly_points_to_help_that_there_is(line: str, helps: str) -> None:
    said = trinvis(*line.split(), language="en")
    assert said.err.endswith(f"See how with: {helps}\n"), said.err
    assert trinvis(*helps.split()[1:], language="en").code == 0


def test_the_language_that_is_asked_for_is_spoken_also_when_the_line_is_wrong() -> None:
    assert "is not known" in trinvis("pathwa", "--lang", "en").err


def test_what_may_be_left_out_stands_in_brackets() -> None:
    assert trinvis("verify", "--help", language="en").out.startswith("Usage: trinvis verify [PATHWAY] [OPTIONS]\n")
    assert trinvis("history", "--help", language="en").out.startswith("Usage: trinvis history PATHWAY [OPTIONS]\n")


def test_it_says_which_release_it_is() -> None:
    assert trinvis("--version") == Said(0, f"trinvis {pyproject()['project']['version']}\n", "")


def test_the_program_that_is_installed_is_this_one() -> None:
    assert pyproject()["project"]["scripts"] == {"trinvis": "cli:main"}

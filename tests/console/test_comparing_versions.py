"""`trinvis programmes diff`: files and published versions, in the programme's own words."""

from pathlib import Path

from console.answers.differences import Differences
from tests.console.terminal import Terminal
from tests.support.altering import altered_text

LATER = altered_text("sundere-sammen@2", ("version: 2", "version: 9"), ("within: P4W", "within: P6W"))


def written(folder: Path, text: str) -> str:
    file = folder / "v9.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


async def test_a_file_is_compared_with_a_published_version(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path, LATER)
    said = await terminal("programmes", "diff", "sundere-sammen@2", file, "--lang", "en")
    assert said.code == 0
    assert said.out.split("\n")[1:3] == [
        "Deadlines and times",
        "  Later: the deadline of Talk with the company consultant after beginning, time allowed: 4 weeks → 6 weeks.",
    ]
    answer = (await terminal("programmes", "diff", "sundere-sammen@2", file, "--json")).fits(Differences)
    assert (answer.old, answer.new) == ("sundere-sammen@2", "sundere-sammen@9")
    first = answer.differences[0]
    assert (first.meaning, first.change, first.before, first.after) == ("time", "later", "P4W", "P6W")


async def test_files_are_compared_without_a_database(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path, LATER)
    said = await terminal("programmes", "diff", file, file, TRINVIS_DATABASE_URL=None)
    assert (said.code, said.out) == (0, "sundere-sammen@9 og sundere-sammen@9 siger det samme.\n")


async def test_what_is_to_be_mended_first_is_told(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path, LATER.replace("throughout: [consultant_talk", "throughout: [cosultant_talk"))
    assert "cosultant_talk" in (await terminal("programmes", "diff", "sundere-sammen@2", file)).out
    missing = await terminal("programmes", "diff", "sundere-sammen@2", "sundere-sammen@99", "--json")
    assert (missing.code, missing.error["code"]) == (2, "unknown_programme")

"""The page that builds a programme in fifteen minutes, followed word by word by somebody new."""

import re
import shlex
from pathlib import Path

import pytest

from tests.console.terminal import Said, Terminal
from tests.docs.reading import lines
from tests.support.checkout import ROOT

PAGE = ROOT / "docs" / "how-to" / "build-a-programme-in-fifteen-minutes.md"
BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAMME, SCENARIO, *_ = [text for kind, text in BLOCK.findall(PAGE.read_text("utf-8")) if kind == "yaml"]
TYPED = [line.text for line in lines(PAGE) if line.block == "console"]


def shown() -> list[tuple[str, list[str]]]:
    """Every command of the page, with what it is shown to answer."""
    found: list[tuple[str, list[str]]] = []
    for line in TYPED:
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), []))
        else:
            found[-1][1].append(line)
    return found


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the two files of the page are saved."""
    (tmp_path / "garden" / "scenarios").mkdir(parents=True)
    (tmp_path / "garden" / "v1.yaml").write_text(PROGRAMME, "utf-8")
    (tmp_path / "garden" / "scenarios" / "the-first-months.yaml").write_text(SCENARIO, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_a_programme_is_built_from_nothing_as_the_page_says(terminal: Terminal, at_home: Path) -> None:
    pathway, answered = "", dict[str, Said]()
    for command, answer in shown():
        if command.startswith("echo "):
            text = shlex.split(command)[1]
            (at_home / "bo.json").write_text(text, "utf-8")
            continue
        said = await terminal(*shlex.split(command.replace("PATHWAY", pathway))[1:], TRINVIS_LANGUAGE="en")
        assert said.code == 0, f"{command}: {said.err}{said.out}"
        assert [line for line in answer if line not in said.out.split("\n")] == [], said.out
        if " refer " in command:
            pathway = re.findall(r"Pathway\s+([0-9a-f-]{36})", said.out)[0]
        answered[command.split()[1]] = said
    assert "an agreed plan" in answered["why"].out
    assert "Talk" in answered["forecast"].out
    assert "The garden" in answered["pathway"].out


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("    measured_by: [who5]\n", "", "nothing shows whether the purpose wellbeing comes about"),
        ("condition: plan_agreed", "condition: plan_agred", "plan_agred is not known"),
        ("condition: plan_agreed", "condition: who5", "Answers never open or close anything"),
    ],
)
async def test_what_the_page_invites_to_try_is_found(
    terminal: Terminal, at_home: Path, old: str, new: str, mend: str
) -> None:
    assert PROGRAMME.count(old) == 1
    (at_home / "garden" / "v1.yaml").write_text(PROGRAMME.replace(old, new), "utf-8")
    said = await terminal("programmes", "check", "garden/v1.yaml", "--lang", "en")
    assert (said.code, mend in said.out) == (1, True), said.out

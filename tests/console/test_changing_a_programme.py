"""The page on changing a programme: its lines, typed in their order on a database with people in it."""

import asyncio
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.console.terminal import Terminal
from tests.docs.reading import calls, typed
from tests.support.checkout import ROOT

PAGE = ROOT / "docs" / "how-to" / "change-a-programme.md"


async def _carried_out(terminal: Terminal) -> None:
    """What a worker would do meanwhile."""
    mover = terminal.trinvis.mover()
    for job in await mover.under_way():
        while await mover.some(job, 20):
            pass


async def test_every_line_of_the_page_works_in_its_order(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    pathway = await terminal.underway()
    followed = []
    for line in typed(PAGE):
        [call] = [*calls(line, "trinvis"), *calls(line, "sed")]
        program, *words = shlex.split(call)
        if program == "sed":
            await asyncio.to_thread(subprocess.run, [program, *words], check=True)
            continue
        jobs = (await terminal("programmes", "moves", "--json")).data["jobs"]
        said = await terminal(*(jobs[0]["job"] if word == "JOB" else word for word in words))
        assert said.code == 0, (line, said)
        if ">" in line:
            await asyncio.to_thread(Path(line.rpartition(">")[2].strip()).write_text, said.out, encoding="utf-8")
        await _carried_out(terminal)
        stands = await terminal("pathway", pathway, "--by", "caseworker:sb-1", "--json")
        followed.append(stands.data["programme"])
    assert list(dict.fromkeys(followed)) == ["sundere-sammen@2", "sundere-sammen@9"]
    assert followed[-1] == "sundere-sammen@2"

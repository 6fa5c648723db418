"""`trinvis programmes rehearse`, and publishing that refuses where somebody would have nowhere to go."""

from pathlib import Path

from console.answers.publishing import PublishedVersions
from console.answers.rehearsals import RehearsedVersion
from tests.console.terminal import Terminal, turned_down
from tests.support.altering import altered_text

BY = ("--by", "administrator:it-1")
LONGER = altered_text("sundere-sammen@2", ("version: 2", "version: 9"), ("within: P4W", "within: P6W"))
RENAMED = altered_text("sundere-sammen@2", ("version: 2", "version: 9"), ("  together:\n", "  side_by_side:\n"))


def written(folder: Path, text: str) -> str:
    file = folder / "v9.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


async def test_what_would_come_later_is_told_with_both_dates(terminal: Terminal, tmp_path: Path) -> None:
    pathway = await terminal.underway()
    said = await terminal("programmes", "rehearse", written(tmp_path, LONGER), *BY, "--lang", "en")
    assert said.out.startswith("sundere-sammen@9, rehearsed on 1 pathway: 0 unaffected. Nothing was changed.\n")
    assert "Later deadline: Talk with the company consultant (1)" in said.out
    answer = (await terminal("programmes", "rehearse", str(tmp_path / "v9.yaml"), *BY, "--json")).fits(RehearsedVersion)
    [effect] = answer.effects
    assert (effect.fate, effect.what, effect.about) == ("later", "deadline", "consultant_talk")
    [affected] = effect.pathways
    assert (str(affected.pathway), affected.before < affected.after) == (pathway, True)  # type: ignore[operator]  # both


async def test_a_version_that_strands_somebody_blocks_a_pipeline_and_its_publishing(
    terminal: Terminal, tmp_path: Path
) -> None:
    pathway, file = await terminal.underway(), written(tmp_path, RENAMED)
    said = await terminal("programmes", "rehearse", file, *BY)
    assert (said.code, "Ingen vej videre (1)" in said.out, pathway in said.out) == (0, True, True)
    blocked = await terminal("programmes", "rehearse", file, *BY, "--blocking", "--json")
    assert (blocked.code, [str(each.pathway) for each in blocked.fits(RehearsedVersion).nowhere]) == (1, [pathway])
    mapped = await terminal("programmes", "rehearse", file, *BY, "--blocking", "--phase", "together=side_by_side")
    assert mapped.code == 0
    words = ("programmes", "publish", file, *BY, "--yes", "--rehearse", "--blocking")
    refused = await turned_down(terminal, words, "nowhere_to_go", "ikke have nogen vej videre", "nowhere to go")
    assert refused.error["values"]["pathways"] == [pathway]


async def test_publishing_may_rehearse_and_go_on(terminal: Terminal, tmp_path: Path) -> None:
    await terminal.underway()
    said = await terminal(
        "programmes", "publish", written(tmp_path, LONGER), *BY, "--yes", "--rehearse", "--blocking", "--json"
    )
    published = said.fits(PublishedVersions)
    assert ([each.ref for each in published.published], published.rehearsed[0].pathways) == (["sundere-sammen@9"], 1)


async def test_only_those_who_may_move_pathways_rehearse(terminal: Terminal) -> None:
    words = ("programmes", "rehearse", "sundere-sammen@3", "--by", "steering_group:s-1")
    await turned_down(terminal, words, "role_may_not", "Styregruppe kan ikke prøve", "The steering group cannot")


async def test_a_version_to_come_from_that_nobody_can_follow_is_not_taken_for_nobody_affected(
    terminal: Terminal,
) -> None:
    words = ("programmes", "rehearse", "sundere-sammen@3", *BY, "--blocking", "--from")
    await turned_down(terminal, (*words, "sundere-sammen@77"), "unknown_programme", "er ikke udgivet", "not published")
    other = (*words, "cykelholdet@1")
    await turned_down(terminal, other, "not_another_version", "ikke en anden version", "no other version of")


async def test_a_phase_is_mapped_by_a_pair(terminal: Terminal) -> None:
    words = ("programmes", "rehearse", "sundere-sammen@3", *BY, "--phase", "together", "--json")
    assert (await terminal(*words)).error["code"] == "not_a_pair"


async def test_the_looks_are_in_the_access_log(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    citizen = (await terminal("pathway", pathway, "--by", "caseworker:sb-1", "--json")).data["citizen"]
    assert (await terminal("programmes", "rehearse", "sundere-sammen@3", *BY)).code == 0
    log = await terminal("access-log", citizen, "--by", "auditor:rev-1")
    assert f"en afprøvning af en anden version på {pathway}" in log.out

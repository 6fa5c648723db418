"""`trinvis programmes`: checking tells every mend with its line, and publishing is all or nothing."""

import re
from pathlib import Path

import pytest

from console.answers.checking import CheckedFiles
from console.answers.publishing import PublishedVersions
from console.answers.scenarios import TriedScenarios
from console.answers.versions import AboutVersion, ListedVersions
from tests.console.terminal import Terminal, turned_down
from tests.support.altering import altered_text, text_of

BY = ("--by", "administrator:it-1", "--yes")
WRONG = altered_text("sundere-sammen@2", ("throughout: [consultant_talk", "throughout: [cosultant_talk"))
NEXT = altered_text("sundere-sammen@3", ("version: 3", "version: 5"))


def written(folder: Path, name: str, text: str) -> str:
    """A file with that text, by its path."""
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("da", "cosultant_talk kendes ikke. Vælg mellem:"), ("en", "cosultant_talk is not known.")],
)
async def test_what_is_wrong_is_told_with_file_line_path_and_mend(
    terminal: Terminal, tmp_path: Path, language: str, expected: str
) -> None:
    file = written(tmp_path, "v2.yaml", WRONG)
    line = next(number for number, text in enumerate(WRONG.split("\n"), start=1) if text.startswith("throughout"))
    said = await terminal("programmes", "check", file, "--lang", language)
    assert said.code == 1
    assert f"{file}:{line}: throughout[0]: {expected}" in said.out


async def test_a_check_answers_in_its_documented_shape(terminal: Terminal, tmp_path: Path) -> None:
    good, bad = written(tmp_path, "good.yaml", NEXT), written(tmp_path, "bad.yaml", WRONG)
    said = await terminal("programmes", "check", good, bad, "--json")
    checked = said.fits(CheckedFiles)
    assert (said.code, [each.ref for each in checked.sound]) == (1, ["sundere-sammen@5"])
    assert {each.file for each in checked.findings} == {bad}
    sound = await terminal("programmes", "check", good, "--json")
    assert (sound.code, sound.fits(CheckedFiles).findings) == (0, [])


async def test_how_far_a_check_of_several_files_has_come_is_told_beside_the_answer(
    terminal: Terminal, tmp_path: Path
) -> None:
    files = [written(tmp_path, f"{name}.yaml", text_of("fastholdelsescafe@1")) for name in ("one", "two", "three")]
    said = await terminal("programmes", "check", *files, "--lang", "en")
    assert said.err.splitlines() == ["Exploring programmes: 1 of 3", "Exploring programmes: 2 of 3"]


async def test_what_is_sound_is_said_to_be(terminal: Terminal, tmp_path: Path) -> None:
    said = await terminal("programmes", "check", written(tmp_path, "v5.yaml", NEXT))
    assert said.code == 0
    assert re.fullmatch(
        r"sundere-sammen@5: intet at rette\.\n  \d+ tilstande undersøgt, højst \d+ skridt fra henvisningen\."
        r" Det er dem alle\.\n",
        said.out,
    )


async def test_a_version_is_published_once(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path, "v5.yaml", NEXT)
    first, second = [
        (await terminal("programmes", "publish", file, *BY, "--json")).fits(PublishedVersions) for _ in range(2)
    ]
    assert [(each.ref, each.new) for each in (*first.published, *second.published)] == [
        ("sundere-sammen@5", True),
        ("sundere-sammen@5", False),
    ]
    assert (await terminal("programmes", "publish", file, *BY)).out == (
        "sundere-sammen@5 var udgivet i forvejen med samme indhold.\n"
    )


@pytest.mark.parametrize(("language", "told"), [("da", "som er forbi"), ("en", "which has passed")])
async def test_a_version_whose_day_has_passed_takes_over_only_when_somebody_agrees(
    terminal: Terminal, tmp_path: Path, language: str, told: str
) -> None:
    file = written(tmp_path, "v5.yaml", NEXT)
    publish = ("programmes", "publish", file, *BY[:2], "--lang", language)
    refused = await terminal(*publish, given="nej\n")
    assert (refused.code, told in refused.err, f"{file}:" in refused.err) == (1, True, True)
    assert "sundere-sammen@4" in refused.err, "which version is in force until then"
    assert "sundere-sammen@5" not in (await terminal("programmes", "list")).out
    as_json = await terminal(*publish, "--json")
    assert (as_json.code, as_json.error["code"]) == (1, "not_published"), "a program is not asked"
    assert (await terminal(*publish, given="ja\n")).code == 0
    tomorrow = written(
        tmp_path, "v6.yaml", NEXT.replace("version: 5", "version: 6").replace("2019-08-01", "2135-03-02")
    )
    assert (await terminal("programmes", "publish", tomorrow, *BY[:2])).code == 0, "a day to come is what it says"


async def test_a_day_that_was_copied_from_the_version_before_is_warned_of(terminal: Terminal, tmp_path: Path) -> None:
    written(tmp_path, "v3.yaml", text_of("sundere-sammen@3"))
    file = written(tmp_path, "v5.yaml", NEXT)
    line = next(number for number, text in enumerate(NEXT.split("\n"), start=1) if text.startswith("effective_from"))
    said = await terminal("programmes", "check", file, "--lang", "en")
    assert (said.code, f"{file}:{line}: effective_from: warning: " in said.out) == (0, True)
    checked = (await terminal("programmes", "check", file, "--json")).fits(CheckedFiles)
    assert [(each.line, each.code) for each in checked.warnings] == [(line, "takes_over")]
    later = written(tmp_path, "v5.yaml", NEXT.replace("2019-08-01", "2019-08-02"))
    assert (await terminal("programmes", "check", later, "--json")).fits(CheckedFiles).warnings == []


def scenario(folder: Path, expected: str) -> str:
    """The folder of a programme with a scenario that expects that."""
    (folder / "scenarios").mkdir()
    written(folder, "v5.yaml", NEXT)
    written(folder / "scenarios", "first.yaml", f"""\
programme: sundere-sammen@5
scenario: {{da: Den første, en: The first}}
begins: 2026-03-02
given: [{{do: refer_citizen, by: caseworker, circumstances: {{benefit: ressourceforloeb}}}}]
steps:
  - expect: {expected}
""")  # fmt: skip
    return str(folder)


async def test_scenarios_are_run_and_what_they_touch_is_told(terminal: Terminal, tmp_path: Path) -> None:
    folder = scenario(tmp_path, "{stage: referred}")
    tested = (await terminal("programmes", "test", folder, "--json")).fits(TriedScenarios)
    assert [(each.scenario, each.passed, each.failures) for each in tested.scenarios] == [("Den første", True, [])]
    assert tested.coverage[0].touched["conditions"] == [
        "resource_course: true", "other_course: false", "employee_return_after_illness: false",
    ]  # fmt: skip
    said = await terminal("programmes", "test", folder, "--lang", "en")
    assert (said.code, said.out.split("\n")[0]) == (0, "passed  The first")
    assert "1 of 1 scenarios passed." in said.out


@pytest.mark.parametrize(
    ("expected", "language", "told"),
    [
        ("{stage: closed}", "en", "steps[0].expect.stage: expected closed, found referred."),
        ("{stage: closed}", "da", "steps[0].expect.stage: ventede closed, fandt referred."),
        ("{paused: true}", "en", "steps[0].expect.paused: expected yes, found no."),
        ("{next: nothing}", "en", "expected nothing, found Friday 13 March 2026 at 7:00."),
        ("{owed: {referral_answered: day 13}}", "en", "found (referral_answered, company_consultant, 16 March 2026)."),
        ("{facts: [citizen_enrolled]}", "en", "expected citizen_enrolled, found nothing."),
        ("{may: [{do: resume_pathway, by: caseworker}]}", "en", "cannot be done: "),
        ("{may: [{do: accept_referral, by: caseworker, begins: 2026-03-01}]}", "en", "cannot be done: "),
    ],
)
async def test_what_a_scenario_finds_otherwise_is_told_in_words(
    terminal: Terminal, tmp_path: Path, expected: str, language: str, told: str
) -> None:
    said = await terminal("programmes", "test", scenario(tmp_path, expected), "--lang", language)
    assert said.code == 1
    assert told in said.out
    assert "first.yaml:6: " in said.out


async def test_a_scenario_that_cannot_be_understood_is_told_with_its_mend(terminal: Terminal, tmp_path: Path) -> None:
    folder = scenario(tmp_path, "{stage: over}")
    tested = (await terminal("programmes", "test", folder, "--json")).fits(TriedScenarios)
    assert [(each.line, each.path, each.code) for each in tested.findings] == [(6, "steps[0].expect.stage", "enum")]
    assert (await terminal("programmes", "test", folder)).code == 1


async def test_a_folder_without_scenarios_is_told(terminal: Terminal, tmp_path: Path) -> None:
    said = await terminal("programmes", "test", str(tmp_path), "--json")
    assert (said.code, said.error["code"]) == (1, "no_scenarios")
    said = await terminal("programmes", "test", str(tmp_path / "none.yaml"), "--json")
    assert (said.code, said.error["code"]) == (1, "no_file")


@pytest.mark.parametrize(
    ("second", "code"),
    [(WRONG, None), (altered_text("sundere-sammen@2", ("project", "pilot")), "already_published")],
    ids=["findings", "other content"],
)
async def test_publishing_is_all_or_nothing(terminal: Terminal, tmp_path: Path, second: str, code: str | None) -> None:
    files = written(tmp_path, "v5.yaml", NEXT), written(tmp_path, "v2.yaml", second)
    before = await terminal.rows()
    said = await terminal("programmes", "publish", *files, *BY, "--json")
    assert said.code == 1
    assert code is None or said.error["code"] == code
    assert await terminal.rows() == before
    assert "version 3" in (await terminal("programmes", "publish", files[1], *BY)).err or code is None


async def test_published_versions_are_listed_and_shown_as_written(terminal: Terminal) -> None:
    listed = (await terminal("programmes", "list", "--json")).fits(ListedVersions).programmes
    assert [each.ref for each in listed if each.programme == "sundere-sammen"] == [
        f"sundere-sammen@{version}" for version in (1, 2, 3, 4)
    ]
    assert "Healthier together" in (await terminal("programmes", "list", "--lang", "en")).out
    shown = await terminal("programmes", "show", "sundere-sammen@2")
    assert shown.out == text_of("sundere-sammen@2"), "what is shown, saved and published again is no change"
    shown = await terminal("programmes", "show", "sygedagpenge-driftstilbud@4")
    assert shown.out == text_of("sygedagpenge-driftstilbud@4"), "also where rule sets are kept with it"
    assert (await terminal("programmes", "show", "sundere-sammen@2", "--json")).data["version"] == 2


async def test_a_version_says_what_it_is_for_who_answers_for_it_and_how_the_one_before_was_judged(
    terminal: Terminal,
) -> None:
    says = (await terminal("programmes", "about", "sundere-sammen@4", "--lang", "en", "--json")).fits(AboutVersion).says
    assert "Anchored in The jobcentre; carried out by Centre for Health and Senior Life" in says
    assert "Purpose (mental): Belief in oneself; shown by the self-efficacy scale (GSE-10)" in says
    judged = (
        "Version 2, 15 December 2019: internal evaluation (Focus-group interview). Is the purpose met?"
        " To a high degree. Was it carried out as planned? To some degree."
        " The course of six weeks became open-ended, because those who took part needed longer."
    )
    assert judged in says
    plain = await terminal("programmes", "about", "sammen-i-vildmarken@1", "--lang", "en")
    assert "Meeting point: The shelter by the lake" in plain.out
    assert "Works together with: The scouts" in plain.out


@pytest.mark.parametrize(
    "ref",
    [
        "sundere-sammen",
        "sundere-sammen@99",
        "sundere-sammen@",
        "sundere-sammen@\u00b2",
        "x@" + "9" * 30,
        "",
        "a\x00b@1",
    ],
)
async def test_what_is_not_published_is_not_shown(terminal: Terminal, ref: str) -> None:
    said = await terminal("programmes", "show", ref, "--json")
    assert (said.code, said.error["code"]) == (2, "unknown_programme")


async def test_nobody_publishes_without_saying_who(terminal: Terminal, tmp_path: Path) -> None:
    before = await terminal.rows()
    said = await terminal("programmes", "publish", written(tmp_path, "v5.yaml", NEXT), "--by", "it", "--json")
    assert (said.code, said.error["code"]) == (2, "not_an_actor")
    assert await terminal.rows() == before


async def test_a_file_in_another_encoding_is_told_with_the_line_at_which_it_shows(
    terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "v5.yaml").write_bytes("version: 4\ntitle: {da: Sundt på dansk}\n".encode("latin-1"))
    for command in (("check",), ("publish", *BY)):
        said = await terminal("programmes", *command, str(tmp_path / "v5.yaml"), "--json")
        [finding] = said.data["findings"]
        assert (said.code, finding["code"], finding["line"]) == (1, "not_utf8", 2)


@pytest.mark.parametrize("file", ["no-such-file.yaml", "/", "a\x00b"])
async def test_a_file_that_cannot_be_read_is_named(terminal: Terminal, file: str) -> None:
    for command in (("check", file), ("publish", file, *BY)):
        said = await terminal("programmes", *command, "--json")
        assert (said.code, said.error["code"]) == (1, "no_file")


async def test_only_administrators_publish(terminal: Terminal, tmp_path: Path) -> None:
    words = ("programmes", "publish", written(tmp_path, "v5.yaml", NEXT), "--by", "caseworker:sb-1")
    danish, english = "Sagsbehandler kan ikke udgive tilbud. Det kan: administrator.", "The caseworker cannot publish"
    await turned_down(terminal, words, "role_may_not", danish, english)

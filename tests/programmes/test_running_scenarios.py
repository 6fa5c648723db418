"""Scenarios are stories about a programme: those that ship hold, and whatever is not so is told at its line."""

from pathlib import Path

import pytest

from domain.refusal import NotOpenYet
from programmes.loader import Unpublishable
from programmes.scenarios.coverage import Coverage, Touched, coverage
from programmes.scenarios.files import scenario_files, script_in
from programmes.scenarios.reading import Script, script
from programmes.scenarios.running import Ran, run
from tests.support.cast import PROGRAMMES, SICK, SIX_WEEKS, TOGETHER, WIDENED, shipped

FILES = list(scenario_files(PROGRAMMES))
LIBRARY = {each.ref: each for each in (SICK, SIX_WEEKS, TOGETHER, WIDENED)}
HEAD = """\
programme: sundere-sammen@2
scenario: {da: Prøve, en: Trial}
begins: 2026-03-02
given:
  - {do: refer_citizen, by: caseworker, at: day 0 09:00, circumstances: {benefit: ressourceforloeb}}
  - {do: accept_referral, by: company_consultant, at: day 0 10:00}
steps:
"""


def written(*steps: str) -> Script:
    """A scenario about somebody who has just begun."""
    return script(HEAD + "".join(f"  - {step}\n" for step in steps), "trial.yaml", LIBRARY.get)


def told(*steps: str) -> list[tuple[str, str, str]]:
    """What is not so: the line as it stands there, the place, and the code."""
    rows = (HEAD + "".join(f"  - {step}\n" for step in steps)).split("\n")
    return [(rows[each.line - 1].strip(" -"), each.path, each.unlike.code) for each in run(written(*steps)).failures]


def wrong(*steps: str) -> list[tuple[int, str, str]]:
    """What cannot be understood: line below the head, place and code."""
    with pytest.raises(Unpublishable) as caught:
        written(*steps)
    return [(each.line - HEAD.count("\n"), each.path, each.code) for each in caught.value.findings]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}/{file.stem}")
def test_every_scenario_that_ships_holds(file: Path) -> None:
    ran = run(script_in(file))
    assert ran.failures == []


@pytest.mark.parametrize("name", sorted({file.parent.parent.name for file in FILES}))
def test_the_scenarios_that_ship_touch_every_condition_and_decision_of_the_newest_version(name: str) -> None:
    newest = max(int(file.stem[1:]) for file in (PROGRAMMES / name).glob("v*.yaml"))
    covered = covered_by([run(script_in(file)) for file in scenario_files(PROGRAMMES / name)], f"{name}@{newest}")
    assert (covered.untouched["conditions"], covered.untouched["decisions"]) == ((), ())


def covered_by(ran: list[Ran], ref: str) -> Coverage:
    """What scenarios touch together of a version."""
    touched = Touched()
    for each in ran:
        touched = touched.with_(each.touched)
    return coverage(shipped(ref), touched)


def test_what_is_as_expected_passes() -> None:
    assert (
        told(
            "expect: {stage: underway, phase: together, paused: false, proposed: nothing, put aside: []}",
            "expect: {owed: {consultant_talk: {due: +4W, remind: day 21, by: company_consultant, overdue: false}}}",
            "expect: {facts: [], letters: [], notices: [], next: 2026-03-11 07:00, not owed: [training.assessed]}",
            "when: {do: book_session, by: instructor, session: one, element: training, starts: +1D 10:00}",
            "expect: {facts: [{kind: session_booked, session: one, starts: day 1 10:00, minutes: 120}]}",
            "time passes: +2H",
            "expect: {no facts: [session_booked], may: [{do: close_pathway, by: caseworker, outcome: job}]}",
        )
        == []
    )


@pytest.mark.parametrize(
    ("expected", "place"),
    [
        ("stage: closed", "stage"),
        ("phase: nothing", "phase"),
        ("paused: true", "paused"),
        ("proposed: together", "proposed"),
        ("put aside: [training]", "put aside"),
        ("owed: {consultant_talk: day 27}", "owed.consultant_talk"),
        ("owed: {consultant_talk: {overdue: true}}", "owed.consultant_talk"),
        ("owed: {consultant_talk: {by: caseworker}}", "owed.consultant_talk"),
        ("owed: {training: day 28}", "owed.training"),
        ("not owed: [consultant_talk]", "not owed[0]"),
        ("facts: [session_booked]", "facts[0]"),
        ("letters: [enrolled]", "letters"),
        ("notices: [assigned]", "notices"),
        ("next: nothing", "next"),
        ("next: day 28", "next"),
        ("may: [{do: hold_review, by: auditor}]", "may[0]"),
        ("may: [{do: resume_pathway, by: caseworker}]", "may[0]"),
        ("may not: [{do: agree_plan, by: caseworker, because: is_over}]", "may not[0]"),
        ("may not: [{do: close_pathway, by: citizen, outcome: job, because: is_over}]", "may not[0].because"),
    ],
)
def test_what_is_otherwise_is_told_at_its_line(expected: str, place: str) -> None:
    [(row, path, _)] = told("time passes: day 1", f"expect: {{{expected}}}")
    assert (row, path) == (f"expect: {{{expected}}}", f"steps[1].expect.{place}")


def test_facts_are_expected_in_their_order_and_once_each() -> None:
    talk = "when: {do: hold_talk, by: company_consultant, element: consultant_talk, at: day 1}"
    assert told(talk, "expect: {facts: [talk_held, obligation_met]}") == []
    assert [path for _, path, _ in told(talk, "expect: {facts: [obligation_met, talk_held]}")] == [
        "steps[1].expect.facts[1]"
    ]
    assert len(told(talk, "expect: {facts: [talk_held, talk_held]}")) == 1
    assert told(talk, "expect: {facts: [talk_held]}", "expect: {facts: []}") == []


def test_a_story_ends_where_somebody_is_turned_down_who_was_to_act() -> None:
    found = told(
        "expect: {stage: closed}",
        "when: {do: resume_pathway, by: citizen}",
        "expect: {stage: closed}",
    )
    assert [(path, code) for _, path, code in found] == [
        ("steps[0].expect.stage", "unlike"),
        ("steps[1].when", "turned_down"),
    ]


def test_a_story_never_goes_back_in_time() -> None:
    assert [each[1:] for each in told("time passes: day 5", "time passes: day 4")] == [
        ("steps[1].time passes", "goes_back")
    ]


def test_a_pathway_can_be_moved_to_another_version_that_lies_there() -> None:
    moved = "when: {do: move_pathway, by: caseworker, version: 3, at: day 1}"
    assert told(moved, "expect: {facts: [{kind: pathway_moved, programme: sundere-sammen@3}]}") == []
    assert [code for *_, code in told(moved.replace("3", "9", 1))] == ["turned_down"]


@pytest.mark.parametrize(
    ("step", "place", "code"),
    [
        ("when: {do: dance, by: caseworker}", "when.do", "unknown_code"),
        ("when: {do: pass_time, by: system}", "when.do", "unknown_code"),
        ("when: {do: agree_plan, by: gardener}", "when.by", "unknown_code"),
        ("when: {do: agree_plan, by: caseworker, at: tomorrow}", "when.at", "no_instant_of_a_story"),
        ("when: {do: agree_plan, by: caseworker, happened: tomorrow}", "when.happened", "no_instant_of_a_story"),
        ("when: {do: agree_plan, by: caseworker, goal: x}", "when.goal", "extra_forbidden"),
        ("when: {do: book_session, by: caseworker, starts: day 1}", "when.session", "missing"),
        ("time passes: 3 weeks", "time passes", "no_instant_of_a_story"),
        ("time passes: 2026-03-29 02:30", "time passes", "datetime_gap"),
        ("expect: {facts: [{obligation: x}]}", "expect.facts[0].kind", "missing"),
        ("expect: {stage: over}", "expect.stage", "enum"),
        ("expect: {may not: [{do: agree_plan, by: caseworker}]}", "expect.may not[0].because", "missing"),
        ("wait: +2W", "", "not_a_step"),
    ],
)
def test_what_cannot_be_understood_is_told_before_anything_runs(step: str, place: str, code: str) -> None:
    assert (1, f"steps[0].{place}".rstrip("."), code) in wrong(step)


def test_a_scenario_is_about_a_version_that_lies_beside_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "trial.yaml").write_text(HEAD + "  - time passes: +1D\n", "utf-8")
    with pytest.raises(Unpublishable) as caught:
        script_in(folder / "trial.yaml")
    assert [(each.line, each.code) for each in caught.value.findings] == [(1, "no_such_version_here")]
    (tmp_path / "v2.yaml").write_bytes((PROGRAMMES / "sundere-sammen" / "v2.yaml").read_bytes())
    assert run(script_in(folder / "trial.yaml")).passed
    assert list(scenario_files(tmp_path)) == [folder / "trial.yaml"]


def test_what_no_scenario_touches_is_named() -> None:
    covered = covered_by([run(written("time passes: +1D"))], "sundere-sammen@2")
    assert covered.touched["conditions"] == ("resource_course: true",)
    assert covered.untouched["decisions"] == ("close",)
    assert "training" in covered.untouched["elements"]
    assert "exclude.consultant_talk.after.stand_by_begun" in covered.untouched["relations"]


def test_what_the_file_says_is_counted_apart_from_what_follows_from_it() -> None:
    covered = coverage(SICK, Touched())
    assert len(covered.untouched["relations"]) == len(SICK.relations)
    assert "health_first.reviewed.after.health_first.review" in covered.untouched["implied"]
    assert not set(covered.untouched["relations"]) & set(covered.untouched["implied"])


def test_a_relation_counts_as_touched_when_it_turns_somebody_down() -> None:
    touched = Touched()
    touched.turned_down(SICK, NotOpenYet(step="work_placement", missing="plan_agreed"))
    assert "condition.plan_agreed.for.work_placement" in coverage(SICK, touched).touched["relations"]

"""`trinvis programmes test`: scenarios run in the pure core, what is not so, and what they never touch."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import typer

from console.answers.checking import FoundProblem
from console.answers.scenarios import CoveredVersion, RanScenario, TriedScenarios, UnlikeExpected
from console.output import REFUSED, Out
from domain.calendar import end_of_day, last_day
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused
from programmes.finding import Finding
from programmes.loader import Unpublishable
from programmes.scenarios.coverage import KINDS, Coverage, Touched, coverage
from programmes.scenarios.expecting import Shown, Unlike
from programmes.scenarios.files import scenario_files, script_in
from programmes.scenarios.running import Failure, Ran, run
from texts.catalogue import Wording
from texts.sentences import of_refusal, problem

WIDEST = 20
"""How wide the names of what is counted are, in either language, with the space after them."""


def try_out(out: Out, places: list[str]) -> None:
    """Runs every scenario in those files and folders, and says what came of it."""
    ran, findings = _ran(out, places)
    covered = _covered(ran)
    if out.as_json:
        found = [FoundProblem.of(each, problem(out.wording, each.code, dict(each.values))) for each in findings]
        out.data(TriedScenarios([_told(out, each) for each in ran], covered, found))
    else:
        for each in ran:
            _show(out, each)
        for finding in findings:
            mend = problem(out.wording, finding.code, dict(finding.values))
            out.line(f"{finding.file}:{finding.line}: {finding.path}: {mend}")
        for version in covered:
            _show_coverage(out, version)
        passed = sum(each.passed for each in ran)
        out.line(out.say("scenarios", "passed", count=passed, of=len(ran)))
    if findings or not all(each.passed for each in ran):
        raise typer.Exit(REFUSED)


def _ran(out: Out, places: list[str]) -> tuple[list[Ran], list[Finding]]:
    ran: list[Ran] = []
    findings: list[Finding] = []
    for place in places:
        files = list(scenario_files(Path(place)))
        if not files:
            out.fail("no_scenarios", out.told("error", "no_scenarios", folder=place))
        for file in files:
            try:
                ran.append(run(script_in(file)))
            except Unpublishable as unpublishable:
                findings += unpublishable.findings
            except (OSError, ValueError):
                out.fail("no_file", out.told("error", "no_file", file=str(file)))
    return ran, findings


def _covered(ran: list[Ran]) -> list[CoveredVersion]:
    """What of each version was touched, by all scenarios together."""
    touched, programmes = Touched(), dict[str, Programme]()
    for each in ran:
        touched = touched.with_(each.touched)
        programmes[each.script.programme.ref] = each.script.programme
    return [_version(coverage(programme, touched)) for _, programme in sorted(programmes.items())]


def _version(covered: Coverage) -> CoveredVersion:
    return CoveredVersion(
        covered.programme,
        {kind: list(covered.touched[kind]) for kind in KINDS},
        {kind: list(covered.untouched[kind]) for kind in KINDS},
    )


def _show_coverage(out: Out, version: CoveredVersion) -> None:
    out.heading(out.say("scenarios", "covered", ref=version.programme))
    for kind in KINDS:
        touched, untouched = version.touched[kind], version.untouched[kind]
        if touched or untouched:
            name = out.say("scenarios", "kinds", kind)
            named = untouched if kind != "implied" else ()  # many, and none of them stands in the file
            missing = out.say("scenarios", "never", names=", ".join(named)) if named else ""
            out.line(f"  {name:<{WIDEST}}{len(touched)}/{len(touched) + len(untouched)}{missing}")


def _show(out: Out, ran: Ran) -> None:
    title = ran.script.scenario.scenario.in_language(out.language)
    out.line(out.say("scenarios", "one_passed" if ran.passed else "one_failed", title=title))
    for failure in ran.failures:
        out.line(f"  {ran.script.file}:{failure.line}: {failure.path}: {_sentence(out, ran, failure)}")


def _told(out: Out, ran: Ran) -> RanScenario:
    scenario = ran.script.scenario
    return RanScenario(
        file=ran.script.file,
        programme=scenario.programme,
        scenario=scenario.scenario.in_language(out.language),
        passed=ran.passed,
        failures=[
            UnlikeExpected(each.line, each.path, each.unlike.code, _sentence(out, ran, each)) for each in ran.failures
        ],
    )


def _sentence(out: Out, ran: Ran, failure: Failure) -> str:
    wording = Wording(out.language, ran.script.programme)
    unlike: Unlike = failure.unlike
    expected, found = _shown(wording, unlike.expected), _shown(wording, unlike.found)
    return wording.say("console", "scenarios", unlike.code, expected=expected, found=found)


def _shown(wording: Wording, value: Shown) -> str:
    """What was expected or found, as people read it."""
    if isinstance(value, tuple):
        return ", ".join(_each(wording, value)) or wording.say("console", "scenarios", "nothing")
    if isinstance(value, bool):
        return wording.say("console", "scenarios", "yes" if value else "no")
    if isinstance(value, datetime):
        return wording.last_day(value) if value == end_of_day(last_day(value)) else wording.moment(value)
    if isinstance(value, Refused):
        return of_refusal(wording, value)
    if isinstance(value, Invalid):
        return f"{value.field}: {problem(wording, value.code, value.values)}"
    return value or wording.say("console", "scenarios", "nothing")


def _each(wording: Wording, several: tuple[Shown, ...]) -> Iterator[str]:
    for value in several:
        yield f"({_shown(wording, value)})" if isinstance(value, tuple) else _shown(wording, value)

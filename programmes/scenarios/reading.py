"""From a file to a scenario and the programme that it is about, or to everything that is wrong with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from pydantic import ValidationError

from domain.calendar import local
from domain.programme.shape import Programme
from domain.refusal import Invalid
from programmes.finding import Finding, spelled
from programmes.loader import Unpublishable, read_as, shape_findings
from programmes.scenarios.commands import Clock, command
from programmes.scenarios.shape import Doing, Expecting, Scenario, Tried
from programmes.source import Path, Source

Library = Callable[[str], Programme | None]
"""The programme version of that name, or None."""


@dataclass(frozen=True)
class Script:
    """A scenario that can be run."""

    file: str
    scenario: Scenario
    source: Source
    programme: Programme
    library: Library

    def line(self, path: Path) -> int:
        """The line at which something stands."""
        return self.source.line(path)


def script(text: str, file: str, library: Library) -> Script:
    """The scenario that *text* describes, about a programme that *library* has.

    Raises: Unpublishable with every finding, each with its line, path and mend.
    """
    source, scenario = read_as(text, file, Scenario)
    programme = library(scenario.programme)
    if programme is None:
        found = Finding(
            file, source.line(("programme",)), "programme", "no_such_version_here", (("value", scenario.programme),)
        )
        raise Unpublishable([found])
    read = Script(file, scenario, source, programme, library)
    findings = [found for path, done in everything_done(scenario) for found in _of_command(read, path, done)]
    if findings:
        raise Unpublishable(sorted(findings))
    return read


def everything_done(scenario: Scenario) -> Iterator[tuple[Path, Tried]]:
    """Everything that somebody does or tries in a story, with its place."""
    for index, done in enumerate(scenario.given):
        yield ("given", index), done
    for index, step in enumerate(scenario.steps):
        if isinstance(step, Doing):
            yield ("steps", index, "when"), step.when
        if isinstance(step, Expecting):
            asked: dict[str, Sequence[Tried]] = {"may": step.expect.may, "may not": step.expect.may_not}
            for word, every in asked.items():
                yield from ((("steps", index, "expect", word, place), tried) for place, tried in enumerate(every))


def _of_command(read: Script, path: Path, done: Tried) -> Iterator[Finding]:
    clock = Clock(read.scenario.begins, local(read.scenario.begins, time(12)))
    try:
        command(done, read.programme, clock)
    except ValidationError as error:
        yield from shape_findings(error, read.source, read.file, path)
    except Invalid as invalid:
        place = (*path, invalid.field)
        yield Finding(read.file, read.line(place), spelled(place), invalid.code, tuple(invalid.values.items()))

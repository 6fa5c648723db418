"""Running a scenario in the pure core, and everything of it that is not so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from domain.calendar import local
from domain.refusal import Invalid, Refused
from programmes.finding import spelled
from programmes.scenarios.commands import Clock, command
from programmes.scenarios.course import Course
from programmes.scenarios.coverage import Touched
from programmes.scenarios.expecting import Unlike, unlike
from programmes.scenarios.instants import When
from programmes.scenarios.reading import Script
from programmes.scenarios.shape import Doing, Done, Passing
from programmes.source import Path


@dataclass(frozen=True)
class Failure:
    """One thing that is not as the scenario says."""

    line: int
    path: str
    """Where it stands, such as `steps[2].expect.phase`."""
    unlike: Unlike


@dataclass(frozen=True)
class Ran:
    """What came of a scenario."""

    script: Script
    failures: list[Failure]
    touched: Touched

    @property
    def passed(self) -> bool:
        """Whether everything was as it says."""
        return not self.failures


class _Stopped(Exception):  # noqa: N818 - the story cannot go on, which is an answer
    """What somebody was to do could not be done, so that nothing after it means anything."""

    def __init__(self, place: Path, found: Unlike) -> None:
        self.place = place
        self.found = found
        super().__init__(place)


def run(script: Script) -> Ran:
    """What comes of a scenario; it goes on after an expectation that is not met, not after a refusal."""
    begins = script.scenario.begins
    course = Course(script.programme, Clock(begins, local(begins, time())))
    failures: list[Failure] = []
    try:
        for place, each in _steps(script, course):
            failures.append(Failure(script.line(place), spelled(place), each))
    except _Stopped as stopped:
        failures.append(Failure(script.line(stopped.place), spelled(stopped.place), stopped.found))
    return Ran(script, failures, course.touched)


def _steps(script: Script, course: Course) -> Iterator[tuple[Path, Unlike]]:
    for index, done in enumerate(script.scenario.given):
        _do(script, course, ("given", index), done)
    course.looked()
    for index, step in enumerate(script.scenario.steps):
        if isinstance(step, Doing):
            _do(script, course, ("steps", index, "when"), step.when)
        elif isinstance(step, Passing):
            _pass(course, ("steps", index, "time passes"), step.until)
        else:
            for place, found in unlike(script, course, step.expect):
                yield ("steps", index, "expect", *place), found
            course.looked()


def _do(script: Script, course: Course, place: Path, done: Done) -> None:
    if done.at:
        _pass(course, (*place, "at"), done.at)
    try:
        course.tell(script, command(done, course.programme, course.clock))
    except (Refused, Invalid) as refusal:
        raise _Stopped(place, Unlike("turned_down", found=refusal)) from None


def _pass(course: Course, place: Path, when: When) -> None:
    at = course.clock.at(when)
    if at < course.clock.now:
        raise _Stopped(place, Unlike("goes_back", expected=at, found=course.clock.now))
    course.pass_to(at)

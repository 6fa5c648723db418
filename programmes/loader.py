"""From a file to a programme, or to the list of everything that is wrong with it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.programme.rules import RuleSet
from domain.programme.shape import Programme
from domain.value import Value
from programmes.bundle import MARK, bundled, unbundled
from programmes.checks import problems
from programmes.checks.clocks import of_rule_set
from programmes.checks.problem import Problem
from programmes.closed_days import closed_days
from programmes.finding import Finding, spelled
from programmes.shelf import Shelf, shipped
from programmes.source import Path, Source, Unreadable, read

V = TypeVar("V", bound=Value)


class Unpublishable(Exception):  # noqa: N818 - it carries findings, it is not a failure
    """The programme has findings; none of it is used."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(findings)


@dataclass(frozen=True)
class Loaded:
    """A version that may be published."""

    programme: Programme
    bundle: str
    """What is kept of it: its text, with what it names."""


def loaded(text: str, file: str, shelf: Shelf = shipped) -> Loaded:
    """The programme that *text* describes, with what it names; *file* is named in findings.

    Raises: Unpublishable with every finding, each with its line, path and mend.
    """
    source, written = read_as(text, file, Programme)
    if MARK in text:
        line = text[: text.index(MARK)].count("\n") + 1
        raise Unpublishable([Finding(file, line, "-", "reserved_line", (("value", MARK.strip()),))])
    rule_sets = [_rule_set(found) for found in map(shelf, written.rule_sets) if found]
    closed = closed_days(written.calendar, written.effective_from.year) if written.calendar else frozenset()
    programme = written.under(closed, [each for _, each in rule_sets])
    _require_none(findings_at(problems(programme), source, file))
    return Loaded(programme, bundled(text, [each for each, _ in rule_sets], closed))


def load(text: str, file: str, shelf: Shelf = shipped) -> Programme:
    """The programme that *text* describes; *file* is named in findings.

    Raises: Unpublishable with every finding, each with its line, path and mend.
    """
    return loaded(text, file, shelf).programme


def _rule_set(found: tuple[str, str]) -> tuple[str, RuleSet]:
    """The text of a rule set, and what it says. Raises: Unpublishable naming its own file."""
    file, text = found
    source, rule_set = read_as(text, file, RuleSet)
    _require_none(findings_at(of_rule_set(rule_set), source, file))
    return text, rule_set


def findings_at(problems: Iterable[Problem], source: Source, file: str) -> Iterator[Finding]:
    """The problems with the lines at which they stand."""
    for problem in problems:
        where = spelled(problem.path)
        yield Finding(file, source.line(problem.path), where, problem.code, tuple(problem.values.items()))


def _require_none(findings: Iterable[Finding]) -> None:
    """Raises: Unpublishable when there are findings."""
    if found := sorted(findings):
        raise Unpublishable(found)


def read_as(text: str, file: str, shape: type[V]) -> tuple[Source, V]:
    """What a file says, and where.

    Raises: Unpublishable when it is not of that shape.
    """
    source = source_of(text, file)
    return source, shaped(source, file, shape)


def source_of(text: str, file: str) -> Source:
    """What *text* says, and where; *file* is named in findings.

    Raises: Unpublishable when it is not YAML as programmes use it.
    """
    try:
        return read(text)
    except Unreadable as error:
        raise Unpublishable([Finding(file, error.line, "-", error.code, tuple(error.values.items()))]) from None


def shaped(source: Source, file: str, shape: type[V]) -> V:
    """What *source* says, in that shape; *file* is named in findings.

    Raises: Unpublishable when it has another one.
    """
    try:
        return _shaped(source, shape)
    except ValidationError as error:
        raise Unpublishable(sorted(shape_findings(error, source, file))) from None


def reread(bundle: str) -> Programme:
    """The programme that was published as *bundle*; what a later release would find in it stops nobody on it."""
    text, rule_sets, closed = unbundled(bundle)
    return _shaped(read(text), Programme).under(closed, [_shaped(read(each), RuleSet) for each in rule_sets])


def _shaped(source: Source, shape: type[V]) -> V:
    return shape.model_validate_json(json.dumps(source.data), strict=True, by_alias=True, by_name=False)


def digest(text: str) -> str:
    """The content address of what is kept of a version: two texts with one digest say the same."""
    return sha256(text.encode()).hexdigest()


def shape_findings(error: ValidationError, source: Source, file: str, below: Path = ()) -> Iterator[Finding]:
    """What does not fit, where the value that was refused stands *below* a place in the file."""
    for each in error.errors(include_url=False):
        path = _in_file((*below, *each["loc"]), source)
        yield Finding(file, source.line(path), spelled(path), each["type"], _values(each))


def _in_file(location: tuple[int | str, ...], source: Source) -> Path:
    """The location without the names of alternatives, which stand in no file."""
    path: Path = ()
    data = source.data
    for place, part in enumerate(location, start=1):
        if isinstance(data, dict) and part in data:
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        elif place < len(location) or not isinstance(data, dict) or part == "[key]":
            continue
        path = (*path, part)
    return path


def _values(error: ErrorDetails) -> tuple[tuple[str, str], ...]:
    context = {name: str(value) for name, value in error.get("ctx", {}).items()}
    return tuple({"message": error["msg"], **context}.items())

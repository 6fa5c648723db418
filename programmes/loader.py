"""From a file to a programme, or to the list of everything that is wrong with it."""

import json
from collections.abc import Iterator
from hashlib import sha256

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.programme.shape import Programme
from programmes.checks import problems
from programmes.finding import Finding, spelled
from programmes.source import Path, Source, Unreadable, read


class Unpublishable(Exception):  # noqa: N818 - it carries findings, it is not a failure
    """The programme has findings; none of it is used."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(findings)


def load(text: str, file: str) -> Programme:
    """The programme that *text* describes; *file* is named in findings.

    Raises: Unpublishable with every finding, each with its line, path and mend.
    """
    try:
        source = read(text)
    except Unreadable as error:
        raise Unpublishable([Finding(file, error.line, "-", error.code, tuple(error.values.items()))]) from None
    try:
        programme = _shaped(source)
    except ValidationError as error:
        raise Unpublishable(sorted(_shape_findings(error, source, file))) from None
    findings = [
        Finding(file, source.line(problem.path), spelled(problem.path), problem.code, tuple(problem.values.items()))
        for problem in problems(programme)
    ]
    if findings:
        raise Unpublishable(sorted(findings))
    return programme


def reread(text: str) -> Programme:
    """The programme that was published as *text*; what a later release would find in it does not stop those on it."""
    return _shaped(read(text))


def _shaped(source: Source) -> Programme:
    return Programme.model_validate_json(json.dumps(source.data), strict=True, by_alias=True, by_name=False)


def digest(text: str) -> str:
    """The content address of a programme's text: two texts with one digest say the same."""
    return sha256(text.encode()).hexdigest()


def _shape_findings(error: ValidationError, source: Source, file: str) -> Iterator[Finding]:
    for each in error.errors(include_url=False):
        path = _in_file(each["loc"], source)
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

"""What is wrong where a file cannot be read as YAML: our own word for each slip that people make."""

import re

import yaml

SLIPS = tuple(
    (re.compile(said), code)
    for said, code in (
        (r"character '\\t' that cannot start", "yaml_tab"),
        (r"character (?P<what>'.*') that cannot start", "yaml_cannot_begin"),
        (r"mapping values are not allowed", "yaml_colon"),
        (r"sequence entries are not allowed", "yaml_dash"),
        (r"could not find expected ':'", "yaml_no_colon"),
        (r"unexpected end of stream", "yaml_quote_open"),
        (r"expected ',' or (?P<what>'.')", "yaml_bracket_open"),
        (r"node content, but found (?P<what>'.')", "yaml_nothing_there"),
        (r"node content, but found '<stream end>'", "yaml_unfinished"),
        (r"expected <block end>", "yaml_out_of_line"),
        (r"unknown escape character '(?P<what>.)'", "yaml_escape"),
        (r"another document", "yaml_two_documents"),
    )
)
"""By what the library says of it, the code of the slip."""


def slip_of(error: yaml.MarkedYAMLError) -> tuple[int, str, dict[str, str | int]]:
    """The line of a slip, its code, and the values of its sentence: the character, and where what is open begins.

    What the library says itself is told only of what people hardly ever do.
    """
    said, mark = error.problem or "?", error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    opened = error.context_mark.line + 1 if error.context_mark else line
    for pattern, code in SLIPS:
        if found := pattern.search(said):
            return line, code, {"column": column, "opened": opened, **found.groupdict()}
    return line, "not_yaml", {"column": column, "problem": said}

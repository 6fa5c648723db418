"""Assumptions are a file as programmes are: what it leaves out stands, and what is wrong is told with its line."""

import pytest

from programmes.loader import Unpublishable
from simulation.assumptions import assumed, defaults


def test_what_a_file_leaves_out_stands_as_in_the_defaults() -> None:
    found = assumed("sessions:\n  late: 0.5\n", "mine.yaml")
    assert found.sessions.late == 0.5
    assert found.sessions.stays_away == defaults().sessions.stays_away
    assert found.staff == defaults().staff


@pytest.mark.parametrize(
    ("text", "line", "path", "code"),
    [
        ("sessions:\n  late: 2\n", 2, "sessions.late", "less_than_equal"),
        ("sessions:\n  lat: 0.2\n", 2, "sessions.lat", "extra_forbidden"),
        ("\nilness: {days: 2}\n", 2, "ilness", "extra_forbidden"),
        ("choices: {accept_referal: 2}\n", 1, "choices.accept_referal", "extra_forbidden"),
        ("staff: 7\n", 1, "staff", "model_type"),
        ("a: [\n", 2, "-", "yaml_unfinished"),
    ],
)
def test_what_is_wrong_is_found_with_its_line(text: str, line: int, path: str, code: str) -> None:
    with pytest.raises(Unpublishable) as caught:
        assumed(text, "mine.yaml")
    assert [(each.file, each.line, each.path, each.code) for each in caught.value.findings] == [
        ("mine.yaml", line, path, code)
    ]

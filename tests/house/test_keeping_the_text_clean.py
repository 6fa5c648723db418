"""What no file under git may say: where somebody works, where packages came from, whom something is about."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.checkout import ROOT, under_git

REGISTRIES = [
    re.compile(rf"\b{'[.]'.join(name)}\b", re.IGNORECASE)
    for name in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "(org|com)"),
        ("docker", "io"),
        ("hub", "docker", "com"),
        ("ghcr", "io"),
        ("quay", "io"),
        ("gcr", "io"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("anaconda", "org"),
    )
]
"""Hosts of package registries: which one is used is the business of whoever installs."""
PLACES = re.compile(r"(?<![\w.*])/(home|Users|root|work|mnt|opt/py\w+)/(?!ui-server)[\w.-]+")
"""Somebody's home folder, or a path that only one machine has."""
CPR = re.compile(r"\b(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[- ]?\d{4}\b")
"""A CPR number that a living person may have; made-up ones have 60 added to the day."""
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
CODE = {".py", ".sql", ".sh", ".yaml", ".yml", ".toml", ".html", ".css", ".js", ""}


@cache
def text_of(file: Path) -> str:
    """What a file says, a packed one unpacked; nothing for a picture."""
    content = file.read_bytes()
    if file.suffix == ".gz":
        content = gzip.decompress(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def said(pattern: "re.Pattern[str]", files: list[Path]) -> list[str]:
    """Where files say what the pattern finds."""
    return [
        f"{file.relative_to(ROOT)}:{text_of(file).count(chr(10), 0, found.start()) + 1}: {found[0]}"
        for file in files
        for found in pattern.finditer(text_of(file))
    ]


def test_git_keeps_the_files_that_are_looked_at() -> None:
    names = {str(file.relative_to(ROOT)) for file in under_git()}
    assert {"pyproject.toml", "Makefile", "docker-compose.yml", "requirements.lock"} <= names


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda each: each.pattern)
def test_no_file_names_a_package_registry(registry: "re.Pattern[str]") -> None:
    assert said(registry, under_git()) == []


def test_no_file_names_a_home_folder_or_a_path_of_one_machine() -> None:
    assert said(PLACES, under_git()) == []


def test_no_file_holds_a_cpr_number_that_somebody_may_have() -> None:
    assert said(CPR, under_git()) == []


def test_no_code_is_left_unfinished() -> None:
    assert said(UNFINISHED, [file for file in under_git() if file.suffix in CODE]) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRIES[0], "see https://" + "pypi" + ".org/simple"),
        (PLACES, "lies in " + "/home" + "/somebody/trinvis"),
        (PLACES, "lies in " + "/root" + "/.config"),
        (CPR, "01" + "0180-1234"),
        (CPR, "31" + "12991234"),
        (UNFINISHED, "# TO" + "DO later"),
    ],
)
def test_what_is_looked_for_would_be_found(pattern: "re.Pattern[str]", text: str) -> None:
    assert pattern.search(text)


@pytest.mark.parametrize("text", ["610180-1234", "9112991234", "2026-03-02", "1795371234"])
def test_what_is_made_up_or_no_cpr_number_passes(text: str) -> None:
    assert not CPR.search(text)

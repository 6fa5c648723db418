"""The rooms: what may be imported where, and that no other program brings a room of the same name."""

import ast
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.checkout import ROOT, pyproject, rooms, sources

OURS = "trinvis"
ENTRIES = {"cli", "worker"}
IMPURE = {"now", "today", "utcnow", "uuid1", "uuid4", "urandom", "perf_counter", "monotonic"}
"""What reads a clock or makes something up, under whatever name it hangs."""
OUTSIDE = {"open", "print", "input", "exec", "eval", "breakpoint", "__import__"}
"""Built-in functions that reach outside."""
QUIET = {
    "abc", "bisect", "calendar", "collections", "contextvars", "copy", "dataclasses", "datetime", "decimal", "enum",
    "fractions", "functools", "hashlib", "heapq", "itertools", "json", "math", "operator", "re", "statistics", "string",
    "types", "typing", "unicodedata", "uuid", "zoneinfo",
}  # fmt: skip
"""The parts of the standard library that do nothing but calculate."""
VALUES = {"pydantic", "pydantic_core"}
CEL = {"cel_expr_python", "google.protobuf"}
"""The engine of conditions, and what it speaks."""


def imported(file: Path) -> Iterator[str]:
    """Every module that a file imports, by its full name."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def within(module: str, allowed: set[str]) -> bool:
    """Whether a module is one of the allowed, or a part of one."""
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


def impurities(tree: ast.AST) -> list[str]:
    """What a file does that a pure function would not, each with its line."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in IMPURE:
            found.append(f"{node.lineno}: .{node.attr}")
        elif isinstance(node, ast.Name) and node.id in IMPURE | OUTSIDE:
            found.append(f"{node.lineno}: {node.id}")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found += [f"{node.lineno}: {alias.name}" for alias in node.names if alias.name in IMPURE]
    return found


def taken(provided: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The rooms whose name another installed distribution provides too."""
    others = {room: sorted(set(provided.get(room, [])) - {OURS}) for room in rooms()}
    return {room: who for room, who in others.items() if who}


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_the_import_rules_hold() -> None:
    assert lint_imports(str(ROOT / ".importlinter"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_the_import_rules_cover_every_room_that_ships() -> None:
    rules = (ROOT / ".importlinter").read_text()
    assert [room for room in rooms() if room not in ENTRIES and f"\n    {room}\n" not in rules] == []


def test_every_room_in_the_checkout_ships_or_stays_at_home_on_purpose() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - set(rooms()) <= {"tests", "bench"}


def test_types_are_checked_in_every_room() -> None:
    checked = {name.removesuffix(".py") for name in pyproject()["tool"]["mypy"]["files"]}
    assert set(rooms()) | {"tests", "bench"} == checked


def test_no_other_distribution_provides_a_room_of_ours() -> None:
    assert taken(packages_distributions()) == {}


def test_no_room_hides_a_part_of_python() -> None:
    assert set(rooms()) & set(sys.stdlib_module_names) == set()


def test_a_distribution_that_takes_a_name_of_ours_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "somebody-1.0.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: somebody\nVersion: 1.0\n")
    (other / "top_level.txt").write_text("domain\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert taken(packages_distributions()) == {"domain": ["somebody"]}


def test_every_dependency_is_imported_or_is_data() -> None:
    provided = packages_distributions()
    modules = {module.split(".")[0] for file in sources(*rooms()) for module in imported(file)}
    used = {canonicalize_name(each) for module in modules for each in provided.get(module, [])}
    wanted = {canonicalize_name(Requirement(text).name) for text in pyproject()["project"]["dependencies"]}
    assert wanted - used == {"tzdata"}, "time zones, which Python itself reads"


def test_nothing_imports_the_entry_points() -> None:
    inside = [room for room in rooms() if room not in ENTRIES]
    assert [named(file) for file in sources(*inside) for module in imported(file) if within(module, ENTRIES)] == []


@pytest.mark.parametrize("file", sources("domain"), ids=named)
def test_the_domain_is_pure(file: Path) -> None:
    assert impurities(ast.parse(file.read_text("utf-8"))) == []


@pytest.mark.parametrize("file", sources("domain"), ids=named)
def test_the_domain_knows_values_and_nothing_else(file: Path) -> None:
    engine = CEL if file.is_relative_to(ROOT / "domain" / "conditions") else set()
    allowed = QUIET | VALUES | engine | {"domain"}
    assert [module for module in imported(file) if not within(module, allowed)] == []


@pytest.mark.parametrize(
    "text",
    [
        "at = datetime.now(UTC)",
        "from datetime import datetime\nclock = datetime.utcnow",
        "day = date.today()",
        "from uuid import uuid4",
        "import uuid\nnew = uuid.uuid4()",
        "open('facts')",
        "print(fact)",
    ],
)
def test_an_impure_line_would_be_found(text: str) -> None:
    assert impurities(ast.parse(text))


@pytest.mark.parametrize("module", ["random", "logging", "os", "time", "secrets", "asyncpg", "engine.transact"])
def test_no_module_that_reaches_outside_is_allowed(module: str) -> None:
    assert not within(module, QUIET | VALUES | CEL | {"domain"})


@pytest.mark.parametrize("file", sources("workflows"), ids=named)
def test_a_workflow_knows_messages_and_no_rule(file: Path) -> None:
    allowed = QUIET | {"asyncio", "temporalio", "activities.messages", "workflows"}
    assert [module for module in imported(file) if not within(module, allowed)] == []

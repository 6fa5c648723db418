"""Where scenarios lie: in the folder `scenarios` beside the versions of the programme that they are about."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from domain.programme.shape import Programme
from programmes.loader import load
from programmes.scenarios.reading import Library, Script, script
from programmes.shelf import shelf_of

FOLDER = "scenarios"


def scenario_files(place: Path) -> Iterator[Path]:
    """The file itself, or every scenario in a folder and below it."""
    if place.is_dir():
        every = place.rglob("*.yaml")
        yield from sorted(each for each in every if each.parent.name == FOLDER)
    else:
        yield place


def script_in(file: Path) -> Script:
    """The scenario in *file*, about a version that lies beside its folder.

    Raises: OSError, Unpublishable.
    """
    return script(file.read_text("utf-8", "surrogateescape"), str(file), _versions(file.absolute().parent.parent))


def _versions(folder: Path) -> Library:
    @cache
    def version(ref: str) -> Programme | None:
        name, _, number = ref.partition("@")
        file = folder / f"v{number}.yaml"
        if not file.is_file():
            return None
        programme = load(file.read_text("utf-8", "surrogateescape"), str(file), shelf_of(str(file)))
        return programme if (programme.programme, str(programme.version)) == (name, number) else None

    return version

"""Everything that is looked at before a programme is published: its text, and every state that it leads to."""

from dataclasses import dataclass

from programmes.exploring import Examined, examine
from programmes.loader import Loaded, Unpublishable, findings_at, loaded
from programmes.shelf import Shelf
from programmes.source import read


@dataclass(frozen=True)
class Checked:
    """A version that may be published, and how far it was explored."""

    file: str
    text: str
    version: Loaded
    examined: Examined


def check(text: str, file: str, shelf: Shelf) -> Checked:
    """The programme that *text* describes, when there is nothing to mend in it.

    Raises: Unpublishable with every finding; what exploring finds is told when nothing else is wrong.
    """
    version = loaded(text, file, shelf)
    examined = examine(version.programme)
    if examined.problems:
        raise Unpublishable(sorted(findings_at(examined.problems, read(text), file)))
    return Checked(file, text, version, examined)

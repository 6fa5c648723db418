"""Writes the reference from the code: `python -m tests.docs.reference`, which is `make reference`."""

from collections.abc import Callable, Mapping

from tests.docs.command_line import command_line
from tests.docs.pages import answers, commands, facts, founding_facts, programmes, settings
from tests.docs.schema import schema
from tests.support.checkout import ROOT

FOLDER = ROOT / "docs" / "reference"
PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": settings,
    "cli.md": command_line,
    "facts.md": facts,
    "commands.md": commands,
    "answers.md": answers,
    "programme-language.md": programmes,
    "programme.schema.json": schema,
    "founding-facts.md": founding_facts,
}
"""Every page of the reference, by its file."""


def main() -> None:
    """Writes every page anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, made in PAGES.items():
        (FOLDER / name).write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""In which language a run of the command line speaks, and whether it answers as JSON, before anything else is known."""

import os
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import pairwise

from domain.words import LANGUAGES, Language


@dataclass(frozen=True)
class Voice:
    """How a run answers."""

    language: Language
    as_json: bool = False


def language_of(code: str | None) -> Language:
    """The language of that code; as the installation has set it where there is none, otherwise Danish."""
    return "en" if (code or os.environ.get("TRINVIS_LANGUAGE")) == "en" else "da"


def voice_of(words: Sequence[str]) -> Voice:
    """How a run with these words on its line answers, also when the line turns out to be wrong."""
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return Voice(language_of(next((code for code in asked if code in LANGUAGES), None)), "--json" in words)


def without_lang(words: Sequence[str]) -> list[str]:
    """The words of a line that asks for help, without its language, which groups of commands do not take."""
    if "--help" not in words:
        return list(words)
    after = {number + 1 for number, word in enumerate(words) if word == "--lang"}
    return [word for number, word in enumerate(words) if number not in after and word.partition("=")[0] != "--lang"]


VOICE: ContextVar[Voice] = ContextVar("voice")
"""How the present run answers."""

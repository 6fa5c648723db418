"""In which language a run of the command line speaks, and whether it answers as JSON, before anything else is known."""

import os
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from domain.words import Language


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
    asked = [after for word, after in zip(words, [*words[1:], ""], strict=True) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return Voice(language_of(next((code for code in asked if code in {"da", "en"}), None)), "--json" in words)


VOICE: ContextVar[Voice] = ContextVar("voice")
"""How the present run answers."""

"""Wording in the two languages that every person-facing thing must have."""

from typing import Literal, get_args

from domain.text import Line, Note
from domain.value import Value

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Words(Value):
    """One line in Danish and in English."""

    da: Line
    en: Line

    def in_language(self, language: Language) -> str:
        """The line in *language*."""
        return self.da if language == "da" else self.en


class Prose(Value):
    """A paragraph in Danish and in English."""

    da: Note
    en: Note

    def in_language(self, language: Language) -> str:
        """The paragraph in *language*."""
        return self.da if language == "da" else self.en

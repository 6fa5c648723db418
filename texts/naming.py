"""What people call the codes: a programme's own titles first, then what every programme shares."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.actor import Actor, Role
from domain.programme.referral import CodeCircumstance
from domain.programme.shape import Programme
from domain.words import Language

SHARED = (
    "stage", "role", "step", "attendance", "side", "cause", "kind", "track", "bridging_step", "rating",
    "letter_name", "notice_name",
)  # fmt: skip
"""The sections that codes of every programme are looked up in, in this order."""


class Naming:
    """Codes as words, in one language."""

    def __init__(self, language: Language, catalogue: Mapping[str, Any], programme: Programme | None) -> None:
        self._own = dict(_titles(programme, language)) if programme else {}
        self._catalogue = catalogue

    def name(self, code: object) -> str:
        """What *code* is called; a code that nobody has named is shown as it is."""
        text = str(code)
        if text in self._own:
            return self._own[text]
        for section in SHARED:
            if text in self._catalogue[section]:
                return str(self._catalogue[section][text])
        of, _, what = text.rpartition(".")
        if of and what in self._catalogue["step"]:
            return str(self._catalogue["step"][what]).replace("{{ of }}", self.name(of))
        if text.endswith("_assigned"):
            return str(self._catalogue["step"]["assigned"]).replace(
                "{{ of }}", self.name(text.removesuffix("_assigned"))
            )
        return text

    def names(self, codes: str | Iterable[object] | None) -> str:
        """What several codes are called, given as a list or as words with commas."""
        if codes is None:
            return ""
        each = codes.split(", ") if isinstance(codes, str) else codes
        return ", ".join(self.name(code) for code in each if code)

    def who(self, actor: str | None) -> str:
        """A role and an id, as people say it."""
        if actor is None:
            return self.name(Role.SYSTEM)
        known = Actor(actor)
        return f"{self.name(known.role)} {known.person}"


def _titles(programme: Programme, language: Language) -> Iterable[tuple[str, str]]:
    for titled in (programme.elements, programme.phases, programme.sites, programme.events, programme.decisions,
                   programme.outcomes, programme.obligations, programme.citizen):  # fmt: skip
        for code, thing in titled.items():
            yield code, thing.title.in_language(language)
    for code, words in (*programme.units.items(), *programme.part_titles.items()):
        yield code, words.in_language(language)
    for contraindication in programme.referral.judgement:
        yield contraindication.id, contraindication.text.in_language(language)
    for circumstance in programme.citizen.values():
        if isinstance(circumstance, CodeCircumstance):
            for code, words in circumstance.values.items():
                yield code, words.in_language(language)

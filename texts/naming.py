"""What people call the codes: a programme's own titles first, then what every programme shares."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.actor import Actor, Role
from domain.programme.referral import CodeCircumstance
from domain.programme.shape import Programme
from domain.words import Language

SHARED = (
    "stage",
    "role",
    "step",
    "attendance",
    "side",
    "cause",
    "kind",
    "track",
    "bridging_step",
    "rating",
    "letter_name",
    "notice_name",
    "fact_name",
)
"""The sections that codes of every programme are looked up in, in this order."""
STEPS = ("elements", "phases", "events", "decisions", "obligations")
"""What a programme names its steps in; no two of them share a name."""


class Naming:
    """Codes as words, in one language."""

    def __init__(self, language: Language, catalogue: Mapping[str, Any], programme: Programme | None) -> None:
        self._language = language
        self._catalogue = catalogue
        self._programme = programme

    def name(self, code: object) -> str:
        """What a step, a role or another shared code is called; one that nobody has named is shown as it is."""
        text = str(code)
        for section in STEPS:
            title = self._title(section, text)
            if title:
                return title
        for section in SHARED:
            if text in self._catalogue[section]:
                return str(self._catalogue[section][text])
        of, _, what = text.rpartition(".")
        if of and what in self._catalogue["step"]:
            return self._of(what, of)
        return self._of("assigned", text.removesuffix("_assigned")) if text.endswith("_assigned") else text

    def _of(self, what: str, of: str) -> str:
        return str(self._catalogue["step"][what]).replace("{{ of }}", self.name(of))

    def _title(self, section: str, code: str) -> str | None:
        thing = getattr(self._programme, section, {}).get(code)
        words = getattr(thing, "title", thing)
        return words.in_language(self._language) if words else None

    def names(self, codes: str | Iterable[object] | None) -> str:
        """What several codes are called, given as a list or as words with commas."""
        return ", ".join(self.name(code) for code in _each(codes))

    def site_name(self, code: object) -> str:
        """What a site is called."""
        return self._title("sites", str(code)) or str(code)

    def outcome_name(self, code: object) -> str:
        """What an outcome is called."""
        return self._title("outcomes", str(code)) or str(code)

    def unit_name(self, code: object) -> str:
        """What a unit is called."""
        return self._title("units", str(code)) or str(code)

    def circumstance_name(self, code: object) -> str:
        """What a circumstance is called."""
        return self._title("citizen", str(code)) or str(code)

    def value_name(self, circumstance: object, value: object) -> str:
        """What the value of a circumstance is called."""
        known = self._programme.citizen.get(str(circumstance)) if self._programme else None
        if isinstance(known, CodeCircumstance) and value in known.values:
            return known.values[str(value)].in_language(self._language)
        return str(value)

    def part_names(self, codes: str | Iterable[object] | None) -> str:
        """What parts of a session are called."""
        return ", ".join(self._title("part_titles", str(code)) or str(code) for code in _each(codes))

    def contraindication_names(self, codes: str | Iterable[object] | None) -> str:
        """What contraindications are called."""
        known = {each.id: each.text for each in self._programme.referral.judgement} if self._programme else {}
        return ", ".join(
            known[str(code)].in_language(self._language) if str(code) in known else str(code) for code in _each(codes)
        )

    def who(self, actor: str | None) -> str:
        """A role and an id, as people say it."""
        if actor is None:
            return self.name(Role.SYSTEM)
        known = Actor(actor)
        return f"{self.name(known.role)} {known.person}"


def _each(codes: str | Iterable[object] | None) -> Iterable[object]:
    if codes is None:
        return ()
    return [code for code in (codes.split(", ") if isinstance(codes, str) else codes) if code]

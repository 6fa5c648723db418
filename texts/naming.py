"""What people call the codes: a programme's own titles first, then what every programme shares."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.actor import Actor, Role
from domain.pathway.proceeding import made_as, of_all
from domain.programme.measures import IndicatorSet
from domain.programme.referral import CodeCircumstance
from domain.programme.shape import Programme
from domain.words import Language, Words

SECTIONS = (
    "attendance",
    "bridging_step",
    "cause",
    "dimension",
    "evaluation_kind",
    "choice",
    "channel",
    "command",
    "ending",
    "errand",
    "fact",
    "kind",
    "letter",
    "notice",
    "order_stage",
    "rater",
    "rating",
    "recourse_stage",
    "role",
    "ruling",
    "side",
    "programme_stage",
    "stage",
    "track",
    "valence",
)
"""What every programme shares, each section under a name of its own: the same code may mean different things."""
WHICH = re.compile(r"#(\d+)")
"""By what one of several decisions of the same name is told from the first, as in `reduce#2`."""
STEPS = ("elements", "phases", "events", "decisions", "obligations", "intensities", "measures", "orders")
"""What a programme names its steps in; no two of them share a name."""


class Naming:
    """Codes as words, in one language."""

    def __init__(self, language: Language, names: Mapping[str, Any], programme: Programme | None) -> None:
        self._language = language
        self._names = names
        self._programme = programme

    def called(self, section: str, code: object) -> str:
        """What a shared code is called, such as a role; one that nobody has named is shown as it is."""
        return str(self._names[section].get(str(code), code))

    def several(self, section: str, codes: str | Iterable[object] | None) -> str:
        """What several shared codes are called, given as a list or as words with commas."""
        return ", ".join(self.called(section, code) for code in _each(codes))

    def name(self, step: object) -> str:
        """What a step is called, such as an element or `first_talk.missed`; of one of several decisions, which."""
        text = str(step)
        which = WHICH.search(text)
        if which:
            return f"{self.name(of_all(text))} ({str(self._names['which']).replace('{{ number }}', which[1])})"
        for section in STEPS:
            title = self._title(section, text)
            if title:
                return title
        if text in self._names["step"]:
            return str(self._names["step"][text])
        of, _, what = text.rpartition(".")
        if of and what in self._names["step_of"]:
            return self._of(what, self.name(of))
        if text.endswith("_assigned"):
            return self._of("assigned", self.called("role", text.removesuffix("_assigned")))
        return text

    def _of(self, what: str, of: str) -> str:
        return str(self._names["step_of"][what]).replace("{{ of }}", of)

    def _title(self, section: str, code: str) -> str | None:
        thing = getattr(self._programme, section, {}).get(code)
        words = getattr(thing, "title", thing)
        return words.in_language(self._language) if isinstance(words, Words) else None

    def made(self, decision: str, number: int) -> str:
        """What one decision that was made is called, where there may be several of its name."""
        return self.name(made_as(decision, number))

    def names(self, steps: str | Iterable[object] | None) -> str:
        """What several steps are called."""
        return ", ".join(self.name(step) for step in _each(steps))

    def coded(self, steps: str | Iterable[object] | None) -> str:
        """What several steps are called, each with the code that one types for it."""
        named = ((self.name(step), str(step)) for step in _each(steps))
        return ", ".join(step if name == step else f"{name} ({step})" for name, step in named)

    def programme_name(self, ref: str) -> str:
        """What a version such as `sundere-sammen@2` is called."""
        programme, _, version = str(ref).partition("@")
        if self._programme is None or self._programme.programme != programme:
            return str(ref)
        return f"{self._programme.title.in_language(self._language)}, version {version}"

    def site_name(self, code: object) -> str:
        """What a site is called."""
        return self._title("sites", str(code)) or str(code)

    def place_name(self, code: object) -> str:
        """A site as letters say where it is: its name, its address, and where one meets."""
        site = self._programme.sites.get(str(code)) if self._programme else None
        if site is None:
            return str(code)
        meeting_point = site.meeting_point.in_language(self._language) if site.meeting_point else None
        return ", ".join(each for each in (self.site_name(code), site.address, meeting_point) if each)

    def topic_names(self, element: str, codes: Iterable[str]) -> str:
        """What the topics of an element are called."""
        known = self._programme.elements.get(element) if self._programme else None
        titles = known.topics if known else {}
        return ", ".join(titles[code].in_language(self._language) if code in titles else code for code in codes)

    def prompt_name(self, element: str, code: str) -> str:
        """What a talk asks, by its code."""
        known = self._programme.elements.get(element) if self._programme else None
        words = known.prompts.get(code) if known else None
        return words.in_language(self._language) if words else code

    def partner_name(self, code: object) -> str:
        """What a partner is called."""
        return self._title("partners", str(code)) or str(code)

    def outcome_name(self, code: object) -> str:
        """What an outcome is called."""
        return self._title("outcomes", str(code)) or str(code)

    def provider_name(self, code: object) -> str:
        """What a provider is called."""
        return self._title("providers", str(code)) or str(code)

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
        return self.called("yes_no", value)

    def reason_name(self, decision: object, code: object) -> str:
        """What a reason that a decision has a code for is called."""
        known = self._programme.decisions.get(str(decision)) if self._programme else None
        words = known.reasons.get(str(code)) if known else None
        return words.in_language(self._language) if words else str(code)

    def reason_names(self, decision: object, codes: str | Iterable[object] | None) -> str:
        """What several such reasons are called, each with the code that one types for it."""
        return ", ".join(f"{self.reason_name(decision, code)} ({code})" for code in _each(codes))

    def part_names(self, codes: str | Iterable[object] | None) -> str:
        """What parts of a session are called."""
        return ", ".join(self._title("part_titles", str(code)) or str(code) for code in _each(codes))

    def item_answers(self, measure: str, answers: Sequence[int | None]) -> str:
        """What was answered to each question of a set of the programme's own; nothing where it is another measure."""
        known = self._programme.measures.get(measure) if self._programme else None
        if not isinstance(known, IndicatorSet):
            return ""
        named = zip(known.items.values(), answers, strict=False)
        return ", ".join(
            f"{title.in_language(self._language)} {'-' if answer is None else answer}" for title, answer in named
        )

    def contraindication_names(self, codes: str | Iterable[object] | None) -> str:
        """What contraindications are called."""
        known = {each.id: each.text for each in self._programme.referral.judgement} if self._programme else {}
        return ", ".join(
            known[str(code)].in_language(self._language) if str(code) in known else str(code) for code in _each(codes)
        )

    def follow_up_name(self, code: object) -> str:
        """What a letter, a notice or an errand is called; no two of them share a code."""
        section = next((each for each in ("letter", "errand") if str(code) in self._names[each]), "notice")
        return self.called(section, code)

    def subject_name(self, notice: str, subject: str) -> str:
        """What a notice is about, as people say it."""
        match notice:
            case "assigned":
                return self.called("role", subject)
            case "delivery_failed":
                return self.follow_up_name(subject)
            case "part_missing":
                return self.part_names(subject)
            case "role_missing":
                return self.several("role", subject)
            case "week_below":
                return self.week_name(subject)
            case _:
                return self.name(subject)

    def week_name(self, week: str) -> str:
        """An ISO week such as `2026-W09` as people say it."""
        year, _, number = week.partition("-W")
        return str(self._names["week"]).replace("{{ number }}", number.lstrip("0")).replace("{{ year }}", year)

    def who(self, actor: str | None) -> str:
        """A role and an id, as people say it; the system has no id that matters."""
        known = Actor(actor or "system:")
        name = self.called("role", known.role)
        return name if known.role is Role.SYSTEM else f"{name} {known.person}"


def _each(codes: str | Iterable[object] | None) -> Iterable[object]:
    if codes is None:
        return ()
    return [code for code in (codes.split(", ") if isinstance(codes, str) else codes) if code]

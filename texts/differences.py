"""What a planner reads of the differences between two versions of a programme: in the programme's own words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum

from domain.actor import Role
from domain.period import Period
from domain.programme.differing import Difference, Path
from domain.programme.elements import Track
from domain.programme.relations import KEYWORDS
from domain.programme.shape import Programme
from domain.refusal import Plain
from domain.value import Value
from domain.words import Language, Prose, Words
from texts.catalogue import Wording

TITLED = {
    *("elements", "phases", "events", "decisions", "obligations", "outcomes", "sites", "units", "citizen", "measures"),
    *("parts", "intensities"),
}
"""The sections whose entries have a name of their own, given by the programme."""
LISTED = {"eligible", "judgement"}
"""Lists of things that have a title."""
SHOWN: Mapping[str, tuple[str, ...]] = {"respond": ("within", "by", "remind")}
"""By relation, what is said of a whole one besides its steps."""
UNTOLD = (Words, Prose, Mapping)
"""What is not said of a whole thing: its title, which names it, and what stands by name within it."""


class Differing:
    """The words for what two versions say differently."""

    def __init__(self, language: Language, old: Programme, new: Programme) -> None:
        self._language = language
        self._wordings = Wording(language, new), Wording(language, old)
        self._versions = new, old

    def sentence(self, found: Difference) -> str:
        """One difference as a sentence."""
        values = {"before": self._said(found.before), "after": self._said(found.after)}
        what = self._what(found.path, found.before if found.after is None else found.after)
        if isinstance(found.before or found.after, Words) and None in {found.before, found.after}:
            values = {"before": "", "after": ""}  # the title says it
        key = found.change.value
        if key in {"widened", "narrowed"}:
            key = "changed" if found.before is not None and found.after is not None else key
        return self._say(key, what=what, **values)

    def heading(self, meaning: str) -> str:
        """What the differences of one meaning stand under."""
        return self._say("meaning", meaning)

    def none(self, old: str, new: str) -> str:
        """That two versions say the same."""
        return self._say("none", old=old, new=new)

    def _say(self, *key: str, **values: object) -> str:
        return self._wordings[0].say("difference", *key, **values)

    def _what(self, path: Path, thing: object) -> str:
        head, rest = self._head(path, thing)
        part = ", ".join(self._part(name) for name in rest)
        return self._say("part", whole=head, part=part) if head and part else head or part

    def _head(self, path: Path, thing: object) -> tuple[str, Sequence[str]]:
        """What a difference is found in, and what is left of the path within it."""
        section = path[0]
        if section in TITLED and len(path) > 1:
            return self._entry(section, self._titled(section, path[1])), path[2:]
        if section == "relations" and len(path) > 1:
            return self._relation(path[1], thing), path[2:]
        if len(path) > 2 and path[1] in LISTED:  # noqa: PLR2004 - the section, the list, and whose entry it is
            return self._entry(path[1], self._listed(path[1], path[2])), path[3:]
        return "", path

    def _entry(self, section: str, title: str) -> str:
        return self._say("entry", section, title=title) if self._has("entry", section) else title

    def _has(self, *key: str) -> bool:
        return self._wordings[0].has("difference", *key)

    def _titled(self, section: str, name: str) -> str:
        """The title of an entry, in the newer version's words where it has it still."""
        for wording, programme in zip(self._wordings, self._versions, strict=True):
            field = "part_titles" if section == "parts" else section
            thing = getattr(programme, field, {}).get(name)
            words = getattr(thing, "title", thing)
            if isinstance(words, Words):
                return words.in_language(self._language)
            if section == "measures":
                return wording.naming.name(name)
        return name

    def _listed(self, list_: str, name: str) -> str:
        for programme in self._versions:
            for each in getattr(programme.referral, list_, ()):
                if each.id == name:
                    words: Words = each.title if hasattr(each, "title") else each.text
                    return words.in_language(self._language)
        return name

    def _relation(self, name: str, thing: object) -> str:
        """A relation in words; one that changed within is found again by its rule."""
        relation = thing if isinstance(thing, tuple(KEYWORDS.values())) else self._response(name)
        word = next((word for word, shape in KEYWORDS.items() if isinstance(relation, shape)), None)
        if word is None or not self._has("relation", word):
            return name
        return self._say("relation", word, **{field: self._said(value) for field, value in _fields(relation)})

    def _response(self, rule: str) -> object:
        return next((version.responses[rule] for version in self._versions if rule in version.responses), None)

    def _part(self, name: str) -> str:
        if self._has("field", name):
            return self._say("field", name)
        if name in set(Track):
            return self._wordings[0].naming.called("track", name)
        return self._name(name)

    def _name(self, code: str) -> str:
        """What a step, a site or another code of either version is called."""
        for wording in self._wordings:
            naming = wording.naming
            for called in (naming.outcome_name, naming.site_name, naming.unit_name, naming.part_names, naming.name):
                if called(code) != code:
                    return called(code)
        values = (getattr(each, "values", {}) for version in self._versions for each in version.citizen.values())
        found = next((each[code] for each in values if code in each), None)
        return found.in_language(self._language) if found else code

    def _said(self, value: object) -> str:
        """A value in words; nothing where there is none, or where its title has said it already."""
        match value:
            case None:
                return ""
            case Words() | Prose():
                return value.in_language(self._language)
            case tuple():
                return ", ".join(self._said(each) for each in value) or self._say("nothing")
            case Value():
                return ", ".join(self._told(value)) or self._said(getattr(value, "kind", None))
            case _:
                return self._leaf(value)

    def _leaf(self, value: object) -> str:  # noqa: PLR0911 - one return for each kind of value
        wording = self._wordings[0]
        match value:
            case bool():
                return wording.naming.called("yes_no", value)
            case Period():
                return wording.period(value)
            case Role() | Track():
                return wording.naming.called("role" if isinstance(value, Role) else "track", value)
            case Enum():
                return self._word(str(value.value))
            case int() | float():
                return wording.number(value)
            case date():
                return wording.day(value.isoformat())
            case _:
                name = self._name(str(value))
                return self._word(name) if name == value else name

    def _word(self, code: str) -> str:
        return self._say("word", code) if self._has("word", code) else code

    def _told(self, value: Value) -> Iterator[str]:
        """What a whole thing says besides its title, field by field; of a relation, what its sentence leaves out."""
        word = next((word for word, shape in KEYWORDS.items() if isinstance(value, shape)), None)
        for name, each, usual in _fields_with_defaults(value):
            is_wanted = name in SHOWN.get(word, ()) if word else not isinstance(each, UNTOLD) and name != "id"
            if is_wanted and each != usual and self._said(each):
                yield f"{self._part(name)}: {self._said(each)}"


def _fields(value: object) -> Iterator[tuple[str, object]]:
    """The fields of a value by the words of the file."""
    if isinstance(value, Value):
        for name, field in type(value).model_fields.items():
            yield field.alias or name, getattr(value, name)


def _fields_with_defaults(value: Value) -> Iterator[tuple[str, object, object]]:
    fields = type(value).model_fields.values()
    return ((*pair, field.default) for pair, field in zip(_fields(value), fields, strict=True))


Shown = Plain | list["Shown"] | dict[str, "Shown"]
"""A value as JSON has it."""


def plain(value: object) -> Shown:  # noqa: PLR0911 - one return for each kind of value
    """A value as programs read it, by the words of the file."""
    match value:
        case Value():
            return {name: plain(each) for name, each in _fields(value)}
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case tuple():
            return [plain(each) for each in value]
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case str() | int() | float() | None:
            return value
        case _:
            return str(value)

"""The sentences as they stand in the files, and what each of them asks for."""

from collections.abc import Iterator, Mapping

from jinja2 import Environment, meta

from domain.words import Language
from texts.catalogue import Section, Wording, catalogue

_ENVIRONMENT = Environment(autoescape=False)  # noqa: S701 - nothing is rendered here
HELPERS = frozenset(Wording("da")._helpers)


def templates(language: Language) -> dict[tuple[str, ...], str]:
    """Every sentence of a language, by its key."""
    return dict(_flat(catalogue(language), ()))


def _flat(section: "Mapping[str, str | Section]", before: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, said in section.items():
        if isinstance(said, str):
            yield (*before, key), said
        else:
            yield from _flat(said, (*before, key))


def asked_for(template: str) -> frozenset[str]:
    """The values that a sentence needs, helpers apart."""
    named = meta.find_undeclared_variables(_ENVIRONMENT.parse(template))
    return frozenset(name for name in named if name not in HELPERS or f"{name})" in template.replace(" ", ""))

"""How each fact changes where a pathway stands, by subject."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.pathway.state import Pathway

Folding = Mapping[type[object], Callable[[Pathway, Any], Pathway]]
"""By kind of fact, the pathway after it. Total: history is never refused."""


def unchanged(pathway: Pathway, fact: object) -> Pathway:
    """The same pathway: the fact matters to people, or as a step, but not to where the pathway stands."""
    del fact
    return pathway

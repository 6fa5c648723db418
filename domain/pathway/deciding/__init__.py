"""What each command causes, by subject."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.state import Pathway

Facts = Sequence[PathwayFact]
Answers = Mapping[type[Command], Callable[[Binding, Pathway, Any], Facts]]
"""By kind of command, the facts that it says itself; what they bring with them is added elsewhere."""

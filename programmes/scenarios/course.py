"""Where a story has come to, as the engine would carry it out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands.course import MovePathway
from domain.pathway.decide import after, decide
from domain.pathway.settling import settled
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from domain.refusal import Refused
from programmes.scenarios.commands import Clock
from programmes.scenarios.coverage import Touched
from programmes.scenarios.reading import Script


@dataclass
class Course:
    """Where a story has come to."""

    programme: Programme
    clock: Clock
    pathway: Pathway = field(default_factory=Pathway)
    history: list[PathwayFact] = field(default_factory=list)
    seen: int = 0
    """How much of the history had happened at the last expectation."""
    touched: Touched = field(default_factory=Touched)

    @property
    def since(self) -> Sequence[PathwayFact]:
        """What has happened since the last expectation."""
        return self.history[self.seen :]

    def pass_to(self, at: datetime) -> None:
        """Lets time pass up to and at an instant."""
        for passed in settled(Binding(self.programme), self.pathway, at):
            self.pathway = passed.pathway
            self.history += passed.facts
            self.touched.visit(self.programme, self.pathway, passed.due, passed.facts)
        self.clock = Clock(self.clock.begins, at)

    def looked(self) -> None:
        """From here on counts as what happened since."""
        self.seen = len(self.history)

    def binding(self, script: Script, asked: Command) -> Binding:
        """The rules that a command is answered by."""
        wanted = f"{self.programme.programme}@{asked.version}" if isinstance(asked, MovePathway) else None
        return Binding(self.programme, script.library(wanted) if wanted else None, tuple(self.history))

    def tell(self, script: Script, asked: Command) -> None:
        """Carries a command out.

        Raises: Refused, Invalid.
        """
        binding = self.binding(script, asked)
        facts = self.answer(binding, asked)
        self.pathway = after(binding, self.pathway, facts)
        self.history += facts
        if isinstance(asked, MovePathway) and binding.target and facts:
            self.programme = binding.target
        self.touched.visit(self.programme, self.pathway, asked.at, facts)

    def answer(self, binding: Binding, asked: Command) -> Sequence[PathwayFact]:
        """What a command would cause; who is turned down by a relation has met it.

        Raises: Refused, Invalid.
        """
        try:
            return decide(binding, self.pathway, asked)
        except Refused as refusal:
            self.touched.turned_down(self.programme, refusal)
            raise

"""What the rules of a pathway depend on: its programme version, and for some commands more."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.pathway.history import Event
from domain.pathway.places import Occupied
from domain.programme.shape import Programme
from domain.refusal import NoSuchFact, Plain
from domain.why import Why


@dataclass(frozen=True)
class Binding:
    """The programme version that a pathway follows, with what moving and correcting look at."""

    programme: Programme
    target: Programme | None = None
    """The version to move to, for `MovePathway` only."""
    history: Sequence[Event] = ()
    """The whole history in its order, only for commands that `looks_back` names."""
    occupied: Occupied | None = None
    """How many places are taken, where the programme has a number of them; None where that is not counted."""

    def recorded(self, version: int) -> Event:
        """What was recorded as that version, counted from 1.

        Raises: NoSuchFact.
        """
        if not 1 <= version <= len(self.history):
            raise NoSuchFact(version=version)
        return self.history[version - 1]

    def why(self, rule: str, **inputs: Plain) -> Why:
        """The reason that a fact carries when *rule* caused it."""
        return Why(rule=rule, programme=self.programme.ref, inputs=inputs)

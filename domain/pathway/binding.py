"""What the rules of a pathway depend on: its programme version, and for some commands more."""

from dataclasses import dataclass

from domain.pathway.history import Recorded
from domain.programme.shape import Programme
from domain.refusal import Plain
from domain.why import Why


@dataclass(frozen=True)
class Binding:
    """The programme version that a pathway follows, with what moving and correcting look at."""

    programme: Programme
    target: Programme | None = None
    """The version to move to, for `MovePathway` only."""
    history: tuple[Recorded, ...] = ()
    """The whole history, for `CorrectFact` only."""

    def why(self, rule: str, **inputs: Plain) -> Why:
        """The reason that a fact carries when *rule* caused it."""
        return Why(rule=rule, programme=self.programme.ref, inputs=inputs)

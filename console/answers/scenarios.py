"""What `programmes test` answers."""

from dataclasses import dataclass

from console.answers.checking import FoundProblem


@dataclass(frozen=True)
class UnlikeExpected:
    """Something that is not as a scenario says, in what `programmes test` answers."""

    line: int
    path: str
    """Where it stands, such as `steps[2].expect.phase`."""
    code: str
    """`unlike`, `turned_down`, `causes_nothing`, `may` or `goes_back`."""
    told: str
    """What was expected and what was found, in words."""


@dataclass(frozen=True)
class RanScenario:
    """One scenario, in what `programmes test` answers."""

    file: str
    programme: str
    scenario: str
    passed: bool
    failures: list[UnlikeExpected]


@dataclass(frozen=True)
class CoveredVersion:
    """How much of a version the scenarios touch together, in what `programmes test` answers."""

    programme: str
    touched: dict[str, list[str]]
    """What was, by `conditions` (each true and false), `relations` (those that the file holds), `implied` (the rules
    that follow from the rest of it, such as from a review or a hearing), `decisions`, `phases` and `elements`.
    """
    untouched: dict[str, list[str]]
    """By the same, what never was."""


@dataclass(frozen=True)
class TriedScenarios:
    """What `programmes test` answers."""

    scenarios: list[RanScenario]
    coverage: list[CoveredVersion]
    findings: list[FoundProblem]
    """What is wrong with files that could not be run."""

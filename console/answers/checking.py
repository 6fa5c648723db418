"""What `programmes check` answers, and `programmes publish` when something is wrong."""

from dataclasses import dataclass, field

from programmes.finding import Finding


@dataclass(frozen=True)
class FoundProblem:
    """Something to mend, in what `programmes check` and `programmes publish` answer."""

    file: str
    line: int
    path: str
    code: str
    mend: str

    @classmethod
    def of(cls, finding: Finding, mend: str) -> "FoundProblem":
        """A finding with its mend in words."""
        return cls(finding.file, finding.line, finding.path, finding.code, mend)


@dataclass(frozen=True)
class ExploredVersion:
    """How far a version was explored, in what `programmes check` answers."""

    ref: str
    states: int
    deepest: int
    """How many moves the farthest state lies from the referral."""
    whole: bool
    """Whether every state was explored; otherwise the bound was reached."""
    unsettled: list[str]
    """What was neither come across nor shown never to come."""


@dataclass(frozen=True)
class CheckedFiles:
    """What `programmes check` answers, and `programmes publish` when something is wrong."""

    sound: list[ExploredVersion]
    """The versions without findings, and how far each was explored."""
    findings: list[FoundProblem]
    warnings: list[FoundProblem] = field(default_factory=list)
    """What may be meant, and should be looked at; nothing is kept from being published by it."""

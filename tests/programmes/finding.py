"""What is wrong with a text, as specifications ask for it."""

from domain.words import LANGUAGES
from programmes.finding import Finding
from programmes.loader import Unpublishable, load
from tests.support.altering import altered_text
from tests.support.cast import PROGRAMMES
from texts.catalogue import Wording
from texts.sentences import problem

SHIPPED = sorted(f"{path.parent.name}@{path.stem[1:]}" for path in PROGRAMMES.glob("*/v*.yaml"))
FILE = "sygedagpenge-driftstilbud/v3.yaml"


def findings(text: str) -> list[Finding]:
    """Everything that is wrong with *text*; nothing else may come of it."""
    try:
        load(text, FILE)
    except Unpublishable as unpublishable:
        return unpublishable.findings
    return []


def altered_findings(ref: str, *changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    """What is wrong with a shipped version in which words were replaced: line as it stands there, path and code."""
    text = altered_text(ref, *changes)
    rows = text.split("\n")
    return [(rows[each.line - 1].strip(), each.path, each.code) for each in findings(text)]


def mends(finding: Finding) -> list[str]:
    """What people read of a finding, in each language."""
    return [problem(Wording(language), finding.code, dict(finding.values)) for language in LANGUAGES]

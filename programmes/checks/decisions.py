"""Whether decisions can be made as they are declared, and nothing adverse by itself or by an outsider."""

from collections.abc import Iterator

from domain.pathway.commands.course import MakeDecision
from domain.pathway.commands.decisions import ConfirmDecision
from domain.pathway.permissions import AUTHORITY, MAY
from domain.programme.decisions import CLOSE, ENDS, REFUSE, Character, Decision, ReasonPolicy, Silence
from domain.programme.hearing import around
from domain.programme.phases import How
from domain.programme.relations import Exclude
from domain.programme.shape import Programme
from programmes.checks.problem import Problem
from programmes.checks.roles import each_role
from programmes.source import Path

ADVERSE = frozenset({Character.ADVERSE, Character.ADVERSE_IF_AGAINST_WISH})
KNOWN = ", ".join(sorted(AUTHORITY))


def of_decisions(programme: Programme) -> Iterator[Problem]:
    """Decisions that lack reasons or eyes, that an outsider makes, or that make themselves."""
    for name, decision in programme.decisions.items():
        where: Path = ("decisions", name)
        if decision.may_be_adverse:
            yield from _by_outsiders(where, decision)
        if name == REFUSE and (decision.outcomes or decision.second or decision.reason is ReasonPolicy.NONE):
            yield Problem(where, "refusing_is_plain", {"value": name})
        if decision.reason is ReasonPolicy.CODE and not decision.reasons:
            yield Problem((*where, "reasons"), "reasons_missing", {"value": name})
        if decision.reasons and decision.reason is not ReasonPolicy.CODE:
            yield Problem((*where, "reasons"), "reasons_unused", {"value": name})
        if decision.second:
            yield from each_role((*where, "second", "by"), decision.second.by, MAY[ConfirmDecision])
            if decision.second.silence is Silence.STANDS and (decision.may_be_adverse or name == CLOSE):
                yield Problem((*where, "second", "silence"), "adverse_by_silence", {"value": name})
    yield from _of_steps(programme)
    yield from _put_aside(programme)


def _put_aside(programme: Programme) -> Iterator[Problem]:
    """What somebody owes in a hearing or after a complaint, put aside: the citizen would wait without any clock."""
    hearings = [(name, each) for name, each in programme.decisions.items() if each.may_be_adverse]
    owed = {rule.respond for name, each in hearings for rule in around(name, each, programme.hearing)} - {
        *programme.decisions
    }
    for index, relation in enumerate(programme.relations):
        if isinstance(relation, Exclude) and relation.exclude in owed:
            yield Problem(("relations", index, "exclude"), "hearing_put_aside", {"value": relation.exclude})


def _of_steps(programme: Programme) -> Iterator[Problem]:
    """Steps to the citizen's detriment that nobody decides, or decides unheard."""
    for name, phase in programme.phases.items():
        advance = phase.advance
        if advance is None or advance.character not in ADVERSE:
            continue
        if advance.how is How.AUTOMATIC:
            yield Problem(("phases", name, "advance", "how"), "adverse_by_itself", {"value": name})
        elif not _is_decided_first(programme, advance.to):
            yield Problem(("phases", name, "advance", "character"), "adverse_unheard", {"value": advance.to})


def _is_decided_first(programme: Programme, phase: str) -> bool:
    """Whether a phase waits for a decision about which the citizen is heard, however it is entered."""
    heard = {name for name, decision in programme.decisions.items() if decision.may_be_adverse and name not in ENDS}
    put_aside = {relation.exclude for relation in programme.exclusions if isinstance(relation, Exclude)}
    asked = {relation.condition for relation in programme.conditions if relation.target == phase}
    return bool(asked & heard - put_aside)


def _by_outsiders(where: Path, decision: Decision) -> Iterator[Problem]:
    second = decision.second.by if decision.second else ()
    for path, roles in (((*where, "by"), decision.by), ((*where, "second", "by"), second)):
        for index, role in enumerate(roles):
            if role not in AUTHORITY and role in MAY[MakeDecision]:
                yield Problem((*path, index), "adverse_by_outsider", {"value": role, "known": KNOWN})

"""A pathway on two days side by side: what was true, what was known, with what differs marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from uuid import UUID

from console.answers.glimpses import Glimpsed, GlimpsedOwed, GlimpsedPathway
from console.output import Out
from console.showing import clock
from domain.actor import Role
from domain.calendar import last_day
from domain.explaining.travelling import Glimpse, differences
from domain.pathway.options import Option
from domain.pathway.seeing import may_see_rule
from texts.catalogue import Wording
from texts.naming import Naming

WIDTH = 46
LABEL = 20


@dataclass(frozen=True)
class Side:
    """One of the two days."""

    title: str
    """`as_of`, `known_on` or `present`."""
    glimpse: Glimpse


@dataclass(frozen=True)
class Sides:
    """A pathway on two days, for somebody in a role."""

    pathway: UUID
    role: Role
    left: Side
    right: Side


def show_glimpses(out: Out, sides: Sides) -> None:
    """Both days side by side."""
    differing = differences(sides.left.glimpse, sides.right.glimpse)
    if out.as_json:
        both = [_glimpsed(each, sides.role) for each in (sides.left, sides.right)]
        out.data(Glimpsed(sides.pathway, both[0], both[1], differing))
        return
    titles = [_title(out, each) for each in (sides.left, sides.right)]
    out.line(f"  {'':<{LABEL}}{titles[0]:<{WIDTH}}{titles[1]}")
    left, right = (dict(_lines(out, each.glimpse, sides.role)) for each in (sides.left, sides.right))
    for name, lines in left.items():
        _show_row(out, name, lines, right[name])


def _title(out: Out, side: Side) -> str:
    return out.wording.say("glimpse", side.title, at=clock(side.glimpse.at))


def _show_row(out: Out, name: str, left: Sequence[str], right: Sequence[str]) -> None:
    label = out.wording.say("glimpse", "row", name)
    for number, (one, other) in enumerate(side_by_side(left, right) or [("", "")]):
        mark = "≠" if one != other else " "
        shown = f"{_fitting(one):<{WIDTH}}{_fitting(other)}"
        out.line(f"{mark} {label if number == 0 else '':<{LABEL}}{shown}".rstrip())


def side_by_side(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]]:
    """The lines of both sides in rows: what both have stands in one row, so that only what differs is marked."""
    rows: list[tuple[str, str]] = []
    for _, one, until, other, to in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        rows += zip_longest(left[one:until], right[other:to], fillvalue="")
    return rows


def _fitting(line: str) -> str:
    return line if len(line) < WIDTH else f"{line[: WIDTH - 2]}…"


def _lines(out: Out, glimpse: Glimpse, role: Role) -> Iterator[tuple[str, list[str]]]:
    pathway, wording = glimpse.pathway, Wording(out.language, glimpse.programme)
    naming = wording.naming
    yield "programme", [naming.programme_name(glimpse.programme.ref)]
    phase = f", {naming.name(pathway.phase)}" if pathway.phase else ""
    yield "stage", [f"{naming.called('stage', pathway.stage)}{phase}"]
    yield "paused_since", [wording.day(pathway.paused_since)] if pathway.paused_since else []
    yield "proposal", [naming.name(pathway.proposal.to)] if pathway.proposal else []
    yield "responsible", [f"{naming.called('role', each)} {who}" for each, who in sorted(pathway.responsible.items())]
    yield (
        "owed",
        [
            f"{'! ' if each.overdue else ''}{last_day(each.due)} {naming.name(each.name)}"
            for each in _owed(glimpse, role)
        ],
    )
    booked = sorted(pathway.bookings.values(), key=lambda each: each.starts)
    yield "bookings", [f"{clock(each.starts)} {naming.name(each.element)}" for each in booked]
    outcomes = [*pathway.outcomes, *([pathway.outcome] if pathway.outcome else [])]
    yield "outcomes", [naming.outcome_name(each) for each in outcomes]
    opened = (option for option in glimpse.options if option.closed_by is None and option.by)
    yield "options", sorted(_in_words(naming, option) for option in opened)


def _in_words(naming: Naming, option: Option) -> str:
    command = naming.called("command", option.command)
    return f"{command}: {naming.name(option.step)}" if option.step else command


def _owed(glimpse: Glimpse, role: Role) -> list[GlimpsedOwed]:
    owed = glimpse.pathway.obligations.items()
    shown = [
        GlimpsedOwed(rule, each.name, each.due, each.overdue)
        for rule, each in owed
        if may_see_rule(glimpse.programme, role, rule)
    ]
    return sorted(shown, key=lambda each: each.rule)


def _opened(glimpse: Glimpse) -> list[str]:
    """What could be decided then, as one types it, for programs."""
    opened = (each for each in glimpse.options if each.closed_by is None and each.by)
    return sorted(f"{each.command.replace('_', '-')} {each.step or ''}".strip() for each in opened)


def _glimpsed(side: Side, role: Role) -> GlimpsedPathway:
    glimpse = side.glimpse
    pathway = glimpse.pathway
    return GlimpsedPathway(
        what=side.title,
        at=glimpse.at,
        programme=glimpse.programme.ref,
        stage=pathway.stage,
        phase=pathway.phase,
        paused_since=pathway.paused_since,
        proposal=pathway.proposal.to if pathway.proposal else None,
        responsible={str(each): who for each, who in pathway.responsible.items()},
        owed=_owed(glimpse, role),
        bookings=[str(each) for each in pathway.bookings],
        outcomes=list(pathway.outcomes),
        outcome=pathway.outcome,
        options=_opened(glimpse),
    )

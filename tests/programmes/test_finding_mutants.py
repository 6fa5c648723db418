"""Twenty ways in which a sound programme can be spoilt, each found by the rule that is meant for it, at its line."""

from typing import NamedTuple

import pytest

from programmes.checking import check
from programmes.finding import Finding
from programmes.loader import Unpublishable
from programmes.shelf import shipped
from tests.programmes.finding import SHIPPED, mends
from tests.support.altering import altered_text, text_of

SICK, TOGETHER = "sygedagpenge-driftstilbud@2", "sundere-sammen@3"
FIRST = "relations:\n"
ADVANCE = "    advance: {to: labour_market, how: proposal, when: \"attended('P4W') >= 6\"}\n"
OF_WORK = "    mix: {health: 0.3, labour_market: 0.7}\n"
REGULARLY = "  progression_review:\n    title: {da: Opfølgning på progression, en: Progression review}\n"


class Mutant(NamedTuple):
    """One way to spoil a programme."""

    what: str
    ref: str
    changes: tuple[tuple[str, str], ...]
    code: str
    """The rule that finds it."""
    row: str
    """How the line begins at which it is found."""


def added(*relations: str) -> tuple[tuple[str, str], ...]:
    """More relations, which stand first."""
    return ((FIRST, FIRST + "".join(f"  - {each}\n" for each in relations)),)


BY_NOBODY = ("    by: [caseworker]\n    character", "    by: []\n    character")
BY_AN_AUDITOR = ("    by: [caseworker]\n    character", "    by: [auditor]\n    character")
ANSWERED = "  - {after: referred, respond: referral_answered, within: P2W, by: company_consultant, remind: P3D}\n"
TALK = "within: P4W, by: company_consultant"
ENDED = "  - {include: consultant_talk, after: stand_by_ended}\n"
SIX = "attended('P4W') >= 6"
BACK = ADVANCE.replace("proposal", "automatic").replace("labour_market", "health_first")
RESPOND = "{{after: enrolled, respond: {}, within: {}, by: caseworker}}"
MUTANTS = (
    Mutant("the answer to a referral is owed by nobody", TOGETHER, ((ANSWERED, ""),), "forgotten_citizen", "referral:"),
    Mutant("nothing comes back in the phase", TOGETHER,
           (("    review_every: P4W\n", ""), ("    per_week: 2\n", ""),
            ("obligations:\n" + REGULARLY + "    by: company_consultant\n    every: P3M\n    remind: P1W\n", "")),
           "forgotten_citizen", "together:"),
    Mutant("a role is misspelt", TOGETHER, ((TALK, TALK.replace("ant", "ent")),), "enum", "- {after: enrolled,"),
    Mutant("a role that may never do it", TOGETHER, (BY_AN_AUDITOR,), "role_never_may", "by: [auditor]"),
    Mutant("nobody decides", TOGETHER, (BY_NOBODY,), "nobody_decides", "by: []"),
    Mutant("a phase without a way on", SICK, ((ADVANCE, ""),), "unreachable_phase", "labour_market:"),
    Mutant("an element that no phase offers", TOGETHER, (("[training, theme_talk]", "[training]"),),
           "unreachable_element", "theme_talk:"),
    Mutant("a talk that is put aside for good", TOGETHER,
           (*added("{exclude: consultant_talk, after: referred}"), (ENDED, "")), "never_happens", "consultant_talk:"),
    Mutant("a response to a step that is put aside for good", TOGETHER,
           added("{exclude: job_bridge, after: enrolled}", RESPOND.format("job_bridge", "P4W")),
           "never_called", "- {after: enrolled, respond: job_bridge"),
    Mutant("an element that waits for what is owed again at once", TOGETHER,
           added("{milestone: progression_review, for: job_bridge}"), "never_happens", "job_bridge:"),
    Mutant("a condition on itself by way of three", TOGETHER,
           added("{condition: training, for: theme_talk}", "{condition: theme_talk, for: job_bridge}",
                 "{condition: job_bridge, for: training}"),
           "condition_cycle", "- {condition: job_bridge, for: training}"),
    Mutant("a condition that contradicts itself", SICK, ((SIX, f"{SIX} && attended('P4W') < 3"),),
           "condition_never", "advance: {to: labour_market"),
    Mutant("a condition that always holds", SICK, ((SIX, f"{SIX} || attended('P4W') < 8"),),
           "condition_always", "advance: {to: labour_market"),
    Mutant("two automatic phases that call each other", SICK,
           ((ADVANCE, ADVANCE.replace("proposal", "automatic")), (OF_WORK, OF_WORK + BACK)),
           "runs_away", "advance: {to: "),
    Mutant("an adverse step that is taken by itself", SICK,
           (("how: proposal,", "how: automatic, character: adverse,"),),
           "adverse_by_itself", "advance: {to: labour_market"),
    Mutant("a reminder before what it reminds of", TOGETHER, (("remind: P3D}", "remind: P3W}"),),
           "remind_too_early", "- {after: referred, respond: referral_answered"),
    Mutant("a deadline that never passes, since a review puts it aside before", TOGETHER,
           added(RESPOND.format("theme_talk", "P8W"), "{exclude: theme_talk, after: together.review}"),
           "never_due", "- {after: enrolled, respond: theme_talk"),
    Mutant("no closing decision", TOGETHER, (("  close:\n", "  finish:\n"),), "no_closing_decision", "decisions:"),
    Mutant("the closing decision is put aside", TOGETHER, added("{exclude: close, after: stand_by_begun}"),
           "closing_put_aside", "- {exclude: close"),
    Mutant("an ending that waits for what only comes after it", TOGETHER,
           added("{condition: closed, for: stand_by_ended}", "{milestone: stand_by_ended, for: close}",
                 RESPOND.format("stand_by_ended", "P4W")),
           "no_way_out", "close:"),
)  # fmt: skip


def everything_found(text: str) -> list[Finding]:
    """What is found before publishing."""
    try:
        check(text, "programme.yaml", shipped)
    except Unpublishable as unpublishable:
        return unpublishable.findings
    return []


def test_there_are_twenty() -> None:
    assert len({mutant.what for mutant in MUTANTS}) == 20


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.what)
def test_what_is_spoilt_is_found_by_its_rule_at_its_line(mutant: Mutant) -> None:
    text = altered_text(mutant.ref, *mutant.changes)
    rows = [row.strip() for row in text.split("\n")]
    found = everything_found(text)
    assert any(each.code == mutant.code and rows[each.line - 1].startswith(mutant.row) for each in found), found
    assert all(mend.endswith(".") for each in found for mend in mends(each))


@pytest.mark.parametrize("ref", SHIPPED)
def test_in_what_ships_every_state_is_explored_and_nothing_is_found_or_left_unsettled(ref: str) -> None:
    examined = check(text_of(ref), ref, shipped).examined
    assert (examined.problems, examined.unsettled, examined.whole) == ([], (), True)

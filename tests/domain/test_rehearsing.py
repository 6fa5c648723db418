"""Rehearsing another version on a pathway: what it says is what the real move then does, and nothing is carried out."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any

from hypothesis import given as chance
from hypothesis import strategies as st

from domain.actor import Role
from domain.calendar import end_of_day, local_date
from domain.pathway.binding import Binding
from domain.pathway.commands.course import MovePathway, PausePathway
from domain.pathway.due import coming
from domain.pathway.options import options
from domain.pathway.rehearsing import Effects, Fate, rehearse
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from tests.domain.beginnings import ACCEPTED, ENROLLED, on_sick_leave, together
from tests.domain.laws.lives import LIVES, LONGEST, VERSIONS, law, lived
from tests.support.altering import altered
from tests.support.asking import close, refer
from tests.support.cast import ADMINISTRATOR, CASEWORKER, DAY, MONDAY, SICK, SIX_WEEKS, TOGETHER, WEEK, WIDENED
from tests.support.life import Life
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
FOLLOW_UP = "respond: follow_up_talk, within: rule.follow_up_every"


def sick(*changes: tuple[str, str]) -> Programme:
    return altered("sygedagpenge-driftstilbud@2", ("version: 2\n", "version: 3\n"), *changes)


def moving(at: datetime, target: Programme, **others: Any) -> MovePathway:  # noqa: ANN401 - fields
    return MovePathway(by=ADMINISTRATOR, at=at, version=target.version, reason="ny ordning", **others)


def rehearsed(story: Story, at: datetime, target: Programme, **others: Any) -> Effects:  # noqa: ANN401 - fields
    return rehearse(Binding(story.programme, target), story.pathway, moving(at, target, **others))


def anew(programme: Programme) -> Programme:
    """The same as if it were read from its file, so that nothing of what was reckoned before lives on."""
    return Programme.model_validate_json(programme.model_dump_json(by_alias=True))


def test_nothing_is_otherwise_where_only_words_are() -> None:
    renamed = sick(("da: Opfølgningssamtale", "da: Samtale"))
    effects = rehearsed(on_sick_leave(), TUESDAY + WEEK, renamed)
    assert (effects.is_unaffected, effects.facts) == (True, ("pathway_moved",))


def test_a_deadline_that_comes_later_is_told_with_both_dates() -> None:
    longer = sick((FOLLOW_UP, "respond: follow_up_talk, within: P6W"))
    [shift] = rehearsed(on_sick_leave(), ENROLLED + DAY, longer).shifts
    assert (shift.what, shift.about, shift.fate) == ("deadline", "follow_up_talk", Fate.LATER)
    assert shift.before == end_of_day(local_date(ENROLLED + 4 * WEEK))
    assert shift.after == end_of_day(local_date(ENROLLED + 6 * WEEK))


def test_a_rule_that_comes_or_goes_creates_or_cancels_what_it_calls_for() -> None:
    rule = "  - {after: enrolled, respond: dls_talk, within: P2W, by: health_staff}\n"
    target = sick(("relations:\n", f"relations:\n{rule}"))
    [created] = rehearsed(on_sick_leave(), ENROLLED + DAY, target).shifts
    assert (created.fate, created.about) == (Fate.CREATED, "dls_talk")
    moved = on_sick_leave().settle(ENROLLED + DAY).tell(moving(ENROLLED + DAY, target), target=target)
    [cancelled] = rehearsed(moved, ENROLLED + 2 * DAY, SICK).shifts
    assert (cancelled.fate, cancelled.before) == (Fate.CANCELLED, created.after)


def test_a_time_limit_that_goes_is_a_date_that_is_cancelled() -> None:
    [shift] = rehearsed(together(SIX_WEEKS), ACCEPTED + DAY, TOGETHER).shifts
    assert (shift.what, shift.fate) == ("ends", Fate.CANCELLED)


def test_a_phase_that_the_new_version_has_not_is_nowhere_to_go_unless_it_is_mapped() -> None:
    renamed = altered("sundere-sammen@3", ("  together:\n", "  side_by_side:\n"))
    lost = rehearsed(together(TOGETHER), ACCEPTED + DAY, renamed)
    assert lost.has_nowhere_to_go
    assert lost.turned_down is not None
    assert (lost.turned_down.field, lost.turned_down.code) == ("phase", "unknown_code")
    mapped = rehearsed(together(TOGETHER), ACCEPTED + DAY, renamed, phases={"together": "side_by_side"})
    assert not mapped.has_nowhere_to_go


def test_a_step_that_needs_something_first_is_told_to_close() -> None:
    target = altered(
        "sundere-sammen@3", ("relations:\n", "relations:\n  - {condition: plan_agreed, for: job_bridge}\n")
    )
    effects = rehearsed(together(TOGETHER), ACCEPTED + DAY, target)
    assert effects.closed == (("book_session", "job_bridge"),)


def test_a_citizen_who_comes_to_belong_to_a_target_group_is_told() -> None:
    narrow = given(TOGETHER, refer(benefit="sygedagpenge"))
    everybody = altered(
        "sundere-sammen@3",
        (
            "      when: \"citizen.benefit == 'ressourceforloeb'\"\n",
            "      when: \"citizen.benefit != 'ledighedsydelse'\"\n",
        ),
    )
    effects = rehearsed(narrow, TUESDAY, everybody)
    assert (effects.turns_eligible, effects.eligible) == (True, (False, True))
    assert not rehearsed(narrow, TUESDAY, WIDENED).turns_eligible


def test_a_step_that_the_new_version_takes_by_itself_is_told() -> None:
    at_once = sick(("how: proposal, when: \"attended('P4W') >= 6\"", "how: automatic, when: \"attended('P4W') < 6\""))
    assert rehearsed(on_sick_leave(), ENROLLED + DAY, at_once).moves_on_to == "labour_market"


def test_somebody_for_whom_nothing_comes_and_nobody_decides_is_stuck() -> None:
    quiet = WIDENED.phases["together"].model_copy(update={"review_every": None})
    gone: dict[str, Any] = {"elements": {}, "decisions": {}, "events": {}, "obligations": {}, "relations": ()}
    nobody = anew(WIDENED.model_copy(update={**gone, "phases": {"together": quiet}}))
    assert rehearsed(together(TOGETHER), ACCEPTED + DAY, nobody).is_stuck
    closing = anew(nobody.model_copy(update={"decisions": WIDENED.decisions}))
    assert not rehearsed(together(TOGETHER), ACCEPTED + DAY, closing).is_stuck, "somebody can close the pathway"


def test_what_has_ended_is_no_concern_of_the_new_version() -> None:
    closed = together(TOGETHER).tell(close(ACCEPTED + DAY, "job"))
    effects = rehearsed(closed, ACCEPTED + 2 * DAY, WIDENED)
    assert (effects.is_over, effects.has_nowhere_to_go, effects.is_unaffected) == (True, False, False)


def test_work_is_counted_by_week_and_role() -> None:
    longer = sick((FOLLOW_UP, "respond: follow_up_talk, within: P6W"))
    before, after = rehearsed(on_sick_leave(), ENROLLED + DAY, longer).work
    assert len(before) == len(after)
    assert Counter(before) != Counter(after)
    assert {role for _, role in before} == {Role.CONTACT_PERSON}


def test_work_that_would_only_arise_in_the_weeks_ahead_is_counted_as_well() -> None:
    """Reviews twice as often are twice the work, though no more stands open now."""
    often = sick(("    review_every: P4W\n    advance", "    review_every: P2W\n    advance"))
    before, after = rehearsed(on_sick_leave(), ENROLLED + DAY, often).work
    assert len(after) == len(before) + 3


def test_work_that_lies_farther_ahead_is_not_counted() -> None:
    later = sick((FOLLOW_UP, "respond: follow_up_talk, within: P13W"))
    before, after = rehearsed(on_sick_leave(), ENROLLED + DAY, later).work
    assert len(after) == len(before) - 1


def test_what_had_fallen_due_passes_first_as_it_would() -> None:
    effects = rehearsed(on_sick_leave(), ENROLLED + 20 * WEEK, sick())
    assert (effects.is_unaffected, effects.facts) == (True, ("pathway_moved",))


def dates(pathway: Pathway) -> dict[object, datetime]:
    """Everything that has a date and that people ask about, from where the pathway stands."""
    clocks: dict[object, datetime] = {
        each.what: each.at for each in coming(pathway) if each.what in {"begins", "ends", "review"}
    }
    return clocks | {rule: each.due for rule, each in pathway.obligations.items()}


def may(programme: Programme, pathway: Pathway) -> set[tuple[str, str | None]]:
    every = options(Binding(programme), pathway)
    return {(each.command, each.step) for each in every if each.closed_by is None}


@law
@chance(st.integers(0, LIVES - 1), st.integers(1, LONGEST), st.integers(0, 2**16))
def test_what_a_rehearsal_says_is_what_the_real_move_does(seed: int, steps: int, luck: int) -> None:
    last = lived(seed, steps)[-1]
    random = Random(luck)  # noqa: S311 - a choice, not a secret
    target = random.choice([each for each in VERSIONS.values() if each.programme == last.programme.programme])
    command = moving(
        last.command.at + random.choice([0, 1, 30, 200]) * DAY, target, phases=_mapping(random, last.programme, target)
    )
    said = rehearse(Binding(last.programme, target), last.after, command)
    life = Life(last.programme, VERSIONS)
    life.pathway = last.after
    step = life.tell(command)
    assert said.facts == tuple(fact.kind for fact in step.facts)
    assert (said.turned_down is not None) == (step.refusal is not None)
    if step.facts:
        before, after = dates(step.before), dates(step.after)
        shifted = {shift.rule or shift.what: (shift.before, shift.after) for shift in said.shifts}
        assert shifted == {
            key: (before.get(key), after.get(key))
            for key in before.keys() | after.keys()
            if before.get(key) != after.get(key)
        }
        assert set(said.opened) == may(target, step.after) - may(last.programme, step.before)
        assert set(said.closed) == may(last.programme, step.before) - may(target, step.after)


def _mapping(random: Random, old: Programme, new: Programme) -> Mapping[str, str]:
    return {phase: random.choice(list(new.phases)) for phase in old.phases} if random.random() < 0.5 else {}


def test_a_paused_pathway_is_rehearsed_as_it_rests() -> None:
    paused = together(SIX_WEEKS).tell(PausePathway(by=CASEWORKER, at=ACCEPTED + DAY, reason="operation"))
    assert rehearsed(paused, ACCEPTED + WEEK, TOGETHER).facts == ("pathway_moved",)

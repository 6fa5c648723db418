"""Rehearsing on the real store: what it says is what moving then does, nothing is written, and every look is logged."""

from random import Random
from typing import Any
from uuid import uuid4

from domain.actor import Actor
from domain.pathway.commands.course import MovePathway, PausePathway
from domain.pathway.due import coming
from domain.pathway.rehearsing import Fate
from domain.pathway.state import Pathway
from engine.rehearsing import Question, Rehearsal, grouped, rehearsed, work_by_week
from eventstore.access import Look, looks
from eventstore.stretches import stretches
from programmes.loader import load
from runtime.rehearsing import rehearse_caseload
from runtime.wiring import Trinvis
from tests.support.altering import altered_text
from tests.support.asking import close
from tests.support.cast import ADMINISTRATOR, AUDITOR, CASEWORKER, DAY, MONDAY, WEEK
from tests.support.clock import SetClock
from tests.support.living import lived
from tests.support.walking import Walk, underway

RENAMED = altered_text("sundere-sammen@3", ("version: 3", "version: 9"), ("  together:\n", "  side_by_side:\n"))
LONGER = altered_text("sundere-sammen@2", ("version: 2", "version: 9"), ("within: P4W", "within: P6W"))


def question(trinvis: Trinvis, **others: Any) -> Question:  # noqa: ANN401 - fields
    look = Look(ADMINISTRATOR, "rehearsal", trinvis.now())
    return Question(
        **{"programme": "sundere-sammen", "target": 9, "source": None, "phases": {}, "look": look, **others}
    )


async def facts_in(trinvis: Trinvis) -> int:
    async with trinvis.database.connection() as connection:
        counted: int = await connection.fetchval("SELECT count(*) FROM fact")
    return counted


async def three(trinvis: Trinvis, clock: SetClock) -> list[Walk]:
    """Two who take part, one of them resting, and one whose pathway has ended."""
    walks = [await underway(trinvis, clock) for _ in range(3)]
    await walks[1].tell(PausePathway(by=CASEWORKER, at=MONDAY + DAY, reason="syg"))
    await walks[2].tell(close(MONDAY + DAY, "job"))
    clock.set(MONDAY + WEEK)
    return walks


async def test_everybody_under_way_is_rehearsed_on_and_nothing_is_written(trinvis: Trinvis, clock: SetClock) -> None:
    walks, asked = await three(trinvis, clock), question(trinvis)
    before = await facts_in(trinvis)
    found = await rehearsed(trinvis.engine, asked, load(LONGER, "v9.yaml"))
    assert ({pathway for pathway, _ in found.effects}, found.total) == ({each.pathway for each in walks[:2]}, 2)
    assert {(same.fate, same.about): len(each) for same, each in grouped(found).items()} == {
        (Fate.LATER, "consultant_talk"): 2
    }
    assert sum(each.before for each in work_by_week(found)) == sum(each.after for each in work_by_week(found)) > 0
    assert await facts_in(trinvis) == before


async def test_those_who_have_nowhere_to_go_are_named_unless_their_phase_is_mapped(
    trinvis: Trinvis, clock: SetClock
) -> None:
    await three(trinvis, clock)
    target = load(RENAMED, "v9.yaml")
    assert len((await rehearsed(trinvis.engine, question(trinvis), target)).nowhere) == 2
    mapped = question(trinvis, phases={"together": "side_by_side"})
    assert (await rehearsed(trinvis.engine, mapped, target)).nowhere == []


async def test_every_look_is_logged_and_only_at_those_concerned(trinvis: Trinvis, clock: SetClock) -> None:
    walks = await three(trinvis, clock)
    await rehearsed(trinvis.engine, question(trinvis, only=(walks[0].pathway,)), load(LONGER, "v9.yaml"))
    async with trinvis.database.connection() as connection:
        seen = [await looks(connection, each.citizen, Look(AUDITOR, "tilsyn", MONDAY), 10) for each in walks[:2]]
    assert f"rehearsal {walks[0].pathway}" in {each.what for each in seen[0]}
    assert not any(each.what.startswith("rehearsal") for each in seen[1])


async def test_other_processes_say_the_same_as_this_one(trinvis: Trinvis, clock: SetClock) -> None:
    await three(trinvis, clock)
    asked, told = question(trinvis), list[tuple[int, int]]()
    here = await rehearse_caseload(trinvis, asked, LONGER)
    there = await rehearse_caseload(trinvis, asked, LONGER, lambda done, of: told.append((done, of)), pays=0)
    assert sorted(here.effects, key=str) == sorted(there.effects, key=str)
    assert told[-1] == (2, 2)


def test_the_stretches_hold_every_id_once() -> None:
    parts = list(stretches(16))
    assert [after for after, _ in parts[1:]] == [until for _, until in parts[:-1]]
    assert (parts[0][0].int, parts[-1][1].int) == (0, 2**128 - 1)


def dates(pathway: Pathway) -> set[object]:
    clocks = {(each.what, each.at) for each in coming(pathway) if each.what in {"begins", "ends", "review"}}
    return clocks | {(rule, each.due) for rule, each in pathway.obligations.items()}


async def test_what_a_rehearsal_says_of_a_chance_life_is_what_the_store_then_holds(
    trinvis: Trinvis, clock: SetClock
) -> None:
    moved = 0
    for seed in range(8):
        walk, story = await lived(trinvis, clock, Random(seed), 14)  # noqa: S311 - a life, not a secret
        name = story.programme.programme
        version = (
            3 - story.programme.version if name == "sygedagpenge-driftstilbud" else story.programme.version % 3 + 1
        )
        clock.set(clock() + DAY)
        look = Look(Actor(CASEWORKER), "rehearsal", clock())
        asked = Question(name, version, None, {}, look, (walk.pathway,))
        target = await trinvis.engine.programme(f"{name}@{version}")
        said = await rehearsed(trinvis.engine, asked, target)
        moved += await _moved_as_said(walk, said, version)
    assert moved > 2


async def _moved_as_said(walk: Walk, said: Rehearsal, version: int) -> bool:
    """Moves, and holds what has happened against what was said; whether there was anything to move."""
    if not said.effects:
        return False
    [(_, effects)] = said.effects
    if effects.turned_down:
        return False
    await walk.settle()
    before = await walk.folded()
    at = walk.clock()
    outcome = await walk.tell(MovePathway(by=CASEWORKER, at=at, version=version, reason="ny ordning"), uuid4())
    after = await walk.folded()
    assert outcome.kinds == effects.facts
    gone = {(shift.rule or shift.what, shift.before) for shift in effects.shifts if shift.before}
    come = {(shift.rule or shift.what, shift.after) for shift in effects.shifts if shift.after}
    assert dates(before.pathway) - dates(after.pathway) == gone
    assert dates(after.pathway) - dates(before.pathway) == come
    return True

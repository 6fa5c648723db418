"""A rule set says how long a programme lasts and how often there is a review, as it says deadlines."""

from datetime import timedelta

import pytest

from domain.calendar import MORNING, last_day, local, local_date
from domain.pathway.commands.course import PausePathway
from domain.pathway.commands.phases import ExtendDuration
from domain.pathway.facts.course import RuleSetApplied
from domain.pathway.facts.obligations import ObligationCreated, ObligationEscalated
from domain.pathway.facts.phases import PhaseEntered, ReviewCameDue
from domain.pathway.facts.referrals import CitizenEnrolled
from domain.programme.shape import Programme
from programmes.loader import Unpublishable, loaded
from tests.domain.beginnings import ACCEPTED, HOUR, together
from tests.programmes.finding import mends
from tests.support.altering import altered_text
from tests.support.asking import accept, refer
from tests.support.cast import CASEWORKER, MONDAY, WEEK, shipped
from tests.support.spec import Story, given
from texts.catalogue import Wording
from texts.sentences import of_event

FIRST_DAY = local_date(ACCEPTED)
CHANGE = FIRST_DAY + timedelta(weeks=3)
OPEN_LENGTH = "duration: {length: P6W, at_end: review}"
LENGTH = "duration: {length: rule.stay, at_end: review}\nrule_sets: [early, late]"
RHYTHM = ("review_every: P4W", "review_every: rule.rhythm")
ANSWER = "respond: referral_answered, within: P2W, by: company_consultant, remind: P3D"
RULE_SET = """\
rule_set: {name}
jurisdiction: trial
title: {{da: Prøve, en: Trial}}
valid_from: {valid_from}
{valid_to}legal_ref: prøve
transition: all_cases_from_date
verify_before_use: true
parameters: {parameters}
"""
EARLY = "{stay: P6W, rhythm: P4W, answer: P2W, reminder: P3D, rung: P1W, hour: PT1H}"
LATE = "{stay: P10W, rhythm: P2W, answer: P2W, reminder: P1W, rung: P2W, hour: P1D}"


def under_rules(*changes: tuple[str, str], length: str = LENGTH, late: str = LATE) -> Programme:
    """The six-week programme with those changes, under rules that become others in its fourth week."""
    ends = f"valid_to: {CHANGE - timedelta(days=1)}\n"
    sets = {
        "early": RULE_SET.format(name="early", valid_from="2009-01-01", valid_to=ends, parameters=EARLY),
        "late": RULE_SET.format(name="late", valid_from=CHANGE, valid_to="", parameters=late),
    }
    text = altered_text("sundere-sammen@1", (OPEN_LENGTH, length), *changes)
    return loaded(text, "v1.yaml", lambda name: (f"{name}.yaml", sets[name]) if name in sets else None).programme


def begun() -> Story:
    return together(under_rules(RHYTHM))


def test_the_length_is_that_of_the_rule_set_on_the_first_day() -> None:
    ends = begun().the(CitizenEnrolled).ends
    assert ends is not None
    assert last_day(ends) == FIRST_DAY + timedelta(weeks=6)


def test_a_rule_set_that_comes_into_force_moves_the_end_and_keeps_the_old_one_readable() -> None:
    story = begun().settle(ACCEPTED + 4 * WEEK)
    applied = story.the(RuleSetApplied)
    assert applied.previous_ends == story.the(CitizenEnrolled).ends
    assert applied.ends is not None
    assert (last_day(applied.ends), story.pathway.ends) == (FIRST_DAY + timedelta(weeks=10), applied.ends)
    for voice in ("fact", "fact_citizen", "fact_archive"):
        said = of_event(Wording("da", story.programme), applied, voice)
        assert ("11. maj 2026" in said, "13. april 2026" in said) == (True, True), said


def test_an_end_that_somebody_decided_on_stays_whatever_the_rules_say() -> None:
    decided = ExtendDuration(by=CASEWORKER, at=ACCEPTED + WEEK, until=ACCEPTED + 7 * WEEK, reason="har brug for tid")
    story = begun().tell(decided).settle(ACCEPTED + 4 * WEEK)
    assert (story.the(RuleSetApplied).ends, story.pathway.ends) == (None, decided.until)


def test_an_end_that_a_pause_moved_is_moved_by_the_rules_as_well() -> None:
    pause = PausePathway(by=CASEWORKER, at=ACCEPTED + WEEK, until=ACCEPTED + 2 * WEEK, reason="ferie")
    story = begun().tell(pause).settle(ACCEPTED + 4 * WEEK)
    assert story.pathway.ends is not None
    assert last_day(story.pathway.ends) == FIRST_DAY + timedelta(weeks=11)


def test_a_shorter_length_is_up_at_the_end_of_the_day_on_which_it_comes_and_never_before() -> None:
    story = together(under_rules(RHYTHM, late=LATE.replace("P10W", "P1W"))).settle(ACCEPTED + 4 * WEEK)
    applied = story.the(RuleSetApplied)
    assert applied.ends is not None
    assert last_day(applied.ends) == CHANGE


def test_the_next_review_moves_to_the_new_rhythm_and_none_lies_behind() -> None:
    story = begun().settle(ACCEPTED + 6 * WEEK)
    first = story.the(PhaseEntered).review_due
    applied = story.the(RuleSetApplied)
    assert (applied.previous_review, applied.review_due) == (first, local(CHANGE + timedelta(days=1), MORNING))
    reviews = [local_date(each.at) for each in story.every(ReviewCameDue)]
    assert reviews == [CHANGE + timedelta(days=1), CHANGE + timedelta(days=15)]
    assert story.every(ReviewCameDue)[0].why.inputs["rule_set"] == "late"


def test_reminders_and_ladders_are_those_of_the_rule_set_too() -> None:
    named = ANSWER.replace("P2W", "rule.answer").replace("P3D", "rule.reminder")
    programme = under_rules((ANSWER, f"{named}, escalate: [{{after: rule.rung, to: caseworker}}]"))
    story = given(programme, refer(benefit="ressourceforloeb")).settle(MONDAY + 5 * WEEK)
    owed = story.the(ObligationCreated)
    assert owed.remind_at == local(last_day(owed.due) - timedelta(days=3), MORNING)
    [rung] = owed.ladder
    assert local_date(rung.at) == last_day(owed.due) + timedelta(weeks=1) == CHANGE
    passed_on = local_date(story.the(ObligationEscalated).at)
    assert passed_on == last_day(owed.due) + timedelta(weeks=2), "the new rules came in the night before"


@pytest.mark.parametrize(
    ("length", "change", "code"),
    [
        (LENGTH.replace("rule.stay", "rule.nothing"), RHYTHM, "unknown_code"),
        (LENGTH.replace("}", ", for_groups: {nobody: P8W}}"), RHYTHM, "unknown_code"),
        (LENGTH, ("review_every: P4W", "review_every: rule.hour"), "period_not_of_days"),
        (LENGTH, (ANSWER, ANSWER.replace("P3D", "rule.stay")), "remind_too_early"),
    ],
)
def test_a_length_that_no_rule_set_says_or_not_so_is_found_before_publishing(
    length: str, change: tuple[str, str], code: str
) -> None:
    with pytest.raises(Unpublishable) as found:
        under_rules(change, length=length)
    assert code in {each.code for each in found.value.findings}
    assert all(mends(each) for each in found.value.findings)


@pytest.mark.parametrize(
    ("circumstances", "weeks"),
    [
        ({"benefit": "dagpenge"}, 4),
        ({"benefit": "kontanthjaelp", "ready": "activity"}, 13),
        ({"benefit": "sygedagpenge", "ready": "job"}, 13),
    ],
)
def test_a_work_placement_lasts_as_long_as_the_rules_say_for_the_citizens_target_group(
    circumstances: dict[str, str], weeks: int
) -> None:
    placed = given(shipped("virksomhedspraktik@1"), refer(MONDAY, circumstances=circumstances), accept(MONDAY + HOUR))
    ends = placed.the(CitizenEnrolled).ends
    assert ends is not None
    assert last_day(ends) == local_date(MONDAY) + timedelta(weeks=weeks)

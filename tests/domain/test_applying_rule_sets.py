"""Rule sets: the date of what calls for something decides which one counts, never today."""

from datetime import date, timedelta

import pytest

from domain.calendar import last_day, local_date
from domain.pathway.facts.course import RuleSetApplied
from domain.pathway.facts.obligations import ObligationCreated, ObligationMoved
from domain.programme.rules import Case, RuleSet, Transition, governing
from programmes.loader import Unpublishable, loaded, reread
from programmes.shelf import SHIPPED, shipped
from tests.domain.beginnings import ENROLLED, on_sick_leave
from tests.support.altering import text_of
from tests.support.cast import SICK, TODAY, WEEK

FOLLOW_UP = "follow_up_talk.after.enrolled"
OLD_CASE, NEW_CASE = Case(date(2024, 5, 1)), Case(date(2026, 5, 1))


def rule_set(name: str, year: int, transition: Transition, days: int) -> RuleSet:
    return RuleSet.model_validate(
        {
            "rule_set": name,
            "jurisdiction": "trial",
            "title": {"da": name, "en": name},
            "valid_from": date(year, 1, 1),
            "valid_to": date(year + 2, 12, 31),
            "legal_ref": "prøve",
            "transition": transition,
            "parameters": {"talk": f"P{days}D"},
            "verify_before_use": True,
        }
    )


def which(transition: Transition, on: date, case: Case, earlier: Transition = Transition.NEW_CASES) -> str:
    """The rule set that counts, of one from 2023 and one from 2026 with that transition."""
    sets = (rule_set("early", 2023, earlier, 10), rule_set("late", 2026, transition, 20))
    return governing(sets, "talk", on, case).rule_set


def test_the_date_of_the_fact_decides_for_all_cases() -> None:
    assert which(Transition.ALL_CASES_FROM_DATE, date(2025, 12, 31), OLD_CASE) == "early"
    assert which(Transition.ALL_CASES_FROM_DATE, date(2026, 1, 1), OLD_CASE) == "late"


def test_what_began_before_keeps_its_rules_where_the_new_ones_are_for_new_cases() -> None:
    assert which(Transition.NEW_CASES, date(2026, 6, 1), OLD_CASE) == "early"
    assert which(Transition.NEW_CASES, date(2026, 6, 1), NEW_CASE) == "late"


def test_what_began_under_rules_that_hold_until_the_end_of_a_case_stays_under_them() -> None:
    until_end = Transition.UNTIL_CASE_END
    assert which(Transition.ALL_CASES_FROM_DATE, date(2026, 6, 1), OLD_CASE, earlier=until_end) == "early"


def test_a_rule_set_that_came_into_force_on_the_way_counts_for_what_lay_before() -> None:
    applied = Case(OLD_CASE.began, frozenset({"late"}))
    assert which(Transition.ALL_CASES_FROM_DATE, date(2025, 12, 1), applied) == "late"


def test_a_deadline_names_its_rule_set_and_the_law() -> None:
    created = next(f for f in on_sick_leave(SICK).every(ObligationCreated) if f.obligation == FOLLOW_UP)
    assert created.why is not None
    assert created.why.inputs["rule_set"] == "sickness-benefit-rs-0"
    assert "sygedagpenge" in str(created.why.inputs["legal_ref"])


def test_new_rules_come_by_time_alone_and_move_what_is_owed_with_the_old_date_readable() -> None:
    story = on_sick_leave(TODAY, ENROLLED + 15 * WEEK)
    before = story.pathway.obligations[FOLLOW_UP]
    story.settle(ENROLLED + 18 * WEEK)
    [applied] = story.every(RuleSetApplied)
    assert (applied.rule_set, local_date(applied.at)) == ("sickness-benefit-rs-3c", date(2026, 7, 1))
    assert applied.next_rules is not None
    assert local_date(applied.next_rules) == date(2027, 1, 1), "the planned ones"
    moved = next(fact for fact in story.every(ObligationMoved) if fact.obligation == FOLLOW_UP)
    assert moved.previous == before.due
    assert last_day(moved.due) == local_date(before.since) + timedelta(weeks=13)
    assert moved.why.inputs["rule_set"] == "sickness-benefit-rs-3c"


def test_new_rules_make_nobody_late_for_what_lies_before_them() -> None:
    story = on_sick_leave(TODAY).settle(ENROLLED + 30 * WEEK)
    assert not [fact for fact in story.every(ObligationMoved) if fact.due < fact.at]


def test_a_published_version_is_read_again_with_its_rule_sets_and_closed_days_and_nothing_else() -> None:
    version = loaded(text_of("sygedagpenge-driftstilbud@4"), "v4.yaml")
    again = reread(version.bundle)
    assert (again, again.rules, again.closings) == (TODAY, TODAY.rules, TODAY.closings)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_rule_set_that_ships_is_an_example_to_be_verified(path: object) -> None:
    name = str(path).rpartition("/")[2].removesuffix(".yaml")
    text = shipped(name)
    assert text is not None
    assert "VERIFY BEFORE USE" in text[1].splitlines()[0]
    assert "verify_before_use: true" in text[1]


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("rule.first_follow_up", "rule.first_talk", "unknown_code", "relations[1].within"),
        ("rule.first_follow_up", "rule.follow_ups_in_half_a_year", "rule_not_a_period", "relations[1].within"),
        ("rs-2, sickness-benefit-rs-3c,", "rs-2,", "rule_gap", "rule_sets"),
        ("sickness-benefit-rs-4]", "sickness-benefit-rs-4, sickness-benefit-rs-5]", "unknown_rule_set", "rule_sets[3]"),
        ("effective_from: 2025-01-01", "effective_from: 2020-01-01", "rule_gap", "rule_sets"),
        ("calendar:\n  holidays: denmark\n", "", "extra_forbidden", "closing_days"),
    ],
)
def test_what_is_wrong_with_the_rules_of_a_version_is_found(old: str, new: str, code: str, path: str) -> None:
    text = text_of("sygedagpenge-driftstilbud@4")
    if code == "extra_forbidden":
        start, end = text.index("calendar:\n"), text.index("contact_person:")
        text, code, path = text[:start] + text[end:], "working_days_without_calendar", "relations[0].within"
    else:
        text = text.replace(old, new, 1)
    with pytest.raises(Unpublishable) as found:
        loaded(text, "v5.yaml")
    assert (code, path) in {(each.code, each.path) for each in found.value.findings}


def test_a_rule_set_that_is_neither_verified_nor_marked_is_found_in_its_own_file() -> None:
    def shelf(name: str) -> tuple[str, str] | None:
        known = shipped(name)
        return (f"mine/{name}.yaml", known[1].replace("verify_before_use: true\n", "")) if known else None

    with pytest.raises(Unpublishable) as found:
        loaded(text_of("sygedagpenge-driftstilbud@4"), "v5.yaml", shelf)
    [finding] = found.value.findings
    assert (finding.file, finding.code) == ("mine/sickness-benefit-rs-2.yaml", "rule_set_unverified")


def test_a_note_is_told_in_both_languages_or_not_published() -> None:
    def shelf(name: str) -> tuple[str, str] | None:
        known = shipped(name)
        return (
            (
                f"mine/{name}.yaml",
                known[1].replace("    note:\n      da: Vores rytme;", "    note:\n      ad: Vores rytme;"),
            )
            if known
            else None
        )

    with pytest.raises(Unpublishable) as found:
        loaded(text_of("sygedagpenge-driftstilbud@4"), "v5.yaml", shelf)
    assert ("parameters.follow_up_every.note.da", "missing") in {
        (each.path, each.code) for each in found.value.findings
    }

"""Loading ends in a programme or in findings, each with file, line, path and a mend in Danish and English."""

import pytest

from programmes.loader import digest, load, loaded, reread
from tests.programmes.finding import FILE, SHIPPED, altered_findings, findings
from tests.support.altering import altered_text, text_of

SICK, TOGETHER = "sygedagpenge-driftstilbud@2", "sundere-sammen@2"


def test_every_shipped_version_is_sound_and_says_which_it_is() -> None:
    assert len(SHIPPED) >= 5
    assert [load(text_of(ref), ref).ref for ref in SHIPPED] == SHIPPED


@pytest.mark.parametrize(
    ("ref", "old", "new", "path", "code"),
    [
        (SICK, "version: 2", "versjon: 2", "versjon", "extra_forbidden"),
        (SICK, "for: work_placement}", "target: work_placement}", "relations[3].target", "extra_forbidden"),
        (TOGETHER, "parts:\n", "part_titles:\n", "part_titles", "extra_forbidden"),
        (SICK, "version: 2", "version: true", "version", "int_type"),
        (SICK, "version: 2", "version: '2'", "version", "int_type"),
        (SICK, "version: 2", "version: 2.0", "version", "int_type"),
        (SICK, "version: 2", "version: 0", "version", "greater_than_equal"),
        (SICK, "version: 2", "version: 1000000000", "version", "less_than_equal"),
        (SICK, "effective_from: 2010-03-01", "effective_from: 0", "effective_from", "date_parsing"),
        (SICK, "effective_from: 2010-03-01", "effective_from: 2010-02-29", "effective_from", "date_parsing"),
        (SICK, "effective_from: 2010-03-01", "effective_from: 0210-03-01", "effective_from", "instant_out_of_range"),
        (SICK, "first: 2010-03-01", "first: 1.3.2010", "intake.first", "date_parsing"),
        (SICK, "stage: operation", "stage: drift", "stage", "enum"),
        (SICK, "duration: open", "duration: {days: 3}", "duration", "not_a_duration"),
        (SICK, "duration: open", "duration: forever", "duration", "not_a_duration"),
        (SICK, "duration: open", "duration: {length: P6W}", "duration.at_end", "missing"),
        (SICK, "duration: open", "duration: {until: 0, at_end: decide}", "duration.until", "date_parsing"),
        (SICK, "kind: rolling, every", "kind: yearly, every", "intake", "union_tag_invalid"),
        (SICK, "kind: rolling, every", "every", "intake", "union_tag_not_found"),
        (SICK, "every: P4W, first", "every: PT1H, first", "intake.every", "period_not_of_days"),
        (SICK, "every: P4W, first", "every: P0D, first", "intake.every", "empty_period"),
        (SICK, "tolerance: P1W", "tolerance: a week", "intake.tolerance", "not_a_period"),
        (SICK, "tolerance: P1W", "tolerance: P999999M", "intake.tolerance", "period_too_long"),
        (
            TOGETHER,
            "    review_every: P4W",
            "    review_every: PT1H",
            "phases.together.review_every",
            "period_not_of_days",
        ),
        (TOGETHER, "    lasts: PT2H", "    lasts: P1D", "elements.training.lasts", "period_not_of_hours"),
        (TOGETHER, "    lasts: PT2H", "    lasts: PT25H", "elements.training.lasts", "period_not_of_hours"),
        (TOGETHER, "    every: P3M", "    every: P101Y", "obligations.progression_review.every", "period_too_long"),
        (TOGETHER, "remind: P3D}", "remind: PT3H}", "relations[0].remind", "period_not_of_days"),
        (TOGETHER, "scale: four_point", "scale: smileys", "elements.training.evaluation.scale", "literal_error"),
        (TOGETHER, "per_week: 2", "per_week: 0", "elements.training.per_week", "greater_than_equal"),
        (TOGETHER, "health: 0.7", "health: 1.7", "phases.together.mix.health", "less_than_equal"),
        (TOGETHER, "health: 0.7", "sport: 0.7", "phases.together.mix.sport", "enum"),
        (TOGETHER, "by: [caseworker]\n  eligible", "by: []\n  eligible", "referral.by", "too_short"),
        (TOGETHER, "after: referred,", "after: [],", "relations[0].after", "too_short"),
        (TOGETHER, "after: referred,", "after: [Referred],", "relations[0].after[0]", "string_pattern_mismatch"),
        (TOGETHER, "after: referred,", "after: Referred,", "relations[0].after", "string_pattern_mismatch"),
        (TOGETHER, "{exclude: consultant_talk, ", "{without: consultant_talk, ", "relations[2]", "not_a_relation"),
        (
            TOGETHER,
            "{exclude: consultant_talk, ",
            "{exclude: consultant_talk, within: P1W, ",
            "relations[2].within",
            "extra_forbidden",
        ),
        (TOGETHER, "en: Healthier together}", "de: Gesund}", "title.en", "missing"),
        (TOGETHER, "da: Sundere sammen,", "da: 610180-1234,", "title.da", "holds_cpr"),
        (TOGETHER, "  theme_talk:\n", "  Theme talk:\n", "elements.Theme talk", "string_pattern_mismatch"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_does_not_fit_is_named_with_its_line_and_path(ref: str, old: str, new: str, path: str, code: str) -> None:
    found = {(where, what): row for row, where, what in altered_findings(ref, (old, new))}
    assert (path, code) in found
    assert new.strip().partition("\n")[0] in found[path, code]


def test_a_relation_over_several_lines_is_found_at_the_line_that_is_wrong() -> None:
    written = "  - after: enrolled\n    respond: consultant_talk\n    within: four weeks\n    by: company_consultant\n"
    row = "  - {after: enrolled, respond: consultant_talk, within: P4W, by: company_consultant, remind: P1W}\n"
    assert altered_findings(TOGETHER, (row, written)) == [("within: four weeks", "relations[1].within", "not_a_period")]


def test_everything_that_is_wrong_is_told_at_once_by_its_line() -> None:
    text = altered_text(
        SICK, ("stage: operation", "stage: drift"), ("duration: open", "duration: x"), ("norm: 10", "norm: 0")
    )
    found = findings(text)
    assert [each.path for each in found] == ["stage", "duration", "weekly_hours.norm"]
    assert [each.line for each in found] == sorted(each.line for each in found)
    assert {each.file for each in found} == {FILE}


@pytest.mark.parametrize(
    ("text", "code"), [("", "yaml_empty"), ("- 1\n", "model_type"), ("hello\n", "model_type"), ("12\n", "model_type")]
)
def test_what_is_no_programme_at_all_is_told_at_the_first_line(text: str, code: str) -> None:
    assert [(each.line, each.path, each.code) for each in findings(text)] == [(1, "-", code)]


def test_text_that_is_not_yaml_is_one_finding_with_its_line() -> None:
    [finding] = findings("a: 1\na: 2\n")
    assert (finding.file, finding.line, finding.path, finding.code) == (FILE, 2, "-", "yaml_key_twice")


def test_two_texts_with_one_digest_say_the_same() -> None:
    assert digest(text_of(SICK)) == digest(text_of(SICK))
    assert len({digest(text_of(ref)) for ref in SHIPPED}) == len(SHIPPED)


@pytest.mark.parametrize("ref", SHIPPED)
def test_what_was_published_is_read_again_as_it_was_checked(ref: str) -> None:
    checked = loaded(text_of(ref), ref)
    assert reread(checked.bundle) == checked.programme


def test_what_a_later_release_would_find_does_not_stop_those_who_follow_a_published_version() -> None:
    text = altered_text(TOGETHER, ("throughout: [consultant_talk, ", "throughout: ["))
    assert findings(text)
    assert reread(text).ref == TOGETHER

"""What does not fit the programme or the moment is turned down with what would fit, and nothing is stored."""

import pytest

from tests.console.terminal import CONTACT, CPR, Terminal, turned_down
from tests.support.cast import SESSION

SICK = "sygedagpenge-driftstilbud@2"


@pytest.mark.parametrize(
    ("fields", "code", "danish", "english"),
    [
        (("hold-talk", "--element", "dls_talk"), "missing", "--scaling: mangler", "--scaling: is missing"),
        (("hold-talk", "--element", "yoga"), "unknown_code", "Vælg mellem: dls_talk", "Choose from: dls_talk"),
        (("book-session", "--element", "nature", "--starts", "2026-03-05T08:00Z", "--site", "moon"), "unknown_code",
         "--site: moon kendes ikke", "--site: moon is not known"),
        (("book-session", "--element", "nature", "--starts", "2026-03-05T08:00Z", "--minutes", "0"),
         "greater_than_equal", "--minutes: skal være mindst 1", "--minutes: must be at least 1"),
        (("record-measurement", "--instrument", "who5", "--answers", "1,2"), "wrong_number_of_answers",
         "har 2 svar, men skemaet har 5", "has 2 answers, but the instrument has 5"),
        (("record-measurement", "--instrument", "who5", "--answers", "1,2,3,4,9"), "out_of_range",
         "mellem 0 og 5", "between 0 and 5"),
        (("record-circumstance", "--name", "benefit", "--value", "lotteri"), "unknown_code", "lotteri", "lotteri"),
        (("resume-pathway",), "not_paused", "Forløbet er ikke på pause.", "The pathway is not paused."),
        (("meet-obligation", "--obligation", "yoga"), "no_such_obligation", "Første samtale (first_talk)",
         "First talk (first_talk)"),
        (("meet-obligation", "--obligation", "first_talk"), "met_by_doing", "giv den kommando", "give the command"),
        (("cancel-session", "--session", str(SESSION), "--asked-by", "citizen", "--reason", "syg"), "no_such_session",
         "Book den først", "Book it first"),
        (("assign-responsible", "--role", "contact_person", "--person", "kp-2"), "reason_needed",
         "Der skal en begrundelse til for at give et ansvar videre", "A reason is needed to hand"),
        (("correct-fact", "--corrects", "999", "--reason", "fejl"), "no_such_fact", "nummer 999", "number 999"),
        (("correct-fact", "--corrects", "1", "--reason", "fejl"), "not_correctable", "kan ikke rettes", "cannot be"),
        (("hold-review", "--happened", "2136-03-02T08:00Z"), "in_the_future", "i fremtiden; nu er", "in the future"),
    ],
    ids=lambda each: each if isinstance(each, str) and each.isidentifier() else "",
)  # fmt: skip
async def test_what_does_not_fit_the_programme_or_the_moment_says_what_would(
    terminal: Terminal, fields: tuple[str, ...], code: str, danish: str, english: str
) -> None:
    pathway = await terminal.underway(SICK)
    by = ("--by", "health_staff:sund-1") if "dls_talk" in fields else CONTACT
    await turned_down(terminal, ("tell", pathway, *fields, *by), code, danish, english)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "da",
            ["--starts: er ikke et tidspunkt", "--minutes: skal være et helt tal.", "--by: skal være ROLLE:ID"],
        ),
        ("en", ["--starts: is not an instant", "--minutes: must be a whole number.", "--by: must be ROLE:ID"]),
    ],
)
async def test_everything_that_is_wrong_with_a_command_is_told_at_once(
    terminal: Terminal, language: str, told: list[str]
) -> None:
    pathway = await terminal.underway(SICK)
    wrong = ("tell", pathway, "book-session", "--element", "nature", "--starts", CPR, "--minutes", "x", "--by", CPR)
    said = await terminal(*wrong, "--lang", language)
    assert (said.code, said.out, len(said.err.splitlines())) == (2, "", len(told))
    assert all(each in said.err for each in told), said.err
    as_json = await terminal(*wrong, "--lang", language, "--json")
    others = [each["field"] for each in as_json.error["others"]]
    assert sorted([as_json.error["field"], *others]) == ["by", "minutes", "starts"]
    assert CPR not in said.err + as_json.out, "what was typed is not repeated"


async def test_everything_that_is_wrong_with_a_correction_is_told_at_once(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    step = ("record-bridging-step", "--element", "association", "--step", "visited")
    version = (await terminal.tells(pathway, *step, by=CONTACT))["first"]
    wrong = ("--corrects", str(version), "--reason", "fejl", "--changes", "step=løbet", "--changes", "note=")
    said = await terminal("tell", pathway, "correct-fact", *wrong, *CONTACT)
    assert said.code == 2
    assert [each.partition(":")[0] for each in said.err.splitlines()] == ["--changes step", "--changes note"]

"""`trinvis pathway`, `history` and `worklist`: what is owed, what comes and what may be done, in Danish time."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from console.answers.glimpses import Glimpsed
from console.answers.histories import History
from console.answers.standing import Standing
from console.answers.worklists import Worklist
from domain.actor import Role
from domain.pathway.commands.course import GiveNotice
from tests.console.terminal import CASEWORKER, CONTACT, CPR, NAME, NEXT_YEAR, THIS_MORNING, TODAY, Terminal
from tests.texts.everything import ABOUT, SYSTEM

SICK = "sygedagpenge-driftstilbud@2"
AUDITOR = ("--by", "auditor:rev-1", "--ground", "ledelsestilsyn 2026-4")
NEXT_YEARS = f"{NEXT_YEAR} 09:00 Europe/Copenhagen"
BOOKED = ("book-session", "--element", "diet_exercise", "--starts", NEXT_YEARS, "--site", "matrikel_a")
BRIDGE = ("--element", "association", "--step")
RULING = ("--by", "records_manager:arkiv-1", "--decision", "2026-1", "--yes")
HEADINGS = {
    "da": ["Åbne frister", "Aftalte mødegange", "Det sker af sig selv", "Det kan du gøre nu", "Det kan andre gøre nu"],
    "en": ["Open deadlines", "Agreed sessions", "Happens by itself", "You can do this now", "Others can do this now"],
}


@pytest.mark.parametrize("language", HEADINGS)
async def test_a_pathway_shows_at_a_glance_where_it_stands(terminal: Terminal, language: str) -> None:
    pathway = await terminal.underway(SICK)
    await terminal.tells(pathway, *BOOKED, by=CONTACT)
    said = await terminal("pathway", pathway, *CONTACT, "--lang", language)
    assert said.code == 0
    places = [said.out.index(heading) for heading in HEADINGS[language]]
    assert places == sorted(places)
    assert f"{NEXT_YEAR} 09:00-14:00" in said.out, "Danish time"
    assert "Matrikel A" in said.out if language == "da" else "Site A" in said.out
    assert "kp-1" in said.out


async def test_a_pathway_answers_in_its_documented_shape(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    await terminal.tells(pathway, *BOOKED, by=CONTACT)
    shown = (await terminal("pathway", pathway, *CONTACT, "--json")).fits(Standing)
    assert (shown.stage, shown.phase, shown.responsible) == ("underway", "health_first", {"contact_person": "kp-1"})
    assert [each.element for each in shown.bookings] == ["diet_exercise"]
    assert str(shown.citizen) in (await terminal("pathway", pathway, *CONTACT)).out
    assert {each.name for each in shown.owed} == {"first_talk", "follow_up_talk"}
    assert shown.next_due == shown.coming[0].at


async def test_what_one_may_do_is_told_apart_from_what_others_may(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    mine = (await terminal("pathway", pathway, *CASEWORKER)).out.partition("Det kan andre gøre nu")[0]
    theirs = (await terminal("pathway", pathway, "--by", "instructor:in-1")).out.partition("Det kan andre gøre nu")
    assert "close-pathway" in mine
    assert "close-pathway" not in theirs[0]
    assert "close-pathway           afslutte forløbet (sagsbehandler)" in theirs[2]
    assert "m.fl.)" in theirs[2], "long lists of roles are cut short"


async def test_an_option_is_shown_as_one_types_it(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    said = await terminal("pathway", pathway, *CASEWORKER)
    assert "--element diet_exercise  (Kost og motion)" in said.out
    assert "--event stand_by_begun  (Stand-by ved alvorlig sygdom begyndt)" in said.out
    assert "--phase labour_market  (Rettet mod arbejdsmarkedet)" in said.out


async def test_what_may_be_told_comes_after_what_may_be_decided_in_one_line_for_each_command(
    terminal: Terminal,
) -> None:
    pathway = await terminal.underway(SICK)
    said = (await terminal("pathway", pathway, *CASEWORKER, "--lang", "en")).out
    decided, _, told = said.partition("You can also record")
    assert "pause-pathway" in decided
    told = told.partition("Others can do this now")[0]
    for line in (
        "agree-plan              record an agreed plan",
        "--name benefit",
        "--outcome back_in_work, partly_fit",
    ):
        assert line in told, told
    assert "cancel-session" not in told, "nothing is booked"
    await terminal.tells(pathway, *BOOKED, by=CONTACT)
    assert "cancel-session" in (await terminal("pathway", pathway, *CONTACT)).out


async def test_what_may_be_told_names_who_may_and_keeps_measures_from_those_who_never_see_them(
    terminal: Terminal,
) -> None:
    pathway = await terminal.underway(SICK)
    told = (await terminal("pathway", pathway, *CASEWORKER, "--json")).fits(Standing).tellings
    assert {"hold_review", "record_measurement", "declare_not_required"} <= {each.command for each in told}
    [outcome] = [each for each in told if each.step == "education"]
    assert (outcome.command, "caseworker" in outcome.by, "instructor" in outcome.by) == ("record_outcome", True, False)
    instructors = (await terminal("pathway", pathway, "--by", "instructor:in-1", "--json")).fits(Standing).tellings
    assert {each.step for each in told} - {each.step for each in instructors} == {"who5", "gse10"}
    shown = (await terminal("pathway", pathway, "--by", "instructor:in-1")).out
    assert "agree-plan, hold-review" in shown.partition("Det kan andre desuden registrere")[2]


async def test_what_cannot_be_done_stands_under_its_reason_once(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    impossible = (await terminal("pathway", pathway, *CASEWORKER)).out.partition("Det kan ikke gøres nu")[2]
    reason = "Virksomhedspraktik hører ikke til fasen Sundhed først. Det tilbydes i: Rettet mod arbejdsmarkedet."
    assert f"{reason} book-session work_placement" in " ".join(impossible.split())
    assert impossible.count("Der er ingen henvisning at svare på") == 1
    assert "accept-referral, refuse-referral, return-referral" in impossible


async def test_what_cannot_be_done_fits_the_terminal(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    impossible = (await terminal("pathway", pathway, *CASEWORKER)).out.partition("Det kan ikke gøres nu")[2]
    assert max(map(len, impossible.split("\n"))) <= 100


async def test_what_should_have_come_says_so(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    late = ("create-obligation", "--obligation", "ring_op", "--owner", "contact_person", "--note", "ringe op")
    await terminal.tells(pathway, *late, "--due", "2036-03-05T08:00Z")
    shown = await terminal("pathway", pathway, *CASEWORKER, "--lang", "en")
    assert "deadline of the contact person passes: ring_op" in shown.out
    assert "was to happen" not in shown.out


async def test_a_pause_stops_the_clocks_and_is_seen_to(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    await terminal.tells(pathway, "pause-pathway", "--reason", "indlagt", "--until", "2036-04-01T06:00Z")
    said = await terminal("pathway", pathway, *CASEWORKER)
    assert "På pause siden" in said.out
    assert "(uret står stille)" in said.out
    assert "2036-04-01 08:00        pausen slutter" in said.out


@pytest.mark.parametrize(("language", "agreed"), [("da", "aftalt"), ("en", "agreed")])
async def test_a_history_stands_in_danish_time_and_tells_late_registration(
    terminal: Terminal, language: str, agreed: str
) -> None:
    pathway = await terminal.underway()
    plan = ("agree-plan", "--happened", THIS_MORNING, "--goals", "linje et\nlinje to")
    await terminal.tells(pathway, *plan, by=CONTACT)
    said = await terminal("history", pathway, *AUDITOR, "--lang", language)
    assert f"{TODAY} 00:01" in said.out
    assert agreed in said.out
    assert "registreret" in said.out or "registered" in said.out
    assert "\n      linje to" in said.out, "no line of a note looks like a fact"


async def test_a_history_answers_in_its_documented_shape(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    told = (await terminal("history", pathway, *AUDITOR, "--json")).fits(History)
    assert [each.version for each in told.facts] == list(range(1, len(told.facts) + 1))
    assert told.facts[0].kind == "citizen_referred"
    assert told.facts[0].content is not None
    assert told.facts[0].says.startswith("Henvist af sagsbehandler sb-1 til Sundere sammen, version 2")


async def test_a_corrected_and_an_erased_fact_are_told_as_what_they_are(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    told = await terminal.tells(pathway, "hold-review", "--note", "forkert note", by=CONTACT)
    fix = ("correct-fact", "--corrects", str(told["first"]), "--changes", "note=rigtig note", "--reason", "tastefejl")
    await terminal.tells(pathway, *fix, by=CONTACT)
    words = ("--by", "records_manager:arkiv-1", "--decision", "2026-1", "--yes")
    assert (await terminal("erase", "fact", pathway, str(told["first"]), *words)).code == 0
    facts = (await terminal("history", pathway, *AUDITOR, "--json")).data["facts"]
    erased = [each for each in facts if each["content"] is None]
    assert [each["kind"] for each in erased] == ["review_held", "fact_corrected"]
    assert "note" not in "".join(each["says"] for each in erased)


async def test_a_history_says_what_was_corrected_and_marks_what_was_corrected_taken_back_or_erased(
    terminal: Terminal,
) -> None:
    pathway = await terminal.underway()
    note, step = [
        str((await terminal.tells(pathway, *words, by=CONTACT))["first"])
        for words in (("hold-review", "--note", "går fint"), ("record-bridging-step", *BRIDGE, "introduced"))
    ]
    fix = ("correct-fact", "--reason", "fejl", "--corrects")
    first = await terminal.tells(pathway, *fix, step, "--changes", "step=visited", by=CONTACT)
    second = await terminal.tells(pathway, *fix, step, "--changes", "step=joined", by=CONTACT)
    third = await terminal.tells(pathway, *fix, note, "--withdraw", by=CONTACT)
    said = (await terminal("history", pathway, *AUDITOR, "--lang", "en")).out
    assert f"contact person kp-1 (corrected by {second['first']})\n" in said
    assert f"contact person kp-1 (taken back by {third['first']})\n" in said
    assert "      step: introduced to the association → has visited the association\n" in said
    assert "      step: has visited the association → has joined\n" in said
    assert (await terminal("erase", "fact", pathway, step, *RULING)).code == 0
    facts = {
        each.version: each for each in (await terminal("history", pathway, *AUDITOR, "--json")).fits(History).facts
    }
    assert facts[int(step)].erased_by == max(facts)
    assert facts[int(step)].corrected_by is None
    assert facts[int(note)].withdrawn_by == third["first"]
    assert facts[first["first"]].changes == []


async def test_a_worklist_shows_what_one_must_see_to_and_how(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    booked = await terminal.tells(pathway, *BOOKED, by=CONTACT)
    said = await terminal("worklist", *CONTACT)
    assert "Tilbud til sygedagpengemodtagere: registrér mødegang: Kost og motion (fast kontaktperson kp-1)" in said.out
    assert f"trinvis tell {pathway} record-attendance --session {booked['session']} --attendance … --by" in said.out
    assert "Første samtale (fast kontaktperson kp-1)" in said.out
    assert f"trinvis pathway {pathway} --by contact_person:kp-1\n" in said.out
    assert (await terminal("worklist", "--by", "auditor:rev-1", "--lang", "en")).out == "Nothing on the worklist.\n"
    everybody = (await terminal("worklist", "--by", "auditor:rev-1", "--all")).out
    assert everybody.replace("auditor:rev-1", "contact_person:kp-1") == said.out


async def test_what_a_worklist_says_of_a_notice_can_be_typed(terminal: Terminal) -> None:
    pathway = await terminal.referred("sundere-sammen@2")
    await terminal.tells(pathway, "accept-referral", "--contact-person", "kp-1")
    notice = GiveNotice(by=SYSTEM, at=terminal.trinvis.now(), about=ABOUT, notice="assigned", owner=Role.CONTACT_PERSON)
    await terminal.trinvis.tell(UUID(pathway), notice, uuid4())
    [line] = [each for each in (await terminal("worklist", *CONTACT)).out.split("\n") if "read-notice" in each]
    assert (await terminal(*line.split()[1:])).code == 0
    assert "read-notice" not in (await terminal("worklist", *CONTACT)).out


async def test_a_worklist_answers_in_its_documented_shape(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    items = (await terminal("worklist", *CONTACT, "--json")).fits(Worklist).items
    assert {str(item.pathway) for item in items} == {pathway}
    assert {item.kind for item in items} == {"obligation"}
    assert {item.title for item in items} == {"Tilbud til sygedagpengemodtagere"}
    assert len((await terminal("worklist", *CONTACT, "--most", "1", "--json")).data["items"]) == 1


@pytest.mark.parametrize("words", [("pathway",), ("history",), ("tell", "hold-review")])
async def test_nobody_is_named_and_no_number_is_shown(terminal: Terminal, words: tuple[str, ...]) -> None:
    pathway = await terminal.underway()
    for form in ("--json", "--lang=en"):
        said = await terminal(words[0], pathway, *words[1:], *CASEWORKER, form)
        assert said.code == 0
        assert NAME not in said.out + said.err
        assert CPR not in said.out + said.err


@pytest.mark.parametrize("role", ["steering_group", "administrator", "citizen", "system"])
async def test_who_sees_no_single_citizen_is_turned_down_and_shown_nothing(terminal: Terminal, role: str) -> None:
    pathway = await terminal.underway()
    for words in (("pathway", pathway), ("history", pathway), ("worklist", "--all"), ("access-log", str(uuid4()))):
        said = await terminal(*words, "--by", f"{role}:x-1", "--json")
        assert (said.code, said.error["code"]) == (1, "role_may_not"), words
        assert said.error["values"]["command"] == "look_at_citizens"
        assert pathway not in said.out


async def test_a_history_is_told_to_whom_it_is_for(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    told = {
        voice: (await terminal("history", pathway, "--for", voice, *CASEWORKER)).out
        for voice in ("caseworker", "citizen", "archive", "engineer")
    }
    assert "Henvist af sagsbehandler sb-1" in told["caseworker"]
    assert "Du blev henvist til" in told["citizen"]
    assert "sb-1" not in told["citizen"]
    assert "Grundlag: samtykke. Samtykke foreligger." in told["archive"]
    assert "citizen_referred v1 at=" in told["engineer"]
    as_json = (await terminal("history", pathway, "--for", "citizen", *CASEWORKER, "--json")).fits(History)
    assert as_json.facts[0].says.startswith("Du blev henvist til")


async def test_what_was_true_and_what_was_known_stand_side_by_side(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    await terminal.tells(pathway, "agree-plan", "--goals", "praktik", by=CONTACT)
    version = (await terminal.tells(pathway, "agree-plan", "--goals", "mere", by=CONTACT))["last"]
    await terminal.tells(pathway, "correct-fact", "--corrects", str(version), "--withdraw", "--reason", "forkert")
    asked = ("pathway", pathway, *CASEWORKER, "--as-of", str(TODAY), "--known-on", str(TODAY))
    shown = await terminal(*asked, "--lang", "en")
    assert shown.code == 0, shown
    assert "true " in shown.out
    assert "known " in shown.out
    answer = (await terminal(*asked, "--json")).fits(Glimpsed)
    assert (answer.left.what, answer.right.what, answer.differences) == ("as_of", "known_on", [])
    before = (await terminal("pathway", pathway, *CASEWORKER, "--known-on", "2020-01-01", "--json")).fits(Glimpsed)
    assert (before.left.stage, before.right.what) == ("new", "present")
    assert "stage" in before.differences
    wrong = await terminal("pathway", pathway, *CASEWORKER, "--as-of", "i går", "--lang", "en")
    assert (wrong.code, "--as-of" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("language", "said"), [("da", "er ikke kommet endnu; nu er"), ("en", "has not come yet; it is now")]
)
async def test_a_day_that_has_not_come_is_not_shown_as_if_it_had_and_the_forecast_is_named(
    terminal: Terminal, language: str, said: str
) -> None:
    pathway = await terminal.underway(SICK)
    tomorrow = TODAY + timedelta(days=1)
    for option in ("--as-of", "--known-on"):
        ahead = await terminal("pathway", pathway, *CASEWORKER, option, str(tomorrow), "--lang", language)
        assert (ahead.code, option in ahead.err, said in ahead.err) == (2, True, True), ahead
        assert f"trinvis forecast {pathway} --until {tomorrow}" in " ".join(ahead.err.split())
    until = await terminal("forecast", pathway, "--until", str(tomorrow), *CASEWORKER)
    assert until.code == 0, until

"""`trinvis tell`: every command of the engine, its fields as options, from the commands themselves."""

from datetime import datetime, time
from re import search
from uuid import uuid4

import pytest
import typer.main
from typer.core import TyperGroup

from cli import app
from console.answers.previews import Previewed
from console.answers.records import AccessLog
from console.answers.telling import Told
from console.fields import fields_from
from console.telling import ELSEWHERE, session_of
from domain.calendar import local
from domain.pathway.command import Command
from domain.pathway.commands.course import CorrectFact, RecordCircumstance, RecordMeasurement
from domain.pathway.commands.sessions import BookSession, HoldTalk, RecordAttendance
from domain.refusal import Invalid
from engine.asking import COMMANDS
from tests.console.terminal import CASEWORKER, CONTACT, THIS_MORNING, TODAY, Terminal

SICK = "sygedagpenge-driftstilbud@2"
HEALTH = ("--by", "health_staff:sund-1")
SHARED = {"--by", "--command-id", "--preview", "--json", "--lang"}


TOLD = [shape for _, shape in sorted(COMMANDS.items()) if shape not in ELSEWHERE]


def told_by_name() -> TyperGroup:
    """The commands below `trinvis tell`, as typer has made them."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    tell = group.commands["tell"]
    assert isinstance(tell, TyperGroup)
    return tell


@pytest.mark.parametrize("shape", TOLD, ids=lambda each: each.kind)
def test_a_command_takes_exactly_its_fields_as_options(shape: type[Command]) -> None:
    command = told_by_name().commands[shape.kind.replace("_", "-")]
    options = {option for each in command.params for option in each.opts}
    fields = {f"--{name.replace('_', '-')}" for name in shape.model_fields if name not in {"by", "at"}}
    assert options == fields | SHARED


def test_what_has_a_command_of_its_own_is_not_told() -> None:
    assert not {shape.kind.replace("_", "-") for shape in ELSEWHERE} & set(told_by_name().commands)


@pytest.mark.parametrize("shape", TOLD, ids=lambda each: each.kind)
def test_what_a_command_cannot_do_without_must_be_given(shape: type[Command]) -> None:
    command = told_by_name().commands[shape.kind.replace("_", "-")]
    required = {each.name for each in command.params if each.required} - {"by"}
    needed = {name for name, field in shape.model_fields.items() if field.is_required()} - {"by", "at"}
    made_here = {"session"} if shape is BookSession else set()
    assert required == needed - made_here


@pytest.mark.parametrize(
    ("shape", "given", "fields"),
    [
        (RecordMeasurement, {"answers": ["3, 4,null", "5"]}, {"answers": ["3", "4", None, "5"]}),
        (RecordMeasurement, {"answers": ["[3, null]"]}, {"answers": [3, None]}),
        (
            RecordAttendance,
            {"parts": ["check_in,movement"], "minutes": "50"},
            {"parts": ["check_in", "movement"], "minutes": "50"},
        ),
        (
            HoldTalk,
            {"scaling": ['{"question": "today", "answer": 4}']},
            {"scaling": [{"question": "today", "answer": 4}]},
        ),
        (HoldTalk, {"note": "2026", "scaling": []}, {"note": "2026"}),
        (HoldTalk, {"note": "null"}, {"note": "null"}),
        (RecordCircumstance, {"value": "true"}, {"value": True}),
        (RecordCircumstance, {"value": "31.5"}, {"value": 31.5}),
        (RecordCircumstance, {"value": "kontanthjaelp"}, {"value": "kontanthjaelp"}),
        (
            CorrectFact,
            {"changes": ["minutes=50", "note=a=b"], "withdraw": False},
            {"changes": {"minutes": 50, "note": "a=b"}},
        ),
        (CorrectFact, {"changes": ['note="2026"'], "withdraw": True}, {"changes": {"note": "2026"}, "withdraw": True}),
    ],
)
def test_options_become_fields(shape: type[Command], given: dict[str, object], fields: dict[str, object]) -> None:
    assert fields_from(shape, given) == fields


@pytest.mark.parametrize("text", ["no equals sign", "[" * 5_000, "x=" + "{" * 5_000])
def test_a_pair_that_is_none_is_turned_down(text: str) -> None:
    with pytest.raises(Invalid):
        fields_from(CorrectFact, {"changes": [text]})


@pytest.mark.parametrize(
    ("language", "expected"), [("da", "henvisningen er godkendt"), ("en", "the referral is accepted")]
)
async def test_what_happened_is_told_in_words(terminal: Terminal, language: str, expected: str) -> None:
    pathway = await terminal.referred()
    said = await terminal(
        "tell", pathway, "accept-referral", "--contact-person", "kp-1", *CASEWORKER, "--lang", language
    )
    assert said.code == 0
    assert pathway in said.out
    assert f"  {3:>4}  {expected}" in said.out


async def test_a_command_answers_in_its_documented_shape(terminal: Terminal) -> None:
    pathway = await terminal.referred()
    said = await terminal("tell", pathway, "accept-referral", "--contact-person", "kp-1", *CASEWORKER, "--json")
    told = said.fits(Told)
    assert told.facts[:2] == ["referral_accepted", "responsible_assigned"]
    assert (told.citizen, told.session, told.first, told.repeated) == (None, None, 3, False)


async def test_a_preview_says_what_would_happen_and_stores_nothing(terminal: Terminal) -> None:
    pathway = await terminal.referred()
    accept = ("tell", pathway, "accept-referral", "--contact-person", "kp-1", *CASEWORKER)
    said = await terminal(*accept, "--preview", "--lang", "en")
    assert said.code == 0
    assert "This would happen" in said.out
    assert "Nothing was stored." in said.out
    assert search(r"  Talk with the company consultant: \d+ \w+ \d{4} \(new\)", said.out), "its last day, no midnight"
    previewed = (await terminal(*accept, "--preview", "--json")).fits(Previewed)
    assert previewed.facts[0].kind == "referral_accepted"
    told = (await terminal(*accept, "--json")).fits(Told)
    assert told.facts == [fact.kind for fact in previewed.facts]
    assert told.first == 3


async def test_a_booking_gets_its_session_by_itself_and_a_repetition_the_same_one(terminal: Terminal) -> None:
    pathway, again = await terminal.underway(), uuid4()
    book = ("book-session", "--element", "training", "--starts", THIS_MORNING)
    first, second = [await terminal.tells(pathway, *book, "--command-id", str(again), by=CONTACT) for _ in range(2)]
    assert first["session"] == second["session"] == str(session_of(again))
    assert (first["repeated"], second["repeated"]) == (False, True)
    shown = await terminal("tell", pathway, *book, *CONTACT)
    assert "Mødegang " in shown.out


async def test_a_session_may_be_named_by_whoever_books_it(terminal: Terminal) -> None:
    pathway, session = await terminal.underway(), str(uuid4())
    book = ("book-session", "--element", "training", "--starts", THIS_MORNING, "--session", session)
    assert (await terminal.tells(pathway, *book, by=CONTACT))["session"] == session
    present = ("record-attendance", "--session", session, "--attendance", "present", "--parts", "check_in,movement")
    assert (await terminal.tells(pathway, *present, by=CONTACT))["facts"] == ["attendance_recorded"]


async def test_what_happened_earlier_is_told_by_danish_clocks(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    plan = ("agree-plan", "--happened", THIS_MORNING, "--goals", "2026")
    await terminal.tells(pathway, *plan, by=CONTACT)
    facts = (await terminal("history", pathway, *CASEWORKER, "--json")).data["facts"]
    agreed = next(each for each in facts if each["kind"] == "plan_agreed")
    assert datetime.fromisoformat(agreed["occurred_at"]) == local(TODAY, time(0, 1))
    assert agreed["content"]["goals"] == "2026"


async def test_the_same_command_again_gets_the_first_answer(terminal: Terminal) -> None:
    pathway, again = await terminal.underway(), ("--command-id", str(uuid4()))
    await terminal.tells(pathway, "agree-plan", "--goals", "ti timer", *again, by=CONTACT)
    before = await terminal.rows()
    said = await terminal("tell", pathway, "agree-plan", "--goals", "ti timer", *again, *CONTACT)
    assert (said.code, "det første svar" in said.out) == (0, True)
    assert await terminal.rows() == before


async def test_asking_for_what_is_already_so_writes_no_fact(terminal: Terminal) -> None:
    pathway = await terminal.underway()
    await terminal.tells(pathway, "pause-pathway", "--reason", "indlagt")
    said = await terminal("tell", pathway, "pause-pathway", "--reason", "indlagt", *CASEWORKER, "--lang", "en")
    assert (said.code, "It was so already" in said.out) == (0, True)


async def test_a_whole_pathway_can_be_told(terminal: Terminal) -> None:
    pathway = await terminal.underway(SICK)
    book = ("book-session", "--element", "diet_exercise", "--site", "matrikel_a", "--starts", THIS_MORNING)
    booked = await terminal.tells(pathway, *book, by=CONTACT)
    session = ("--session", booked["session"])
    await terminal.tells(
        pathway,
        "rebook-session",
        *session,
        "--starts",
        f"{TODAY} 00:02 Europe/Copenhagen",
        "--asked-by",
        "provider",
        "--reason",
        "hal",
        by=CONTACT,
    )
    await terminal.tells(pathway, "record-attendance", *session, "--attendance", "absent", by=CONTACT)
    await terminal.tells(pathway, "excuse-absence", *session, "--reason", "lægebesøg", by=CONTACT)
    talk = ("hold-talk", "--element", "dls_talk", "--scaling", '{"question": "today", "answer": 4}', "--form", "phone")
    await terminal.tells(pathway, *talk, by=HEALTH)
    await terminal.tells(pathway, "record-measurement", "--instrument", "who5", "--answers", "3,3,3,3,3", by=CONTACT)
    await terminal.tells(pathway, "propose-transition", "--reason", "klar", by=CONTACT)
    await terminal.tells(pathway, "approve-transition")
    await terminal.tells(pathway, "record-circumstance", "--name", "benefit", "--value", "kontanthjaelp")
    await terminal.tells(pathway, "exempt-hearing", "--decision", "close", "--reason", "har selv oplyst det")
    await terminal.tells(pathway, "close-pathway", "--outcome", "back_in_work", "--reason", "tilbage", "--against-wish")
    await terminal.tells(pathway, "reopen-pathway", "--reason", "sygemeldt igen")
    kinds = [each["kind"] for each in (await terminal("history", pathway, *CASEWORKER, "--json")).data["facts"]]
    expected = ["session_booked", "session_moved", "attendance_recorded", "absence_excused", "talk_held"]
    expected += ["measurement_recorded", "transition_proposed", "transition_approved", "circumstance_recorded"]
    assert [kind for kind in kinds if kind in {*expected, "pathway_closed", "pathway_reopened"}] == [
        *expected,
        "pathway_closed",
        "pathway_reopened",
    ]


async def test_whoever_is_refused_or_finds_it_so_already_has_looked_and_it_is_logged(terminal: Terminal) -> None:
    """What stands in the way of a command is something to know about the citizen."""
    pathway = await terminal.underway()
    nosy = ("--by", "caseworker:sb-9", "--json")
    refused = await terminal("tell", pathway, "refuse-referral", "--reason", "x", *nosy)
    assert refused.code == 1
    assert (await terminal("tell", pathway, "accept-referral", *nosy)).fits(Told).facts == []
    assert (await terminal("tell", pathway, "agree-plan", "--goals", "en gåtur", *nosy)).fits(Told).facts != []
    async with terminal.trinvis.database.connection() as connection:
        citizen = await connection.fetchval("SELECT subject FROM stream")
    log = ("access-log", str(citizen), "--by", "auditor:rev-1")
    looks = (await terminal(*log, "--json")).fits(AccessLog).looks
    assert [(each.actor, each.ground, each.what) for each in looks if each.actor == "caseworker:sb-9"] == [
        ("caseworker:sb-9", "command", f"command {pathway}")
    ] * 2
    assert f"svaret på en kommando til {pathway}" in (await terminal(*log)).out

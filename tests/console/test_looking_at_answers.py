"""Looking at what citizen and staff answered: side by side for staff, and not at all for instructors."""

from tests.console.terminal import CASEWORKER, CONTACT, Terminal

OFFER = "sygedagpenge-driftstilbud@3"
INSTRUCTOR = ("--by", "instructor:in-1")


async def answered(terminal: Terminal) -> str:
    """A pathway on which citizen and worker have answered, and the citizen's score fell."""
    pathway = await terminal.underway(OFFER)
    for answers in ("4,4,4,4,4", "1,1,1,1,1"):
        await terminal.tells(pathway, "record-measurement", "--instrument", "who5", "--answers", answers, by=CONTACT)
    for rater, answers in (("citizen", "3,4,null,5,1"), ("worker", "4,4,3,5,6")):
        told = ("--instrument", "progression", "--rater", rater, "--answers", answers)
        await terminal.tells(pathway, "record-measurement", *told, by=CONTACT)
    return pathway


async def test_staff_see_both_views_side_by_side_and_what_changed(terminal: Terminal) -> None:
    pathway = await answered(terminal)
    seen = (await terminal("pathway", pathway, *CASEWORKER, "--lang", "en")).out
    assert ": 20 (-60 since last time)" in seen
    assert "Belief in returning to work: citizen 1, worker 6 (difference +5)" in seen
    assert "Network: citizen -, worker 3\n" in seen
    assert "talk about the WHO-5 well-being index" in seen
    told = (await terminal("pathway", pathway, *CASEWORKER, "--json")).data
    assert [(each["measure"], each["rater"]) for each in told["answers"]] == [
        ("who5", "citizen"),
        ("progression", "citizen"),
        ("progression", "worker"),
    ]
    assert (told["answers"][0]["score"], told["answers"][0]["before"]) == (20, 80)


async def test_an_instructor_sees_nothing_of_it_anywhere(terminal: Terminal) -> None:
    pathway = await answered(terminal)
    for words in (("pathway", pathway), ("history", pathway), ("worklist", "--all")):
        seen = (await terminal(*words, *INSTRUCTOR, "--lang", "en")).out
        assert "First talk" in seen
        for hidden in ("WHO-5", "Progression", "who5", "progression"):
            assert hidden not in seen, f"{words[0]}: {seen}"
    assert (await terminal("pathway", pathway, *INSTRUCTOR, "--json")).data["answers"] == []


async def test_a_citizen_who_would_rather_not_answer_is_not_asked_again_at_once(terminal: Terminal) -> None:
    pathway = await terminal.underway(OFFER)
    told = await terminal.tells(pathway, "decline-measurement", "--instrument", "who5", by=CONTACT)
    assert list(told["facts"]) == [
        "measurement_declined",
        "obligation_met",
        "obligation_created",
    ]

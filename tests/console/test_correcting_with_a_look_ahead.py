"""`trinvis tell PATHWAY correct-fact --preview`: what would have been otherwise, and the choice that is kept."""

from console.answers.previews import Previewed
from tests.console.terminal import CASEWORKER, CONTACT, TODAY, Terminal

STARTS = f"{TODAY} 23:59 Europe/Copenhagen"
BOOK = ("book-session", "--element", "work_placement", "--starts", STARTS)


async def test_a_correction_shows_what_would_have_been_otherwise_and_the_choice_is_kept(terminal: Terminal) -> None:
    pathway = await terminal.underway("sygedagpenge-driftstilbud@2")
    await terminal.tells(pathway, "enter-phase", "--phase", "labour_market", "--reason", "klar")
    plan = str((await terminal.tells(pathway, "agree-plan", "--goals", "praktik", by=CONTACT))["first"])
    booked = str((await terminal.tells(pathway, *BOOK, by=CONTACT))["first"])
    correction = ("correct-fact", "--corrects", plan, "--withdraw", "--reason", "forkert borger")
    asked = ("tell", pathway, *correction, *CASEWORKER, "--preview")
    before = await terminal.rows()
    shown = await terminal(*asked, "--lang", "en")
    assert shown.code == 0, shown
    assert "Would have been otherwise" in shown.out
    assert f"Proposed: a caseworker looks at it again (--review {booked})." in shown.out
    assert "The answer would have been: Work placement: that cannot happen yet." in shown.out
    [changed] = (await terminal(*asked, "--json")).fits(Previewed).otherwise
    assert (changed.version, changed.cause, changed.proposal) == (int(booked), "done", "review")
    assert await terminal.rows() == before, "nothing is stored"
    told = await terminal.tells(pathway, *correction, "--review", booked)
    assert "obligation_created" in told["facts"]
    owed = (await terminal("pathway", pathway, *CASEWORKER, "--json")).data["owed"]
    assert f"look_again_{booked}" in {each["rule"] for each in owed}

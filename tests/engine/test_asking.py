"""From what people send to a command: named, with fields that fit, by somebody who may be somebody."""

import pytest

from domain.pathway.commands.phases import HoldReview
from domain.refusal import Invalid
from engine.asking import COMMANDS, actor, command_from
from tests.support.cast import CONTACT, MONDAY


def test_a_command_is_made_from_its_name_and_fields() -> None:
    made = command_from("hold_review", {"note": "gik godt"}, str(CONTACT), MONDAY)
    assert made == HoldReview(by=CONTACT, at=MONDAY, note="gik godt")


@pytest.mark.parametrize(
    "kind",
    ["pass_time", "record_letter", "give_notice", "record_failure", "erase_fact", "erase_citizen", "drop_table"],
)
def test_what_the_engine_asks_itself_nobody_can_send(kind: str) -> None:
    assert kind not in COMMANDS
    with pytest.raises(Invalid) as caught:
        command_from(kind, {"erases": 1, "decision": "2026-1"}, "records_manager:arkiv-1", MONDAY)
    assert (caught.value.field, caught.value.code) == ("command", "unknown_code")


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"note": ""}, "note", "string_too_short"),
        ({"note": "x", "mood": "good"}, "mood", "extra_forbidden"),
        ({"by": "caseworker:sb-9", "note": 3}, "note", "string_type"),
    ],
)
def test_the_first_field_that_does_not_fit_is_named(fields: dict[str, object], field: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        command_from("hold_review", fields, str(CONTACT), MONDAY)
    assert (caught.value.field, caught.value.code) == (field, code)


@pytest.mark.parametrize(
    "text", ["", "sb-1", "gardener:sb-1", "caseworker:", "caseworker:12", "caseworker:a650575-2345"]
)
def test_somebody_is_a_role_and_an_id(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        actor(text)
    assert (caught.value.field, caught.value.code) == ("by", "not_an_actor")

"""Who may give which command at all, and at which stage of the pathway."""

from collections.abc import Callable

import pytest

from domain.actor import Actor, Role
from domain.pathway.command import Command
from domain.pathway.commands.course import EraseCitizen, PausePathway
from domain.pathway.commands.referrals import RefuseReferral, ReturnReferral, WithdrawReferral
from domain.pathway.decide import ANSWERS
from domain.pathway.permissions import MAY
from domain.refusal import Invalid, Refused, RoleMayNot
from engine.asking import COMMANDS
from tests.domain.beginnings import on_sick_leave
from tests.domain.samples import samples
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, DAY, MONDAY, RECORDS, SICK
from tests.support.spec import Story, given

TUESDAY = MONDAY + DAY
FRIDAY = MONDAY + 4 * DAY
SAMPLES = samples(FRIDAY)

STAGES: dict[str, Callable[[], Story]] = {
    "referred": lambda: given(SICK, refer()),
    "returned": lambda: given(SICK, refer(), ReturnReferral(by=CASEWORKER, at=TUESDAY, reason="mangler status")),
    "waiting": lambda: given(SICK, refer(), accept(TUESDAY)),
    "underway": on_sick_leave,
    "paused": lambda: on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation")),
    "closed": lambda: on_sick_leave().tell(close(TUESDAY)),
    "refused": lambda: given(SICK, refer(), RefuseReferral(by=CASEWORKER, at=TUESDAY, reason="andet tilbud")),
    "withdrawn": lambda: given(SICK, refer(), WithdrawReferral(by=CASEWORKER, at=TUESDAY, reason="job")),
    "erased": lambda: on_sick_leave().tell(EraseCitizen(by=RECORDS, at=TUESDAY, decision="2026-18")),
}
CODES = {
    "NR": "not_referred",
    "NT": "not_returned",
    "NW": "not_waiting",
    "NU": "not_underway",
    "PA": "is_paused",
    "NP": "not_paused",
    "NC": "not_closed",
    "OV": "is_over",
    "AT": "already_there",
}
"""What a stage refuses with; `--` where the stage is no hindrance."""
TABLE = """
                      referred returned waiting underway paused closed refused withdrawn erased
refer_citizen         AT       AT       AT      AT       AT     AT     AT      AT        AT
accept_referral       --       NR       --      --       --     OV     OV      OV        OV
refuse_referral       --       NR       NR      NR       NR     OV     --      OV        OV
return_referral       --       --       NR      NR       NR     OV     OV      OV        OV
complete_referral     NT       --       NT      NT       NT     OV     OV      OV        OV
withdraw_referral     --       --       --      NR       NR     OV     OV      --        OV
move_intake           NW       NW       --      NW       NW     OV     OV      OV        OV
enrol_citizen         NW       NW       --      --       --     OV     OV      OV        OV
give_place            NW       NW       --      --       --     OV     OV      OV        OV
assign_responsible    --       --       --      --       --     OV     OV      OV        OV
enter_phase           NU       NU       NU      --       PA     OV     OV      OV        OV
hold_review           NU       NU       NU      --       --     OV     OV      OV        OV
propose_transition    NU       NU       NU      --       PA     OV     OV      OV        OV
approve_transition    NU       NU       NU      --       PA     OV     OV      OV        OV
reject_transition     NU       NU       NU      --       PA     OV     OV      OV        OV
extend_duration       NU       NU       NU      --       --     OV     OV      OV        OV
book_session          NU       NU       NU      --       PA     OV     OV      OV        OV
rebook_session        NU       NU       NU      --       PA     OV     OV      OV        OV
cancel_session        NU       NU       NU      --       --     OV     OV      OV        OV
record_attendance     NU       NU       NU      --       --     OV     OV      OV        OV
evaluate_session      NU       NU       NU      --       --     OV     OV      OV        OV
excuse_absence        NU       NU       NU      --       --     OV     OV      OV        OV
assess_absence        NU       NU       NU      --       --     OV     OV      OV        OV
hold_talk             --       --       --      --       --     OV     OV      OV        OV
record_bridging_step  NU       NU       NU      --       --     OV     OV      OV        OV
create_obligation     --       --       --      --       --     OV     OV      OV        OV
meet_obligation       --       --       --      --       --     OV     OV      OV        OV
excuse_obligation     --       --       --      --       --     OV     OV      OV        OV
set_deadline          --       --       --      --       --     OV     OV      OV        OV
declare_not_required  --       --       --      --       --     OV     OV      OV        OV
place_order           NU       NU       NU      --       PA     OV     OV      OV        OV
accept_order          NU       NU       NU      --       --     OV     OV      OV        OV
decline_order         NU       NU       NU      --       --     OV     OV      OV        OV
report_delivery       NU       NU       NU      --       --     OV     OV      OV        OV
complete_order        NU       NU       NU      --       --     OV     OV      OV        OV
cancel_order          NU       NU       NU      --       --     OV     OV      OV        OV
call_child            NU       NU       NU      --       PA     OV     OV      OV        OV
choose_aftercare      --       --       --      --       --     OV     OV      OV        OV
refer_child           AT       AT       AT      AT       AT     AT     AT      AT        AT
record_child          --       --       --      --       --     --     --      --        OV
record_child_begun    --       --       --      --       --     --     --      --        OV
record_child_ended    --       --       --      --       --     --     --      --        OV
end_child             --       --       --      --       --     --     --      --        --
record_passed_on      --       --       --      --       --     --     --      --        OV
set_intensity         --       --       --      --       --     OV     OV      OV        OV
agree_plan            --       --       --      --       --     OV     OV      OV        OV
record_event          --       --       --      --       --     OV     OV      OV        OV
record_circumstance   --       --       --      --       --     OV     OV      OV        OV
record_measurement    --       --       --      --       --     OV     OV      OV        OV
decline_measurement   --       --       --      --       --     OV     OV      OV        OV
pause_pathway         NU       NU       NU      --       --     OV     OV      OV        OV
resume_pathway        NU       NU       NU      NP       --     OV     OV      OV        OV
make_decision         --       --       --      --       --     OV     OV      OV        OV
confirm_decision      --       --       --      --       --     --     --      --        --
object_to_decision    --       --       --      --       --     --     --      --        --
send_hearing          NU       NU       NU      --       --     OV     OV      OV        OV
answer_hearing        --       --       --      --       --     OV     OV      OV        OV
extend_hearing        --       --       --      --       --     OV     OV      OV        OV
assess_hearing        --       --       --      --       --     OV     OV      OV        OV
exempt_hearing        NU       NU       NU      --       --     OV     OV      OV        OV
notify_decision       --       --       --      --       --     --     --      --        --
receive_complaint     --       --       --      --       --     --     --      --        --
reassess_complaint    --       --       --      --       --     --     --      --        --
forward_complaint     --       --       --      --       --     --     --      --        --
conclude_complaint    --       --       --      --       --     --     --      --        --
record_outcome        NU       NU       NU      --       --     OV     OV      OV        OV
close_pathway         NU       NU       NU      --       --     --     OV      OV        OV
reopen_pathway        NC       NC       NC      NC       NC     --     NC      NC        NC
move_pathway          --       --       --      --       --     OV     OV      OV        OV
correct_fact          --       --       --      --       --     --     --      --        OV
record_letter         --       --       --      --       --     --     --      --        OV
give_notice           --       --       --      --       --     --     --      --        OV
read_notice           --       --       --      --       --     --     --      --        OV
record_failure        --       --       --      --       --     --     --      --        OV
erase_fact            --       --       --      --       --     --     --      --        OV
erase_citizen         --       --       --      --       --     --     --      --        --
pass_time             --       --       --      --       --     --     --      --        --
"""


def rows() -> list[tuple[str, dict[str, str]]]:
    header, *lines = TABLE.strip().splitlines()
    return [(line.split()[0], dict(zip(header.split(), line.split()[1:], strict=True))) for line in lines]


def refusal_of(story: Story, command: Command) -> str:
    try:
        _ = story.when(command).facts
    except Refused as refusal:
        return refusal.code if refusal.code in CODES.values() else "--"
    except Invalid:
        return "--"
    return "--"


@pytest.mark.parametrize(("kind", "expected"), rows(), ids=[kind for kind, _ in rows()])
def test_a_command_is_given_at_the_stages_where_it_makes_sense(kind: str, expected: dict[str, str]) -> None:
    [command] = [each for each in SAMPLES if each.kind == kind]
    found = {stage: refusal_of(story(), command) for stage, story in STAGES.items()}
    assert found == {stage: CODES.get(code, "--") for stage, code in expected.items()}


def test_the_table_holds_every_command_and_so_do_the_rules() -> None:
    assert [kind for kind, _ in rows()] == [command.kind for command in SAMPLES]
    assert {type(command) for command in SAMPLES} == set(MAY) == set(ANSWERS)
    assert set(COMMANDS.values()) < set(MAY)


@pytest.mark.parametrize("command", SAMPLES, ids=[command.kind for command in SAMPLES])
def test_a_command_from_a_role_that_may_not_give_it_names_those_who_may(command: Command) -> None:
    may = MAY[type(command)]
    for role in set(Role) - may:
        told = command.model_copy(update={"by": Actor.of(role, "x-1")})
        on_sick_leave().when(told).then_refused(RoleMayNot, command=command.kind, role=role, may=", ".join(sorted(may)))


def test_those_who_only_look_and_the_system_tell_nothing_about_a_citizen() -> None:
    told = {kind: roles for kind, roles in MAY.items() if kind in COMMANDS.values()}
    for onlooker in (Role.AUDITOR, Role.STEERING_GROUP, Role.SYSTEM):
        assert not [kind.kind for kind, roles in told.items() if onlooker in roles]


def test_an_instructor_tells_of_sessions_and_promises_and_nothing_else() -> None:
    assert {kind.kind for kind, roles in MAY.items() if Role.INSTRUCTOR in roles} == {
        "book_session",
        "cancel_session",
        "complete_referral",
        "correct_fact",
        "evaluate_session",
        "meet_obligation",
        "propose_transition",
        "read_notice",
        "rebook_session",
        "record_attendance",
        "record_bridging_step",
        "record_event",
        "refer_citizen",
        "withdraw_referral",
    }, "where the programme names roles, it must name the instructor as well"


def test_every_command_has_an_answer_of_its_own_kind() -> None:
    assert len({command.kind for command in SAMPLES}) == len(SAMPLES)

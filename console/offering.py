"""What may be done on a pathway and told of it, by whom, and what may not and why not."""

from collections.abc import Iterable

from console.help import wrapped
from console.output import Out
from domain.actor import Role
from domain.pathway.options import Option
from domain.pathway.seeing import may_see_rule
from engine.asking import COMMANDS
from engine.looking import Seen
from texts.sentences import of_refusal

FEW = 3
"""So many roles are named; more are `and others`."""
STEPS = ("element", "phase", "decision", "event", "order", "obligation", "instrument", "notice", "name", "outcome")
"""The fields by which commands name what they are about; of those that a command has, the first one does."""
WIDTH = 24


def show_options(out: Out, seen: Seen, role: Role) -> None:
    """What somebody in that role may decide, and tell; what others may; and what nobody may now."""
    possible = [option for option in seen.options if option.closed_by is None]
    tellings = tellings_for(seen, role)
    own, others = _parted(possible, role)
    may_tell, others_may = _parted(tellings, role)
    _show_possible(out, out.say("may", role=out.wording.naming.called("role", role)), own, named=False)
    _show_tellings(out, may_tell)
    _show_possible(out, out.say("may_others"), others, named=True)
    _show_others_tellings(out, others_may)
    _show_impossible(out, [option for option in seen.options if option.closed_by is not None])
    out.line(f"  {out.say('ask_why', pathway=seen.id)}")


def tellings_for(seen: Seen, role: Role) -> list[Option]:
    """What may be told, as far as somebody in that role may know of it."""
    return [each for each in seen.tellings if may_see_rule(seen.programme, role, each.step or "")]


def _parted(options: Iterable[Option], role: Role) -> tuple[list[Option], list[Option]]:
    """What that role may, and what only others may."""
    own, others = list[Option](), list[Option]()
    for option in options:
        (own if role in option.by else others).append(option)
    return own, others


def _show_tellings(out: Out, tellings: Iterable[Option]) -> None:
    """One line for each command, and what it may be about below."""
    if tellings:
        out.heading(out.say("may_tell"))
    for command, steps in _by_command(tellings).items():
        out.line(f"  {command.replace('_', '-'):<{WIDTH}}{out.wording.naming.called('command', command)}")
        about = ", ".join(steps if _field(command) else map(out.wording.naming.name, steps))
        for line in wrapped(f"{_field(command)} {about}".strip(), WIDTH + 2) if steps else ():
            out.line(line)


def _show_others_tellings(out: Out, tellings: Iterable[Option]) -> None:
    """The commands alone, under those who may."""
    by_roles: dict[str, list[Option]] = {}
    for telling in tellings:
        by_roles.setdefault(roles_in_short(out, telling.by), []).append(telling)
    if by_roles:
        out.heading(out.say("may_tell_others"))
    for roles, group in by_roles.items():
        commands = ", ".join(command.replace("_", "-") for command in _by_command(group))
        for line in wrapped(f"{commands} ({roles})", 2):
            out.line(line)


def _by_command(tellings: Iterable[Option]) -> dict[str, list[str]]:
    """By command, what it may be about; nothing where it needs nothing."""
    found: dict[str, list[str]] = {}
    for telling in tellings:
        found.setdefault(telling.command, []).extend([telling.step] if telling.step else [])
    return found


def _field(command: str) -> str:
    """The option that names what a command is about; nothing where nothing needs naming."""
    return next((f"--{field}" for field in STEPS if field in COMMANDS[command].model_fields), "")


def _show_possible(out: Out, heading: str, possible: Iterable[Option], *, named: bool) -> None:
    groups: dict[tuple[str, tuple[Role, ...]], list[Option]] = {}
    for option in possible:
        groups.setdefault((option.command, option.by), []).append(option)
    lines = []
    for (command, by), group in groups.items():
        what = out.wording.naming.called("command", command)
        roles = f" ({roles_in_short(out, by)})" if named else ""
        lines.append(f"  {command.replace('_', '-'):<{WIDTH}}{what}{roles}")
        lines += [f"  {'':<{WIDTH}}{_typed(out, option)}" for option in group if option.step]
    if lines:
        out.heading(heading)
        for line in lines:
            out.line(line)


def _typed(out: Out, option: Option) -> str:
    """How one names the step of an option, and what it is called; a proposal needs no naming."""
    field, named = _field(option.command), out.wording.naming.name(option.step)
    number = f" --number {option.number}" if option.number else ""
    return f"{field} {option.step}{number}  ({named})" if field else named


def roles_in_short(out: Out, by: tuple[Role, ...]) -> str:
    """The roles by their names, those who meet the citizen first; long lists cut short."""
    order = sorted(by, key=list(Role).index)
    shown = out.wording.naming.several("role", order[:FEW])
    return out.say("and_others", roles=shown) if len(by) > FEW else shown


def _show_impossible(out: Out, impossible: Iterable[Option]) -> None:
    reasons: dict[str, list[str]] = {}
    for option in impossible:
        if option.closed_by:
            step = f" {option.step}" if option.step else ""
            step += f" --number {option.number}" if option.number else ""
            reasons.setdefault(of_refusal(out.wording, option.closed_by), []).append(
                f"{option.command.replace('_', '-')}{step}"
            )
    if reasons:
        out.heading(out.say("may_not"))
    for reason, commands in reasons.items():
        for line in (*wrapped(reason, 2), *wrapped(", ".join(commands), 4)):
            out.line(line)

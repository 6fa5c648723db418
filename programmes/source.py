"""Reading YAML as plain data with line numbers, refusing what a programme has no use for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from programmes.slips import slip_of

MOST_BYTES = 256 * 1024
DEEPEST = 32
MOST_NODES = 5_000
_UNFIT = re.compile("[\x00\ud800-\udfff]")
"""NUL, and half a character: what a byte that is not UTF-8 is read as, and what an escape can write."""

Path = tuple[str | int, ...]
Data = dict[str, "Data"] | list["Data"] | str | int | float | bool | None


class Unreadable(Exception):  # noqa: N818 - it answers a question, "can this be read?"
    """The text is not YAML as programmes use it; *line* says where."""

    def __init__(self, line: int, code: str, **values: str | int) -> None:
        self.line = line
        self.code = code
        self.values = values
        super().__init__(line, code, values)


@dataclass(frozen=True)
class Source:
    """What a file says, and where it says it."""

    data: Data
    lines: dict[Path, int]
    """The line of each path, from 1."""

    def line(self, path: Path) -> int:
        """The line of *path*, or of the nearest thing that holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Loader(yaml.SafeLoader):
    """Strings stay strings: only true, false, null and numbers of ordinary length are read as something else.

    Every event is looked at before anything is built of it, so that a small file cannot grow large.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = self._nodes = 0

    def get_event(self) -> yaml.Event:
        """The next event. Raises: Unreadable when it is nothing that a programme has a use for."""
        event: yaml.Event = super().get_event()  # type: ignore[no-untyped-call]  # the stubs leave it out
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(line, "yaml_alias")
        if tag := getattr(event, "tag", None):
            raise Unreadable(line, "yaml_tag", tag=str(tag))
        if isinstance(event, yaml.ScalarEvent):
            _refuse_characters(event.value, line)
        self._depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        self._nodes += isinstance(event, yaml.NodeEvent)
        if self._depth > DEEPEST:
            raise Unreadable(line, "yaml_too_deep", most=DEEPEST)
        if self._nodes > MOST_NODES:
            raise Unreadable(line, "yaml_too_many_nodes", most=MOST_NODES)
        return event


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]{0,17})$", "-0123456789"),
    ("tag:yaml.org,2002:float", r"^-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}$", "-0123456789"),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def read(text: str) -> Source:
    """What *text* says.

    Raises: Unreadable when it is not YAML, is empty, too large or too deep, or holds aliases, tags or a key twice.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise Unreadable(1, "yaml_too_large", most=MOST_BYTES // 1024)
    _refuse_characters(text)
    try:
        node = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line, code, values = slip_of(error)
        raise Unreadable(line, code, **values) from None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        column = error.position - before.rfind("\n")
        raise Unreadable(before.count("\n") + 1, "yaml_unprintable", column=column) from None
    if node is None:
        raise Unreadable(1, "yaml_empty")
    lines: dict[Path, int] = {}
    return Source(_plain(node, (), lines), lines)


def _refuse_characters(text: str, line: int | None = None) -> None:
    """Raises: Unreadable when *text* holds what cannot be stored; at *line*, or counted where it is not given."""
    found = _UNFIT.search(text)
    if found:
        code = "nul_byte" if found[0] == "\x00" else "not_utf8"
        raise Unreadable(line or text[: found.start()].count("\n") + 1, code)


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Data:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return {key: _plain(value, (*path, key), lines) for key, value in _pairs(node, path, lines)}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value, (*path, index), lines) for index, value in enumerate(node.value)]
    return _scalar(node)


def _pairs(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> Iterator[tuple[str, yaml.Node]]:
    seen: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise Unreadable(line, "yaml_key_not_text")
        if key.value in seen:
            raise Unreadable(line, "yaml_key_twice", key=key.value)
        seen.add(key.value)
        lines[*path, key.value] = line
        yield key.value, value


def _scalar(node: yaml.Node) -> Data:
    match node.tag.rpartition(":")[2]:
        case "bool":
            return bool(node.value == "true")
        case "null":
            return None
        case "int":
            return int(node.value)
        case "float":
            return float(node.value)
        case _:
            return str(node.value)

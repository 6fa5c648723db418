"""The key file: its owner's alone, one for everybody, never lost, never another installation's."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from eventstore.errors import WrongKeys
from eventstore.keys import FileKeys, KeyFileUnsafe, KeyUnknown
from runtime.wiring import Trinvis, wired
from tests.support.servers import Servers

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the keys of a test lie."""
    return tmp_path / "konfiguration" / "keys.json"


def test_the_file_is_made_for_its_owner_alone(path: Path) -> None:
    FileKeys.made(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name], "nothing is left lying beside it"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(path: Path, mode: int) -> None:
    FileKeys.made(path)
    path.chmod(mode)
    with pytest.raises(KeyFileUnsafe, match="0600"):
        FileKeys.made(path)


def test_a_file_that_becomes_unsafe_is_refused_from_then_on(path: Path) -> None:
    keys = FileKeys.made(path)
    path.chmod(0o644)
    with pytest.raises(KeyFileUnsafe):
        keys.wrap(KEY, b"hvor")


def test_processes_that_begin_together_have_the_same_keys(path: Path) -> None:
    with ThreadPoolExecutor(16) as together:
        made = list(together.map(FileKeys.made, [path] * 16))
    wrapped = made[0].wrap(KEY, b"hvor")
    assert {keys.unwrap(*wrapped, b"hvor") for keys in made} == {KEY}
    assert len({keys.mac("cpr", b"610180") for keys in made}) == 1


def test_a_wrapped_key_opens_in_its_place_only(path: Path) -> None:
    keys = FileKeys.made(path)
    kek, wrapped = keys.wrap(KEY, b"her")
    assert keys.unwrap(kek, wrapped, b"her") == KEY
    with pytest.raises(InvalidTag):
        keys.unwrap(kek, wrapped, b"der")


def test_a_new_key_is_used_at_once_by_processes_that_knew_the_old_one(path: Path) -> None:
    """Otherwise they would go on wrapping by a key that is dropped, and lose what they wrapped."""
    long_lived = FileKeys.made(path)
    old = long_lived.current
    new = FileKeys(path).add()
    assert long_lived.wrap(KEY, b"hvor")[0] == new != old


def test_a_key_that_came_meanwhile_is_found(path: Path) -> None:
    long_lived, other = FileKeys.made(path), FileKeys(path)
    other.add()
    assert long_lived.unwrap(*other.wrap(KEY, b"hvor"), b"hvor") == KEY


def test_two_who_add_keys_at_once_lose_neither(path: Path) -> None:
    FileKeys.made(path)
    with ThreadPoolExecutor(8) as together:
        added = set(together.map(lambda keys: keys.add(), [FileKeys(path) for _ in range(8)]))
    assert added < json.loads(path.read_text())["keys"].keys()


def test_dropping_spares_the_current_key_and_those_in_use(path: Path) -> None:
    keys = FileKeys.made(path)
    first, wrapped = keys.wrap(KEY, b"hvor")
    second, third = keys.add(), keys.add()
    assert keys.drop({first}) == [second]
    assert keys.current == third
    assert keys.unwrap(first, wrapped, b"hvor") == KEY
    assert keys.drop(set()) == [first]
    with pytest.raises(KeyUnknown, match=first):
        keys.unwrap(first, wrapped, b"hvor")


def test_a_file_that_is_gone_is_said_to_be_gone(path: Path) -> None:
    keys = FileKeys.made(path)
    path.unlink()
    with pytest.raises(KeyUnknown, match="backup"):
        keys.wrap(KEY, b"hvor")


def test_another_key_for_each_purpose(path: Path) -> None:
    keys = FileKeys.made(path)
    assert keys.derived("codec") != keys.derived("cpr")
    assert keys.mac("cpr", b"x") != keys.mac("command", b"x")
    assert keys.mac("cpr", b"6101801234") != sha256(b"6101801234").digest()


async def test_another_installations_keys_are_refused_at_the_start(
    servers: Servers, trinvis: Trinvis, path: Path
) -> None:
    others = trinvis.settings.model_copy(update={"key_file": path})
    with pytest.raises(WrongKeys):
        async with wired(others, trinvis.clock):
            pytest.fail("it started with the wrong keys")
    assert servers.folder in trinvis.settings.key_file.parents

"""What Temporal may keep: payloads and failures that nobody can read without the installation's keys."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DataConverter, WorkflowSerializationContext
from temporalio.exceptions import ApplicationError

from eventstore.keys import FileKeys
from runtime.codec import ENCODING, converter

SECRET = "a text that nobody may read"  # noqa: S105 - made up here


@dataclass
class Message:
    """What a workflow and an activity tell each other."""

    pathway: str
    version: int


MESSAGE = Message(SECRET, 7)


@pytest.fixture
def keys(tmp_path: Path) -> FileKeys:
    """The keys of an installation."""
    return FileKeys.made(tmp_path / "keys.json")


@pytest.fixture
def sealing(keys: FileKeys) -> DataConverter:
    """How everything that goes to Temporal is written."""
    return converter(keys)


async def test_a_payload_is_sealed_and_opens_again(sealing: DataConverter) -> None:
    [payload] = await sealing.encode([MESSAGE])
    assert payload.metadata["encoding"] == ENCODING
    assert SECRET.encode() not in payload.SerializeToString()
    assert await sealing.decode([payload], [Message]) == [MESSAGE]


async def test_the_same_payload_never_looks_the_same_twice(sealing: DataConverter) -> None:
    [one] = await sealing.encode([MESSAGE])
    [two] = await sealing.encode([MESSAGE])
    assert one.data != two.data


async def test_a_payload_that_is_not_sealed_is_read_by_nobody(sealing: DataConverter) -> None:
    [plain] = await DataConverter.default.encode([MESSAGE])
    with pytest.raises(KeyError, match="refused"):
        await sealing.decode([plain], [Message])


@pytest.mark.parametrize("length", [0, 1, 7, -1])
async def test_a_payload_that_was_changed_is_read_by_nobody(sealing: DataConverter, length: int) -> None:
    [payload] = await sealing.encode([MESSAGE])
    changed = Payload(metadata=payload.metadata, data=payload.data[:length])
    with pytest.raises(KeyError, match="refused"):
        await sealing.decode([changed], [Message])


async def test_a_payload_of_another_installation_is_read_by_nobody(sealing: DataConverter, tmp_path: Path) -> None:
    [payload] = await converter(FileKeys.made(tmp_path / "other.json")).encode([MESSAGE])
    with pytest.raises(KeyError, match="refused"):
        await sealing.decode([payload], [Message])


async def test_a_payload_that_was_sealed_for_another_workflow_is_read_by_nobody(sealing: DataConverter) -> None:
    """Or whoever can copy in Temporal could close one pathway by what was told to another."""
    one, other = (sealing.with_context(WorkflowSerializationContext("default", name)) for name in ("one", "other"))
    [payload] = await one.encode([MESSAGE])
    assert await one.decode([payload], [Message]) == [MESSAGE]
    for elsewhere in (other, sealing):
        with pytest.raises(KeyError, match="refused"):
            await elsewhere.decode([payload], [Message])


async def test_what_was_sealed_opens_after_the_key_encryption_key_was_rotated(
    sealing: DataConverter, keys: FileKeys
) -> None:
    sealed = await sealing.encode([MESSAGE])
    keys.add()
    keys.drop(set())
    assert await converter(keys).decode(sealed, [Message]) == [MESSAGE]


async def test_a_failure_keeps_neither_its_words_nor_its_traces(sealing: DataConverter) -> None:
    failure = Failure()
    await sealing.encode_failure(failed(), failure)
    assert SECRET.encode() not in failure.SerializeToString()
    assert failure.stack_trace == ""
    assert "test_sealing_payloads" not in str(failure)


async def test_a_failure_says_everything_again_to_whoever_has_the_keys(sealing: DataConverter) -> None:
    failure = Failure()
    await sealing.encode_failure(failed(), failure)
    error = await sealing.decode_failure(failure)
    assert isinstance(error, ApplicationError)
    assert error.message == SECRET
    assert error.type == "Erased", "a code, which tells the workflow what to do"
    assert str(error.__cause__) == f"ValueError: {SECRET}"


def failed() -> ApplicationError:
    """A failure with a cause and a trace, as an activity raises it."""
    error = ApplicationError(SECRET, type="Erased", non_retryable=True)
    error.__cause__ = ValueError(SECRET)
    with pytest.raises(ApplicationError) as caught:
        raise error
    return caught.value

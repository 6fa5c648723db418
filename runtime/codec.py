"""What Temporal may keep: payloads under AES-256-GCM, and failures without a readable word."""

from collections.abc import Sequence
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    ActivitySerializationContext,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

from eventstore.keys import KeyProvider
from eventstore.sealing import opened_by, sealed_by

ENCODING = b"binary/encrypted"
REFUSED = b"binary/refused"
"""How a payload is marked that did not come from us; no converter reads it.

An error here would fail the whole workflow task, again and again: one signal from anybody would stop a pathway's
appointments for ever. What cannot be converted is dropped when it is a signal, and an error wherever else it is met.
"""


class SealingCodec(PayloadCodec, WithSerializationContext):
    """Seals every payload for the workflow that it goes to or comes from; another one cannot open it."""

    def __init__(self, cipher: AESGCM, workflow: str | None = None) -> None:
        self._cipher = cipher
        self._context = f"temporal {workflow or ''}".encode()

    def with_context(self, context: SerializationContext) -> "SealingCodec":
        """The codec of one workflow, and of the activities that it asks for."""
        if isinstance(context, (WorkflowSerializationContext, ActivitySerializationContext)):
            return SealingCodec(self._cipher, context.workflow_id)
        return SealingCodec(self._cipher)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """The payloads, sealed."""
        return [
            Payload(
                metadata={"encoding": ENCODING},
                data=sealed_by(self._cipher, payload.SerializeToString(), self._context),
            )
            for payload in payloads
        ]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """The payloads, opened; one that is not sealed, or was sealed elsewhere, as one that nobody can read."""
        return [self._opened(payload) for payload in payloads]

    def _opened(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return Payload(metadata={"encoding": REFUSED})
        try:
            return Payload.FromString(opened_by(self._cipher, payload.data, self._context))
        except (InvalidTag, ValueError):
            return Payload(metadata={"encoding": REFUSED})


def converter(keys: KeyProvider) -> DataConverter:
    """How everything that goes to Temporal is written."""
    return replace(
        DataConverter.default,
        payload_codec=SealingCodec(AESGCM(keys.derived("temporal"))),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )

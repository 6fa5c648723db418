"""What Temporal may keep: payloads under AES-256-GCM, and failures without a readable word."""

from collections.abc import Sequence
from dataclasses import replace

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
)

from eventstore.keys import KeyProvider
from eventstore.sealing import opened_by, sealed_by

ENCODING = b"binary/encrypted"
_CONTEXT = b"temporal"


class SealingCodec(PayloadCodec):
    """Seals every payload; one that is not sealed is refused, for it did not come from us."""

    def __init__(self, keys: KeyProvider) -> None:
        self._cipher = AESGCM(keys.derived("temporal"))

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """The payloads, sealed."""
        return [
            Payload(
                metadata={"encoding": ENCODING},
                data=sealed_by(self._cipher, payload.SerializeToString(), _CONTEXT),
            )
            for payload in payloads
        ]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """The payloads, opened. Raises: ValueError, cryptography.exceptions.InvalidTag."""
        return [self._opened(payload) for payload in payloads]

    def _opened(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            raise ValueError("a payload that is not sealed")
        return Payload.FromString(opened_by(self._cipher, payload.data, _CONTEXT))


def converter(keys: KeyProvider) -> DataConverter:
    """How everything that goes to Temporal is written."""
    return replace(
        DataConverter.default,
        payload_codec=SealingCodec(keys),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )

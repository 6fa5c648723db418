"""The way to Temporal: a client that seals, and the search attributes that it needs."""

from datetime import timedelta

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.client import Client
from temporalio.service import RetryConfig, TLSConfig

from eventstore.keys import KeyProvider
from runtime.codec import converter
from runtime.settings import Settings
from workflows.pathway import SEARCH_ATTRIBUTES


class NoTemporalNamed(Exception):  # noqa: N818 - says what was found
    """No Temporal is named, and none was left running here."""


async def client_of(settings: Settings, keys: KeyProvider, *, lazy: bool = False) -> Client:
    """A client of the Temporal that the settings name.

    Raises: NoTemporalNamed, WrongSetting, what `connect` raises.
    """
    if settings.temporal_address is None:
        raise NoTemporalNamed("TEMPORAL_ADDRESS names no server, and none was left running here")
    return await connect(settings.temporal_address, settings.temporal_namespace, keys, lazy=lazy, tls=settings.tls)


async def connect(
    address: str, namespace: str, keys: KeyProvider, *, lazy: bool = False, tls: TLSConfig | bool = False
) -> Client:
    """A client of the Temporal at *address*; a lazy one connects when it is first used.

    Raises: RuntimeError when nobody answers, unless it is lazy.
    """
    return await Client.connect(
        address,
        namespace=namespace,
        tls=tls,
        data_converter=converter(keys),
        identity="trinvis",
        lazy=lazy,
        retry_config=RetryConfig(max_elapsed_time_millis=int(timedelta(seconds=10).total_seconds() * 1000)),
    )


async def register_search_attributes(client: Client) -> None:
    """Makes the search attributes known to the namespace, where they are not."""
    known = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    missing = {
        key.name: IndexedValueType.ValueType(key.indexed_value_type)
        for key in SEARCH_ATTRIBUTES
        if key.name not in known.custom_attributes
    }
    if missing:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing)
        )

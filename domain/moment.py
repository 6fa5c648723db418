"""A point in time, as facts and states hold it and as it is read back."""

from datetime import datetime
from typing import Annotated

from pydantic import GetPydanticSchema
from pydantic_core import core_schema

_AWARE = core_schema.datetime_schema(tz_constraint="aware")
_READ_BACK = core_schema.json_or_python_schema(
    json_schema=core_schema.no_info_before_validator_function(datetime.fromisoformat, _AWARE), python_schema=_AWARE
)

Moment = Annotated[datetime, GetPydanticSchema(lambda _source, _handler: _READ_BACK)]
"""An instant with its zone. Those that are read back share Python's own UTC, as those that were never stored do.

Pydantic makes each one a zone of its own, and two instants of different zone objects take fifteen times as long to be
compared, which is most of what rules and clocks do with them.
"""

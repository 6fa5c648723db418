"""What every fact has: a kind, a schema number and the instant at which it was true."""

from typing import ClassVar

from domain.moment import Moment
from domain.refusal import code_of
from domain.value import Value


class Fact(Value):
    """Something that happened; never changed, only corrected by a later fact."""

    kind: ClassVar[str]
    """The stored name, from the name of the class. A storage format: never renamed."""
    schema_number: ClassVar[int] = 1
    """The shape of the body. A changed shape takes the next number, and a reader for each earlier one."""

    at: Moment
    """When it was true; when it was learnt stands in its header."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.kind = code_of(cls.__name__)

"""All ids in stretches of about as many streams each, so that several processes can share what concerns all of them."""

from collections.abc import Iterator
from uuid import UUID

FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)


def stretches(many: int) -> Iterator[tuple[UUID, UUID]]:
    """As many stretches, each from after an id until one, for ids are spread evenly."""
    width = 2**128 // many
    for number in range(many):
        last = LAST if number == many - 1 else UUID(int=(number + 1) * width)
        yield UUID(int=number * width), last

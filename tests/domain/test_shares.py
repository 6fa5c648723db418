"""So many pathways, or a share of them."""

import pytest

from domain.share import Share


@pytest.mark.parametrize(("text", "of_seven"), [("3", 3), ("9", 7), ("0", 0), ("10%", 1), ("100%", 7), ("0%", 0)])
def test_a_share_is_read_and_taken(text: str, of_seven: int) -> None:
    share = Share.read(text)
    assert share is not None
    assert (share.of(7), str(share)) == (of_seven, text)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "101%", "%", "ten", "1 000", "²"])
def test_what_is_no_share_is_not_read(text: str) -> None:
    assert Share.read(text) is None


@pytest.mark.parametrize(
    ("text", "many", "is_exceeded"), [("5%", 1, False), ("5%", 2, True), ("0", 1, True), ("2", 2, False)]
)
def test_a_share_is_exceeded_by_more_than_it(text: str, many: int, *, is_exceeded: bool) -> None:
    share = Share.read(text)
    assert share is not None
    assert share.is_exceeded(many, 20) is is_exceeded

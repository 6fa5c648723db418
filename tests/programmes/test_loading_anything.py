"""Whatever stands in a file, loading ends in a programme or in findings, each worded in both languages."""

from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from domain.words import LANGUAGES
from programmes.source import Data, Path, read
from tests.programmes.finding import SHIPPED, findings, mends
from tests.support.altering import text_of
from texts.catalogue import Wording

INSTEAD: tuple[Data, ...] = (
    None, "x", True, 7, -1.5, "", "Ord med mellemrum", "610180-1234", "x" * 300, [], ["x"], {}, {"x": 1},
)  # fmt: skip
"""What may be put in the place of anything."""


def places(data: Data, path: Path = ()) -> Iterator[Path]:
    """Every place in a file, and one in each mapping where nothing stands yet."""
    if path:
        yield path
    if isinstance(data, dict):
        for name, below in data.items():
            yield from places(below, (*path, name))
    if isinstance(data, list):
        for index, below in enumerate(data):
            yield from places(below, (*path, index))


def put(data: Any, path: Path, instead: Data) -> Any:  # noqa: ANN401 - any YAML value
    """*data* with something else at *path*."""
    copied = data.copy()
    first, *rest = path
    copied[first] = put(copied[first], tuple(rest), instead) if rest else instead
    return copied


def without(data: Any, path: Path) -> Any:  # noqa: ANN401 - any YAML value
    """*data* without what stands at *path*."""
    copied = data.copy()
    first, *rest = path
    if rest:
        copied[first] = without(copied[first], tuple(rest))
    else:
        del copied[first]
    return copied


def written(data: Data) -> str:
    """*data* as YAML."""
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


def test_every_finding_that_a_wrong_value_can_give_is_worded_in_both_languages() -> None:
    data, codes = read(text_of("sygedagpenge-driftstilbud@2")).data, set[str]()
    for number, path in enumerate(places(data)):
        for finding in findings(written(put(data, path, INSTEAD[number % len(INSTEAD)]))):
            codes.add(finding.code)
            assert all(Wording(language).has("problem", finding.code) for language in LANGUAGES), finding
            assert all(mend.endswith(".") for mend in mends(finding)), finding
    assert len(codes) > 20


def test_what_is_left_out_is_never_more_than_a_finding() -> None:
    data = read(text_of("sundere-sammen@1")).data
    sound = 0
    for path in places(data):
        found = findings(written(without(data, path)))
        sound += not found
        assert all(each.line >= 1 and each.path and mends(each) for each in found), path
    assert sound > 20, "what is optional may be left out"


DATA = {ref: read(text_of(ref)).data for ref in SHIPPED}
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(INSTEAD),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=8), each, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_a_programme_in_which_anything_was_replaced_is_sound_or_has_findings(data: st.DataObject) -> None:
    whole = DATA[data.draw(st.sampled_from(SHIPPED))]
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(whole))))
        whole = put(whole, path, data.draw(ANYTHING))
    assert all(each.line >= 1 and each.code for each in findings(written(whole)))


@given(st.data())
def test_a_text_in_which_any_letters_were_replaced_is_sound_or_has_findings(data: st.DataObject) -> None:
    text = text_of(data.draw(st.sampled_from(SHIPPED)))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    inserted = data.draw(st.text(alphabet="a1: -[]{}&*!|>'\"\n\t\x00\ud800PTW", max_size=12))
    assert all(each.line >= 1 and each.code for each in findings(text[:start] + inserted + text[end:]))


@given(st.text())
def test_any_text_has_findings(text: str) -> None:
    assert findings(text)

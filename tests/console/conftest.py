"""A terminal on an installation of its own, for each specification of the command line."""

import pytest

from runtime.wiring import Trinvis
from tests.console.terminal import Terminal


@pytest.fixture
def terminal(trinvis: Trinvis) -> Terminal:
    """A terminal on a database of its own, without Temporal."""
    return Terminal(trinvis)

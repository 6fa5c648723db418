"""Rows that need no server: measured in this process, each under the name by which it is asked for."""

from collections.abc import Callable, Mapping

from bench.deciding import deciding
from bench.exploring import exploring
from bench.simulating import simulating
from bench.table import Row

ALONE: Mapping[str, Callable[[], list[Row]]] = {
    "check": exploring,
    "decide": deciding,
    "simulate": simulating,
}
"""By name, what measures its rows."""

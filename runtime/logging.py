"""Logs as facts: one line each, ids and codes, never anything about a citizen."""

import logging
import sys
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import TypeAlias

import structlog

from domain.text import without_cpr

ErrorInfo: TypeAlias = "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"

RENDER = structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False)
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def configure(level: str) -> None:
    """Sets up logging once for the process: JSON lines on standard error, those of libraries as text.

    The last step of both is the same net: what looks like a CPR number is not written, wherever it stands.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _rendered,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.getLogger("temporalio.activity").setLevel(logging.CRITICAL)  # activities tell of their failures themselves
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Netted("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=max(LEVELS[level], logging.WARNING), handlers=[handler])


class Netted(logging.Formatter):
    """What libraries log, errors by kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, without CPR numbers."""
        return without_cpr(super().format(record))

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - the library's
        """Where it happened and the kind of error; what an error says may be about a citizen."""
        kind, _, trace = ei
        places = [f"  {each.name}, {Path(each.filename).name}:{each.lineno}" for each in extract_tb(trace)]
        return "\n".join([*places, kind.__name__ if kind else ""])


def _rendered(logger: object, method: str, event: structlog.typing.EventDict) -> str:
    return without_cpr(str(RENDER(logger, method, event)))

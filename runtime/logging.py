"""Logs as facts: one line each, ids and codes, never anything about a citizen."""

import logging
import sys

import structlog

from domain.text import holds_cpr

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def configure(level: str) -> None:
    """Sets up logging once for the process: JSON lines on standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_cpr,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.getLogger("temporalio.activity").setLevel(logging.CRITICAL)  # activities tell of their failures themselves
    logging.basicConfig(level=max(LEVELS[level], logging.WARNING), format="%(levelname)s %(name)s %(message)s")


def _without_cpr(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The last net: whatever looks like a CPR number is not written."""
    del logger, method
    return {key: "***" if isinstance(value, str) and holds_cpr(value) else value for key, value in event.items()}

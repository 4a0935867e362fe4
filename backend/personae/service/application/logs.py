"""Logs: one JSON object a line on standard error. Never a page's content, address or title, never a token."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import structlog


def configure(level: str = "info") -> None:
    """Send our own events, and those of libraries, to standard error from this level on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.EventRenamer("event"),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Bare())
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)


class _Bare(logging.Formatter):
    """A library's message without its arguments, which may hold an address or what a page says."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "event": str(record.msg),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
        }
        if record.exc_info and record.exc_info[0]:
            entry["cause"] = record.exc_info[0].__name__
        return json.dumps(entry)

"""Logs: ids and kinds of things only. Never what people write, tokens, headers or bodies."""

import logging
import sys
import traceback
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_QUIET = ("alembic", "asyncio", "httpx", "httpcore", "sqlalchemy", "uvicorn", "websockets")


def configure(*, json_lines: bool | None = None, level: int = logging.INFO) -> None:
    """Send every log line from `level` up to standard error; JSON unless a person is watching."""
    if json_lines is None:
        json_lines = not sys.stderr.isatty()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_messages,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer() if json_lines else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def without_messages(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and place: its message may quote a citizen."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    if isinstance(found, tuple):
        found = found[1]
    if isinstance(found, BaseException):
        event.update(describe(found))
    return event


def describe(error: BaseException) -> dict[str, object]:
    """Return the error's type and where it was raised, innermost last."""
    return {"error": type(error).__name__, "where": _frames(error.__traceback__)}


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-6:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
